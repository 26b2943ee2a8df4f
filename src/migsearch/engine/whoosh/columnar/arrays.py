"""A file of named flat arrays: versioned, checksummed, mapped into memory and read where they lie.

::

    MAGIC | array | array | ... | directory | offset, length and CRC-32 of the directory, MAGIC

Arrays are little-endian and begin at multiples of :data:`ALIGNMENT` bytes. The directory is JSON: of each array its
type, place, length and CRC-32, and facts about the whole. Arrays that hold the same lie in one place, as do the ids of
documents, which are both a column and terms.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]  # what numpy.typing names NDArray[Any], without the time of its import

MAGIC = b"MIGSEG\0\3"
"""The first and the last bytes of a file; the last of them is the version of the format."""

ALIGNMENT = 64
_FOOTER = struct.Struct("<QQI8s")
_HELD = 1 << 20  # bytes of one array that are held in memory before they go to a temporary file
_CHECKED_AT_SIGHT = 1 << 20  # bytes; larger arrays are checked when they are merged


class DamagedFileError(ValueError):
    """A file that is cut, overwritten or of another version."""


class Output(Protocol):
    """Where a file is written to."""

    def write(self, data: bytes, /) -> object:
        """Write bytes."""
        ...


@dataclass
class _Growing:
    """An array that is being written."""

    type: str
    data: IO[bytes] = field(default_factory=BytesIO)
    size: int = 0  # bytes
    crc: int = 0

    def write(self, data: bytes) -> None:
        """Write bytes, to a temporary file once they are many."""
        if self.size <= _HELD < self.size + len(data):
            with self.data as held:
                self.data = TemporaryFile()  # noqa: SIM115 - closed when it is saved
                self.data.write(held.getvalue() if isinstance(held, BytesIO) else b"")
        self.data.write(data)
        self.size += len(data)
        self.crc = zlib.crc32(data, self.crc)

    def pieces(self) -> Iterator[bytes]:
        """Yield what was written."""
        self.data.seek(0)
        while data := self.data.read(_HELD):
            yield data


def _are_equal(one: _Growing, other: _Growing) -> bool:
    """Tell whether arrays of the same size hold the same."""
    return all(a == b for a, b in zip(one.pieces(), other.pieces(), strict=True))


class ArrayWriter:
    """Gathers arrays, each of them piece by piece, and saves them as one file."""

    def __init__(self) -> None:
        self._arrays: dict[str, _Growing] = {}
        self.facts: dict[str, Any] = {}

    def append(self, name: str, values: Array) -> None:
        """Append values to an array; all pieces of it are of one type."""
        little = values.astype(values.dtype.newbyteorder("<"), copy=False)
        growing = self._arrays.setdefault(name, _Growing(little.dtype.str))
        if growing.type != little.dtype.str:
            raise TypeError(f"{name} is of {growing.type}, not of {little.dtype.str}")
        growing.write(little.tobytes())

    def save(self, file: Output) -> None:
        """Write the file, and forget the arrays."""
        file.write(MAGIC)
        place = len(MAGIC)
        places: dict[tuple[str, int, int], tuple[_Growing, int]] = {}
        directory: dict[str, Any] = {"facts": self.facts, "arrays": {}}
        for name, growing in self._arrays.items():
            key = growing.type, growing.size, growing.crc
            same, there = places.get(key, (None, 0))
            if same is None or not _are_equal(same, growing):
                there = place + -place % ALIGNMENT
                file.write(bytes(there - place))
                for data in growing.pieces():
                    file.write(data)
                place = there + growing.size
                places.setdefault(key, (growing, there))
            directory["arrays"][name] = (growing.type, there, growing.size, growing.crc)
        for growing in self._arrays.values():
            growing.data.close()
        listed = json.dumps(directory, separators=(",", ":")).encode()
        file.write(listed)
        file.write(_FOOTER.pack(place, len(listed), zlib.crc32(listed), MAGIC))
        self._arrays.clear()


class ArrayFile:
    """The arrays of a file by name. They refer to the file and cannot be written to."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        if len(data) < len(MAGIC) + _FOOTER.size:
            raise DamagedFileError("it is cut short")
        place, length, crc, magic = _FOOTER.unpack(data[-_FOOTER.size :])
        if magic != MAGIC or data[: len(MAGIC)] != MAGIC:
            raise DamagedFileError("it is no segment of this version")
        listed = data[place : place + length]
        if zlib.crc32(listed) != crc:
            raise DamagedFileError("its directory does not have its checksum")
        directory = json.loads(listed)
        self.facts: Mapping[str, Any] = directory["facts"]
        self._places: dict[str, tuple[str, int, int, int]] = directory["arrays"]
        self._arrays: dict[str, Array] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __getitem__(self, name: str) -> Array:
        if name not in self._arrays:
            kind, place, length, crc = self._places[name]
            if length <= _CHECKED_AT_SIGHT:
                self._check(name, place, length, crc)
            type_ = np.dtype(kind)
            self._arrays[name] = np.frombuffer(self._data, type_, length // type_.itemsize, place)
        return self._arrays[name]

    def check(self) -> None:
        """Compare all arrays with their checksums; raises :class:`DamagedFileError`."""
        for name, (_, place, length, crc) in self._places.items():
            self._check(name, place, length, crc)

    def _check(self, name: str, place: int, length: int, crc: int) -> None:
        with memoryview(self._data) as data, data[place : place + length] as part:
            if zlib.crc32(part) != crc:
                raise DamagedFileError(f"its array {name} does not have its checksum")


def narrowed(values: Array) -> Array:
    """Return whole numbers in the smallest type that holds them."""
    if not len(values):
        return values.astype(np.uint8)
    low, high = int(values.min()), int(values.max())
    types = (np.uint8, np.uint16, np.uint32) if low >= 0 else (np.int8, np.int16, np.int32)
    for type_ in types:
        if np.iinfo(type_).min <= low and high <= np.iinfo(type_).max:
            return values.astype(type_)
    return values.astype(np.int64)


def gathered(values: Array, starts: Array, ends: Array) -> Array:
    """Return the values of several ranges, one range after the other."""
    if not len(starts):
        return values[:0]
    if np.array_equal(starts[1:], ends[:-1]):
        return values[int(starts[0]) : int(ends[-1])]
    found: Array = values[ranges(starts, ends)]
    return found


def ranges(starts: Array, ends: Array) -> Array:
    """Return the numbers of several ranges, one range after the other."""
    counts = ends - starts
    numbers: Array = np.repeat(ends - counts.cumsum(), counts)
    numbers += np.arange(len(numbers))
    return numbers
