"""The postings of a field: its terms, and for each the documents that have it, how often, and where.

Documents and positions are coded as :mod:`.sums`. Documents take as many bytes each as the term is rare: their average
step, the segment's documents by those of the term, is known to the reader too. Frequencies are four bits each, two in a
byte; the few that are larger are listed apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from migsearch.engine.whoosh.columnar import sums
from migsearch.engine.whoosh.columnar.arrays import Array, ArrayFile, ArrayWriter, gathered, ranges
from migsearch.engine.whoosh.columnar.strings import Strings, append_strings

_LARGE = 15  # a frequency that is listed apart
_LARGE_BYTE = bytes([_LARGE])
_PAIRS = np.array([[byte & _LARGE, byte >> 4] for byte in range(256)], dtype=np.uint8).view(np.uint16).ravel()
"""Of each byte the two frequencies in it, as bytes of their own."""

_LONG = 4_000  # terms a document; the places in longer ones are coded in two bytes
PLACE_BITS = 32
"""Of a place, a number that tells a document and a position in it at once: the position; above them is the document."""

AT_ONCE = 1 << 18
"""Postings that are merged, and coded, at once, which takes some hundred bytes of memory each; a term with more is
taken as a whole."""

# Documents for each that has a term, from which on two bytes, and four, are better than one.
_TWO_BYTES, _FOUR_BYTES = 64, 16_384


@dataclass(frozen=True, slots=True)
class Inverted:
    """Postings of consecutive terms.

    ``counts`` tells how many documents each term has, ``documents`` names them term by term in ascending order.
    ``frequencies`` and ``positions`` are missing where the field has none; there are as many positions of a posting as
    its frequency says. ``weights`` is there if they are not the frequencies.
    """

    terms: Sequence[bytes]
    counts: Array
    documents: Array
    frequencies: Array | None = None
    positions: Array | None = None
    weights: Array | None = None

    def parts(self) -> Iterator[Inverted]:
        """Yield the same terms, some at a time."""
        ends, places = np.cumsum(self.counts), 0
        for first, last in term_ranges(self.counts):
            postings = slice(int(ends[first] - self.counts[first]), int(ends[last - 1]))
            frequencies = None if self.frequencies is None else self.frequencies[postings]
            occurrences = 0 if self.positions is None or frequencies is None else int(frequencies.sum())
            yield Inverted(
                self.terms[first:last],
                self.counts[first:last],
                self.documents[postings],
                frequencies,
                None if self.positions is None else self.positions[places : places + occurrences],
                None if self.weights is None else self.weights[postings],
            )
            places += occurrences

    def chosen(self, postings: Array) -> Inverted:
        """Return the postings of given numbers, in their order; terms and counts stay as they are."""
        positions = None
        if self.positions is not None and self.frequencies is not None:
            frequencies = self.frequencies[postings]
            moved = sums.starts_of(self.frequencies)[postings] - sums.starts_of(frequencies)
            positions = self.positions[np.repeat(moved, frequencies) + np.arange(frequencies.sum())]
        return replace(
            self,
            documents=self.documents[postings],
            frequencies=None if self.frequencies is None else self.frequencies[postings],
            positions=positions,
            weights=None if self.weights is None else self.weights[postings],
        )


def term_ranges(counts: Array) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms that have some postings together, given how many each has."""
    ends = np.cumsum(counts)
    first = 0
    while first < len(ends):
        done = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, done + AT_ONCE, side="right")))
        yield first, last
        first = last


def _widths(documents: int, counts: Array) -> Array:
    """Return the bytes of a unit of each term's documents."""
    widths = np.ones(len(counts), dtype=np.int64)
    widths[counts * _TWO_BYTES < documents] = 2
    widths[counts * _FOUR_BYTES < documents] = 4
    return widths


