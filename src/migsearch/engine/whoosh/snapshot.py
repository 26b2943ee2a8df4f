"""One commit of an index, read: postings, columns and stored records by global document number."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from migsearch.engine.whoosh.schema import SEPARATOR
from migsearch.query.tree import KeywordField, TermField

Postings = Sequence[tuple[int, float]]
"""Document numbers, ascending, with the frequency of the term in each; deleted documents are left out."""


_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(term: str) -> bool:
    """Tell whether an index may hold a term: a lone surrogate, as of a broken argument, has no encoding."""
    return not _SURROGATE.search(term)


class Segment:
    """One segment of a snapshot with its columns, which are read once. ``base`` is its first document's number."""

    def __init__(self, reader: Any, base: int) -> None:
        self.reader = reader
        self.base = base

    @cached_property
    def ids(self) -> Any:
        """The column of ids, encoded."""
        return self.reader.column_reader("id", translate=False)

    def numbers(self, column: str) -> array[int]:
        """Return a column of numbers by document."""
        reader = self.reader.column_reader(column, translate=False)
        return array("L", (reader[document] for document in range(self.reader.doc_count_all())))

    def values(self, column: str) -> list[tuple[str, ...]]:
        """Return a column of keywords by document."""
        reader = self.reader.column_reader(column, translate=False)
        split: dict[bytes, tuple[str, ...]] = {b"": ()}
        rows = []
        for document in range(self.reader.doc_count_all()):
            row = bytes(reader[document])
            if row not in split:
                split[row] = tuple(row.decode().split(SEPARATOR))
            rows.append(split[row])
        return rows


class Snapshot:
    """What one commit holds. Safe to read while a writer prepares the next."""

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self._reader = searcher.reader()
        self._segments = [Segment(leaf, base) for leaf, base in self._reader.leaf_readers() if leaf.doc_count_all()]
        self._numbers: dict[str, array[int]] = {}
        self._values: dict[str, list[tuple[str, ...]]] = {}
        self._averages: dict[str, float] = {}

    @cached_property
    def documents(self) -> list[int]:
        """All documents that are not deleted."""
        return list(self._reader.all_doc_ids())

    def postings(self, field: TermField, term: str) -> Postings:
        """Return the postings of a term."""
        return [(document, matcher.weight()) for document, matcher in self._walk(field, term)]

    def positions(self, field: TermField, term: str) -> dict[int, list[int]]:
        """Return the positions of a term by document."""
        return {document: matcher.value_as("positions") for document, matcher in self._walk(field, term)}

    def with_keyword(self, field: KeywordField, value: str) -> list[int]:
        """Return the documents that carry a value."""
        return [document for document, _ in self._walk(field, value)]

    def _walk(self, field: str, term: str) -> Iterator[tuple[int, Any]]:
        if not storable(term):
            return
        for segment in self._segments:
            if (field, term) not in segment.reader:
                continue
            matcher = segment.reader.postings(field, term)
            while matcher.is_active():
                yield segment.base + matcher.id(), matcher
                matcher.next()

    def expand(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the first terms of a field, in the order of their code points, that begin so."""
        if not storable(prefix):
            return []
        # UTF-8 sorts as code points do.
        terms = (term.decode() for term in self._reader.expand_prefix(field, prefix))
        if self._reader.has_deletions():
            # A deleted document's terms stay in the lexicon until segments are merged.
            terms = (term for term in terms if any(True for _ in self._walk(field, term)))
        return list(islice(terms, limit))

    def numbers(self, column: str) -> array[int]:
        """Return a column of numbers: lengths of a term field, or the days ``first`` and ``last``."""
        if column not in self._numbers:
            joined = array("L")
            for segment in self._segments:
                joined.extend(segment.numbers(column))
            self._numbers[column] = joined
        return self._numbers[column]

    def values(self, column: str) -> list[tuple[str, ...]]:
        """Return a column of keywords by document."""
        if column not in self._values:
            self._values[column] = [row for segment in self._segments for row in segment.values(column)]
        return self._values[column]

    def average_length(self, field: TermField) -> float:
        """Return the mean length of a field over the documents that are not deleted."""
        if field not in self._averages:
            lengths = self.numbers(field)
            self._averages[field] = sum(lengths[document] for document in self.documents) / len(self.documents)
        return self._averages[field]

    def record(self, document: int) -> str:
        """Return the stored record of a document."""
        return str(self._reader.stored_fields(document)["record"])

    def id(self, document: int) -> str:
        """Return the id of a document."""
        for segment in reversed(self._segments):
            if segment.base <= document:
                return bytes(segment.ids[document - segment.base]).decode()
        raise LookupError(document)
