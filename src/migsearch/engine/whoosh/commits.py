"""Whoosh's index and writer as they are used here, with the commits of :mod:`.folder`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import index, writing
from whoosh.filedb.filestore import FileStorage

from migsearch.engine.base import Entry
from migsearch.engine.whoosh.codec import ColumnarCodec, ColumnarSegment
from migsearch.engine.whoosh.entries import EntryBuilder
from migsearch.engine.whoosh.folder import INDEX_NAME, Folder, Listed
from migsearch.engine.whoosh.merging import merge_tiers
from migsearch.engine.whoosh.schema import schema

SPILLED = 64 << 20
"""Bytes of memory, roughly, that entries take before they are written as a run."""


class ColumnarIndex(index.FileIndex):  # type: ignore[misc]
    """A Whoosh index in a folder, whose commits are not those of Whoosh."""

    def __init__(self, path: Path) -> None:
        self.folder = Folder(path)
        self.storage = FileStorage(str(path))
        self.indexname = INDEX_NAME
        self._schema = schema()

    def writer(self, **arguments: Any) -> ColumnarWriter:
        """Return a writer; raises Whoosh's ``LockError`` while there is another."""
        return ColumnarWriter(self, codec=ColumnarCodec(), **arguments)

    def _read_toc(self) -> index.TOC:
        generation = self.folder.latest()
        if generation < 0:
            raise index.EmptyIndexError(f"there is no commit in {self.folder.path}")
        segments = [ColumnarSegment(INDEX_NAME, *listed) for listed in self.folder.segments(generation)]
        return index.TOC(self._schema, segments, generation)


class ColumnarWriter(writing.SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with a way for entries that goes around its calls for each posting, and with our commits."""

    def __init__(self, index: ColumnarIndex, **arguments: Any) -> None:
        super().__init__(index, **arguments)
        self._folder = index.folder
        self.newsegment.assembly.added = EntryBuilder()
        self._numbers: dict[str, int] = {}  # of the entries that were added, by id
        self._superseded: list[int] = []

    def add_entry(self, entry: Entry) -> bool:
        """Add an entry in place of the one of the same id that was added before, if one was; tells whether none was."""
        before = self._numbers.get(entry.id)
        if before is not None:
            self._superseded.append(before)
        self._numbers[entry.id] = self.docnum
        assembly = self.newsegment.assembly
        assembly.added.add(entry)
        self.docnum += 1
        self._added = True
        if assembly.added.size > SPILLED:
            assembly.spill(self._folder.path)
        return before is None

    def commit(self) -> None:
        """Write what was added, merging segments where there are too many."""
        if self._superseded:
            self.newsegment.assembly.drop(self._superseded, self._folder.path)
            self.docnum -= len(self._superseded)
        super().commit(mergetype=merge_tiers)

    def cancel(self) -> None:
        """Forget what was added."""
        self.newsegment.assembly.clear()
        super().cancel()

    def _commit_toc(self, segments: list[ColumnarSegment]) -> None:
        listed = [Listed(segment.segid, segment.documents, segment.deleted) for segment in segments]
        self._folder.write(self.generation, listed)
        index.clean_files(self.storage, self.indexname, self.generation, segments)
