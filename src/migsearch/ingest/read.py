"""From files and folders to documents. Nothing is lost silently: what is not read is reported with its reason."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from migsearch.errors import DocumentError
from migsearch.ingest.complete import document_of
from migsearch.ingest.files import Files, PathLike, printable
from migsearch.ingest.formats import format_of, reader
from migsearch.ingest.formats.columns import checked
from migsearch.ingest.formats.content import Broken, Content, NotReadableError, Source
from migsearch.model import Document

__all__ = ["PathLike", "Reading", "Skip", "read"]

_log = logging.getLogger(__name__)


class Skip(NamedTuple):
    """A file, or a part of one, that was not read, and why.

    ``failed`` tells what is of a format that is read and yet could not be, from what is no page.
    """

    path: Path
    reason: str
    failed: bool = False


class Reading:
    """Documents read from files, one after another, as it is iterated.

    ``files`` are the files found, ``position`` is the number of those that were begun. When all was iterated,
    ``skipped`` lists the files that are no pages, ``failed`` those that should be and could not be read, with the parts
    of files that hold many documents, and ``warnings`` what is doubtful about those that were read.
    """

    def __init__(self, *paths: PathLike, columns: Mapping[str, str] | None = None) -> None:
        self._files = Files(*paths)
        self._columns = checked(columns or {})
        self.files: tuple[Path, ...] = self._files.paths
        self.position = 0
        self.skipped: list[Skip] = []
        self.failed: list[Skip] = []
        self.warnings: list[Skip] = []

    def __iter__(self) -> Iterator[Document]:
        for found in (self.skipped, self.failed, self.warnings):
            found.clear()
        for folder, reason in self._files.unlisted:
            self._skip(folder, reason)
        ids: set[str] = set()
        for position, file in enumerate(self.files, start=1):
            self.position = position
            for document in self._documents(file):
                if document.id in ids:
                    self._skip(file, f"another document has the id {document.id}", failed=True)
                    continue
                ids.add(document.id)
                self._warn(file, document)
                yield document

    def _documents(self, file: Path) -> Iterator[Document]:
        """Yield the documents of a file; whatever is wrong with it, the next file is read."""
        empty = True
        try:
            for found in self._found(file):
                empty = False
                if isinstance(found, Broken):
                    self._skip(file, f"{found.part}: {found.reason}", failed=True)
                else:
                    yield from self._completed(file, found)
        except NotReadableError as error:
            self._skip(file, str(error), failed=error.failed)
        except OSError as error:
            self._skip(file, error.strerror or str(error), failed=True)
        except Exception as error:  # a library met what it was not made for, or we did
            _log.debug("failed %s", file, exc_info=True)
            self._skip(file, f"its reader failed: {type(error).__name__}: {error}", failed=True)
        else:
            if empty:
                self._skip(file, "there is no document in it")

    def _found(self, file: Path) -> Iterator[Content | Broken]:
        format = format_of(file)
        if file.exists() and not file.is_file():
            raise NotReadableError("it is no regular file", failed=False)
        yield from reader(format)(Source(file, format.name, printable(os.fspath(file)), self._columns))

    def _completed(self, file: Path, content: Content) -> Iterator[Document]:
        id = content.id or "#".join(part for part in (self._files.name(file), content.part) if part)
        try:
            document = document_of(content, id)
        except DocumentError as error:
            self._skip(file, str(error), failed=True)
            return
        if document.title or document.text:
            yield document
        else:
            self._skip(file, f"there is no text in {content.part or 'it'}")

    def _skip(self, path: Path, reason: str, *, failed: bool = False) -> None:
        (self.failed if failed else self.skipped).append(Skip(path, reason, failed))
        _log.info("%s %s: %s", "failed" if failed else "skipped", path, reason)

    def _warn(self, file: Path, document: Document) -> None:
        for warning in document.provenance.warnings if document.provenance else ():
            self.warnings.append(Skip(file, warning))


def read(*paths: PathLike, columns: Mapping[str, str] | None = None) -> Reading:
    """Read files, folders (with all below them) and glob patterns.

    Read are pages of text, HTML, PDF, DOCX, messages (``.eml``, ``.mbox``) and rows (``.jsonl``, ``.csv``, ``.tsv``);
    HTML, PDF and DOCX need the extras ``migsearch[html]``, ``[pdf]`` and ``[office]``. A document's id is its path
    below the given folder, followed in a file of many by ``#`` and the message or row, unless that has an id of its
    own. Hidden files, and folders that are symbolic links, are passed over.

    ``columns`` names the columns of rows where they are not called what they are usually called: from a field of
    :data:`~migsearch.ingest.formats.columns.FIELDS` to the column, as in ``{"text": "story"}``.

    Raises :class:`SourceError` if a path does not exist, a pattern matches nothing, or a column is given for what is
    no field.
    """
    return Reading(*paths, columns=columns)
