"""Terms that stand side by side, found by their places: numbers that tell the document and the position at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings

_BITS = 32
"""Of a place: below the position, above them the document."""

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Together:
    """The documents in which terms follow one another, ascending, and of each term how often they have it."""

    documents: Array
    frequencies: Sequence[Array]


def side_by_side(postings: Postings, numbers: Sequence[int | None]) -> Together:
    """Return the documents in which terms follow one another; there are none if a term is ``None``."""
    terms = [number for number in numbers if number is not None]
    if len(terms) < len(numbers) or not terms:
        return Together(_NONE, [_NONE] * len(numbers))
    lists = {term: postings.documents(term) for term in terms}
    shared = _shared(sorted(lists.values(), key=len))
    chosen = {term: documents.searchsorted(shared) for term, documents in lists.items()}
    frequencies = {term: postings.frequencies(term, term + 1)[chosen[term]] for term in lists}
    places = _places(postings, shared, chosen, frequencies)
    # The places of the rarest are looked up among those of the others.
    (distance, term), *others = sorted(enumerate(terms), key=lambda one: len(places[one[1]]))
    starts = places[term] - distance
    for distance, term in others:
        starts = starts[_among(starts + distance, places[term])]
    documents = _distinct(starts >> _BITS)
    kept = shared.searchsorted(documents)
    return Together(documents, [frequencies[term][kept] for term in terms])


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


def _shared(lists: Sequence[Array]) -> Array:
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
