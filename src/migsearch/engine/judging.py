"""How one document answers a query, node by node: what engines explain, and what the memory engine finds by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from migsearch.query.tree import DateRange, Everything, Keyword, Leaf, Node, Not, Or, TermField

Filter = Keyword | DateRange | Everything
"""What only lets through."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one term of a query adds to the score of a document, and the figures behind it.

    ``score`` is ``weight * idf * saturation`` for a term, alone or in a phrase, where the saturation is that of
    :func:`migsearch.engine.base.saturation` for ``frequency`` (how often it stands in the field of this document),
    ``length`` (how many terms the field has) and ``average_length`` (over all documents). A prefix, a pattern or a
    misspelt word counts as one term that stands wherever a term stands that it stands for.
    """

    asked: Leaf
    term: str
    idf: float
    frequency: int
    length: int
    average_length: float
    score: float

    @property
    def field(self) -> TermField:
        """The field that was searched."""
        return self.asked.field

    @property
    def weight(self) -> float:
        """The weight that the query gave the term."""
        return self.asked.weight


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a document matches a node, and what the terms below the node add to its score.

    ``children`` are those of the node, first what is required and then, of an ``And``, what may match.
    """

    node: Node
    matches: bool
    contributions: tuple[Contribution, ...] = ()
    children: tuple[Judged, ...] = ()

    @property
    def score(self) -> float:
        """The score, which is the sum of the contributions."""
        return sum(contribution.score for contribution in self.contributions)


def judge(node: Node, add: Callable[[Leaf], tuple[Contribution, ...]], passes: Callable[[Filter], bool]) -> Judged:
    """Judge a document by what each leaf adds to its score, nothing if it does not match, and what it passes."""
    if isinstance(node, Leaf):
        contributions = add(node)
        return Judged(node, bool(contributions), contributions)
    if isinstance(node, Keyword | DateRange | Everything):
        return Judged(node, passes(node))
    if isinstance(node, Not):
        child = judge(node.child, add, passes)
        return Judged(node, not child.matches, (), (child,))
    children = tuple(judge(child, add, passes) for child in node.children)
    if isinstance(node, Or):
        return Judged(node, any(child.matches for child in children), _sum(children), children)
    maybe = tuple(judge(child, add, passes) for child in node.maybe)
    matches = all(child.matches for child in children)
    return Judged(node, matches, _sum((*children, *maybe)) if matches else (), (*children, *maybe))


def _sum(children: Iterable[Judged]) -> tuple[Contribution, ...]:
    return tuple(contribution for child in children if child.matches for contribution in child.contributions)
