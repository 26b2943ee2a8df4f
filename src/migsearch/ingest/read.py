"""From files and folders to documents. Nothing is lost silently: what is not read is reported with its reason."""

from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Collection, Iterator, Mapping
from itertools import count, takewhile
from pathlib import Path, PurePath
from typing import NamedTuple

from migsearch.errors import DocumentError, SourceError
from migsearch.ingest.complete import document_of, stub_of
from migsearch.ingest.files import Files, PathLike, full_name, printable
from migsearch.ingest.formats import format_of, reader
from migsearch.ingest.formats.columns import checked
from migsearch.ingest.formats.content import Broken, Content, NotReadableError, Source
from migsearch.ingest.repeated import RepeatedLines
from migsearch.ingest.teasers import find_teasers
from migsearch.model import Document, PartialDate

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
    of files that hold many documents, and ``warnings`` what is doubtful about those that were read. ``ids`` are those
    of all documents that were found.
    """

    def __init__(
        self,
        *paths: PathLike,
        columns: Mapping[str, str] | None = None,
        crawled: datetime.date | str | None = None,
        among: Collection[PathLike] | None = None,
        besides: PathLike | None = None,
        teasers: bool = False,
    ) -> None:
        self._files = Files(*paths, among=among, besides=besides)
        self._columns = checked(columns or {})
        self._repeated = RepeatedLines(self._files.beside)
        self._crawled = _day(crawled)
        self._teasers = teasers
        self._known: Mapping[str, str] = {}
        self.files: tuple[Path, ...] = self._files.paths
        self.position = 0
        self.skipped: list[Skip] = []
        self.failed: list[Skip] = []
        self.warnings: list[Skip] = []
        self.ids: set[str] = set()

    def __iter__(self) -> Iterator[Document]:
        return self.changed({})

    def changed(self, known: Mapping[str, str]) -> Iterator[Document]:
        """Iterate over the documents that are not known: ``known`` has the SHA-256 of their provenance by their ids.

        A file of one document that is known is not even parsed.
        """
        self._known = known
        for found in (self.skipped, self.failed, self.warnings, self.ids):
            found.clear()
        for folder in self._files.empty:
            self._skip(folder, "the folder is empty")
        for folder, reason in self._files.unlisted:
            self._skip(folder, reason, failed=True)
        for position, file in enumerate(self.files, start=1):
            self.position = position
            for document in self._documents(file):
                self._warn(file, document)
                yield document

    def gone(self, once: Mapping[str, str]) -> list[str]:
        """Return which documents that were once read are there no more: ``once`` has the full names of files by ids.

        Gone is what was not found, now that all was iterated, though its file is one of those asked for; of what is in
        files and folders that could not be read, nobody knows.
        """
        failed = {full_name(failure.path) for failure in self.failed}
        return [
            id
            for id, name in once.items()
            if id not in self.ids
            and self._files.covers(name)
            and failed.isdisjoint((name, *map(str, PurePath(name).parents)))
        ]

    def _documents(self, file: Path) -> Iterator[Document]:
        """Yield the documents of a file; whatever is wrong with it, the next file is read."""
        empty = True
        try:
            source = self._source(file)
            if self._is_known(source):
                return
            for found in reader(format_of(file))(source):
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

    def _source(self, file: Path) -> Source:
        format = format_of(file)
        if file.exists() and not file.is_file():
            raise NotReadableError("it is no regular file", failed=False)
        return Source(file, format.name, full_name(file), self._columns, self._repeated.on)

    def _is_known(self, source: Source) -> bool:
        """Tell whether a file is a document that did not change; rows and messages are compared one by one."""
        id = self._files.name(source.path)
        if id not in self._known or id in self.ids or self._known[id] != source.sha256():
            return False
        self.ids.add(id)
        if self._teasers:
            self.ids.update(takewhile(self._known.__contains__, _teaser_ids(id)))
        return True

    def _completed(self, file: Path, content: Content) -> Iterator[Document]:
        id = content.id or "#".join(part for part in (self._files.name(file), content.part) if part)
        if id in self.ids:
            self._skip(file, f"another document has the id {id}", failed=True)
            return
        if self._known.get(id) == content.provenance.sha256:
            self.ids.add(id)
            return
        try:
            document = document_of(content, id, source=printable(os.fspath(file)), crawled=self._crawled)
        except DocumentError as error:
            self._skip(file, str(error), failed=True)
            return
        if document.title or document.text:
            self.ids.add(id)
            yield document
            if self._teasers:
                yield from self._stubs(document, content)
        else:
            self._skip(file, f"there is no text in {content.part or 'it'}")

    def _stubs(self, document: Document, content: Content) -> Iterator[Document]:
        """Yield a document for each teaser beside another: its headline and its day."""
        teasers = dict.fromkeys(find_teasers(document.surroundings, self._crawled))
        for id, teaser in zip(_teaser_ids(document.id), teasers, strict=False):
            stub = stub_of(teaser, content, id, source=document.source)
            self.ids.add(id)
            if stub.provenance and self._known.get(id) != stub.provenance.sha256:
                yield stub

    def _skip(self, path: Path, reason: str, *, failed: bool = False) -> None:
        (self.failed if failed else self.skipped).append(Skip(path, reason, failed))
        _log.info("%s %s: %s", "failed" if failed else "skipped", path, reason)

    def _warn(self, file: Path, document: Document) -> None:
        for warning in document.provenance.warnings if document.provenance else ():
            self.warnings.append(Skip(file, warning))


def _teaser_ids(id: str) -> Iterator[str]:
    return (f"{id}#teaser-{number}" for number in count(1))


def read(
    *paths: PathLike,
    columns: Mapping[str, str] | None = None,
    crawled: datetime.date | str | None = None,
    teasers: bool = False,
) -> Reading:
    """Read files, folders (with all below them) and glob patterns.

    Read are pages of text, HTML, PDF, DOCX, messages (``.eml``, ``.mbox``) and rows (``.jsonl``, ``.csv``, ``.tsv``);
    HTML, PDF and DOCX need the extras ``migsearch[html]``, ``[pdf]`` and ``[office]``. A document's id is its path
    below the given folder, followed in a file of many by ``#`` and the message or row, unless that has an id of its
    own. Hidden files, and folders that are symbolic links, are passed over.

    ``columns`` names the columns of rows where they are not called what they are usually called: from a field of
    :data:`~migsearch.ingest.formats.columns.FIELDS` to the column, as in ``{"text": "story"}``.

    ``crawled`` is the day on which the pages were fetched, a date or ``"2021-04-15"``, by which words such as
    "yesterday" and «دیروز» become days, and a later date is doubted.

    With ``teasers``, headlines of other articles that stand beside one with their day become documents of their own,
    with a title and no text, whose ids end in ``#teaser-1`` and so on.

    Raises :class:`SourceError` if a path does not exist, a pattern matches nothing, a column is given for what is
    no field, or ``crawled`` is no day.
    """
    return Reading(*paths, columns=columns, crawled=crawled, teasers=teasers)


def _day(crawled: datetime.date | str | None) -> datetime.date | None:
    if crawled is None or isinstance(crawled, datetime.date):
        return crawled.date() if isinstance(crawled, datetime.datetime) else crawled
    try:
        date = PartialDate.parse(crawled)
    except DocumentError:
        date = None
    if date is None or date.precision != "day":
        raise SourceError(f"{crawled!r} is no day on which pages were fetched: write it as 2021-04-15")
    return date.first
