"""The postings of terms, decoded as far as they are asked for."""

from __future__ import annotations

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings

_PLACE = 8  # bytes of a place in memory, which takes one or more in the file
_FEW = 64  # of so many documents one is few: they are sorted, not counted among all


class TermPostings:
    """The postings of a term, as whole arrays."""

    def __init__(self, postings: Postings, number: int) -> None:
        self._postings = postings
        self._number = number
        self._places: Array | None = None
        self.documents = postings.documents(number)
        """The documents that have the term, ascending."""
        self.frequencies = postings.frequencies(number, number + 1)
        """How often each of these has it."""
        self.size = self.documents.nbytes + self.frequencies.nbytes + _PLACE * postings.position_bytes(number)
        """How many bytes it takes at most."""

    @property
    def count(self) -> int:
        """How many documents have the term."""
        return len(self.documents)

    @property
    def places(self) -> Array:
        """Where it stands in all of them, ascending; see :data:`~.postings.PLACE_BITS`."""
        if self._places is None:
            self._places = self._postings.places(self._number, self.documents, self.frequencies)
        return self._places


class UnitedPostings:
    """The postings of several terms, such as those that begin alike, as if they were one."""

    def __init__(self, postings: Postings, numbers: Array, size: int) -> None:
        """Unite the postings of ascending terms in a segment of ``size`` documents."""
        documents, frequencies = postings.documents_of(numbers), postings.frequencies_of(numbers)
        self.documents: Array
        """The documents that have any of the terms, ascending."""
        self.frequencies: Array
        """How often each of these has them all together."""
        if len(numbers) == 1:
            self.documents, self.frequencies = documents, frequencies
        elif len(documents) * _FEW < size:
            self.documents, places = np.unique(documents, return_inverse=True)
            self.frequencies = np.bincount(places, frequencies, len(self.documents))
        else:
            totals = np.bincount(documents, frequencies, size)
            self.documents = np.flatnonzero(totals > 0)  # which takes a fifth of the time of the numbers themselves
            self.frequencies = totals[self.documents]
        self.size = self.documents.nbytes + self.frequencies.nbytes + numbers.nbytes
        """How many bytes it takes, with the numbers of its terms."""
