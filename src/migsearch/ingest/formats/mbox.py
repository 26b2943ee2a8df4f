"""Mailboxes of many messages in one file (RFC 4155), of any size."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterator
from dataclasses import replace

from migsearch.ingest.formats.content import MAX_FILE_BYTES, Broken, Content, NotReadableError, Source
from migsearch.ingest.formats.mail import content_of_message


def read(source: Source) -> Iterator[Content | Broken]:
    """Read the messages of a mailbox; each is named by its Message-ID, or else by what is in it."""
    box = mailbox.mbox(source.path, create=False)
    try:
        for number, key in enumerate(box.keys(), start=1):
            with box.get_file(key) as file:
                data = file.read(MAX_FILE_BYTES + 1)
            try:
                yield _message(source, data)
            except NotReadableError as error:
                yield Broken(f"message {number:,}", str(error))
    finally:
        box.close()


def _message(source: Source, data: bytes) -> Content:
    if len(data) > MAX_FILE_BYTES:
        raise NotReadableError(f"it has more than {MAX_FILE_BYTES / 1e6:,.0f} MB")
    content = content_of_message(source, data)
    return content if content.part else replace(content, part=hashlib.sha256(data).hexdigest()[:12])