class PostingsWriter:
    """Writes the postings of a field, some terms after the other, until it is finished."""

    def __init__(self, arrays: ArrayWriter, field: str, documents: int, occurrences: int) -> None:
        """Begin a field; ``occurrences`` is how many terms it has in all ``documents`` together, more or less."""
        self._arrays = arrays
        self._field = field
        self._documents = documents
        self._position_width = 2 if occurrences > _LONG * documents else 1
        self._written = 0
        self._odd = np.zeros(0, dtype=np.uint8)  # the last frequency, if there is no other yet to share its byte
        self._last_large = 0  # the place of the last large frequency

    def append(self, inverted: Inverted) -> None:
        """Append terms, which follow all that are there."""
        for part in inverted.parts():
            self._append_part(part)

    def _append_part(self, inverted: Inverted) -> None:
        self._arrays.facts.setdefault("fields", {})[self._field] = {"position width": self._position_width}
        counts, ends = inverted.counts, np.cumsum(inverted.counts)
        append_strings(self._arrays, f"{self._field}:terms", inverted.terms)
        self._append("counts", sums.encode(counts, 1)[0])
        steps = sums.steps_between(inverted.documents, ends - counts)
        self._append_sized("documents", *sums.encode(steps, np.repeat(_widths(self._documents, counts), counts)), ends)
        if inverted.frequencies is not None:
            self._append_frequencies(inverted.frequencies)
        if inverted.positions is not None and inverted.frequencies is not None:
            last = np.cumsum(inverted.frequencies)
            steps = sums.steps_between(inverted.positions, last - inverted.frequencies)
            self._append_sized("positions", *sums.encode(steps, self._position_width), last[ends - 1])
        if inverted.weights is not None:
            self._append("weights", inverted.weights.astype(np.float32))
        self._written += len(inverted.documents)

    def _append(self, name: str, values: Array) -> None:
        self._arrays.append(f"{self._field}:{name}", values)

    def _append_sized(self, name: str, coded: Array, ends: Array, terms: Array) -> None:
        """Append coded numbers and how many bytes each term has; ``terms`` tells where the terms end."""
        self._append(name, coded)
        self._append(f"{name}.sizes", sums.encode(np.diff(ends[terms - 1], prepend=0), 1)[0])

    def _append_frequencies(self, frequencies: Array) -> None:
        large = np.flatnonzero(frequencies >= _LARGE)
        small = np.concatenate((self._odd, np.minimum(frequencies, _LARGE).astype(np.uint8)))
        pairs = len(small) & ~1
        self._append("frequencies", small[:pairs:2] | small[1:pairs:2] << 4)
        self._odd = small[pairs:]
        places = large + self._written
        self._append("frequencies.large", frequencies[large].astype(np.uint32))
        self._append("frequencies.large.places", sums.encode(np.diff(places, prepend=self._last_large), 1)[0])
        self._last_large = int(places[-1]) if len(places) else self._last_large

    def finish(self) -> None:
        """Write what is left after the last terms."""
        if len(self._odd):
            self._append("frequencies", self._odd)


