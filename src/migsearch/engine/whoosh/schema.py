"""What a Whoosh index of ours holds.

The classes are pickled by name into the index, so moving one is a new format.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats

from migsearch.engine.base import KEYWORD_FIELDS, TERM_FIELDS, Entry

SEPARATOR = "\x1f"
"""Between the values of a keyword column; no value may hold it (it is the unit separator of ASCII)."""

UNDATED = 0
"""The day number of a document without a date: the day before 1 January 1."""


class TermsFormat(formats.Positions):  # type: ignore[misc]
    """Postings with frequencies and positions, from terms that are analysed already."""

    def word_values(
        self, value: Sequence[str | None], _analyzer: object, **_: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield each term with its frequency, weight and encoded positions; ``None`` takes a position, no more."""
        positions = defaultdict(list)
        for position, term in enumerate(value):
            if term is not None:
                positions[term].append(position)
        for term, places in positions.items():
            yield term, len(places), float(len(places)), self.encode(places)


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field of analysed terms. Its column holds its exact length; Whoosh's own is rounded to a byte."""

    scorable = True

    def __init__(self) -> None:
        self.format = TermsFormat()
        self.column_type = columns.NumericColumn("I")

    def to_column_value(self, value: Sequence[str | None]) -> int:
        """Return the number of terms."""
        return len(value) - value.count(None)


class Keywords(fields.FieldType):  # type: ignore[misc]
    """A field of whole values, to filter and count by."""

    def __init__(self, unique: bool = False) -> None:
        self.format = formats.Existence()
        self.unique = unique
        # Few distinct combinations: each is stored once, a document has its number.
        self.column_type = columns.VarBytesColumn() if unique else columns.RefBytesColumn()

    def to_column_value(self, value: Sequence[str]) -> bytes:
        """Return the values in one string."""
        return SEPARATOR.join(value).encode()


class Days(fields.FieldType):  # type: ignore[misc]
    """A column of proleptic Gregorian day numbers, :data:`UNDATED` where there is none; not indexed."""

    indexed = False

    def __init__(self) -> None:
        self.format = None
        self.column_type = columns.NumericColumn("I")

    def to_column_value(self, value: int) -> int:
        """Return the day number as it is."""
        return value


def schema() -> fields.Schema:
    """Return the schema of an index."""
    return fields.Schema(
        id=Keywords(unique=True),
        record=fields.STORED(),
        first=Days(),
        last=Days(),
        **{name: Terms() for name in TERM_FIELDS},
        **{name: Keywords() for name in KEYWORD_FIELDS if name != "id"},
    )


def document(entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry as Whoosh's writer takes them."""
    return {
        "id": [entry.id],
        "record": entry.record,
        "first": entry.first.toordinal() if entry.first else UNDATED,
        "last": entry.last.toordinal() if entry.last else UNDATED,
        **{name: list(entry.terms.get(name, ())) for name in TERM_FIELDS},
        **{name: list(entry.keywords.get(name, ())) for name in KEYWORD_FIELDS if name != "id"},
    }
