"""Words that the best hits share, as a part of the query that asks for them: pseudo-relevance feedback.

What the words of a query leave open, the documents that answer it best often tell: who asks for "کتاب کودک" is served
by pages that speak of publishers and of reading. This is the relevance model RM3 (Abdul-Jaleel et al., "UMass at TREC
2004", 2004), but the best hit counts far more than the tenth and stays the best, and the words change the order of what
matches and never what matches. In nDCG@10 and average precision against the same search without it:

=========  ==============  ==============
set        nDCG@10         MAP
=========  ==============  ==============
Hamshahri  0.951 to 0.961  0.851 to 0.873
ParsiNLU   0.777 to 0.777  0.733 to 0.732
PQuAD      0.973 to 0.973  0.966 to 0.965
Cranfield  0.380 to 0.407  0.297 to 0.328
XQuAD      0.973 to 0.973  0.966 to 0.967
=========  ==============  ==============

So it helps where many documents answer a query. Where only one does, the words would put others before it (PQuAD would
lose 0.004), were it not that the best hit counts the words of the query twice.

Which words a hit is known by is found when it is indexed: to analyse ten hits anew took five times as long as a search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from migsearch.query import tree
from migsearch.query.words import SURFACE_WEIGHT, stop_words

DOCUMENTS = 10
"""Hits that are looked at, at most; 5 measure alike."""

TERMS = 10
"""Words that are taken from them; 20 measure alike."""

KEY_WORDS = 8
"""Words by which a hit is known: 6 of them lose 0.002 of MAP on Hamshahri and Cranfield, 12 and 24 measure alike."""

_BEGINNING = 250  # words of a text, which tell what it is about; more measure alike

_CANDIDATES = 20  # the most frequent of them, of which the rarer ones are taken; all measure alike

_SHARPNESS = 8
"""A hit counts by its share of the best score to this power: with 1 PQuAD loses more."""

_LITTLE = 0.02  # what counts for less than this part of the best hit changes nothing

_FEWEST_WORDS = 2  # in a query that leaves open what it is about: one word is looked for as it is

Rarity = Callable[[Sequence[str]], Sequence[float]]
"""Gives the idf of roots; 0 for one that stands in a single document, which can find no other."""


class Best(NamedTuple):
    """One of the best hits: its key words, and how much it counts."""

    key_words: Mapping[str, float]
    weight: float


def key_words(title: Sequence[str], text: Sequence[str]) -> Mapping[str, float]:
    """Return the roots that a document is known by, each with its share of all.

    Given are the roots of its title, as often as it counts, and of its text. The key words are the most frequent ones
    but for stop words and numbers; of equal ones the longer, which tend to be rarer (Zipf, "The Psycho-Biology of
    Language", 1935).
    """
    stops = stop_words()
    found = Counter((*title, *text[:_BEGINNING])).items()
    counts = {root: count for root, count in found if root not in stops and not root.isdecimal()}
    total = sum(counts.values())
    least = min(sorted(counts.values(), reverse=True)[:KEY_WORDS], default=0)  # few of the others are as frequent
    frequent = (root for root, count in counts.items() if count >= least)
    chosen = sorted(frequent, key=lambda root: (-counts[root], -len(root), root))[:KEY_WORDS]
    return {root: counts[root] / total for root in chosen}


def weights(scores: Sequence[float]) -> Sequence[float]:
    """Return how much hits count, given their scores, the best first; the last ones, which count for little, do not."""
    if not scores or scores[0] <= 0:
        return []
    all_weights = ((score / scores[0]) ** _SHARPNESS for score in scores)
    return [weight for weight in all_weights if weight >= _LITTLE]


def leaves_open(query: tree.Node) -> bool:
    """Tell whether a query has several words that need not all match, which its best hits may tell more about."""
    return _words(query) >= _FEWEST_WORDS


def with_feedback(query: tree.Node, first: str, best: Sequence[Best], rarity: Rarity) -> tree.Node:
    """Return the query with the words that its best hits share, which add to the score of what matches.

    Together the words weigh as much as those of the query, which the ``first`` of the hits, given by its id, counts
    twice.
    """
    shares = _shares(best)
    roots = _greatest(shares, _CANDIDATES)
    worth = {root: shares[root] * idf for root, idf in zip(roots, rarity(roots), strict=True) if idf > 0}
    chosen = _greatest(worth, TERMS)
    if not chosen:
        return query
    part = _words(query) / sum(worth[root] for root in chosen)
    shared = (tree.Term("root", root, part * worth[root]) for root in chosen)
    stays = tree.And((tree.Keyword("id", first),), maybe=(query,))
    return tree.And((query,), maybe=(stays, *shared))


def shared_words(asked: tree.Node, query: tree.Node) -> tuple[tree.Term, ...]:
    """Return the words that :func:`with_feedback` added to a query."""
    if asked == query or not isinstance(asked, tree.And):
        return ()
    return tuple(node for node in asked.maybe if isinstance(node, tree.Term))


def _shares(best: Sequence[Best]) -> Mapping[str, float]:
    """Return the share of each root in the hits, by how much each of them counts."""
    together = sum(hit.weight for hit in best)
    shares: dict[str, float] = {}
    for words, weight in best:
        for root, share in words.items():
            shares[root] = shares.get(root, 0.0) + share * weight / together
    return shares


def _greatest(values: Mapping[str, float], count: int) -> list[str]:
    """Return the roots of the greatest values, equal ones by their code points."""
    return sorted(sorted(values), key=values.__getitem__, reverse=True)[:count]


def _words(node: tree.Node) -> float:
    """Return how many words a query asks for that need not all match; each has a surface form, or is a phrase."""
    if isinstance(node, tree.Term):
        return node.weight / SURFACE_WEIGHT if node.field.endswith("surface") else 0.0
    if isinstance(node, tree.Several):
        return 1.0 if node.weight >= 1 else 0.0
    if isinstance(node, tree.Or):
        return sum(map(_words, node.children))
    if isinstance(node, tree.And):
        required = [words for words in map(_words, node.children) if words]
        return sum(map(_words, node.maybe)) + (required[0] if len(required) == 1 else 0.0)
    return 0.0