class Postings:
    """The postings of a field of a file. Where terms are given as ``first`` and ``last``, the last is not included."""

    def __init__(self, arrays: ArrayFile, field: str, documents: int) -> None:
        self._arrays = arrays
        self._field = field
        self._documents = documents
        self._position_width: int = arrays.facts["fields"][field]["position width"]
        self.terms = Strings(arrays, f"{field}:terms")
        self.has_frequencies = f"{field}:frequencies" in arrays
        self.has_positions = f"{field}:positions" in arrays

    @property
    def occurrences(self) -> int:
        """How often all terms stand in all documents together, those that stand very often in one counted less."""
        return int(self._small(0, len(self._coded_frequencies) * 2).sum(dtype=np.int64)) if self.has_frequencies else 0

    @cached_property
    def ends(self) -> memoryview:
        """Of each term the number of postings up to its last."""
        return sums.ends(self._array("counts"))

    def counts(self, first: int, last: int) -> Array:
        """Return how many documents each term has."""
        return np.diff(np.asarray(self.ends[first:last]), prepend=_extent(self.ends, first, first)[0])

    def counts_of(self, terms: Array) -> Array:
        """Return how many documents each of some terms has."""
        starts, ends = _extents(self.ends, terms)
        return ends - starts

    def count(self, term: int) -> int:
        """Return how many documents have a term."""
        start, end = _extent(self.ends, term, term + 1)
        return end - start

    def documents(self, term: int) -> Array:
        """Return the documents that have a term."""
        start, end = _extent(self._document_ends, term, term + 1)
        count = self.count(term)
        width = 1 if count * _TWO_BYTES >= self._documents else 2 if count * _FOUR_BYTES >= self._documents else 4
        return sums.decode(self._coded_documents[start:end], width, count)

    def documents_of_all(self, first: int, last: int) -> Array:
        """Return the documents of several terms, one term after the other."""
        return self.documents_of(np.arange(first, last))

    def documents_of(self, terms: Array) -> Array:
        """Return the documents of ascending terms, one term after the other."""
        starts, ends = _extents(self._document_ends, terms)
        coded = gathered(self._coded_documents, starts, ends)
        counts = self.counts_of(terms)
        widths = _widths(self._documents, counts)
        documents = np.empty(int(counts.sum()), dtype=np.int64)
        for width in sums.WIDTHS:
            chosen = widths == width
            if chosen.any():
                found = sums.decode(coded[np.repeat(chosen, ends - starts)], width)
                documents[np.repeat(chosen, counts)] = sums.restarted(found, counts[chosen])
        return documents

    def frequencies(self, first: int, last: int) -> Array:
        """Return how often each of its documents has a term."""
        start, end = _extent(self.ends, first, last)
        if not self.has_frequencies:
            return np.ones(end - start, dtype=np.int64)
        frequencies = self._small(start, end)
        if _LARGE_BYTE not in frequencies.tobytes():  # as nearly always
            return frequencies
        exact = frequencies.astype(np.int64)
        chosen = slice(bisect_left(self._large_places, start), bisect_left(self._large_places, end))
        exact[np.asarray(self._large_places[chosen]) - start] = self._array("frequencies.large")[chosen]
        return exact

    def _small(self, start: int, end: int) -> Array:
        """Return the frequencies of postings from one to another; what is larger is :data:`_LARGE`."""
        pairs = _PAIRS.take(self._coded_frequencies[start >> 1 : end + 1 >> 1]).view(np.uint8)
        first = start & 1
        return pairs[first : first + end - start]

    def frequencies_of(self, terms: Array) -> Array:
        """Return how often each of its documents has each of some ascending terms."""
        if len(terms) and terms[-1] - terms[0] == len(terms) - 1:
            return self.frequencies(int(terms[0]), int(terms[-1]) + 1)
        starts, ends = _extents(self.ends, terms)
        if not self.has_frequencies:
            return np.ones(int((ends - starts).sum()), dtype=np.int64)
        places = ranges(starts, ends)
        frequencies: Array = self._coded_frequencies[places >> 1].astype(np.int64) >> ((places & 1) << 2) & _LARGE
        large = np.flatnonzero(frequencies == _LARGE)
        exact = np.asarray(self._large_places).searchsorted(places[large])
        frequencies[large] = self._array("frequencies.large")[exact]
        return frequencies

    def weights(self, first: int, last: int) -> Array | None:
        """Return the weights of postings where they are not the frequencies."""
        if f"{self._field}:weights" not in self._arrays:
            return None
        return self._array("weights")[slice(*_extent(self.ends, first, last))]

    def positions(self, first: int, last: int, frequencies: Array) -> Array:
        """Return the positions of terms in their documents, one after the other."""
        start, end = _extent(self._position_ends, first, last)
        return sums.restarted(sums.decode(self._coded_positions[start:end], self._position_width), frequencies)

    def places(self, term: int, documents: Array, frequencies: Array) -> Array:
        """Return where a term stands, in its documents with its frequencies: the places of all, ascending."""
        start, end = _extent(self._position_ends, term, term + 1)
        ends = frequencies.cumsum(dtype=np.int64)
        found = sums.decode(self._coded_positions[start:end], self._position_width, int(ends[-1]))
        added = documents << PLACE_BITS
        added[1:] -= found[ends[:-1] - 1]
        found += added.repeat(frequencies)
        return found

    def position_bytes(self, term: int) -> int:
        """Return how many bytes the positions of a term take."""
        if not self.has_positions:
            return 0
        start, end = _extent(self._position_ends, term, term + 1)
        return end - start

    def inverted(self, first: int, last: int) -> Inverted:
        """Return the postings of terms."""
        frequencies = self.frequencies(first, last).astype(np.int64) if self.has_frequencies else None
        positions = None
        if self.has_positions and frequencies is not None:
            positions = self.positions(first, last, frequencies)
        return Inverted(
            self.terms.read(first, last),
            self.counts(first, last),
            self.documents_of_all(first, last),
            frequencies,
            positions,
            self.weights(first, last),
        )

    def _array(self, name: str) -> Array:
        return self._arrays[f"{self._field}:{name}"]

    @cached_property
    def _coded_frequencies(self) -> Array:
        return self._array("frequencies")

    @cached_property
    def _large_places(self) -> memoryview:
        return sums.decode(self._array("frequencies.large.places")).data

    @cached_property
    def _coded_documents(self) -> Array:
        return self._array("documents")

    @cached_property
    def _document_ends(self) -> memoryview:
        return sums.ends(self._array("documents.sizes"))

    @cached_property
    def _coded_positions(self) -> Array:
        return self._array("positions")

    @cached_property
    def _position_ends(self) -> memoryview:
        return sums.ends(self._array("positions.sizes"))


def _extent(ends: memoryview, first: int, last: int) -> tuple[int, int]:
    return (ends[first - 1] if first else 0), (ends[last - 1] if last else 0)


def _extents(ends: memoryview, terms: Array) -> tuple[Array, Array]:
    """Return where what belongs to each of some terms begins and ends."""
    all_ends = np.asarray(ends)
    starts = all_ends[np.maximum(terms - 1, 0)].astype(np.int64)
    starts[terms == 0] = 0
    return starts, all_ends[terms].astype(np.int64)
