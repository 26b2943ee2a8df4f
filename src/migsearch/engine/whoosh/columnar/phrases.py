"""Terms that stand together, found by their places: numbers that tell the document and the position at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array, gathered
from migsearch.engine.whoosh.columnar.postings import PLACE_BITS
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.columnar.terms import TermPostings

_MANY = 8  # numbers for each that is looked up among them; from so many on that is sooner done than sorting all


@dataclass(frozen=True, slots=True)
class Adjacent:
    """The documents in which terms stand together, ascending; ``frequencies`` has a row for each term."""

    documents: Array
    frequencies: Array


def side_by_side(terms: Sequence[TermPostings]) -> Adjacent:
    """Return the documents in which terms follow one another."""
    ranked = sorted(range(len(terms)), key=lambda number: len(terms[number].places))
    before = ranked[0]
    shared = terms[before].places
    for number in ranked[1:]:
        shared = _in_both(shared + (number - before), terms[number].places)
        before = number
    return _at(shared, terms)


def near_one_another(segment: Segment, field: str, terms: Sequence[TermPostings], apart: int) -> Adjacent:
    """Return the documents in which terms stand in any order with at most so many others, and no gap, among them."""
    ranked = sorted({id(term): term for term in terms}.values(), key=lambda term: term.count)
    documents = ranked[0].documents
    for term in ranked[1:]:
        documents = _in_both(documents, term.documents)
    within = documents << PLACE_BITS, documents + 1 << PLACE_BITS
    places = {id(term): gathered(term.places, *map(term.places.searchsorted, within)) for term in ranked}
    starts = np.sort(np.concatenate([*places.values()]), kind="stable")
    positions, counts = segment.gaps(field, documents)
    gaps = np.append(within[0].repeat(counts) + positions, np.iinfo(np.int64).max)
    ends = np.minimum(starts + len(terms) + apart, gaps[gaps.searchsorted(starts)])
    all_there = np.ones(len(starts), dtype=bool)
    for number, times in Counter(map(id, terms)).items():
        all_there &= places[number].searchsorted(ends) - places[number].searchsorted(starts) >= times
    return _at(starts[all_there], terms)


def _at(places: Array, terms: Sequence[TermPostings]) -> Adjacent:
    """Return the documents that have some places."""
    of_each = places >> PLACE_BITS
    is_new = np.ones(len(of_each), dtype=bool)
    np.not_equal(of_each[1:], of_each[:-1], out=is_new[1:])
    documents = of_each[is_new]
    frequencies = [term.frequencies[term.documents.searchsorted(documents)] for term in terms]
    return Adjacent(documents, np.array(frequencies, dtype=np.int64))


def _in_both(some: Array, others: Array) -> Array:
    """Return the numbers that stand in both of two ascending lists, which have each once."""
    if len(some) * _MANY < len(others):
        found: Array = some[others.take(others.searchsorted(some), mode="clip") == some]
    else:
        both = np.sort(np.concatenate((some, others)), kind="stable")  # which merges what is sorted already
        found = both[1:][both[1:] == both[:-1]]
    return found
