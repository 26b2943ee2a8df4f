"""What one document of a snapshot has of a query: the figures that :mod:`.evaluate` scores it by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from migsearch.engine.base import MAX_EXPANSIONS, idf, saturation
from migsearch.engine.judging import Contribution, Filter, Judged, Leaf, judge
from migsearch.engine.whoosh.evaluate import scored
from migsearch.engine.whoosh.snapshot import Snapshot
from migsearch.query.tree import Node, Phrase, Prefix


def explain(snapshot: Snapshot, query: Node, id: str) -> Judged | None:
    """Judge the document of an id; see :class:`migsearch.engine.base.Engine`."""
    documents = snapshot.with_keyword("id", id)
    if not documents:
        return None
    return judge(query, partial(_add, snapshot, documents[-1]), partial(_passes, snapshot, documents[-1]))


def _add(snapshot: Snapshot, document: int, leaf: Leaf) -> tuple[Contribution, ...]:
    if document not in scored(snapshot, leaf):
        return ()
    length, average = snapshot.numbers(leaf.field)[document], snapshot.average_length(leaf.field)
    contributions = []
    for term in leaf.terms if isinstance(leaf, Phrase) else (leaf.text,):
        forms = snapshot.expand(leaf.field, term, MAX_EXPANSIONS) if isinstance(leaf, Prefix) else [term]
        frequency, containing = _frequency(snapshot, document, leaf, forms)
        rarity = idf(len(snapshot.documents), containing)
        score = leaf.weight * rarity * saturation(frequency, length, average)
        contributions.append(Contribution(leaf, term, rarity, frequency, length, average, score))
    return tuple(contributions)


def _frequency(snapshot: Snapshot, document: int, leaf: Leaf, forms: Sequence[str]) -> tuple[int, int]:
    """Return how often one of the forms stands in a document, and in how many documents one stands at all."""
    postings = [dict(snapshot.postings(leaf.field, form)) for form in forms]
    return int(sum(found.get(document, 0) for found in postings)), len(set().union(*postings))


def _passes(snapshot: Snapshot, document: int, node: Filter) -> bool:
    return document in scored(snapshot, node)
