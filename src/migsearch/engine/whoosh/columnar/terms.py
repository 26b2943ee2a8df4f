"""The postings of single terms, decoded as far as they are asked for, and kept where they are asked for again."""

from __future__ import annotations

from collections import OrderedDict

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings

_NUMBER = 8  # bytes of each document, frequency and place in memory
_OVERHEAD = 500  # bytes of what is kept of a term besides


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

    @property
    def size(self) -> int:
        """How many bytes it takes at most."""
        return _NUMBER * (2 * self.count + self._postings.position_bytes(self._number))


class TermCache:
    """The terms of a segment that were asked for lately, by field and name; ``None`` for one that it does not have.

    Queries share their words: a few words make up most of a text, and of what is asked for. What is kept takes at most
    ``limit`` bytes, counted as if all of it were decoded; what was not asked for longest makes room.
    """

    def __init__(self) -> None:
        self.limit = 0
        self._size = 0
        self._terms: OrderedDict[tuple[str, bytes], TermPostings | None] = OrderedDict()

    def __contains__(self, key: tuple[str, bytes]) -> bool:
        return key in self._terms

    def __getitem__(self, key: tuple[str, bytes]) -> TermPostings | None:
        self._terms.move_to_end(key)
        return self._terms[key]

    def __setitem__(self, key: tuple[str, bytes], term: TermPostings | None) -> None:
        """Keep a term that was not there, if there is room for several as large."""
        size = _size(term)
        if size * 4 > self.limit:
            return
        self._terms[key] = term
        self._size += size
        while self._size > self.limit:
            _, dropped = self._terms.popitem(last=False)
            self._size -= _size(dropped)


def _size(term: TermPostings | None) -> int:
    return _OVERHEAD + (term.size if term else 0)
