"""Words of a query as weighted terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from migsearch.analysis.analyzer import analyze, words_in
from migsearch.analysis.derived import derived
from migsearch.data import table
from migsearch.model import Token
from migsearch.query import tree
from migsearch.query.equivalents import Alternative, alternatives, phrase_alternatives

SURFACE_WEIGHT = 0.5
"""What a word adds to its score where it stands in the very form that was asked for; its root counts 1."""

STEM_WEIGHT = 0.8
"""What a word adds to its score in a document that has words of its stem: مهاجرت where مهاجر was asked for.

A stem is the root cut to :data:`STEM_LETTERS` (McNamee, Nicholas and Mayfield, "Addressing morphological variation
in alphabetic languages", SIGIR 2009, compare this with stemmers and n-grams). It joins too much to be searched by, so
it changes the order of what matches and never what matches. Against the same without stems, and against the same
without surface forms, in nDCG@10 with 95 % bootstrap intervals over the queries:

=========  ========================  ========================
set        stems                     surface forms
=========  ========================  ========================
Hamshahri  +0.003 (-0.000, +0.009)   +0.006 (-0.005, +0.022)
ParsiNLU   +0.015 (+0.007, +0.022)   +0.000 (-0.006, +0.007)
PQuAD      +0.001 (-0.002, +0.003)   +0.002 (-0.000, +0.004)
Cranfield  +0.005 (-0.003, +0.012)   -0.001 (-0.012, +0.010)
XQuAD      +0.001 (-0.002, +0.004)   +0.001 (-0.001, +0.004)
=========  ========================  ========================

Heavier surface forms are better on Hamshahri (average precision 0.851 at 0.8, 0.845 at 0.5), lighter ones for the
queries of ``tests/ranking.txt``; stems of 0.5 to 1.3, and of a letter more or less, measure alike.
"""

STEM_LETTERS = {"en": 5}
"""Letters in a stem by language, 4 in all that are not named here."""

_RIGHT_LETTERS = 2  # of a misspelt word

Scope = Literal["", "title_"]
"""Where words are looked for: anywhere, or in the title."""


def words_node(text: str, scope: Scope, dropped: frozenset[str], *, widened: bool) -> tree.Node:
    """Return the node for words that stand side by side in a query; ``dropped`` are the stop words to leave out.

    It is ``widened`` by what means the same, and by stems, which only add to the score of what matches.
    """
    words = words_in(text)
    asked = [word for word in words if not all(token.surface in dropped for token in word)]
    nodes = tuple(node for word in asked for node in _word(word, scope))
    if not widened:
        return tree.Or(nodes)
    found = tree.Or((*nodes, *_alternatives(words, scope, dropped)))
    stems = () if scope else tuple(_stems(asked))
    return tree.And((found,), maybe=stems) if stems else found


def _stems(words: Iterable[Sequence[Token]]) -> Iterator[tree.Node]:
    for word in words:
        for token in word:
            if not _is_stem(token):
                yield tree.Prefix("root", token.root[: _stem_letters(token)], STEM_WEIGHT)


def _is_stem(token: Token) -> bool:
    return len(token.root) <= _stem_letters(token)


def _stem_letters(token: Token) -> int:
    return STEM_LETTERS.get(token.language, 4)


def _alternatives(words: Sequence[Sequence[Token]], scope: Scope, dropped: frozenset[str]) -> Iterator[tree.Node]:
    """Yield the nodes for what means the same as the words of a query, alone or together."""
    for word in words:
        if len(word) == 1 and word[0].surface not in dropped:
            for alternative in alternatives(word[0].root):
                yield _alternative(alternative, scope)
    for _, _, alternative in phrase_alternatives(_roots(token for word in words for token in word)):
        yield _alternative(alternative, scope)


def _word(word: Sequence[Token], scope: Scope) -> Iterator[tree.Node]:
    """Yield the nodes for one word; a compound is found in any spelling as its parts side by side."""
    if len(word) > 1:
        yield tree.Phrase(_root_field(scope), _roots(word))
        return
    # A root that is no longer than a stem counts as its stem too, or short words would weigh less than long ones.
    weight = 1 + STEM_WEIGHT if not scope and _is_stem(word[0]) else 1.0
    yield tree.Term(_field(scope, "root"), word[0].root, weight)
    yield tree.Term(_field(scope, "surface"), word[0].surface, SURFACE_WEIGHT)


def _alternative(alternative: Alternative, scope: Scope) -> tree.Node:
    if len(alternative.roots) == 1:
        return tree.Term(_field(scope, "root"), alternative.roots[0], alternative.weight)
    return tree.Phrase(_root_field(scope), alternative.roots, alternative.weight)


def prefix_node(text: str, scope: Scope) -> tree.Node:
    """Return the node for words that begin so; what a sign parts from the beginning are words of their own."""
    tokens = analyze(text)
    if not tokens:
        return tree.Or(())
    words = (tree.Term(_field(scope, "root"), token.root) for token in tokens[:-1])
    return tree.Or((*words, tree.Prefix(_field(scope, "surface"), tokens[-1].surface)))


def wildcard_node(text: str, scope: Scope) -> tree.Node:
    """Return the node for a pattern of words: what stands between its signs is folded as words are."""
    pieces = ["".join(token.surface for token in analyze(piece)) for piece in text.split("*")]
    pattern = re.sub(r"\*+", "*", "*".join(pieces))
    return tree.Wildcard(_field(scope, "surface"), pattern) if pattern.strip("*") else tree.Or(())


def fuzzy_node(text: str, edits: int, scope: Scope) -> tree.Node:
    """Return the node for a word that may be misspelt; what a sign parts from its end are words of their own.

    The word itself counts once more, so that it comes before what is like it. Two of its letters at least are right: of
    a word of one or two only this itself is found, of one of three what is one edit away.
    """
    *before, word = words_in(text) or [()]
    nodes = [node for other in (*before, word) if other for node in _word(other, scope)]
    if word:
        root, surface = _field(scope, "root"), _field(scope, "surface")
        forms = ((root, word[-1].root, 1.0), (surface, word[-1].surface, SURFACE_WEIGHT))
        for field, form, weight in forms:
            if len(form) > _RIGHT_LETTERS:
                nodes.append(tree.Fuzzy(field, form, min(edits, len(form) - _RIGHT_LETTERS), weight))
    return tree.Or(tuple(nodes))


def phrase_node(text: str, scope: Scope, apart: int = 0) -> tree.Node:
    """Return the node for a phrase, or for words with so many others among them; any form of a word will do."""
    roots = analyze(text).roots
    if len(roots) < 2:
        return tree.Or(tuple(tree.Term(_field(scope, "root"), root) for root in roots))
    return tree.Near(_root_field(scope), roots, apart) if apart else tree.Phrase(_root_field(scope), roots)


def _roots(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.root for token in tokens)


def _root_field(scope: Scope) -> tree.PositionField:
    """Return the field of the roots of a scope."""
    return f"{scope}root"  # type: ignore[return-value]


def _field(scope: Scope, kind: Literal["root", "surface"]) -> tree.TermField:
    """Return the term field of a scope."""
    return f"{scope}{kind}"  # type: ignore[return-value]


@cache
def stop_words() -> frozenset[str]:
    """Return the words, as surface forms, that a query drops unless it has nothing else."""
    words = (word for words in table("stop_words").values() for word in words)
    return frozenset(derived("stop_words", lambda: [token.surface for word in words for token in analyze(word)]))
