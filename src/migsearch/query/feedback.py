"""Words that the best hits share, as a part of the query that asks for them: pseudo-relevance feedback.

What the words of a query leave open, the documents that answer it best often tell: who asks for "کتاب کودک" is served
by pages that speak of publishers and of reading. This is the relevance model RM3 (Abdul-Jaleel et al., "UMass at TREC
2004", 2004), but the best hit counts far more than the tenth and stays the best, and the words change the order of what
matches and never what matches. In nDCG@10 and average precision against the same search without it:

=========  ==============  ==============
set        nDCG@10         MAP
=========  ==============  ==============
Hamshahri  0.951 to 0.964  0.851 to 0.873
ParsiNLU   0.777 to 0.777  0.733 to 0.732
PQuAD      0.973 to 0.972  0.966 to 0.965
Cranfield  0.380 to 0.407  0.297 to 0.328
XQuAD      0.973 to 0.974  0.966 to 0.967
=========  ==============  ==============

So it helps where many documents answer a query. Where only one does, the words would put others before it (PQuAD would
lose 0.004), were it not that the best hit counts the words of the query twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from migsearch.query import tree
from migsearch.query.words import SURFACE_WEIGHT, stop_words

DOCUMENTS = 10
"""Hits that are looked at, at most; 5 measure alike."""

TERMS = 10
"""Words that are taken from them; 20 measure alike."""

_CANDIDATES = 30  # the most frequent words of the hits, of which the rarer ones are taken; 60 measure alike

_SHARPNESS = 8
"""A hit counts by its share of the best score to this power: with 1 PQuAD loses more."""

_LITTLE = 0.02  # what counts for less than this part of the best hit changes nothing, and would have to be analysed

Rarity = Callable[[Sequence[str]], Sequence[float]]
"""Gives the idf of roots; 0 for one that stands in a single document, which can find no other."""


class Best(NamedTuple):
    """One of the best hits: its id, its roots, and how much it counts."""

    id: str
    roots: Sequence[str]
    weight: float


def weights(scores: Sequence[float]) -> Sequence[float]:
    """Return how much hits count, given their scores, the best first; the last ones, which count for little, do not."""
    if not scores or scores[0] <= 0:
        return []
    all_weights = ((score / scores[0]) ** _SHARPNESS for score in scores)
    return [weight for weight in all_weights if weight >= _LITTLE]


def with_feedback(query: tree.Node, best: Sequence[Best], rarity: Rarity) -> tree.Node:
    """Return the query with the words that its best hits share, which add to the score of what matches.

    Together the words weigh as much as those of the query, which the first of the hits counts twice.
    """
    words = _words(query)
    shares = _shares(best)
    if not words or not shares:
        return query
    roots = sorted(shares, key=lambda root: (-shares[root], root))[:_CANDIDATES]
    worth = {root: shares[root] * idf for root, idf in zip(roots, rarity(roots), strict=True) if idf > 0}
    chosen = sorted(worth, key=lambda root: (-worth[root], root))[:TERMS]
    total = sum(worth[root] for root in chosen)
    shared = (tree.Term("root", root, words * worth[root] / total) for root in chosen)
    stays = tree.And((tree.Keyword("id", best[0].id),), maybe=(query,))
    return tree.And((query,), maybe=(stays, *shared))


def _shares(best: Sequence[Best]) -> Mapping[str, float]:
    """Return the share of each root in the hits, by how much each of them counts."""
    together = sum(hit.weight for hit in best)
    shares: defaultdict[str, float] = defaultdict(float)
    for hit in best:
        counts = Counter(hit.roots)
        for root in [root for root in counts if root in stop_words() or root.isdecimal()]:
            del counts[root]
        weight = hit.weight / (together * max(counts.total(), 1))
        for root, count in counts.items():
            shares[root] += weight * count
    return shares


def _words(node: tree.Node) -> float:
    """Return how many words a query asks for: each has a surface form, or is a phrase."""
    if isinstance(node, tree.Term):
        return node.weight / SURFACE_WEIGHT if node.field.endswith("surface") else 0.0
    if isinstance(node, tree.Several):
        return 1.0 if node.weight >= 1 else 0.0
    if isinstance(node, tree.Or | tree.And):
        children = (*node.children, *node.maybe) if isinstance(node, tree.And) else node.children
        return sum(map(_words, children))
    return 0.0
