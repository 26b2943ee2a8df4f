"""Queries answered over a snapshot, node by node, each as whole arrays.

Whoosh's own matchers are not used: they score by rounded lengths, by frequencies that count deleted documents, and
one document at a time.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from migsearch.engine.base import K1, Found, idf
from migsearch.engine.whoosh import snapshot as stored
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.facets import counts
from migsearch.engine.whoosh.matches import Matches, intersection, union
from migsearch.engine.whoosh.ranking import first
from migsearch.engine.whoosh.snapshot import Answer, Snapshot
from migsearch.engine.whoosh.values import UNDATED
from migsearch.model import Order
from migsearch.query.tree import (
    And,
    DateRange,
    Everything,
    Expanded,
    Keyword,
    Node,
    Not,
    Or,
    Several,
    Term,
    TermField,
)

_PAGE = 100  # hits; more of them are not asked for again, and their records would fill the memory


def find(snapshot: Snapshot, query: Node, *, limit: int, offset: int, facets: Sequence[str], order: Order) -> Found:
    """Answer a query; see :class:`migsearch.engine.base.Engine`."""
    matches = evaluate(snapshot, query)
    best = first(snapshot, matches, offset + limit, order)[offset:]
    read = snapshot.latest.records  # mostly those of the same query
    records = {document: read.get(document) or snapshot.record(document) for document, _ in best}
    if matches.score is not None:
        snapshot.latest = Answer(query, matches, records if len(records) <= _PAGE else {})
    page = tuple((records[document], score) for document, score in best)
    counted = {name: counts(snapshot, matches.documents, name) for name in facets}
    return Found(len(matches), page, counted, matches.capped)


def evaluate(snapshot: Snapshot, node: Node) -> Matches:
    """Return the matches of a node; those of the latest query, which may be asked for again as a part, are at hand."""
    if node is snapshot.latest.query:
        return snapshot.latest.matches
    if isinstance(node, Term):
        return _weighted(snapshot, node.field, snapshot.postings(node.field, node.text), node.weight)
    if isinstance(node, Several):
        return _together(snapshot, node)
    if isinstance(node, Expanded):
        found, capped = snapshot.expanded(node)
        weighted = _weighted(snapshot, node.field, found, node.weight)
        return replace(weighted, capped=frozenset({node})) if capped else weighted
    if isinstance(node, Or):
        return union([evaluate(snapshot, child) for child in node.children], snapshot.size)
    if isinstance(node, And):
        return _and(snapshot, node)
    if isinstance(node, Not):
        return _not(snapshot, node)
    return Matches(_filtered(snapshot, node), snapshot.size)


def _not(snapshot: Snapshot, node: Not) -> Matches:
    found = evaluate(snapshot, node.child)
    return Matches(snapshot.documents[~found.mask()[snapshot.documents]], snapshot.size, capped=found.capped)


def _filtered(snapshot: Snapshot, node: Keyword | DateRange | Everything) -> Array:
    """Return the documents that a filter lets through."""
    if isinstance(node, Keyword):
        return snapshot.with_keyword(node.field, node.value)
    if isinstance(node, DateRange):
        return _dated(snapshot, node)
    return snapshot.documents


def _dated(snapshot: Snapshot, node: DateRange) -> Array:
    first, last = snapshot.numbers("first"), snapshot.numbers("last")
    begin = node.first.toordinal() if node.first else UNDATED + 1
    end = node.last.toordinal() if node.last else datetime.date.max.toordinal()
    return snapshot.undeleted(np.flatnonzero((first > UNDATED) & (first <= end) & (last >= begin)))


def _weighted(snapshot: Snapshot, field: TermField, found: stored.Found, weight: float) -> Matches:
    if not len(found.documents):
        return Matches(found.documents, snapshot.size)
    weight *= idf(len(snapshot.documents), len(found.documents)) * (K1 + 1)
    norms = snapshot.norms(field)

    def score(places: Array | slice) -> Array:
        frequencies = found.frequencies[places].astype(np.float64)
        return weight * frequencies / (frequencies + norms[found.documents[places]])

    return Matches(found.documents, snapshot.size, score)


def _together(snapshot: Snapshot, node: Several) -> Matches:
    """Return the documents where terms stand together, scored as the terms would be by themselves."""
    found = snapshot.together(node)
    if not len(found.documents):
        return Matches(found.documents, snapshot.size)
    size = len(snapshot.documents)
    weights = np.array([[node.weight * idf(size, total) * (K1 + 1)] for total in found.totals])
    norms = snapshot.norms(node.field)

    def score(places: Array | slice) -> Array:
        frequencies = found.frequencies[:, places].astype(np.float64)
        # Not by the product of matrices, which may round the like of two documents differently.
        scores: Array = np.add.reduce(weights * frequencies / (frequencies + norms[found.documents[places]]))
        return scores

    return Matches(found.documents, snapshot.size, score)


def _and(snapshot: Snapshot, node: And) -> Matches:
    # What is excluded is looked up among the others' matches, never as all documents but a few.
    excluded = [evaluate(snapshot, child.child) for child in node.children if isinstance(child, Not)]
    required = [evaluate(snapshot, child) for child in node.children if not isinstance(child, Not)]
    required = required or [Matches(snapshot.documents, snapshot.size)]
    return intersection(required, excluded, [evaluate(snapshot, child) for child in node.maybe])
