"""What a document is about, as a query that finds others like it.

Its most telling words are those that stand in it often and in few others. This is what Lucene calls MoreLikeThis: the
words of a document with the highest tf-idf, as alternatives that weigh by it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from migsearch.query import tree
from migsearch.query.feedback import Rarity
from migsearch.query.words import stop_words

TERMS = 25
"""Words that a document is searched by, as many as Lucene's MoreLikeThis takes."""

_CANDIDATES = 200  # the most frequent words, of which the rarer ones are taken


def query_like(id: str, roots: Sequence[str], rarity: Rarity) -> tree.Node:
    """Return the query for documents like the one of an id, which has these roots, itself left out.

    ``roots`` are those of the title, as often as it counts, and of the text; ``rarity`` is 0 for what finds no other.
    """
    counts = Counter(root for root in roots if root not in stop_words() and not root.isdecimal())
    frequent = sorted(counts, key=lambda root: (-counts[root], root))[:_CANDIDATES]
    # A word that stands there ten times does not tell ten times as much.
    worth = {r: (1 + math.log(counts[r])) * idf for r, idf in zip(frequent, rarity(frequent), strict=True) if idf > 0}
    chosen = sorted(worth, key=lambda root: (-worth[root], root))[:TERMS]
    total = sum(worth[root] for root in chosen)
    terms = tuple(tree.Term("root", root, worth[root] / total) for root in chosen)
    return tree.And((tree.Or(terms), tree.Not(tree.Keyword("id", id))))
