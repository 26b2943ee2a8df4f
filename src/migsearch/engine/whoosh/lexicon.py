"""The terms of a snapshot, over all of its segments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge, nsmallest
from itertools import groupby, islice
from operator import add

import numpy as np

from migsearch.engine.whoosh.columnar.alike import matching, near
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.columnar.terms import TermPostings
from migsearch.query.expansion import MAX_EXPANSIONS, MAX_FUZZY
from migsearch.query.tree import Expanded, Fuzzy, Prefix, Wildcard


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of a snapshot; ``base`` is the number of its first document, ``kept`` tells which are not deleted."""

    segment: Segment
    base: int
    kept: Array | None


_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(term: str) -> bool:
    """Tell whether an index may hold a term: a lone surrogate, as of a broken argument, has no encoding."""
    return not _SURROGATE.search(term)


def _encoded(term: str) -> bytes:
    """Return the bytes of a term; what an index cannot hold is found in none."""
    return term.encode(errors="surrogatepass")


def places(parts: Sequence[Part], field: str, term: str) -> list[tuple[Part, TermPostings]]:
    """Return the parts that have a term, with its postings in each."""
    encoded = _encoded(term)
    return [(part, postings) for part in parts if (postings := part.segment.term(field, encoded))]


def frequencies(parts: Sequence[Part], field: str, terms: Sequence[str]) -> list[int]:
    """Return in how many documents each term stands."""
    encoded = [*map(_encoded, terms)]
    totals = [0] * len(terms)
    for part in parts:
        totals = [*map(add, totals, _frequencies_in(part, field, encoded))]
    return totals


def _frequencies_in(part: Part, field: str, terms: Sequence[bytes]) -> list[int]:
    if part.kept is None:  # what is only counted is not decoded
        return part.segment.counts(field, terms)
    found = (part.segment.term(field, term) for term in terms)
    return [count(part, postings) if postings else 0 for postings in found]


def count(part: Part, postings: TermPostings) -> int:
    """Return how many documents of a part have a term."""
    if part.kept is None:
        return postings.count
    return int(np.count_nonzero(part.kept[postings.documents]))


def several(
    parts: Sequence[Part], field: str, terms: Sequence[str]
) -> Iterator[tuple[Part, list[TermPostings | None]]]:
    """Yield of each part the postings of terms, ``None`` for one that it does not have."""
    encoded = [*map(_encoded, terms)]
    for part in parts:
        yield part, [part.segment.term(field, term) for term in encoded]


def starting(parts: Sequence[Part], field: str, prefix: str, limit: int) -> list[str]:
    """Return the first ``limit`` terms that begin so, in the order of their code points.

    Terms that only deleted documents have are left out.
    """
    if not storable(prefix):
        return []
    found = (_expanded(part, numbers, postings) for part, postings, numbers in _all(parts, field, prefix))
    terms = (term for term, _ in groupby(merge(*found)))
    return [term.decode() for term in islice(terms, limit)]


def counted(parts: Sequence[Part], field: str, prefix: str) -> dict[str, int]:
    """Return the terms that begin so, in the order of their code points, and how many documents have each."""
    counts: dict[str, int] = {}
    for part, postings, numbers in _all(parts, field, prefix) if storable(prefix) else ():
        terms = map(bytes.decode, postings.terms.read(numbers.start, numbers.stop))
        with_each = zip(terms, _documents_with(part, postings, numbers), strict=True)
        own = {term: count for term, count in with_each if count}
        # One large part, the usual case, is in order as it is.
        counts = dict(sorted((Counter(counts) + Counter(own)).items())) if counts else own
    return counts


def _documents_with(part: Part, postings: Postings, numbers: range) -> list[int]:
    """Return how many documents of a part that are not deleted have each of some terms."""
    counts = postings.counts(numbers.start, numbers.stop)
    if part.kept is None or not len(counts):
        return list(counts.tolist())
    kept = part.kept[postings.documents_of_all(numbers.start, numbers.stop)]
    return list(np.add.reduceat(kept.astype(np.int64), np.cumsum(counts) - counts).tolist())


