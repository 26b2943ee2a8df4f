"""Queries answered over a snapshot, node by node, each as whole arrays.

Whoosh's own matchers are not used: they score by rounded lengths, by frequencies that count deleted documents, and
one document at a time.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from migsearch.engine.base import K1, Found, idf
from migsearch.engine.whoosh import snapshot as stored
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.facets import counts
from migsearch.engine.whoosh.matches import Matches, Share, intersection, union
from migsearch.engine.whoosh.ranking import first
from migsearch.engine.whoosh.snapshot import Answer, Snapshot
from migsearch.engine.whoosh.values import UNDATED
from migsearch.model import Order
from migsearch.query.tree import (
    And,
    DateRange,
    Everything,
    Expanded,
    Fuzzy,
    Keyword,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Several,
    Term,
    Wildcard,
)


def find(snapshot: Snapshot, query: Node, *, limit: int, offset: int, facets: Sequence[str], order: Order) -> Found:
    """Answer a query; see :class:`migsearch.engine.base.Engine`."""
    matches = evaluate(snapshot, query)
    best = first(snapshot, matches, offset + limit, order)[offset:]
    if matches.shares:
        snapshot.latest = Answer(query, matches)
    page = tuple((snapshot.record(document), score) for document, score in best)
    return Found(len(matches), page, counts(snapshot, matches.documents, facets), matches.capped)


def evaluate(snapshot: Snapshot, node: Node) -> Matches:
    """Return the matches of a node; those of the latest query, which may be asked for again as a part, are at hand."""
    if node is snapshot.latest.query:
        return snapshot.latest.matches
    return _ANSWERS[node.__class__](snapshot, node)


def _term(snapshot: Snapshot, node: Term) -> Matches:
    return _weighted(snapshot, node, snapshot.postings(node.field, node.text))


def _expanded(snapshot: Snapshot, node: Expanded) -> Matches:
    found, capped = snapshot.expanded(node)
    weighted = _weighted(snapshot, node, found)
    return replace(weighted, capped=frozenset({node})) if capped else weighted


def _weighted(snapshot: Snapshot, node: Term | Expanded, found: stored.Found) -> Matches:
    if not len(found.documents):
        return Matches(found.documents, snapshot.size)
    weight = node.weight * idf(len(snapshot.documents), len(found.documents)) * (K1 + 1)
    share = Share(found.documents, found.frequencies, weight, snapshot.norms(node.field))
    return Matches(found.documents, snapshot.size, (share,))


def _together(snapshot: Snapshot, node: Several) -> Matches:
    """Return the documents where terms stand together, scored as the terms would be by themselves."""
    found = snapshot.together(node)
    if not len(found.documents):
        return Matches(found.documents, snapshot.size)
    size = len(snapshot.documents)
    weights = np.array([[node.weight * idf(size, total) * (K1 + 1)] for total in found.totals])
    frequencies = found.frequencies.astype(np.float64)
    # Not by the product of matrices, which may round the like of two documents differently.
    scores = np.add.reduce(weights * frequencies / (frequencies + snapshot.norms(node.field)[found.documents]))
    return Matches(found.documents, snapshot.size, (Share(found.documents, scores),))


def _or(snapshot: Snapshot, node: Or) -> Matches:
    return union([evaluate(snapshot, child) for child in node.children], snapshot.size)


def _and(snapshot: Snapshot, node: And) -> Matches:
    # What is excluded, and what is within some days, is looked up among the others' matches, never among all documents.
    excluded = [evaluate(snapshot, child.child) for child in node.children if isinstance(child, Not)]
    required = [evaluate(snapshot, child) for child in node.children if not isinstance(child, Not | DateRange)]
    required = required or [Matches(snapshot.documents, snapshot.size)]
    found = intersection(required, excluded, [evaluate(snapshot, child) for child in node.maybe])
    for child in node.children:
        if isinstance(child, DateRange):
            found = replace(found, documents=_dated(snapshot, child, found.documents))
    return found


def _not(snapshot: Snapshot, node: Not) -> Matches:
    found = evaluate(snapshot, node.child)
    return Matches(snapshot.documents[~found.has(snapshot.documents)], snapshot.size, capped=found.capped)


def _keyword(snapshot: Snapshot, node: Keyword) -> Matches:
    return Matches(snapshot.with_keyword(node.field, node.value), snapshot.size)


def _date_range(snapshot: Snapshot, node: DateRange) -> Matches:
    return Matches(_dated(snapshot, node, snapshot.documents), snapshot.size)


def _everything(snapshot: Snapshot, _: Everything) -> Matches:
    return Matches(snapshot.documents, snapshot.size)


def _dated(snapshot: Snapshot, node: DateRange, documents: Array) -> Array:
    """Return those documents whose dates overlap a range."""
    first, last = snapshot.numbers("first")[documents], snapshot.numbers("last")[documents]
    begin = node.first.toordinal() if node.first else UNDATED + 1
    end = node.last.toordinal() if node.last else datetime.date.max.toordinal()
    return documents[(first > UNDATED) & (first <= end) & (last >= begin)]


_ANSWERS: Mapping[type, Callable[[Snapshot, Any], Matches]] = {
    Term: _term,
    Phrase: _together,
    Near: _together,
    Prefix: _expanded,
    Wildcard: _expanded,
    Fuzzy: _expanded,
    Keyword: _keyword,
    DateRange: _date_range,
    Everything: _everything,
    Or: _or,
    And: _and,
    Not: _not,
}
"""How each kind of node is answered."""
