"""Commits of an index: what Whoosh pickles into its table of contents, written as JSON with a checksum.

A commit is one file that names the segments and their deleted documents. It is written beside the others, seen on the
disk, and renamed: it is there whole or not at all, and the segments it names are there before it. The schema is not
stored; it goes with the format of the index.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index, writing
from whoosh.filedb.filestore import FileStorage

from migsearch.engine.base import Entry
from migsearch.engine.whoosh.codec import ColumnarCodec, ColumnarSegment, unpacked
from migsearch.engine.whoosh.columnar.arrays import DamagedFileError
from migsearch.engine.whoosh.entries import EntryBuilder
from migsearch.engine.whoosh.files import sync_folder
from migsearch.engine.whoosh.merging import merge_tiers
from migsearch.engine.whoosh.schema import schema

_NAME = "MAIN"  # of the index among others in its folder, as Whoosh has it

SPILLED = 96 << 20
"""Bytes of memory, roughly, that entries take before they are written as a run."""


class ColumnarIndex(index.FileIndex):  # type: ignore[misc]
    """A Whoosh index in a folder, whose commits are read and written here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = FileStorage(str(path))
        self.indexname = _NAME
        self._schema = schema()
        self._commit = os.path.join(path, f"_{_NAME}_")  # noqa: PTH118 - the path of each commit begins so

    @classmethod
    def create_in(cls, path: Path) -> ColumnarIndex:
        """Make an index without documents."""
        write_commit(path, 0, [])
        return cls(path)

    def writer(self, **arguments: Any) -> ColumnarWriter:
        """Return a writer; raises Whoosh's ``LockError`` while there is another."""
        return ColumnarWriter(self, codec=ColumnarCodec(), **arguments)

    def is_latest(self, generation: int) -> bool:
        """Tell whether no later commit than one that was there is there, without listing the folder."""
        # The next commit is renamed to its name before the one before it is removed.
        now, following = (f"{self._commit}{number}.toc" for number in (generation, generation + 1))
        return os.path.exists(now) and not os.path.exists(following)  # noqa: PTH110 - asked at each search

    def segments(self, generation: int) -> list[ColumnarSegment]:
        """Return the segments of a commit; raises :class:`FileNotFoundError` if a later one has replaced it."""
        return read_commit(self.path, generation)

    def _read_toc(self) -> index.TOC:
        generation = self.latest_generation()
        if generation < 0:
            raise index.EmptyIndexError(f"there is no commit in {self.path}")
        return index.TOC(self._schema, self.segments(generation), generation)


class ColumnarWriter(writing.SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer with a way for entries that goes around its calls for each posting, and with our commits."""

    def __init__(self, index: ColumnarIndex, **arguments: Any) -> None:
        super().__init__(index, **arguments)
        self._path = index.path
        self.newsegment.assembly.added = EntryBuilder()

    def add_entry(self, entry: Entry) -> None:
        """Add an entry."""
        assembly = self.newsegment.assembly
        assembly.added.add(entry)
        self.docnum += 1
        self._added = True
        if assembly.added.size > SPILLED:
            assembly.spill(self._path)

    def commit(self) -> None:
        """Write what was added, merging segments where there are too many."""
        super().commit(mergetype=merge_tiers)

    def cancel(self) -> None:
        """Forget what was added."""
        self.newsegment.assembly.clear()
        super().cancel()

    def _commit_toc(self, segments: list[ColumnarSegment]) -> None:
        write_commit(self._path, self.generation, segments)
        index.clean_files(self.storage, self.indexname, self.generation, segments)


def write_commit(path: Path, generation: int, segments: list[ColumnarSegment]) -> None:
    """Write a commit; raises :class:`FileExistsError` if there is one of this number."""
    state = json.dumps({"generation": generation, "segments": [_state(segment) for segment in segments]})
    name = path / index.TOC._filename(_NAME, generation)
    if name.exists():
        raise FileExistsError(str(name))
    temporary = path / f"{_NAME}_commit.tmp"  # a name that Whoosh cleans away, should this be killed
    with temporary.open("wb") as file:
        file.write(f"{zlib.crc32(state.encode()):08x}\n{state}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(name)
    sync_folder(path)


def _state(segment: ColumnarSegment) -> dict[str, Any]:
    state = {"id": segment.segid, "documents": segment.documents}
    if segment.deleted is not None:
        # A byte for eight documents; where few are deleted, or nearly all, it is deflated to little.
        state["deleted"] = base64.b64encode(zlib.compress(np.packbits(segment.deleted).tobytes())).decode()
    return state


def read_commit(path: Path, generation: int) -> list[ColumnarSegment]:
    """Return the segments of a commit; raises :class:`DamagedFileError`, or :class:`FileNotFoundError`."""
    name = path / index.TOC._filename(_NAME, generation)
    checksum, _, state = name.read_bytes().partition(b"\n")
    state = state.rstrip(b"\n")
    if checksum != f"{zlib.crc32(state):08x}".encode():
        raise DamagedFileError(f"{name.name} does not have its checksum")
    return [_segment(one) for one in json.loads(state)["segments"]]


def _segment(state: dict[str, Any]) -> ColumnarSegment:
    segment = ColumnarSegment(_NAME, state["id"], state["documents"])
    if "deleted" in state:
        segment.deleted = unpacked(zlib.decompress(base64.b64decode(state["deleted"])), segment.documents)
    return segment
