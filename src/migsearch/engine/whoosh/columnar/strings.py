"""Distinct strings in the order of their bytes, which for UTF-8 is that of their code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np

from migsearch.engine.whoosh.columnar import sums
from migsearch.engine.whoosh.columnar.arrays import Array, ArrayFile, ArrayWriter, gathered

_STEP = 128  # strings; of so many one is kept in memory for searches
_REMEMBERED = 1 << 13  # answers
_UNKNOWN = -1

_T = TypeVar("_T")


def append_strings(arrays: ArrayWriter, name: str, strings: Sequence[bytes]) -> None:
    """Append strings, which follow those that are there already."""
    lengths = np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
    arrays.append(f"{name}.text", np.frombuffer(b"".join(strings), dtype=np.uint8))
    arrays.append(f"{name}.lengths", sums.encode(lengths, 1)[0])


class Strings:
    """Strings of a file, by number and by binary search."""

    def __init__(self, arrays: ArrayFile, name: str) -> None:
        self._text = arrays[f"{name}.text"].data
        self._lengths = arrays[f"{name}.lengths"]
        self._found: dict[bytes, int | None] = {}
        self._starting: dict[bytes, range] = {}

    @cached_property
    def _ends(self) -> memoryview:
        return sums.ends(self._lengths)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._text[self._ends[number - 1] if number else 0 : self._ends[number]])

    @cached_property
    def lines(self) -> bytes:
        """All strings, each with an end of line after it, for searches that look at every one; none holds any."""
        ends = np.asarray(self._ends)
        is_text = np.ones(len(self._text) + len(ends), dtype=bool)
        is_text[ends + np.arange(len(ends))] = False
        lines = np.full(len(is_text), ord("\n"), dtype=np.uint8)
        lines[is_text] = np.asarray(self._text)
        return lines.tobytes()

    @cached_property
    def line_starts(self) -> Array:
        """Where each string begins among the lines."""
        ends = np.asarray(self._ends)
        return np.concatenate(([0], ends[:-1])) + np.arange(len(ends))

    @cached_property
    def lengths(self) -> Array:
        """How many letters each string has."""
        # All bytes of UTF-8 but those that continue a letter begin one.
        begins = (np.frombuffer(self.lines, dtype=np.uint8) & 0xC0) != 0x80
        limits = np.append(self.line_starts, len(self.lines))
        lengths: Array = np.diff(np.concatenate(([0], begins.cumsum()))[limits]) - 1
        return lengths

    @cached_property
    def signatures(self) -> Array:
        """Of each string the set of its letters, as bits; some letters share one."""
        letters = np.frombuffer(self.lines.decode().encode("utf-32-le"), dtype=np.uint32)
        starts = np.concatenate(([0], (self.lengths + 1).cumsum()[:-1]))
        signatures: Array = np.bitwise_or.reduceat(signature_of(letters), starts)
        return signatures

    def of(self, numbers: Array) -> tuple[Array, Array]:
        """Return the bytes of strings, one string after the other, and their lengths."""
        ends = np.asarray(self._ends)
        starts = np.concatenate(([0], ends))[numbers]
        return gathered(np.asarray(self._text), starts, ends[numbers]), ends[numbers] - starts

    def find(self, string: bytes) -> int | None:
        """Return the number of a string."""
        found = self._found.get(string, _UNKNOWN)
        if found == _UNKNOWN:
            found = self._find(string)
            _remember(self._found, string, found)
        return found

    def _find(self, string: bytes) -> int | None:
        # Looked for among all bytes of the block that may have it; what is found there may be a part of another.
        ends = self._ends
        first = max(0, bisect_right(self._some, string) - 1) * _STEP
        last = min(first + _STEP, len(ends))
        start = ends[first - 1] if first else 0
        text = bytes(self._text[start : ends[last - 1]]) if last else b""
        place = text.find(string)
        while place >= 0:
            begin, end = start + place, start + place + len(string)
            number = bisect_left(ends, end, first, last)
            if number < last and ends[number] == end and (ends[number - 1] if number else 0) == begin:
                return number
            place = text.find(string, place + 1)
        return None

    def first_from(self, string: bytes) -> int:
        """Return the number of the first string that is not before another."""
        # A binary search spelled out among few: ``bisect`` would call back for each step.
        text, ends = self._text, self._ends
        block = bisect_left(self._some, string)
        low, high = max(0, (block - 1) * _STEP + 1), min(block * _STEP, len(ends))
        while low < high:
            middle = (low + high) >> 1
            if bytes(text[ends[middle - 1] if middle else 0 : ends[middle]]) < string:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _some(self) -> list[bytes]:
        """The first of every so many strings."""
        return [self[number] for number in range(0, len(self), _STEP)]

    def starting(self, prefix: bytes) -> range:
        """Return the numbers of the strings that begin so; no byte of them is 255, which UTF-8 does not have."""
        found = self._starting.get(prefix)
        if found is None:
            found = range(self.first_from(prefix), self.first_from(prefix + b"\xff"))
            _remember(self._starting, prefix, found)
        return found

    def read(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """Return the strings from one to another, the end not included."""
        ends = self._ends[first:last].tolist()
        start = self._ends[first - 1] if first else 0
        text = bytes(self._text[start : ends[-1]]) if ends else b""
        return [text[begin - start : end - start] for begin, end in pairwise([start, *ends])]


def _remember(answers: dict[bytes, _T], asked: bytes, answer: _T) -> None:
    """Keep an answer with others that may be asked for again; when there are many, all others are forgotten."""
    if len(answers) >= _REMEMBERED:
        answers.clear()
    answers[asked] = answer


def signature_of(letters: Array) -> Array:
    """Return the bit of each letter; that of an end of line is none."""
    return np.where(letters == ord("\n"), np.uint64(0), np.uint64(1) << (letters % 64).astype(np.uint64))


def ordinals(strings: Strings, among: Sequence[bytes]) -> Array:
    """Return the place of each string in a sorted list that has them all."""
    places = {string: place for place, string in enumerate(among)}
    return np.fromiter(map(places.__getitem__, strings.read()), dtype=np.int64, count=len(strings))