@dataclass(frozen=True, slots=True)
class Expansion:
    """The terms that a node stands for: their ascending numbers in each part, and whether there are more."""

    found: Sequence[tuple[Part, Array]]
    capped: bool


def expanded(parts: Sequence[Part], node: Expanded) -> Expansion:
    """Return the terms that a node stands for, as many as :mod:`migsearch.query.expansion` says."""
    if not storable(node.text):
        return Expansion([], False)
    if isinstance(node, Prefix):
        return _starting(parts, node)
    fields = [(part, part.segment.postings(node.field)) for part in parts]
    found = [(part, postings, *_alike(postings, node)) for part, postings in fields if postings]
    limit = MAX_FUZZY if isinstance(node, Fuzzy) else MAX_EXPANSIONS
    chosen, capped = _nearest(found, limit)
    return Expansion([(part, numbers) for part, numbers in chosen if len(numbers)], capped)


def _starting(parts: Sequence[Part], node: Prefix) -> Expansion:
    found = _all(parts, node.field, node.text)
    capped = False
    if sum(len(numbers) for *_, numbers in found) > MAX_EXPANSIONS:
        # The last term that counts ends the ranges.
        terms = starting(parts, node.field, node.text, MAX_EXPANSIONS + 1)
        capped = len(terms) > MAX_EXPANSIONS
        end = (terms[:MAX_EXPANSIONS][-1] if terms else node.text).encode() + b"\0"
        found = [(part, p, range(numbers.start, p.terms.first_from(end))) for part, p, numbers in found]
    ranges = [(part, np.arange(numbers.start, numbers.stop)) for part, _, numbers in found if numbers]
    return Expansion(ranges, capped)


def _alike(postings: Postings, node: Wildcard | Fuzzy) -> tuple[Array, Array]:
    """Return the numbers of the terms of a part that a node stands for, and how many edits each is away."""
    if isinstance(node, Fuzzy):
        return near(postings.terms, node.text, node.edits)
    numbers = matching(postings.terms, node.text)
    return numbers, np.zeros(len(numbers), dtype=np.uint8)


def _nearest(found: Sequence[tuple[Part, Postings, Array, Array]], limit: int) -> tuple[list[tuple[Part, Array]], bool]:
    """Choose as many terms: the nearest first, then those in most documents, then by their code points."""
    all_ = [(part, np.sort(numbers)) for part, _, numbers, _ in found]
    if sum(len(numbers) for _, numbers in all_) <= limit:
        return all_, False
    counts: Counter[bytes] = Counter()
    away: dict[bytes, int] = {}
    for part, postings, numbers, edits in found:
        for number, count, far in zip(numbers.tolist(), _counts(part, postings, numbers), edits.tolist(), strict=True):
            if count:
                term = postings.terms[number]
                counts[term] += count
                away[term] = far
    ranked = nsmallest(limit, counts, key=lambda term: (away[term], -counts[term], term))
    chosen = [
        (part, np.sort([number for term in ranked if (number := p.terms.find(term)) is not None]).astype(np.int64))
        for part, p, *_ in found
    ]
    return chosen, len(counts) > limit


def _counts(part: Part, postings: Postings, numbers: Array) -> list[int]:
    """Return how many documents that are not deleted have each of some terms."""
    if part.kept is None:
        return list(postings.counts_of(numbers).tolist())
    return [int(np.count_nonzero(part.kept[postings.documents(number)])) for number in numbers.tolist()]


def _all(parts: Sequence[Part], field: str, prefix: str) -> list[tuple[Part, Postings, range]]:
    fields = [(part, part.segment.postings(field)) for part in parts]
    return [(part, postings, postings.terms.starting(prefix.encode())) for part, postings in fields if postings]


def _expanded(part: Part, numbers: range, postings: Postings) -> Iterator[bytes]:
    """Yield the terms of a part that a document has which is not deleted."""
    for number in numbers:
        if part.kept is None or part.kept[postings.documents(number)].any():
            yield postings.terms[number]
