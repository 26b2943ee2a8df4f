"""One segment of an index, read from its file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array, ArrayFile
from migsearch.engine.whoosh.columnar.columns import Column, StringColumn, read_column
from migsearch.engine.whoosh.columnar.kept import Kept
from migsearch.engine.whoosh.columnar.postings import Postings
from migsearch.engine.whoosh.columnar.records import Records
from migsearch.engine.whoosh.columnar.terms import TermPostings, UnitedPostings

LENGTHS = "{}:lengths"
"""The name of the column with the number of terms that each document has in a field."""

GAPS = "{}:gaps"
"""The name of the column with the positions of the gaps in a field, four bytes each, none behind the last term."""

# Of what is kept, one part in so many is records, and one postings that are united of several terms.
_RECORDS_SHARE, _UNITED_SHARE = 4, 8


class Segment:
    """Fields, columns and records of ``documents`` documents, numbered from 0. Nothing in it ever changes."""

    def __init__(self, arrays: ArrayFile) -> None:
        self.arrays = arrays
        self.documents: int = arrays.facts["documents"]
        self._postings: dict[str, Postings] = {}
        self._columns: dict[str, Column] = {}
        self._terms: Kept[tuple[str, bytes], TermPostings | None] = Kept()
        self._united: Kept[tuple[str, bytes], UnitedPostings] = Kept()  # by the numbers of their terms
        self.decoded: Kept[int, str] = Kept()
        """The records that were read lately, by document."""
        self.derived: dict[str, object] = {}
        """What readers work out from it and want to keep, by name."""

    @property
    def fields(self) -> list[str]:
        """The names of the indexed fields."""
        return list(self.arrays.facts.get("fields", ()))

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self.arrays.facts.get("columns", ()))

    def postings(self, field: str) -> Postings | None:
        """Return the postings of a field, ``None`` if no document has it."""
        if field not in self._postings and field in self.arrays.facts.get("fields", ()):
            self._postings[field] = Postings(self.arrays, field, self.documents)
        return self._postings.get(field)

    def term(self, field: str, text: bytes) -> TermPostings | None:
        """Return the postings of a term, ``None`` if no document has it."""
        key = field, text
        try:
            return self._terms[key]
        except KeyError:
            postings = self.postings(field)
        number = postings.terms.find(text) if postings else None
        found = TermPostings(postings, number) if postings and number is not None else None
        self._terms.keep(key, found, found.size if found else 0)
        return found

    def counts(self, field: str, texts: Sequence[bytes]) -> list[int]:
        """Return how many documents have each term."""
        postings = self.postings(field)
        if postings is None:
            return [0] * len(texts)
        return [0 if number is None else postings.count(number) for number in map(postings.terms.find, texts)]

    def united(self, field: str, numbers: Array) -> UnitedPostings | None:
        """Return the postings of ascending terms of a field as one, ``None`` if no document has the field."""
        key = field, numbers.tobytes()
        try:
            return self._united[key]
        except KeyError:
            postings = self.postings(field)
        if postings is None:
            return None
        found = UnitedPostings(postings, numbers, self.documents)
        self._united.keep(key, found, found.size)
        return found

    def keep(self, size: int) -> None:
        """Keep so many bytes of the postings and records that are asked for, if they are asked for again."""
        self.decoded.limit = size // _RECORDS_SHARE
        self._united.limit = size // _UNITED_SHARE
        self._terms.limit = size - self.decoded.limit - self._united.limit

    def column(self, name: str) -> Column | None:
        """Return a column, ``None`` if no document has a value in it."""
        if name not in self._columns and name in self.arrays.facts.get("columns", ()):
            self._columns[name] = read_column(self.arrays, name)
        return self._columns.get(name)

    def numbers(self, name: str) -> Array | None:
        """Return a column of numbers, ``None`` if no document has a value in it."""
        column = self.column(name)
        return None if isinstance(column, StringColumn) else column

    def strings(self, name: str) -> StringColumn | None:
        """Return a column of strings, ``None`` if no document has a value in it."""
        column = self.column(name)
        return column if isinstance(column, StringColumn) else None

    def lengths(self, field: str) -> Array | None:
        """Return how many terms each document has in a field, ``None`` if no lengths are kept."""
        return self.numbers(LENGTHS.format(field))

    def gaps(self, field: str, documents: Array) -> tuple[Array, Array]:
        """Return the positions of the gaps in a field of ascending documents, and how many each has."""
        column = self.strings(GAPS.format(field))
        if column is None:
            return np.zeros(0, dtype=np.int64), np.zeros(len(documents), dtype=np.int64)
        positions, lengths = column.strings.of(column.ordinals[documents])
        return np.frombuffer(positions.tobytes(), dtype="<u4").astype(np.int64), lengths // 4

    @cached_property
    def records(self) -> dict[str, Records]:
        """The stored fields by name."""
        return {name: Records(self.arrays, name) for name in self.arrays.facts.get("stored", ())}
