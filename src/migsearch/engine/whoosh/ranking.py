"""The first matches in the order asked for, without sorting them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.matches import Matches
from migsearch.engine.whoosh.snapshot import Snapshot
from migsearch.model import Order

_FEW = 64  # documents; fewer are sorted sooner without numpy


def first(snapshot: Snapshot, matches: Matches, count: int, order: Order) -> list[tuple[int, float]]:
    """Return the first ``count`` matches with their scores: by score or date, equals by the other, then by id."""
    if not len(matches) or count <= 0:
        return []
    days = snapshot.numbers("first")
    if order == "date":
        places = _greatest(days[matches.documents], lambda equal: matches.scores[equal], count)
    else:
        places = _greatest(matches.scores, lambda equal: days[matches.documents[equal]], count)
    documents, scores = matches.documents[places], matches.scores[places]
    keys = (days[documents], scores) if order == "date" else (scores, days[documents])
    found = list(zip(documents.tolist(), scores.tolist(), strict=True))
    return [found[place] for place in _sorted(snapshot, documents, keys)[:count]]


def _greatest(first: Array, second: Callable[[Array], Array], count: int) -> Array:
    """Return the places that can be among the greatest ``count`` by a first key and, where that is equal, a second."""
    if len(first) <= count:
        return np.arange(len(first))
    limit = np.partition(first, len(first) - count)[len(first) - count]
    places = np.flatnonzero(first >= limit)
    if len(places) == count:
        return places
    equal = places[first[places] == limit]
    others = second(equal)
    rest = count - (len(places) - len(equal))
    limit = np.partition(others, len(others) - rest)[len(others) - rest]
    return np.concatenate((places[first[places] > first[equal[0]]], equal[others >= limit]))


def _sorted(snapshot: Snapshot, documents: Array, keys: tuple[Array, Array]) -> list[int]:
    """Return the places of documents, the greatest first by either key; ids are read only where they decide."""
    if len(documents) <= _FEW:
        return _few_sorted(snapshot, documents, keys)
    first, second = -keys[0].astype(np.float64), -keys[1].astype(np.float64)
    ranked = np.lexsort((second, first))
    in_order = first[ranked], second[ranked]
    if np.logical_and(*(key[1:] == key[:-1] for key in in_order)).any():
        ranked = np.lexsort((snapshot.id_ranks(documents), second, first))
    return list(ranked.tolist())


def _few_sorted(snapshot: Snapshot, documents: Array, keys: tuple[Array, Array]) -> list[int]:
    pairs = [(-first, -second) for first, second in zip(keys[0].tolist(), keys[1].tolist(), strict=True)]
    places = range(len(pairs))
    if len(set(pairs)) == len(pairs):
        return sorted(places, key=pairs.__getitem__)
    times = Counter(pairs)
    ids = [snapshot.id(int(documents[place])) if times[pair] > 1 else "" for place, pair in enumerate(pairs)]
    return sorted(places, key=lambda place: (pairs[place], ids[place]))
