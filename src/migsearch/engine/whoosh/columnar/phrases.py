"""Terms that stand together, found by their places: numbers that tell the document and the position at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings
from migsearch.engine.whoosh.columnar.segment import Segment

_BITS = 32
"""Of a place: below the position, above them the document."""

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The documents in which terms stand together, ascending; ``frequencies`` has a row for each term."""

    documents: Array
    frequencies: Array


def side_by_side(postings: Postings, numbers: Sequence[int | None]) -> Adjacent:
    """Return the documents in which terms follow one another; there are none if a term is ``None``."""
    shared = _Shared.of(postings, numbers)
    if shared is None:
        return _nowhere(numbers)
    # Each term tells where the phrase would begin: where all agree, it does.
    starts = np.sort(shared.places(range(len(numbers))), kind="stable")
    last = len(numbers) - 1
    return shared.at(starts[last:][starts[last:] == starts[: len(starts) - last]])


def near_one_another(segment: Segment, field: str, numbers: Sequence[int | None], apart: int) -> Adjacent:
    """Return the documents in which terms stand in any order with at most so many others, and no gap, among them."""
    postings = segment.postings(field)
    shared = _Shared.of(postings, numbers) if postings else None
    if shared is None:
        return _nowhere(numbers)
    places = dict(zip(shared.terms, shared.split(shared.places([0] * len(numbers))), strict=True))
    starts = np.sort(np.concatenate([*places.values()]))
    positions, counts = segment.gaps(field, shared.documents)
    gaps = np.append((shared.documents << _BITS).repeat(counts) + positions, np.iinfo(np.int64).max)
    ends = np.minimum(starts + len(shared.terms) + apart, gaps[gaps.searchsorted(starts)])
    all_there = np.ones(len(starts), dtype=bool)
    for term, times in Counter(shared.terms).items():
        all_there &= places[term].searchsorted(ends) - places[term].searchsorted(starts) >= times
    return shared.at(starts[all_there])


def _nowhere(numbers: Sequence[int | None]) -> Adjacent:
    return Adjacent(_NONE, np.zeros((len(numbers), 0), dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Shared:
    """The documents that have all of some terms, and how often they have each.

    ``chosen`` has for each term the places of these among its own documents. All terms are kept in one array where that
    can be: where few documents have them all, each step costs more than the numbers that it goes over.
    """

    postings: Postings
    terms: Sequence[int]
    documents: Array
    chosen: Sequence[Array]

    @classmethod
    def of(cls, postings: Postings, numbers: Sequence[int | None]) -> _Shared | None:
        terms = [number for number in numbers if number is not None]
        if len(terms) < len(numbers) or not terms:
            return None
        documents, chosen = in_all([postings.documents(term) for term in terms])
        return cls(postings, terms, documents, chosen) if len(documents) else None

    def places(self, shifts: Sequence[int]) -> Array:
        """Return the places of each term, one term after the other, so many before they are."""
        found, counts = self.postings.summed_positions(self.terms, self.chosen)
        ends = counts.cumsum()
        added = ((self.documents << _BITS) - np.asarray(shifts)[:, np.newaxis]).ravel()
        added[1:] -= found[ends[:-1] - 1]
        found += added.repeat(counts)
        return found

    def split(self, places: Array) -> list[Array]:
        """Return the places of each term for itself."""
        limits = self._frequencies().sum(axis=1).cumsum()
        return np.split(places, limits[:-1])

    def at(self, places: Array) -> Adjacent:
        """Return the documents that have some places."""
        documents = _distinct(places >> _BITS)
        kept = self.documents.searchsorted(documents)
        return Adjacent(documents, self._frequencies(kept))

    def _frequencies(self, kept: Array | slice = slice(None)) -> Array:
        """Return how often some of the documents have each term."""
        terms = zip(self.terms, self.chosen, strict=True)
        return np.array([self.postings.frequencies(term, term + 1)[chosen[kept]] for term, chosen in terms], np.int64)


def in_all(lists: Sequence[Array]) -> tuple[Array, list[Array]]:
    """Return the numbers that stand in all of several ascending lists, and where in each they do."""
    ranked = sorted(range(len(lists)), key=lambda number: len(lists[number]))
    shared = lists[ranked[0]]
    places = {ranked[0]: np.arange(len(shared))}
    for number in ranked[1:] if len(shared) else ():
        at = lists[number].searchsorted(shared)
        found = lists[number].take(at, mode="clip") == shared
        shared = shared[found]
        places = {other: among[found] for other, among in places.items()}
        places[number] = at[found]
    return shared, [places.get(number, _NONE) for number in range(len(lists))]


def _distinct(ascending: Array) -> Array:
    """Return numbers without those that repeat the one before."""
    is_new = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=is_new[1:])
    return ascending[is_new]
