"""What a node of a query finds: documents, and scores that are computed only where they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.query.tree import Expanded

# What looking up a document takes, against marking one that matches, and one of all.
_LOOKED_UP, _MARKED = 144, 16


@dataclass(frozen=True, slots=True)
class Matches:
    """Ascending documents among ``size``; ``score`` gives the scores of those at some places, ``None`` for 0.

    ``capped`` has what was asked for and stands for more terms than were looked for.
    """

    documents: Array
    size: int
    score: Callable[[Array | slice], Array] | None = None
    capped: frozenset[Expanded] = frozenset()

    def __len__(self) -> int:
        return len(self.documents)

    def scores(self) -> Array:
        """Return the scores of all."""
        return np.zeros(len(self)) if self.score is None else self.score(slice(None))

    def places(self, documents: Array) -> tuple[Array, Array]:
        """Return which of other documents match, and the places here of those that do."""
        if not len(self):
            return np.zeros(len(documents), dtype=bool), self.documents
        if len(documents) * _LOOKED_UP < self.size + len(self) * _MARKED:
            places = self.documents.searchsorted(documents)
            found = self.documents.take(places, mode="clip") == documents
            return found, places[found]
        numbers: Array = np.full(self.size, -1, dtype=np.int32)
        numbers[self.documents] = np.arange(len(self), dtype=np.int32)
        among = numbers[documents]
        found = among >= 0
        return found, among[found]

    def mask(self) -> Array:
        """Return of all documents whether they match."""
        mask = np.zeros(self.size, dtype=bool)
        mask[self.documents] = True
        return mask


def union(parts: Sequence[Matches], size: int) -> Matches:
    """Return what any of several finds, with their scores added up."""
    if len(parts) < 2:
        return parts[0] if parts else Matches(np.zeros(0, dtype=np.int64), size)
    most = max(parts, key=len)
    # Mostly the one with most has them all, as a root all that its forms have.
    total = np.array(most.scores())
    for part in parts:
        if part is not most:
            _, places = most.places(part.documents)
            if len(places) < len(part):
                return _united(parts, size)
            if part.score is not None:
                total[places] += part.scores()
    return Matches(most.documents, size, total.__getitem__, _capped(parts))


def _united(parts: Sequence[Matches], size: int) -> Matches:
    """Return what any of several finds by marking all documents."""
    total, mask = np.zeros(size), np.zeros(size, dtype=bool)
    for part in parts:
        mask[part.documents] = True
        if part.score is not None:
            total[part.documents] += part.scores()
    documents = np.flatnonzero(mask)
    return Matches(documents, size, lambda places: total[documents[places]], _capped(parts))


def intersection(required: Sequence[Matches], excluded: Sequence[Matches], maybe: Sequence[Matches]) -> Matches:
    """Return what all of the required find and none of the excluded, with the scores of what may match added."""
    ranked = sorted(required, key=len)
    documents = ranked[0].documents
    places: list[Array | slice] = [slice(None)]  # of the documents that are left, in each of those looked at
    for part in ranked[1:]:
        found, there = part.places(documents)
        documents, places = documents[found], [*_of(places, found), there]
    for part in excluded:
        left = ~part.places(documents)[0]
        documents, places = documents[left], _of(places, left)
    total = np.zeros(len(documents))
    for part, own in zip(ranked, places, strict=True):
        if part.score is not None:
            total += part.score(own)
    for part in _fewest(maybe, len(documents)):
        if part.score is not None:
            found, there = part.places(documents)
            total[found] += part.score(there)
    return Matches(documents, ranked[0].size, total.__getitem__, _capped((*required, *excluded, *maybe)))


def _fewest(parts: Sequence[Matches], documents: int) -> Sequence[Matches]:
    """Return several as one, if adding them up takes less than to look up so many documents in each."""
    scored = [part for part in parts if part.score is not None]
    if len(scored) < 2 or sum(map(len, scored)) > documents * (len(scored) - 1):
        return scored
    return [union(scored, scored[0].size)]


def _of(places: Sequence[Array | slice], chosen: Array) -> list[Array | slice]:
    """Return those of some places that are chosen."""
    return [np.flatnonzero(chosen) if isinstance(one, slice) else one[chosen] for one in places]


def _capped(parts: Sequence[Matches]) -> frozenset[Expanded]:
    return frozenset().union(*(part.capped for part in parts))
