"""From files and folders to documents. Nothing is lost silently: what is not read is reported with its reason."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path, PurePath
from typing import TypeAlias, TypeVar

from migsearch.errors import DocumentError, SourceError
from migsearch.ingest.file_reader import FileReader, Found, Part, Skip
from migsearch.ingest.files import Files, PathLike, full_name
from migsearch.ingest.formats import holds_many
from migsearch.ingest.formats.columns import checked
from migsearch.ingest.repeated import RepeatedLines
from migsearch.model import Document, PartialDate

__all__ = ["PathLike", "Reading", "Skip", "read"]

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

_CHUNK = 20  # files, or documents of one file, that are handed to a process at once


class Reading:
    """Documents read from files, one after another, as it is iterated.

    ``files`` are the files found, ``position`` is the number of those that were begun. When all was iterated,
    ``skipped`` lists the files that are no pages, ``failed`` those that should be and could not be read, with the parts
    of files that hold many documents, and ``warnings`` what is doubtful about those that were read. ``ids`` are those
    of all documents that were found. Files are read in so many ``processes``.
    """

    def __init__(
        self,
        *paths: PathLike,
        columns: Mapping[str, str] | None = None,
        crawled: datetime.date | str | None = None,
        among: Collection[PathLike] | None = None,
        besides: PathLike | None = None,
        teasers: bool = False,
        processes: int = 1,
    ) -> None:
        if processes < 1:
            raise ValueError(f"processes must be 1 or more, not {processes}")
        self._files = Files(*paths, among=among, besides=besides)
        self._columns = checked(columns or {})
        self._repeated = RepeatedLines(self._files.beside)
        self._crawled = _day(crawled)
        self._teasers = teasers
        self._processes = processes
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
        for told in (self.skipped, self.failed, self.warnings, self.ids):
            told.clear()
        for folder in self._files.empty:
            self._skip(folder, "the folder is empty")
        for folder, reason in self._files.unlisted:
            self._skip(folder, reason, failed=True)
        reader = FileReader(self._files, self._columns, self._repeated, self._crawled, self._teasers, known)
        for position, found in self._found(reader):
            self.position = position
            if isinstance(found, Skip):
                self._skip(*found)
            else:
                yield from self._taken(found)

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

    def _found(self, reader: FileReader) -> Iterator[tuple[int, Found | Skip]]:
        """Yield what is in the files, each with the number of its file."""
        if self._processes == 1:
            for position, file in enumerate(self.files, start=1):
                self.position = position
                yield from ((position, found) for found in reader.read(file))
            return
        from migsearch.processes import in_processes  # takes long to import

        yield from chain.from_iterable(in_processes(self._processes, partial(_read, reader), self._tasks(reader)))

    def _tasks(self, reader: FileReader) -> Iterator[_Task]:
        """Yield what is to be read: some files; of one with many documents, which are parsed here, some of those."""
        numbered = enumerate(self.files, start=1)
        for many, files in groupby(numbered, lambda item: holds_many(item[1])):
            if many:
                for position, file in files:
                    yield from ([(position, file, parts)] for parts in _chunks(reader.parts(file)))
            else:
                yield from _chunks((position, file, None) for position, file in files)

    def _taken(self, found: Found) -> Iterator[Document]:
        """Yield the new documents of those found."""
        id, *_ = found.ids
        if id in self.ids:
            self._skip(found.path, f"another document has the id {id}", failed=True)
            return
        self.ids.update(found.ids)
        for document in found.documents:
            self._warn(found.path, document)
            yield document

    def _skip(self, path: Path, reason: str, failed: bool = False) -> None:
        (self.failed if failed else self.skipped).append(Skip(path, reason, failed))
        _log.info("%s %s: %s", "failed" if failed else "skipped", path, reason)

    def _warn(self, file: Path, document: Document) -> None:
        for warning in document.provenance.warnings if document.provenance else ():
            self.warnings.append(Skip(file, warning))


_Task: TypeAlias = "Sequence[tuple[int, Path, Sequence[Part] | None]]"


def _read(reader: FileReader, task: _Task) -> list[tuple[int, Found | Skip]]:
    return [
        (position, found)
        for position, file, parts in task
        for found in (reader.read(file) if parts is None else reader.completed(file, parts))
    ]


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    left = iter(items)
    return iter(lambda: list(islice(left, _CHUNK)), [])


def read(
    *paths: PathLike,
    columns: Mapping[str, str] | None = None,
    crawled: datetime.date | str | None = None,
    teasers: bool = False,
    processes: int = 1,
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

    With more than one of ``processes`` files are read in so many, with the same result. That is for thousands
    of pages, and asks for the same care as :meth:`migsearch.Index.add`.

    Raises :class:`SourceError` if a path does not exist, a pattern matches nothing, a column is given for what is
    no field, or ``crawled`` is no day.
    """
    return Reading(*paths, columns=columns, crawled=crawled, teasers=teasers, processes=processes)


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
