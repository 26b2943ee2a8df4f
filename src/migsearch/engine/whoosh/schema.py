"""What a Whoosh index of ours holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats
from whoosh.system import pack_uint

from migsearch.engine.base import KEYWORD_FIELDS, POSITION_FIELDS, TERM_FIELDS, Entry
from migsearch.engine.whoosh.values import RECORD, UNDATED, joined


class CountsFormat(formats.Frequency):  # type: ignore[misc]
    """Postings with frequencies, from terms that are analysed already."""

    def word_values(
        self, value: Sequence[str | None], _analyzer: object, **_: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        """Yield each term with its frequency, weight and encoded frequency; ``None`` is passed over."""
        for term, count in Counter(term for term in value if term is not None).items():
            yield term, count, float(count), pack_uint(count)


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
    """A field of analysed terms."""

    scorable = True

    def __init__(self, *, positions: bool) -> None:
        self.format = TermsFormat() if positions else CountsFormat()


class Keywords(fields.FieldType):  # type: ignore[misc]
    """A field of whole values, to filter and count by."""

    def __init__(self, unique: bool = False) -> None:
        self.format = formats.Existence()
        self.unique = unique
        # Few distinct combinations: each is stored once, a document has its number.
        self.column_type = columns.VarBytesColumn() if unique else columns.RefBytesColumn()

    def to_column_value(self, value: Sequence[str]) -> bytes:
        """Return the values in one string."""
        return joined(value)


class Days(fields.FieldType):  # type: ignore[misc]
    """A column of proleptic Gregorian day numbers, :data:`UNDATED` where there is none; not indexed."""

    indexed = False

    def __init__(self) -> None:
        self.format = None
        self.column_type = columns.NumericColumn("I", default=UNDATED)

    def to_column_value(self, value: int) -> int:
        """Return the day number as it is."""
        return value


def schema() -> fields.Schema:
    """Return the schema of an index."""
    return fields.Schema(
        id=Keywords(unique=True),
        first=Days(),
        last=Days(),
        **{RECORD: fields.STORED()},
        **{name: Terms(positions=name in POSITION_FIELDS) for name in TERM_FIELDS},
        **{name: Keywords() for name in KEYWORD_FIELDS if name != "id"},
    )


def document(entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry as Whoosh's writer takes them."""
    return {
        "id": [entry.id],
        RECORD: entry.record,
        "first": entry.first.toordinal() if entry.first else UNDATED,
        "last": entry.last.toordinal() if entry.last else UNDATED,
        **{name: list(entry.terms.get(name, ())) for name in TERM_FIELDS},
        **{name: list(entry.keywords.get(name, ())) for name in KEYWORD_FIELDS if name != "id"},
    }
