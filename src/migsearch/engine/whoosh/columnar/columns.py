"""A value for each document: numbers, or strings from a list of the distinct ones."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array, ArrayFile, ArrayWriter, narrowed
from migsearch.engine.whoosh.columnar.strings import Strings, append_strings, ordinals


class NumberBuffer:
    """A column of numbers that grows; what no document was given is the default."""

    def __init__(self, default: float = 0) -> None:
        self._default = default
        self._values = array("q" if isinstance(default, int) else "d")

    def put(self, document: int, value: float) -> None:
        """Give a document, which is later than all others, its value."""
        self.extend(document)
        self._values.append(value)  # type: ignore[arg-type]

    def extend(self, documents: int) -> None:
        """Give the default to the rest of ``documents``."""
        missing = documents - len(self._values)
        if missing:
            self._values.extend([self._default] * missing)  # type: ignore[list-item]

    def write(self, arrays: ArrayWriter, name: str, documents: int) -> None:
        """Write the column."""
        self.extend(documents)
        write_numbers(arrays, name, np.asarray(self._values))


class StringBuffer:
    """A column of strings that grows; what no document was given is the default."""

    def __init__(self, default: bytes = b"") -> None:
        self._default = default
        self._numbers: dict[bytes, int] = {}
        self._ordinals = array("L")

    def put(self, document: int, value: bytes) -> None:
        """Give a document, which is later than all others, its value."""
        self.extend(document)
        self._ordinals.append(self._numbers.setdefault(value, len(self._numbers)))

    def extend(self, documents: int) -> None:
        """Give the default to the rest of ``documents``."""
        missing = documents - len(self._ordinals)
        if missing:
            number = self._numbers.setdefault(self._default, len(self._numbers))
            self._ordinals.extend([number] * missing)

    def write(self, arrays: ArrayWriter, name: str, documents: int) -> None:
        """Write the column."""
        self.extend(documents)
        strings = sorted(self._numbers)
        places = np.empty(len(strings), dtype=np.int64)
        places[[self._numbers[string] for string in strings]] = np.arange(len(strings))
        write_strings(arrays, name, strings, places[np.asarray(self._ordinals, dtype=np.int64)])


@dataclass(frozen=True, slots=True)
class StringColumn:
    """``strings`` are distinct and sorted; ``ordinals`` has the number of each document's."""

    strings: Strings
    ordinals: Array


Column = Array | StringColumn


def write_numbers(arrays: ArrayWriter, name: str, values: Array) -> None:
    """Write a column of numbers."""
    arrays.facts.setdefault("columns", {})[name] = "numbers"
    arrays.append(f"{name}:numbers", narrowed(values) if values.dtype.kind in "iu" else values)


def write_strings(arrays: ArrayWriter, name: str, strings: Sequence[bytes], numbers: Array) -> None:
    """Write a column of strings; each document's is given by its number among the sorted ones."""
    arrays.facts.setdefault("columns", {})[name] = "strings"
    append_strings(arrays, f"{name}:strings", strings)
    arrays.append(f"{name}:ordinals", narrowed(numbers))


def read_column(arrays: ArrayFile, name: str) -> Column:
    """Return a column."""
    if arrays.facts["columns"][name] == "numbers":
        return arrays[f"{name}:numbers"]
    return StringColumn(Strings(arrays, f"{name}:strings"), arrays[f"{name}:ordinals"])


def write_merged(arrays: ArrayWriter, name: str, parts: Sequence[tuple[Column | None, Array]]) -> None:
    """Write a column made of several, each with the documents that are kept; a missing one has the default."""
    columns = [column for column, _ in parts if column is not None]
    if isinstance(columns[0], StringColumn):
        _write_merged_strings(arrays, name, parts)
        return
    values = [
        column[kept] if isinstance(column, np.ndarray) else np.zeros(len(kept), dtype=np.int64)
        for column, kept in parts
    ]
    write_numbers(arrays, name, np.concatenate(values))


def _write_merged_strings(arrays: ArrayWriter, name: str, parts: Sequence[tuple[Column | None, Array]]) -> None:
    lists = [column.strings.read() if isinstance(column, StringColumn) else [b""] for column, _ in parts]
    strings = sorted(set().union(*lists))
    numbers = [
        ordinals(column.strings, strings)[column.ordinals[kept]]
        if isinstance(column, StringColumn)
        else np.full(len(kept), strings.index(b""))
        for column, kept in parts
    ]
    joined = np.concatenate(numbers)
    used = np.unique(joined)  # what only dropped documents had is left out
    write_strings(arrays, name, [strings[number] for number in used], np.searchsorted(used, joined))
