"""Term lists turned into postings: terms become numbers as they come, and numbers are sorted as one array."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Inverted

_NONE = 0  # the number of a gap


class _Numbers(dict[str | None, int]):
    """Terms by number, in the order in which they come; ``words`` are the terms of the numbers."""

    def __init__(self) -> None:
        super().__init__({None: _NONE})
        self.words = [""]

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        self.words.append(term)
        return number


class TermBuffer:
    """The terms of a field, document by document; ``None`` is a gap that takes a position."""

    def __init__(self, *, frequencies: bool, positions: bool) -> None:
        """Begin a field; of one without positions only frequencies can be known, of one without these nothing more."""
        self._has_frequencies = frequencies
        self._has_positions = positions
        self._numbers = _Numbers()
        self._vocabularies: list[tuple[Sequence[str], int]] = []  # each with the first token that is of it
        self._tokens = array("I")
        self._ends = array("Q")  # of each document among the tokens

    @property
    def tokens(self) -> int:
        """How many terms and gaps there are."""
        return len(self._tokens)

    def add(self, terms: Iterable[str | None]) -> None:
        """Add the next document."""
        self.add_numbers(array("I", map(self._numbers.__getitem__, terms)), self._numbers.words)

    def add_numbers(self, numbers: array[int], vocabulary: Sequence[str]) -> None:
        """Add the next document by the numbers of its terms; 0 is a gap."""
        if not self._vocabularies or self._vocabularies[-1][0] is not vocabulary:
            self._vocabularies.append((vocabulary, len(self._tokens)))
        self._tokens.extend(numbers)
        self._ends.append(len(self._tokens))

    def lengths(self) -> Array:
        """Return how many terms each document has, gaps apart."""
        terms = np.concatenate(([0], np.cumsum(np.asarray(self._tokens) != _NONE)))
        return np.diff(terms[np.asarray(self._ends, dtype=np.int64)], prepend=0)

    def gaps(self) -> list[bytes]:
        """Return the positions of each document's gaps, as :data:`~.segment.GAPS` has them."""
        tokens, ends = np.asarray(self._tokens), np.asarray(self._ends, dtype=np.int64)
        places = np.flatnonzero(tokens == _NONE)
        documents = ends.searchsorted(places, side="right")
        starts = np.concatenate(([0], ends))
        last = np.zeros(len(ends), dtype=np.int64)  # of each document the last term
        terms = np.flatnonzero(tokens != _NONE)
        last[ends.searchsorted(terms, side="right")] = terms
        inside = places < last[documents]
        positions = (places - starts[documents])[inside].astype("<u4").tobytes()
        limits = 4 * np.bincount(documents[inside], minlength=len(ends)).cumsum()
        return [positions[first:end] for first, end in pairwise([0, *limits.tolist()])]

    def inverted(self) -> Inverted:
        """Return the postings."""
        tokens, ends = np.asarray(self._tokens), np.asarray(self._ends, dtype=np.int64)
        terms, ranks = self._ranked(tokens)
        # Sorted by term, equal ones by their place, which is by document and position: both are read from the place.
        # There are millions, so that arrays of 64 bits are let go as soon as they can be.
        places = np.flatnonzero(tokens != _NONE)
        keys = ranks[places].astype(np.uint64)
        del ranks
        keys <<= np.uint64(32)
        keys |= places.view(np.uint64)
        keys.sort()
        sorted_terms, places = (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)
        del keys
        counts = np.diff(ends, prepend=0)
        documents = np.repeat(np.arange(len(ends), dtype=np.uint32), counts)[places]
        is_first = np.ones(len(places), dtype=bool)
        is_first[1:] = (sorted_terms[1:] != sorted_terms[:-1]) | (documents[1:] != documents[:-1])
        first = np.flatnonzero(is_first)
        in_terms = np.bincount(sorted_terms[first], minlength=len(terms))
        of_first = documents[first].astype(np.int64)
        if not self._has_frequencies:
            return Inverted(terms, in_terms, of_first)
        frequencies = np.diff(first, append=len(places))
        if not self._has_positions:
            return Inverted(terms, in_terms, of_first, frequencies)
        positions = places - (ends - counts).astype(np.uint32)[documents]
        return Inverted(terms, in_terms, of_first, frequencies, positions.astype(np.int64))

    def _ranked(self, tokens: Array) -> tuple[list[bytes], Array]:
        """Return the sorted terms, and of each token the rank of its term."""
        limits = pairwise([*(start for _, start in self._vocabularies), len(tokens)])
        parts = [slice(first, end) for first, end in limits]
        used = [np.flatnonzero(np.bincount(tokens[part], minlength=1)[1:]) + 1 for part in parts]
        words = [
            [*map(vocabulary.__getitem__, numbers.tolist())]
            for (vocabulary, _), numbers in zip(self._vocabularies, used, strict=True)
        ]
        terms = sorted(set().union(*words))
        ranks = {term: rank for rank, term in enumerate(terms)}
        found = np.empty(len(tokens), dtype=np.uint32)
        for part, numbers, each in zip(parts, used, words, strict=True):
            table = np.zeros(numbers.max(initial=0) + 1, dtype=np.uint32)
            table[numbers] = [*map(ranks.__getitem__, each)]
            found[part] = table[tokens[part]]
        return [*map(str.encode, terms)], found
