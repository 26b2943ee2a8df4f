"""What Whoosh's writer hands a segment to, value by value: any schema goes this way, migsearch's own goes faster."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from whoosh import columns, formats
from whoosh.codec import base

from migsearch.engine.whoosh.assembly import Assembly
from migsearch.engine.whoosh.columnar.columns import NumberBuffer, StringBuffer
from migsearch.engine.whoosh.columnar.postings import Inverted
from migsearch.engine.whoosh.columnar.records import RecordBuffer
from migsearch.engine.whoosh.columnar.segment import LENGTHS
from migsearch.engine.whoosh.values import stored_bytes

_STRINGS = (columns.VarBytesColumn, columns.FixedBytesColumn, columns.RefBytesColumn, columns.CompressedBytesColumn)


class ColumnarDocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Takes lengths, stored values and columns, document by document."""

    def __init__(self, assembly: Assembly) -> None:
        self._added = assembly.added
        self._document = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document."""
        self._document = docnum
        self._added.documents = docnum + 1

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Take the stored value and the length of a field."""
        if value is not None:
            self._added.stored.setdefault(fieldname, RecordBuffer()).put(self._document, stored_bytes(value))
        if length:
            self._column(LENGTHS.format(fieldname), NumberBuffer()).put(self._document, length)

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """Take the value of a column of numbers or strings; raises :class:`TypeError` for columns of other kinds."""
        self._column(fieldname, _buffer(fieldname, columnobj)).put(self._document, value)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        """Refuse: raises :class:`TypeError`."""
        raise TypeError(f"the field {fieldname} has vectors, which this codec does not store")

    def close(self) -> None:
        """End with the last document."""
        self.is_closed = True

    def _column(self, name: str, new: NumberBuffer | StringBuffer) -> Any:
        return self._added.columns.setdefault(name, new)


def _buffer(name: str, column: Any) -> NumberBuffer | StringBuffer:
    # NumericColumn descends from FixedBytesColumn.
    if isinstance(column, columns.NumericColumn | columns.BitColumn):
        return NumberBuffer(column.default_value())
    if isinstance(column, _STRINGS):
        return StringBuffer(column.default_value())
    raise TypeError(f"the column of the field {name} is a {type(column).__name__}, which this codec does not store")


class ColumnarFieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Takes postings in the order of fields, terms and documents; closing it saves the segment."""

    def __init__(self, assembly: Assembly, storage: Any, segment: Any) -> None:
        self._assembly = assembly
        self._storage = storage
        self._segment = segment
        self._field = _Field("", formats.Existence())
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._field = _Field(fieldname, fieldobj.format)
        self._assembly.added.fields[fieldname] = self._field

    def start_term(self, text: bytes) -> None:
        """Begin a term."""
        self._field.terms.append(text)
        self._field.counts.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        """Take a posting."""
        self._field.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """End a term."""

    def close(self) -> None:
        """Save the segment, unless it has no documents."""
        self.is_closed = True
        if not self._assembly.is_empty:
            self._assembly.save(self._storage, self._segment)


class _Field:
    """The postings of a field, as they come."""

    def __init__(self, name: str, format_: Any) -> None:
        if isinstance(format_, formats.Characters | formats.PositionBoosts):
            raise TypeError(f"the field {name} has {type(format_).__name__}, which this codec does not store")
        self._format = format_
        self._has_positions = format_.supports("positions")
        self._has_frequencies = not isinstance(format_, formats.Existence)
        self.terms: list[bytes] = []
        self.counts = array("q")
        self._documents = array("q")
        self._frequencies = array("q")
        self._positions = array("q")
        self._weights = array("d")

    def add(self, document: int, weight: float, value: bytes) -> None:
        self.counts[-1] += 1
        self._documents.append(document)
        self._weights.append(weight)
        if self._has_positions:
            positions = self._format.decode_positions(value)
            self._positions.extend(positions)
            self._frequencies.append(len(positions))
        elif self._has_frequencies:
            self._frequencies.append(self._format.decode_frequency(value))

    def inverted(self) -> Inverted:
        has_frequencies = self._has_positions or self._has_frequencies
        frequencies = np.asarray(self._frequencies) if has_frequencies else None
        weights = np.asarray(self._weights)
        expected = frequencies if frequencies is not None else np.ones(len(weights))
        return Inverted(
            self.terms,
            np.asarray(self.counts),
            np.asarray(self._documents),
            frequencies,
            np.asarray(self._positions) if self._has_positions else None,
            None if np.array_equal(weights, expected) else weights,
        )
