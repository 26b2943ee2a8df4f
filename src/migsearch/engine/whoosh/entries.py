"""Entries of migsearch gathered into a segment: whole term lists at once, without Whoosh's calls for each posting."""

from __future__ import annotations

from migsearch.engine.base import KEYWORD_FIELDS, POSITION_FIELDS, TERM_FIELDS, Entry, Terms
from migsearch.engine.whoosh.columnar.arrays import ArrayWriter
from migsearch.engine.whoosh.columnar.builder import SegmentBuilder
from migsearch.engine.whoosh.columnar.columns import NumberBuffer, StringBuffer, write_numbers
from migsearch.engine.whoosh.columnar.inversion import TermBuffer
from migsearch.engine.whoosh.columnar.records import RecordBuffer
from migsearch.engine.whoosh.columnar.segment import GAPS, LENGTHS
from migsearch.engine.whoosh.values import RECORD, UNDATED, joined, stored_bytes


class EntryBuilder(SegmentBuilder):
    """Writes what Whoosh's writer would, given :func:`migsearch.engine.whoosh.schema.document` of each entry."""

    def __init__(self, dictionary: bytes = b"") -> None:
        """Begin a segment; records are compressed with a dictionary, if one is given."""
        super().__init__()
        self._terms = {name: TermBuffer(frequencies=True, positions=name in POSITION_FIELDS) for name in TERM_FIELDS}
        self._keywords = {
            name: (TermBuffer(frequencies=False, positions=False), StringBuffer()) for name in KEYWORD_FIELDS
        }
        self._first, self._last = NumberBuffer(UNDATED), NumberBuffer(UNDATED)
        self._records = RecordBuffer(dictionary)
        self._record_bytes = 0
        for name, terms in self._terms.items():
            self.fields[name] = terms
        for keyword, (values, column) in self._keywords.items():
            self.fields[keyword], self.columns[keyword] = values, column
        self.columns |= {"first": self._first, "last": self._last}
        self.stored[RECORD] = self._records

    @property
    def size(self) -> int:
        """Roughly how many bytes of memory the entries take until they are written."""
        # A token is a number, and once more with its place while it is sorted.
        tokens = [terms.tokens for terms in self._terms.values()]
        return 4 * sum(tokens) + 48 * max(tokens) + self._record_bytes

    def add(self, entry: Entry) -> None:
        """Add an entry."""
        for name, terms in self._terms.items():
            given = entry.terms.get(name, ())
            if isinstance(given, Terms):
                terms.add_numbers(given.numbers, given.vocabulary)
            else:
                terms.add(given)
        for keyword, (values, column) in self._keywords.items():
            keywords = (entry.id,) if keyword == "id" else entry.keywords.get(keyword, ())
            values.add(keywords)
            column.put(self.documents, joined(keywords))
        self._first.put(self.documents, entry.first.toordinal() if entry.first else UNDATED)
        self._last.put(self.documents, entry.last.toordinal() if entry.last else UNDATED)
        record = stored_bytes(entry.record)
        self._records.put(self.documents, record)
        self._record_bytes += len(record)
        self.documents += 1

    def following(self) -> EntryBuilder:
        """Return one for the entries that are added next, whose records are like these."""
        return EntryBuilder(self._records.dictionary)

    def write(self) -> ArrayWriter:
        """Write the segment."""
        arrays = super().write()
        for name, terms in self._terms.items():
            write_numbers(arrays, LENGTHS.format(name), terms.lengths())
            gaps = terms.gaps() if name in POSITION_FIELDS else ()
            if any(gaps):
                column = StringBuffer()
                for document, positions in enumerate(gaps):
                    column.put(document, positions)
                column.write(arrays, GAPS.format(name), self.documents)
        return arrays
