"""Terms that stand side by side, found by their places: numbers that tell the document and the position at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from migsearch.engine.whoosh.columnar import sums
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings

_BITS = 32
"""Of a place: below the position, above them the document."""


def side_by_side(postings: Postings, terms: Sequence[int], size: int) -> Array:
    """Return the documents, of ``size``, in which terms follow one another, ascending."""
    documents = {term: postings.documents(term) for term in terms}
    shared = np.ones(size, dtype=bool)
    for found in documents.values():
        has_term = np.zeros(size, dtype=bool)
        has_term[found] = True
        shared &= has_term
    places = {term: _places(postings, term, found, shared[found]) for term, found in documents.items()}
    # The places of the rarest are looked up among those of the others.
    (distance, term), *others = sorted(enumerate(terms), key=lambda one: len(places[one[1]]))
    starts = places[term] - distance
    for distance, term in others:
        at = places[term].searchsorted(starts + distance)
        at[at == len(places[term])] = 0
        starts = starts[places[term][at] == starts + distance] if len(starts) else starts
    return _distinct(starts >> _BITS)


def _places(postings: Postings, term: int, documents: Array, chosen: Array) -> Array:
    """Return the places of a term in the chosen of its documents."""
    frequencies = postings.frequencies(term, term + 1)
    # The positions of all documents are summed up as one list; what came before each document is taken off again.
    found: Array = postings.summed_positions(term, term + 1)
    ends = frequencies.cumsum(dtype=np.int64)
    added: Array = documents << _BITS
    added[1:] -= found[ends[:-1] - 1]
    if not chosen.all():
        starts, added, frequencies = (ends - frequencies)[chosen], added[chosen], frequencies[chosen]
        here = np.repeat(starts - sums.starts_of(frequencies), frequencies)
        found = found[here + np.arange(len(here))]
    found += np.repeat(added, frequencies)
    return found


def _distinct(ascending: Array) -> Array:
    """Return numbers without those that repeat the one before."""
    is_new: Array = np.diff(ascending, prepend=-1) != 0
    return ascending[is_new]
