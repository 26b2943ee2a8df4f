"""The first matches in the order asked for, without sorting them all."""

from __future__ import annotations

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
    scores = matches.scores()
    days = snapshot.numbers("first")
    if order == "date":
        places = _greatest(days[matches.documents], lambda equal: scores[equal], count)
    else:
        places = _greatest(scores, lambda equal: days[matches.documents[equal]], count)
    documents, scores = matches.documents[places], scores[places]
    keys = (days[documents], scores) if order == "date" else (scores, days[documents])
    ranked = _sorted(snapshot, documents, keys)[:count]
    return list(zip(documents[ranked].tolist(), scores[ranked].tolist(), strict=True))


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


def _sorted(snapshot: Snapshot, documents: Array, keys: tuple[Array, Array]) -> Array:
    """Return the places of documents, the greatest first by either key; ids are read only where they decide."""
    if len(documents) <= _FEW:
        pairs = [(-first, -second) for first, second in zip(keys[0].tolist(), keys[1].tolist(), strict=True)]
        if len(set(pairs)) == len(pairs):
            return np.array(sorted(range(len(pairs)), key=pairs.__getitem__))
    first, second = -keys[0].astype(np.float64), -keys[1].astype(np.float64)
    ranked = np.lexsort((second, first))
    in_order = first[ranked], second[ranked]
    if not np.logical_and(*(key[1:] == key[:-1] for key in in_order)).any():
        return ranked
    return np.lexsort((snapshot.id_ranks(documents), second, first))
