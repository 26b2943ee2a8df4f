"""What a node of a query finds: documents, and what scores them, which is added up only where it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.query.tree import Expanded

# What looking up a document takes, against marking one that matches, and one of all.
_LOOKED_UP, _MARKED = 1000, 16
_NARROW = 1 << 15


class Share(NamedTuple):
    """What adds to the score of ascending documents: BM25 of ``frequencies`` and the ``norms`` of all documents.

    Without norms the frequencies are the scores.
    """

    documents: Array
    frequencies: Array
    weight: float = 1.0
    norms: Array | None = None


@dataclass(eq=False)  # not frozen: there are some in each query, and to make a frozen one takes three times as long
class Matches:
    """Ascending documents among ``size``; ``shares`` add to the scores of those of them that they have.

    ``capped`` has what was asked for and stands for more terms than were looked for.
    """

    documents: Array
    size: int
    shares: tuple[Share, ...] = ()
    capped: frozenset[Expanded] = frozenset()

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def scores(self) -> Array:
        """The score of each document."""
        if len(self.shares) == 1 and self.shares[0].documents is self.documents:
            return _scores(self.shares, self.documents)
        total = np.zeros(len(self))
        marked: dict[int, list[Share]] = {}  # by norms
        for share in self.shares:
            if share.documents is self.documents:
                total += _scores([share], share.documents)
            elif _is_few(len(self), len(share.documents), self.size):
                found, places = _looked_up(self.documents, share.documents)
                total[found] += _scores([share], self.documents[found], places)
            else:
                marked.setdefault(id(share.norms), []).append(share)
        if marked:
            numbers = self._numbers()
            for shares in marked.values():
                total += _sum(shares, numbers, len(self))
        return total

    def _numbers(self) -> Array:
        """Return of all documents their places here, -1 for those that do not match."""
        # As narrow as may be, for it is as long as there are documents.
        numbers: Array = np.full(self.size, -1, np.int16 if len(self) < _NARROW else np.int32)
        numbers[self.documents] = np.arange(len(self))
        return numbers

    @property
    def own(self) -> tuple[Share, ...]:
        """The shares without what they have of other documents."""
        return self.added

    @property
    def added(self) -> tuple[Share, ...]:
        """The shares, or the one that they make up if they were added up already."""
        return (Share(self.documents, self.scores),) if "scores" in self.__dict__ else self.shares

    def has(self, documents: Array) -> Array:
        """Tell which of other documents match."""
        if _is_few(len(documents), len(self), self.size):
            return _looked_up(documents, self.documents)[0]
        return _mask([self.documents], self.size)[documents]


class Intersection(Matches):
    """Matches whose shares may have other documents too."""

    @property
    def own(self) -> tuple[Share, ...]:
        """One share, which has the scores."""
        return (Share(self.documents, self.scores),)


def _is_few(documents: int, others: int, size: int) -> bool:
    """Tell whether to look documents up among others takes less than to mark those among all."""
    return documents * _LOOKED_UP < size + others * _MARKED


def _looked_up(documents: Array, others: Array) -> tuple[Array, Array]:
    """Return which documents are among others, and the places there of those that are."""
    if not len(others):
        return np.zeros(len(documents), dtype=bool), others
    places = others.searchsorted(documents)
    found = others.take(places, mode="clip") == documents
    return found, places[found]


def _sum(shares: Sequence[Share], numbers: Array, count: int) -> Array:
    """Return what shares of the same norms add to the scores of ``count`` documents, given the numbers of these."""
    documents = _joined([share.documents for share in shares])
    places = numbers[documents]
    inside = places >= 0
    if inside.all():
        return np.bincount(places, _scores(shares, documents), count)
    chosen = inside.nonzero()[0]
    return np.bincount(places[chosen], _scores(shares, documents[chosen], chosen), count)


def _scores(shares: Sequence[Share], documents: Array, chosen: Array | slice = slice(None)) -> Array:
    """Return the scores of chosen postings, given their documents, of shares of the same norms one after the other."""
    frequencies = _joined([share.frequencies for share in shares])[chosen].astype(np.float64, copy=False)
    norms, weight = shares[0].norms, shares[0].weight
    if norms is None:
        return frequencies
    scores: Array = norms[documents]
    scores += frequencies
    np.divide(frequencies, scores, out=scores)
    if len(shares) > 1:
        weights = np.array([share.weight for share in shares])
        scores *= weights.repeat([len(share.documents) for share in shares])[chosen]
    else:
        scores *= weight
    return scores


def union(parts: Sequence[Matches], size: int) -> Matches:
    """Return what any of several finds, with their scores added up."""
    if len(parts) < 2:
        return parts[0] if parts else Matches(np.zeros(0, dtype=np.int64), size)
    most = max(parts, key=len).documents
    mask = _mask([part.documents for part in parts], size)
    # Mostly one has all of them, as a root all that its forms have.
    documents = most if np.count_nonzero(mask) == len(most) else mask.nonzero()[0]
    return Matches(documents, size, _own(parts), _capped(parts))


def intersection(required: Sequence[Matches], excluded: Sequence[Matches], maybe: Sequence[Matches]) -> Intersection:
    """Return what all of the required find and none of the excluded, with the scores of what may match added."""
    ranked = sorted(required, key=len)
    documents = ranked[0].documents
    for part in ranked[1:]:
        documents = documents[part.has(documents)]
    for part in excluded:
        documents = documents[~part.has(documents)]
    shares = (*(share for part in ranked for share in part.added), *_own(maybe))
    return Intersection(documents, ranked[0].size, shares, _capped((*required, *excluded, *maybe)))


def _own(parts: Iterable[Matches]) -> tuple[Share, ...]:
    return tuple(share for part in parts for share in part.own)


def _mask(several: Iterable[Array], size: int) -> Array:
    """Return of all documents whether any of several lists has them."""
    mask = np.zeros(size, dtype=bool)
    for documents in several:
        mask[documents] = True
    return mask


def _joined(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _capped(parts: Sequence[Matches]) -> frozenset[Expanded]:
    return frozenset().union(*(part.capped for part in parts))
