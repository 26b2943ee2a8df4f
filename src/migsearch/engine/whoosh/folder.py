"""The folder of an index as it is read, without Whoosh: its commits, and the files of segments mapped into memory.

A commit is one file that names the segments and their deleted documents: what Whoosh pickles into its table of
contents, as JSON with a checksum. It is written beside the others, seen on the disk, and renamed: it is there whole or
not at all, and the segments it names are there before it. The schema is not stored; it goes with the format of the
index.
"""

from __future__ import annotations

import base64
import json
import mmap
import os
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array, ArrayFile, DamagedFileError
from migsearch.engine.whoosh.columnar.segment import Segment

INDEX_NAME = "MAIN"
"""The name of the index among others in its folder, as Whoosh has it."""

EXTENSION = ".seg"
"""What the file of a segment ends with."""

_COMMIT = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")


class Listed(NamedTuple):
    """A segment as a commit names it; ``deleted`` tells which of its ``documents`` are, ``None`` if none is."""

    id: str
    documents: int
    deleted: Array | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{INDEX_NAME}_{self.id}{EXTENSION}"


class Folder:
    """The folder of an index, which may be missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._commit = os.path.join(path, f"_{INDEX_NAME}_")  # noqa: PTH118 - the path of each commit begins so

    def latest(self) -> int:
        """Return the generation of the latest commit, -1 if there is none."""
        try:
            names = [file.name for file in self.path.iterdir()]
        except FileNotFoundError:
            return -1
        return max((int(commit[1]) for commit in map(_COMMIT.fullmatch, names) if commit), default=-1)

    def is_latest(self, generation: int) -> bool:
        """Tell whether no later commit than one that was there is there, without listing the folder."""
        # The next commit is renamed to its name before the one before it is removed.
        now, following = self._file(generation), self._file(generation + 1)
        return os.access(now, os.F_OK) and not os.access(following, os.F_OK)  # asked at each search

    def segments(self, generation: int) -> list[Listed]:
        """Return the segments of a commit; raises :class:`FileNotFoundError` if a later one has replaced it.

        Raises :class:`DamagedFileError` if it cannot be read.
        """
        name = Path(self._file(generation))
        checksum, _, state = name.read_bytes().partition(b"\n")
        state = state.rstrip(b"\n")
        if checksum != f"{zlib.crc32(state):08x}".encode():
            raise DamagedFileError(f"{name.name} does not have its checksum")
        return [_listed(one) for one in json.loads(state)["segments"]]

    def opened(self, listed: Listed) -> Segment:
        """Open the file of a segment; raises :class:`DamagedFileError` with its name."""
        return opened(self.path / listed.file, listed.documents)

    def write(self, generation: int, segments: Iterable[Listed]) -> None:
        """Write a commit; raises :class:`FileExistsError` if there is one of this number."""
        state = json.dumps({"generation": generation, "segments": [_state(segment) for segment in segments]})
        name = Path(self._file(generation))
        if name.exists():
            raise FileExistsError(str(name))
        temporary = self.path / f"{INDEX_NAME}_commit.tmp"  # a name that Whoosh cleans away, should this be killed
        with temporary.open("wb") as file:
            file.write(f"{zlib.crc32(state.encode()):08x}\n{state}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(name)
        _sync(self.path)

    def _file(self, generation: int) -> str:
        return f"{self._commit}{generation}.toc"


def opened(path: Path, documents: int) -> Segment:
    """Map the file of a segment of so many documents; raises :class:`DamagedFileError` with its name."""
    try:
        return checked(Segment(ArrayFile(_mapped(path))), documents)
    except DamagedFileError as error:
        raise DamagedFileError(f"{path.name}: {error}") from None


def checked(segment: Segment, documents: int) -> Segment:
    """Return a segment that has so many documents; raises :class:`DamagedFileError` if it has not."""
    if segment.documents != documents:
        raise DamagedFileError(f"it has {segment.documents} documents, not {documents}")
    return segment


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # a file of no length cannot be mapped
            raise DamagedFileError(str(error)) from None


def _state(segment: Listed) -> dict[str, Any]:
    state = {"id": segment.id, "documents": segment.documents}
    if segment.deleted is not None:
        # A byte for eight documents; where few are deleted, or nearly all, it is deflated to little.
        state["deleted"] = base64.b64encode(zlib.compress(np.packbits(segment.deleted).tobytes())).decode()
    return state


def _listed(state: dict[str, Any]) -> Listed:
    id, documents = state["id"], state["documents"]
    if "deleted" not in state:
        return Listed(id, documents)
    return Listed(id, documents, unpacked(zlib.decompress(base64.b64decode(state["deleted"])), documents))


def unpacked(bitmap: bytes, documents: int) -> Array:
    """Return which documents are deleted, from a bit of each."""
    return np.unpackbits(np.frombuffer(bitmap, dtype=np.uint8), count=documents).astype(bool)


def _sync(path: Path) -> None:
    """See the names of files on the disk, where folders can be synchronised."""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
