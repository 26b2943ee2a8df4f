"""Several segments made one, as arrays: a range of terms at a time, so that memory does not grow with the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from migsearch.engine.whoosh.columnar import columns, records
from migsearch.engine.whoosh.columnar.arrays import Array, ArrayWriter
from migsearch.engine.whoosh.columnar.postings import Inverted, Postings, PostingsWriter, term_ranges
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.columnar.strings import ordinals


@dataclass(frozen=True, slots=True)
class Source:
    """A segment with the documents of it that are kept, ascending."""

    segment: Segment
    kept: Array


def merged(sources: Sequence[Source]) -> ArrayWriter:
    """Return a segment of the kept documents of others, in their order; raises ``DamagedFileError``."""
    for source in sources:
        source.segment.arrays.check()
    arrays = ArrayWriter()
    arrays.facts["documents"] = sum(len(source.kept) for source in sources)
    for name in _names(source.segment.columns for source in sources):
        columns.write_merged(arrays, name, [(source.segment.column(name), source.kept) for source in sources])
    for name in _names(source.segment.fields for source in sources):
        _merge_field(arrays, name, sources)
    for name in _names(source.segment.records for source in sources):
        records.write_merged(arrays, name, [(source.segment.records.get(name), source.kept) for source in sources])
    return arrays


def _names(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(lists)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of a source; ``ranks`` are the places of its terms among all, ``moved`` the new numbers of documents."""

    postings: Postings
    ranks: Array
    moved: Array  # -1 for what is dropped


def _merge_field(arrays: ArrayWriter, name: str, sources: Sequence[Source]) -> None:
    found = [source.segment.postings(name) for source in sources]
    lists = [postings.terms.read() for postings in found if postings]
    terms = sorted(set().union(*lists))
    documents = sum(len(source.kept) for source in sources)
    parts = list(_parts(sources, found, terms))
    writer = PostingsWriter(arrays, name, documents, sum(part.postings.occurrences for part in parts))
    for first, last in term_ranges(_counts(parts, len(terms))):
        writer.append(_joined([_range(part, first, last) for part in parts], terms[first:last]))
    writer.finish()


def _parts(sources: Sequence[Source], found: Sequence[Postings | None], terms: Sequence[bytes]) -> Iterator[_Part]:
    base = 0
    for source, postings in zip(sources, found, strict=True):
        if postings:
            moved = np.full(source.segment.documents, -1, dtype=np.int64)
            moved[source.kept] = np.arange(base, base + len(source.kept))
            yield _Part(postings, ordinals(postings.terms, terms), moved)
        base += len(source.kept)


def _counts(parts: Sequence[_Part], terms: int) -> Array:
    """Return how many postings each term has."""
    counts = np.zeros(terms, dtype=np.int64)
    for part in parts:
        counts[part.ranks] += part.postings.counts(0, len(part.ranks))
    return counts


def _range(part: _Part, first: int, last: int) -> tuple[Array, Inverted]:
    """Return the kept postings of a range of terms, and of each the place of its term in the range."""
    begin, end = (int(place) for place in np.searchsorted(part.ranks, (first, last)))
    inverted = part.postings.inverted(begin, end)
    terms = np.repeat(part.ranks[begin:end] - first, inverted.counts)
    documents = part.moved[inverted.documents]
    kept = documents >= 0
    moved = Inverted(
        inverted.terms, inverted.counts, documents, inverted.frequencies, inverted.positions, inverted.weights
    )
    return (terms, moved) if kept.all() else (terms[kept], moved.chosen(np.flatnonzero(kept)))


def _joined(parts: Sequence[tuple[Array, Inverted]], terms: Sequence[bytes]) -> Inverted:
    """Join the postings of a range: by term, those of a term in the order of the sources."""
    numbers = np.concatenate([numbers for numbers, _ in parts])
    counts = np.bincount(numbers, minlength=len(terms))
    used = np.flatnonzero(counts)
    joined = Inverted(
        [terms[number] for number in used.tolist()],
        counts[used],
        np.concatenate([part.documents for _, part in parts]),
        _concatenated(parts, lambda part: part.frequencies),
        _concatenated(parts, lambda part: part.positions),
        _weights(parts),
    )
    return joined.chosen(np.argsort(numbers, kind="stable"))


def _concatenated(parts: Sequence[tuple[Array, Inverted]], values: Callable[[Inverted], Array | None]) -> Array | None:
    found = [values(part) for _, part in parts]
    present = [value for value in found if value is not None]
    return np.concatenate(present) if len(present) == len(found) else None


def _weights(parts: Sequence[tuple[Array, Inverted]]) -> Array | None:
    """Return the weights if a source has any that are not frequencies."""
    if all(part.weights is None for _, part in parts):
        return None
    return np.concatenate([_weights_of(part) for _, part in parts])


def _weights_of(part: Inverted) -> Array:
    if part.weights is not None:
        return part.weights
    return np.ones(len(part.documents)) if part.frequencies is None else part.frequencies.astype(np.float64)
