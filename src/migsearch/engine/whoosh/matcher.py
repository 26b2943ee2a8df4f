"""The postings of a term as Whoosh's queries walk over them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.matching import NullMatcher
from whoosh.matching.mcore import LeafMatcher, ReadTooFar

from migsearch.engine.whoosh.columnar import sums
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks over arrays. The whole list is one block of Whoosh's, whose bounds are those of the term."""

    def __init__(
        self, postings: Postings, number: int, format_: Any, scorer: Any, term: tuple[str, bytes], figures: Any
    ) -> None:
        self._postings = postings
        self._number = number
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._figures = figures
        self._documents = postings.documents(number)
        self._ids: list[int] = self._documents.tolist()
        self._place = 0

    def is_active(self) -> bool:
        """Tell whether there is a posting."""
        return self._place < len(self._ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._place = 0

    def copy(self) -> ArrayMatcher:
        """Return another matcher at the same posting."""
        other = ArrayMatcher(self._postings, self._number, self.format, self.scorer, self._term, self._figures)
        other._place = self._place
        return other

    def replace(self, minquality: float = 0) -> Any:
        """Return nothing to match if nothing is left that is good enough."""
        is_poor = bool(minquality) and self.supports_block_quality() and self.max_quality() < minquality
        return NullMatcher() if is_poor or not self.is_active() else self

    def id(self) -> int:
        """Return the document; at the end, where Whoosh's ``AndNotMatcher`` asks for it, the last one there was.

        Whoosh's own matchers that skip behind their last block answer with a document of that block.
        """
        return self._ids[min(self._place, len(self._ids) - 1)]

    def all_ids(self) -> Iterator[int]:
        """Return all documents from here on."""
        return iter(self._ids[self._place :])

    def next(self) -> bool:
        """Go to the next posting; tells whether the block has ended."""
        self._place += 1
        return not self.is_active()

    def skip_to(self, id: int) -> None:
        """Go to a document or the one that follows."""
        if not self.is_active():
            raise ReadTooFar
        self._place += int(np.searchsorted(self._documents[self._place :], id))

    def skip_to_quality(self, minquality: float) -> int:
        """Go to the end if nothing is good enough."""
        if self.block_quality() > minquality:
            return 0
        self._place = len(self._ids)
        return 1

    def weight(self) -> float:
        """Return the weight of the posting."""
        return self._weights[self._place]

    def value(self) -> bytes:
        """Return the posting as the format of its field encodes it."""
        if self._postings.has_positions:
            return bytes(self.format.encode(self._positions()))
        if self._postings.has_frequencies:
            return int(self._frequencies[self._place]).to_bytes(4, "big")
        return b""

    def value_as(self, astype: str) -> Any:
        """Return the posting as its positions, its frequency or whatever else the format knows."""
        return self._positions() if astype == "positions" else super().value_as(astype)

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Yield the documents and the postings as they are encoded."""
        while self.is_active():
            yield self.id(), self.value()
            self.next()

    def block_min_id(self) -> int:
        """Return the first document."""
        return self._ids[0]

    def block_max_id(self) -> int:
        """Return the last document."""
        return self._ids[-1]

    def block_min_length(self) -> int:
        """Return the length of the shortest field that has the term."""
        return int(self._figures.min_length())

    def block_max_length(self) -> int:
        """Return the length of the longest field that has the term."""
        return int(self._figures.max_length())

    def block_max_weight(self) -> float:
        """Return the greatest weight."""
        return float(self._figures.max_weight())

    @cached_property
    def _frequencies(self) -> Array:
        return self._postings.frequencies(self._number, self._number + 1)

    @cached_property
    def _weights(self) -> list[float]:
        weights = self._postings.weights(self._number, self._number + 1)
        return list((self._frequencies if weights is None else weights).astype(np.float64).tolist())

    @cached_property
    def _all_positions(self) -> Array:
        return self._postings.positions(self._number, self._number + 1, self._frequencies)

    @cached_property
    def _starts(self) -> Array:
        return sums.starts_of(self._frequencies)

    def _positions(self) -> list[int]:
        start = int(self._starts[self._place])
        return list(self._all_positions[start : start + int(self._frequencies[self._place])].tolist())
