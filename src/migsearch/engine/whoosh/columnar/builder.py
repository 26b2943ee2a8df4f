"""Documents gathered into a segment."""

from __future__ import annotations

from typing import Protocol

from migsearch.engine.whoosh.columnar.arrays import ArrayWriter
from migsearch.engine.whoosh.columnar.postings import Inverted, PostingsWriter
from migsearch.engine.whoosh.columnar.records import RecordBuffer


class Invertible(Protocol):
    """The terms of a field."""

    def inverted(self) -> Inverted:
        """Return the postings."""
        ...


class ColumnBuffer(Protocol):
    """A column that grows."""

    def write(self, arrays: ArrayWriter, name: str, documents: int) -> None:
        """Write the column."""
        ...


class SegmentBuilder:
    """What a segment will hold, by name."""

    def __init__(self) -> None:
        self.documents = 0
        self.fields: dict[str, Invertible] = {}
        self.columns: dict[str, ColumnBuffer] = {}
        self.stored: dict[str, RecordBuffer] = {}

    def following(self) -> SegmentBuilder:
        """Return one for what is added after this was written."""
        return SegmentBuilder()

    def write(self) -> ArrayWriter:
        """Write the segment."""
        arrays = ArrayWriter()
        arrays.facts["documents"] = self.documents
        for name, field in self.fields.items():
            self._write_postings(arrays, name, field.inverted())
        for name, column in self.columns.items():
            column.write(arrays, name, self.documents)
        for name, records in self.stored.items():
            records.write(arrays, name, self.documents)
        return arrays

    def _write_postings(self, arrays: ArrayWriter, name: str, inverted: Inverted) -> None:
        occurrences = 0 if inverted.positions is None else len(inverted.positions)
        writer = PostingsWriter(arrays, name, self.documents, occurrences)
        writer.append(inverted)
        writer.finish()
