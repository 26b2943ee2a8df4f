"""Queries made from documents: for others like one, and for the words that the best hits of a query share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from migsearch.analysis.analyzer import analyze
from migsearch.engine.base import TITLE_TIMES, Engine, idf
from migsearch.model import Document
from migsearch.query import feedback, like, tree
from migsearch.records import id_of, key_words

_LIKE = 20_000  # code points of the document that others are to be like


def with_feedback(asked: tree.Node, engine: Engine) -> tree.Node:
    """Return a query with the words that its best hits share; see :mod:`migsearch.query.feedback`."""
    if not feedback.leaves_open(asked):
        return asked
    page = engine.find(asked, limit=feedback.DOCUMENTS).page
    weights = feedback.weights([score for _, score in page])
    if not weights:
        return asked
    best = [feedback.Best(key_words(record), weight) for (record, _), weight in zip(page, weights, strict=False)]
    return feedback.with_feedback(asked, id_of(page[0][0]), best, partial(_rarity, engine))


def query_like(document: Document, engine: Engine) -> tree.Node:
    """Return the query for documents like one; see :mod:`migsearch.query.like`."""
    # More than the beginning of the text tells no more.
    roots = analyze(document.title).roots * TITLE_TIMES + analyze(document.text[:_LIKE]).roots
    return like.query_like(document.id, roots, partial(_rarity, engine))


def _rarity(engine: Engine, roots: Sequence[str]) -> list[float]:
    """Return the idf of roots; 0 for one that stands in a single document, which can find no other."""
    total = engine.find(tree.Everything(), limit=0).total
    counts = engine.frequencies("root", roots)
    return [idf(total, count) if count > 1 else 0.0 for count in counts]
