"""Queries answered over a snapshot, term at a time: each node becomes the scores of its matches.

Whoosh's own matchers are not used: they score by rounded lengths, by frequencies that count deleted documents, and
one document at a time.
"""

from __future__ import annotations

import datetime
import heapq
from collections import Counter
from collections.abc import Iterable, Sequence

from migsearch.engine.base import MAX_EXPANSIONS, Found, idf, period, saturation
from migsearch.engine.whoosh.schema import UNDATED
from migsearch.engine.whoosh.snapshot import Postings, Snapshot
from migsearch.model import BY_TIME, Order
from migsearch.query.tree import (
    And,
    DateRange,
    Everything,
    Keyword,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    TermField,
)

Scores = dict[int, float]
"""The matches of a node with their scores."""


def find(snapshot: Snapshot, query: Node, *, limit: int, offset: int, facets: Sequence[str], order: Order) -> Found:
    """Answer a query; see :class:`migsearch.engine.base.Engine`."""
    scores = scored(snapshot, query)
    best = _first(snapshot, scores, offset + limit, order)[offset:]
    page = tuple((snapshot.record(document), scores[document]) for document in best)
    return Found(len(scores), page, {name: _counts(snapshot, scores, name) for name in facets})


def _first(snapshot: Snapshot, scores: Scores, count: int, order: Order) -> list[int]:
    """Return the first ``count`` matches: by score or date, equals by the other, then by id."""
    if not scores or count <= 0:
        return []
    days = snapshot.numbers("first")
    by_score = [(-score, -days[document]) for document, score in scores.items()]
    ranks: list[tuple[float, float]] = [(day, score) for score, day in by_score] if order == "date" else [*by_score]
    # Ids are read only where they can decide.
    last = heapq.nsmallest(count, ranks)[-1]
    candidates = [
        (rank, snapshot.id(document), document) for rank, document in zip(ranks, scores, strict=True) if rank <= last
    ]
    return [document for _, _, document in heapq.nsmallest(count, candidates)]


def _counts(snapshot: Snapshot, documents: Iterable[int], facet: str) -> Counter[str]:
    """Count the values of a facet over documents."""
    if facet in BY_TIME:
        return _periods(snapshot, documents, facet)
    rows = snapshot.values(facet)
    combinations = Counter(rows[document] for document in documents)
    counts: Counter[str] = Counter()
    for values, count in combinations.items():
        for value in dict.fromkeys(values):
            counts[value] += count
    return counts


def _periods(snapshot: Snapshot, documents: Iterable[int], facet: str) -> Counter[str]:
    first, last = snapshot.numbers("first"), snapshot.numbers("last")
    intervals = Counter((first[document], last[document]) for document in documents)
    counts: Counter[str] = Counter()
    for (begin, end), count in intervals.items():
        for value in period(facet, _day(begin), _day(end)):
            counts[value] += count
    return counts


def _day(number: int) -> datetime.date | None:
    return None if number == UNDATED else datetime.date.fromordinal(number)


def scored(snapshot: Snapshot, node: Node) -> Scores:
    """Return the matches of a node with their scores."""
    if isinstance(node, Term):
        return _weighted(snapshot, node.field, snapshot.postings(node.field, node.text), node.weight)
    if isinstance(node, Phrase):
        return _phrase(snapshot, node)
    if isinstance(node, Prefix):
        return _prefix(snapshot, node)
    if isinstance(node, Or):
        return _summed(scored(snapshot, child) for child in node.children)
    if isinstance(node, And):
        return _and(snapshot, node)
    return dict.fromkeys(_filtered(snapshot, node), 0.0)


def _filtered(snapshot: Snapshot, node: Not | Keyword | DateRange | Everything) -> Iterable[int]:
    """Return the documents that a filter lets through."""
    if isinstance(node, Keyword):
        return snapshot.with_keyword(node.field, node.value)
    if isinstance(node, DateRange):
        return _dated(snapshot, node)
    if isinstance(node, Not):
        excluded = scored(snapshot, node.child)
        return (document for document in snapshot.documents if document not in excluded)
    return snapshot.documents


def _dated(snapshot: Snapshot, node: DateRange) -> Iterable[int]:
    first, last = snapshot.numbers("first"), snapshot.numbers("last")
    begin = node.first.toordinal() if node.first else UNDATED + 1
    end = node.last.toordinal() if node.last else datetime.date.max.toordinal()
    return (d for d in snapshot.documents if UNDATED < first[d] <= end and last[d] >= begin)


def _weighted(snapshot: Snapshot, field: TermField, postings: Postings, weight: float) -> Scores:
    if not postings:
        return {}
    weight *= idf(len(snapshot.documents), len(postings))
    lengths, average = snapshot.numbers(field), snapshot.average_length(field)
    return {document: weight * saturation(frequency, lengths[document], average) for document, frequency in postings}


def _phrase(snapshot: Snapshot, node: Phrase) -> Scores:
    """Return the documents where the terms stand side by side, scored as the terms would be together."""
    places = [snapshot.positions(node.field, term) for term in node.terms]
    shared = set(places[0]).intersection(*places[1:])
    matches = {document for document in shared if _side_by_side([found[document] for found in places])}
    scores: Scores = dict.fromkeys(sorted(matches), 0.0)
    for found in places:
        postings = [(document, float(len(positions))) for document, positions in found.items()]
        for document, score in _weighted(snapshot, node.field, postings, node.weight).items():
            if document in matches:
                scores[document] += score
    return scores


def _side_by_side(positions: Sequence[Sequence[int]]) -> bool:
    """Tell whether there is a place where the terms, given by their positions, follow one another."""
    starts = set(positions[0])
    for distance, following in enumerate(positions[1:], start=1):
        starts &= {position - distance for position in following}
    return bool(starts)


def _prefix(snapshot: Snapshot, node: Prefix) -> Scores:
    frequencies: Counter[int] = Counter()
    for term in snapshot.expand(node.field, node.text, MAX_EXPANSIONS):
        for document, frequency in snapshot.postings(node.field, term):
            frequencies[document] += int(frequency)
    return _weighted(snapshot, node.field, sorted(frequencies.items()), node.weight)


def _summed(parts: Iterable[Scores]) -> Scores:
    total: Scores = {}
    for part in parts:
        for document, score in part.items():
            total[document] = total.get(document, 0.0) + score
    return total


def _and(snapshot: Snapshot, node: And) -> Scores:
    # What is excluded is looked up among the others' matches, never as all documents but a few.
    excluded = [scored(snapshot, child.child) for child in node.children if isinstance(child, Not)]
    required = [scored(snapshot, child) for child in node.children if not isinstance(child, Not)]
    required = required or [dict.fromkeys(snapshot.documents, 0.0)]
    fewest = min(required, key=len)
    parts = [*required, *(scored(snapshot, child) for child in node.maybe)]
    return {
        document: sum(part.get(document, 0.0) for part in parts)
        for document in fewest
        if all(document in part for part in required) and not any(document in part for part in excluded)
    }
