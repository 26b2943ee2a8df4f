"""The terms of a snapshot, over all of its segments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.postings import Postings
from migsearch.engine.whoosh.columnar.segment import Segment


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


def places(parts: Sequence[Part], field: str, term: str) -> list[tuple[Part, Postings, int]]:
    """Return the parts that have a term, with its number in each."""
    if not storable(term):
        return []
    encoded = term.encode()
    found = []
    for part in parts:
        postings = part.segment.postings(field)
        number = postings.terms.find(encoded) if postings else None
        if postings and number is not None:
            found.append((part, postings, number))
    return found


def numbers(
    parts: Sequence[Part], field: str, terms: Sequence[str]
) -> Iterator[tuple[Part, Postings, list[int | None]]]:
    """Yield of each part the numbers of its terms, ``None`` for one that it does not have."""
    encoded = [term.encode() if storable(term) else None for term in terms]
    for part in parts:
        if postings := part.segment.postings(field):
            yield part, postings, [None if term is None else postings.terms.find(term) for term in encoded]


def starting(parts: Sequence[Part], field: str, prefix: str, limit: int) -> list[str]:
    """Return the first ``limit`` terms that begin so, in the order of their code points.

    Terms that only deleted documents have are left out.
    """
    if not storable(prefix):
        return []
    found = (_expanded(part, numbers, postings) for part, postings, numbers in _all(parts, field, prefix))
    terms = (term for term, _ in groupby(merge(*found)))
    return [term.decode() for term in islice(terms, limit)]


def ranges(parts: Sequence[Part], field: str, prefix: str, limit: int) -> list[tuple[Part, Postings, range]]:
    """Return of each part the numbers of its terms that are among the first ``limit`` that begin so."""
    if not storable(prefix):
        return []
    found = _all(parts, field, prefix)
    if sum(len(numbers) for *_, numbers in found) > limit:
        # The last term that counts ends the ranges.
        last = starting(parts, field, prefix, limit)[-1:]
        end = (last[0] if last else prefix).encode() + b"\0"
        found = [(part, p, range(numbers.start, p.terms.first_from(end))) for part, p, numbers in found]
    return [(part, postings, numbers) for part, postings, numbers in found if numbers]


def _all(parts: Sequence[Part], field: str, prefix: str) -> list[tuple[Part, Postings, range]]:
    fields = [(part, part.segment.postings(field)) for part in parts]
    return [(part, postings, postings.terms.starting(prefix.encode())) for part, postings in fields if postings]


def _expanded(part: Part, numbers: range, postings: Postings) -> Iterator[bytes]:
    """Yield the terms of a part that a document has which is not deleted."""
    for number in numbers:
        if part.kept is None or part.kept[postings.documents(number)].any():
            yield postings.terms[number]
