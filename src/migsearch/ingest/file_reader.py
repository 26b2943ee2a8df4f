"""What is in one file, whatever is in others, so that files can be read side by side."""

from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, takewhile
from pathlib import Path
from typing import NamedTuple, TypeAlias

from migsearch.errors import DocumentError
from migsearch.ingest.complete import document_of, stub_of
from migsearch.ingest.files import Files, full_name, printable
from migsearch.ingest.formats import format_of, reader
from migsearch.ingest.formats.content import Broken, Content, NotReadableError, Source
from migsearch.ingest.repeated import RepeatedLines
from migsearch.ingest.teasers import find_teasers
from migsearch.model import Document

_log = logging.getLogger(__name__)


class Skip(NamedTuple):
    """A file, or a part of one, that was not read, and why.

    ``failed`` tells what is of a format that is read and yet could not be, from what is no page.
    """

    path: Path
    reason: str
    failed: bool = False


class Found(NamedTuple):
    """A document that is in a file, its teasers after it: the ids of all, and those that are not known yet."""

    path: Path
    ids: tuple[str, ...]
    documents: tuple[Document, ...] = ()


Part: TypeAlias = "Content | Found | Skip"
"""A document as it stands in a file, or what need not be looked at: it is known, or could not be read."""


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads the files of a :class:`~migsearch.ingest.read.Reading`, each by itself.

    ``known`` has the SHA-256 of the provenance of documents that need not be read again, by their ids.
    """

    files: Files
    columns: Mapping[str, str]
    repeated: RepeatedLines
    crawled: datetime.date | None
    teasers: bool
    known: Mapping[str, str]

    def read(self, file: Path) -> Iterator[Found | Skip]:
        """Yield what is in a file; whatever is wrong with it is told."""
        return self.completed(file, self.parts(file))

    def parts(self, file: Path) -> Iterator[Part]:
        """Yield the documents of a file as they stand in it."""
        empty = True
        try:
            source = self._source(file)
            if known := self._known(source):
                yield known
                return
            for found in reader(format_of(file))(source):
                empty = False
                if isinstance(found, Broken):
                    yield Skip(file, f"{found.part}: {found.reason}", failed=True)
                else:
                    yield found
        except NotReadableError as error:
            yield Skip(file, str(error), failed=error.failed)
        except OSError as error:
            yield Skip(file, error.strerror or str(error), failed=True)
        except Exception as error:  # a library met what it was not made for, or we did
            yield _failure(file, error)
        else:
            if empty:
                yield Skip(file, "there is no document in it")

    def completed(self, file: Path, parts: Iterable[Part]) -> Iterator[Found | Skip]:
        """Yield what was found in a file, what its documents leave empty read from their words."""
        for part in parts:
            if not isinstance(part, Content):
                yield part
                continue
            try:
                yield self._document(file, part)
            except DocumentError as error:
                yield Skip(file, str(error), failed=True)
            except Exception as error:
                yield _failure(file, error)

    def _source(self, file: Path) -> Source:
        format = format_of(file)
        if file.exists() and not file.is_file():
            raise NotReadableError("it is no regular file", failed=False)
        return Source(file, format.name, full_name(file), self.columns, self.repeated.on)

    def _known(self, source: Source) -> Found | None:
        """Return what is in a file that is one document which did not change; it is not even parsed."""
        id = self.files.name(source.path)
        if id not in self.known or self.known[id] != source.sha256():
            return None
        stubs = takewhile(self.known.__contains__, _teaser_ids(id)) if self.teasers else ()
        return Found(source.path, (id, *stubs))

    def _document(self, file: Path, content: Content) -> Found | Skip:
        id = content.id or "#".join(part for part in (self.files.name(file), content.part) if part)
        if self.known.get(id) == content.provenance.sha256:
            return Found(file, (id,))
        document = document_of(content, id, source=printable(os.fspath(file)), crawled=self.crawled)
        if not (document.title or document.text):
            return Skip(file, f"there is no text in {content.part or 'it'}")
        stubs = list(self._stubs(document, content)) if self.teasers else []
        changed = (stub for stub in stubs if stub.provenance and self.known.get(stub.id) != stub.provenance.sha256)
        return Found(file, (id, *(stub.id for stub in stubs)), (document, *changed))

    def _stubs(self, document: Document, content: Content) -> Iterator[Document]:
        """Yield a document for each teaser beside another: its headline and its day."""
        teasers = dict.fromkeys(find_teasers(document.surroundings, self.crawled))
        for id, teaser in zip(_teaser_ids(document.id), teasers, strict=False):
            yield stub_of(teaser, content, id, source=document.source)


def _teaser_ids(id: str) -> Iterator[str]:
    return (f"{id}#teaser-{number}" for number in count(1))


def _failure(file: Path, error: Exception) -> Skip:
    _log.debug("failed %s", file, exc_info=True)
    return Skip(file, f"its reader failed: {type(error).__name__}: {error}", failed=True)
