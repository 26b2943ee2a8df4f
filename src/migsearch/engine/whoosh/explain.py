"""What one document of a snapshot has of a query: the figures that :mod:`.evaluate` scores it by."""

from __future__ import annotations

from functools import partial

import numpy as np

from migsearch.engine.base import idf, saturation
from migsearch.engine.judging import Contribution, Filter, Judged, judge
from migsearch.engine.whoosh.evaluate import evaluate
from migsearch.engine.whoosh.snapshot import Snapshot
from migsearch.query.tree import Expanded, Leaf, Node, Several


def explain(snapshot: Snapshot, query: Node, id: str) -> Judged | None:
    """Judge the document of an id; see :class:`migsearch.engine.base.Engine`."""
    documents = snapshot.with_keyword("id", id).tolist()
    if not documents:
        return None
    return judge(query, partial(_add, snapshot, documents[-1]), partial(_passes, snapshot, documents[-1]))


def _add(snapshot: Snapshot, document: int, leaf: Leaf) -> tuple[Contribution, ...]:
    if not _matches(snapshot, document, leaf):
        return ()
    length, average = int(snapshot.lengths(leaf.field)[document]), snapshot.average_length(leaf.field)
    contributions = []
    for term in leaf.terms if isinstance(leaf, Several) else (leaf.text,):
        frequency, containing = _frequency(snapshot, document, leaf, term)
        rarity = idf(len(snapshot.documents), containing)
        score = leaf.weight * rarity * saturation(frequency, length, average)
        contributions.append(Contribution(leaf, term, rarity, frequency, length, average, score))
    return tuple(contributions)


def _frequency(snapshot: Snapshot, document: int, leaf: Leaf, term: str) -> tuple[int, int]:
    """Return how often a term, or any that it stands for, stands in a document, and in how many it stands at all."""
    if isinstance(leaf, Expanded):
        found, _ = snapshot.expanded(leaf)
    else:
        found = snapshot.postings(leaf.field, term)
    frequency = found.frequencies[found.documents == document]
    return int(frequency.sum()), len(found.documents)


def _matches(snapshot: Snapshot, document: int, node: Node) -> bool:
    return bool(np.isin(document, evaluate(snapshot, node).documents))


def _passes(snapshot: Snapshot, document: int, node: Filter) -> bool:
    return _matches(snapshot, document, node)
