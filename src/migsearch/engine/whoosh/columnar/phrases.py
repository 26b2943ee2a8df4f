"""Terms that stand together, found by their places: numbers that tell the document and the position at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings
from migsearch.engine.whoosh.columnar.segment import Segment

_BITS = 32
"""Of a place: below the position, above them the document."""

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Together:
    """The documents in which terms stand together, ascending, and of each term how often they have it."""

    documents: Array
    frequencies: Sequence[Array]


def side_by_side(postings: Postings, numbers: Sequence[int | None]) -> Together:
    """Return the documents in which terms follow one another; there are none if a term is ``None``."""
    shared = _Shared.of(postings, numbers)
    if shared is None:
        return Together(_NONE, [_NONE] * len(numbers))
    # The places of the rarest are looked up among those of the others.
    (distance, term), *others = sorted(enumerate(shared.terms), key=lambda one: len(shared.places[one[1]]))
    starts = shared.places[term] - distance
    for distance, term in others:
        starts = starts[_among(starts + distance, shared.places[term])]
    return shared.at(starts)


def near_one_another(segment: Segment, field: str, numbers: Sequence[int | None], apart: int) -> Together:
    """Return the documents in which terms stand in any order with at most so many others, and no gap, among them."""
    postings = segment.postings(field)
    shared = _Shared.of(postings, numbers) if postings else None
    if shared is None:
        return Together(_NONE, [_NONE] * len(numbers))
    starts = np.sort(np.concatenate([*shared.places.values()]))
    positions, counts = segment.gaps(field, shared.documents)
    gaps = np.append((shared.documents << _BITS).repeat(counts) + positions, np.iinfo(np.int64).max)
    ends = np.minimum(starts + len(shared.terms) + apart, gaps[gaps.searchsorted(starts)])
    all_there = np.ones(len(starts), dtype=bool)
    for term, times in Counter(shared.terms).items():
        all_there &= shared.places[term].searchsorted(ends) - shared.places[term].searchsorted(starts) >= times
    return shared.at(starts[all_there])


@dataclass(frozen=True, slots=True)
class _Shared:
    """The documents that have all of some terms, and how often and at which places they have each."""

    terms: Sequence[int]
    documents: Array
    frequencies: Mapping[int, Array]
    places: Mapping[int, Array]

    @classmethod
    def of(cls, postings: Postings, numbers: Sequence[int | None]) -> _Shared | None:
        terms = [number for number in numbers if number is not None]
        if len(terms) < len(numbers) or not terms:
            return None
        lists = {term: postings.documents(term) for term in terms}
        documents = _in_all(sorted(lists.values(), key=len))
        chosen = {term: found.searchsorted(documents) for term, found in lists.items()}
        frequencies = {term: postings.frequencies(term, term + 1)[chosen[term]] for term in lists}
        return cls(terms, documents, frequencies, _places(postings, documents, chosen, frequencies))

    def at(self, places: Array) -> Together:
        """Return the documents that have some places."""
        documents = _distinct(places >> _BITS)
        kept = self.documents.searchsorted(documents)
        return Together(documents, [self.frequencies[term][kept] for term in self.terms])


def _places(
    postings: Postings, documents: Array, chosen: Mapping[int, Array], frequencies: Mapping[int, Array]
) -> dict[int, Array]:
    """Return the places of each term in documents that all have, given where these are among its own."""
    # All terms at once: where few documents have them all, each step costs more than the numbers that it goes over.
    counts = np.concatenate([*frequencies.values()]).astype(np.int64)
    added = np.tile(documents << _BITS, len(chosen))
    found = postings.summed_positions(chosen)
    ends = counts.cumsum()
    if len(ends):
        added[1:] -= found[ends[:-1] - 1]
    found += added.repeat(counts)
    limits = [int(ends[(number + 1) * len(documents) - 1]) if len(ends) else 0 for number in range(len(chosen))]
    return {term: found[first:last] for term, (first, last) in zip(chosen, pairwise([0, *limits]), strict=True)}


def _in_all(lists: Sequence[Array]) -> Array:
    """Return what stands in all of several ascending lists, of which the first is the shortest."""
    shared, *others = lists
    for numbers in others:
        shared = shared[_among(shared, numbers)]
    return shared


def _among(wanted: Array, ascending: Array) -> Array:
    """Return which of some numbers stand in a list that is not empty."""
    at = ascending.searchsorted(wanted)
    at[at == len(ascending)] = 0
    found: Array = ascending[at] == wanted
    return found


def _distinct(ascending: Array) -> Array:
    """Return numbers without those that repeat the one before."""
    is_new = np.ones(len(ascending), dtype=bool)
    is_new[1:] = ascending[1:] != ascending[:-1]
    return ascending[is_new]
