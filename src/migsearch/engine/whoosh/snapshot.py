"""One commit of an index, read: postings, columns and stored records by global document number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import getsizeof
from typing import NamedTuple

import numpy as np

from migsearch.engine.base import K1, B
from migsearch.engine.whoosh import lexicon
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.phrases import Adjacent, near_one_another, side_by_side
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.lexicon import Part
from migsearch.engine.whoosh.matches import Matches
from migsearch.engine.whoosh.values import RECORD, stored_value
from migsearch.query.tree import Expanded, KeywordField, Near, Node, Several, TermField

CACHED = 32 << 20
"""Bytes of memory for what was asked for lately of all segments; each has its share by its documents."""

_MANY = 1_000  # documents; the ids of fewer are read and compared


class Found(NamedTuple):
    """Postings of a term: ascending document numbers, and how often each has it."""

    documents: Array
    frequencies: Array


@dataclass(frozen=True, slots=True)
class Together:
    """Postings of several terms where they stand together: ``frequencies`` has a row, ``totals`` a number for each.

    ``totals`` tells how many documents have the term at all.
    """

    documents: Array
    frequencies: Array
    totals: Sequence[int]


class Answer(NamedTuple):
    """A query and its matches."""

    query: Node | None
    matches: Matches


_NOTHING = np.zeros(0, dtype=np.int64)


class Snapshot:
    """What one commit holds. Safe to read while a writer prepares the next."""

    def __init__(self, segments: Sequence[tuple[Segment, Array | None]]) -> None:
        """``segments`` come with the documents of each that are deleted."""
        self.parts: list[Part] = []
        base = 0
        for segment, deleted in segments:
            self.parts.append(Part(segment, base, None if deleted is None else ~deleted))
            base += segment.documents
        self.size = base
        """The number of documents, deleted ones included."""
        for part in self.parts:
            part.segment.keep(CACHED * part.segment.documents // max(base, 1))
        self._bases = [part.base for part in self.parts]
        self._norms: dict[str, Array] = {}
        self._averages: dict[str, float] = {}
        self._numbers: dict[str, Array] = {}
        self.latest = Answer(None, Matches(_NOTHING, base))
        """What was asked for words last: a search with feedback asks for the same once more, and for others with it."""

    @cached_property
    def kept(self) -> Array | None:
        """Which documents are not deleted; ``None`` if none is."""
        if all(part.kept is None for part in self.parts):
            return None
        return _joined(
            [np.ones(part.segment.documents, dtype=bool) if part.kept is None else part.kept for part in self.parts]
        )

    @cached_property
    def documents(self) -> Array:
        """All documents that are not deleted."""
        return np.arange(self.size) if self.kept is None else np.flatnonzero(self.kept)

    def postings(self, field: TermField, term: str) -> Found:
        """Return the postings of a term."""
        found = lexicon.places(self.parts, field, term)
        if len(found) == 1 and self.kept is None:  # as mostly
            part, postings = found[0]
            return Found(_from(part.base, postings.documents), postings.frequencies)
        documents = _joined([_from(part.base, postings.documents) for part, postings in found])
        frequencies = _joined([postings.frequencies for _, postings in found])
        return self._all(documents, frequencies)

    def frequencies(self, field: TermField, terms: Sequence[str]) -> list[int]:
        """Return in how many documents each term stands."""
        return lexicon.frequencies(self.parts, field, terms)

    def _all(self, documents: Array, frequencies: Array) -> Found:
        """Return all postings of a term but those of deleted documents."""
        if self.kept is not None:
            kept = self.kept[documents]
            documents, frequencies = documents[kept], frequencies[kept]
        return Found(documents, frequencies)

    def together(self, node: Several) -> Together:
        """Return the documents in which all terms of a node stand together as it asks for."""
        terms = node.terms
        found: list[Adjacent] = []
        totals = [0] * len(terms)
        for part, postings in lexicon.several(self.parts, node.field, terms):
            for place, one in enumerate(postings):
                totals[place] += lexicon.count(part, one) if one else 0
            if not (present := [one for one in postings if one]) or len(present) < len(postings):
                continue
            if isinstance(node, Near):
                adjacent = near_one_another(part.segment, node.field, present, node.apart)
            else:
                adjacent = side_by_side(present)
            found.append(Adjacent(_from(part.base, adjacent.documents), adjacent.frequencies))
        if not found:
            return Together(_NOTHING, np.zeros((len(terms), 0), dtype=np.int64), totals)
        documents = _joined([adjacent.documents for adjacent in found])
        frequencies = _joined([adjacent.frequencies for adjacent in found], axis=1)
        if self.kept is None:
            return Together(documents, frequencies, totals)
        kept = self.kept[documents]
        return Together(documents[kept], frequencies[:, kept], totals)

    def with_keyword(self, field: KeywordField, value: str) -> Array:
        """Return the documents that carry a value."""
        found = [part.base + postings.documents for part, postings in lexicon.places(self.parts, field, value)]
        return self.undeleted(_joined(found))

    def undeleted(self, documents: Array) -> Array:
        """Return the documents that are not deleted among others."""
        return documents if self.kept is None else documents[self.kept[documents]]

    def expand(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the first terms of a field, in the order of their code points, that begin so."""
        return lexicon.starting(self.parts, field, prefix, limit)

    def expanded(self, node: Expanded) -> tuple[Found, bool]:
        """Return the postings of the terms that a node stands for as if they were one, and whether there are more."""
        expansion = lexicon.expanded(self.parts, node)
        found = [(part, part.segment.united(node.field, numbers)) for part, numbers in expansion.found]
        documents = _joined([_from(part.base, united.documents) for part, united in found if united])
        frequencies = _joined([united.frequencies for _, united in found if united])
        return self._all(documents, frequencies), expansion.capped

    def numbers(self, column: str) -> Array:
        """Return a column of numbers by document."""
        if column not in self._numbers:
            self._numbers[column] = _joined([_numbers(part.segment, column) for part in self.parts])
        return self._numbers[column]

    def lengths(self, field: TermField) -> Array:
        """Return how many terms each document has in a field."""
        return self.numbers(f"{field}:lengths")

    def average_length(self, field: TermField) -> float:
        """Return the mean length of a field over the documents that are not deleted."""
        if field not in self._averages:
            self._averages[field] = int(self.lengths(field)[self.documents].sum(dtype=np.int64)) / len(self.documents)
        return self._averages[field]

    def norms(self, field: TermField) -> Array:
        """Return what the length of each document adds to the frequency below the line of BM25."""
        if field not in self._norms:
            average = self.average_length(field) or 1.0  # where no document has a term, none is scored
            self._norms[field] = K1 * (1 - B + B * self.lengths(field) / average)
        return self._norms[field]

    def record(self, document: int) -> str:
        """Return the stored record of a document."""
        part = self.part_of(document)
        segment, number = part.segment, document - part.base
        try:
            return segment.decoded[number]
        except KeyError:
            record = str(stored_value(segment.records[RECORD][number]))
        segment.decoded.keep(number, record, getsizeof(record))
        return record

    def id(self, document: int) -> str:
        """Return the id of a document."""
        part = self.part_of(document)
        column = part.segment.strings("id")
        if column is None:
            raise LookupError(document)
        return column.strings[int(column.ordinals[document - part.base])].decode()

    def id_ranks(self, documents: Array) -> Array:
        """Return numbers that put documents in the order of their ids."""
        if len(documents) > _MANY:
            return self._id_ranks[documents]
        ids = [self.id(document) for document in documents.tolist()]
        return np.argsort(np.asarray(sorted(range(len(ids)), key=ids.__getitem__)))

    @cached_property
    def _id_ranks(self) -> Array:
        """The place of each document in the order of ids."""
        columns = [column for part in self.parts if (column := part.segment.strings("id"))]
        ids = [column.strings.read() for column in columns]
        places = {id: place for place, id in enumerate(sorted(set().union(*ids)))}
        return _joined(
            [
                np.fromiter(map(places.__getitem__, strings), np.int64, len(strings))[column.ordinals]
                for strings, column in zip(ids, columns, strict=True)
            ]
        )

    def part_of(self, document: int) -> Part:
        """Return the part that has a document."""
        return self.parts[bisect_right(self._bases, document) - 1]


def _numbers(segment: Segment, name: str) -> Array:
    column = segment.numbers(name)
    return np.zeros(segment.documents, dtype=np.int64) if column is None else column


def _from(base: int, documents: Array) -> Array:
    """Return the numbers of documents of a part that begins at a base."""
    return documents + base if base else documents


def _joined(arrays: Sequence[Array], axis: int = 0) -> Array:
    if not arrays:
        return _NOTHING
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays, axis=axis)
