"""What an engine is asked: a tree of plain values, analysed already.

A document matches a node or not, and a match has a score. Leaves that look for terms score; filters match with a score
of 0; ``Or`` and ``And`` add the scores of the children that match.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Literal, get_args

TermField = Literal["root", "surface", "title_root", "title_surface"]
PositionField = Literal["root", "title_root"]
"""Where the places of terms are known: phrases of roots find any form of their words, and nobody asks for one form."""

KeywordField = Literal["id", "organisation", "language", "region"]


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with the term in the field; BM25 times ``weight``."""

    field: TermField
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with the terms at consecutive positions; scores as its terms do together."""

    field: PositionField
    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Documents with the terms in any order and at most ``apart`` others among them; scores as its terms do together.

    Terms and others stand within one run of positions, which no gap parts.
    """

    field: PositionField
    terms: tuple[str, ...]
    apart: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with any term that begins so; scores as one term would that stands wherever one of them does."""

    field: TermField
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Documents with any term of a pattern, in which ``*`` stands for letters or none; scores as a prefix does."""

    field: TermField
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Documents with any term that is at most ``edits`` from a word; scores as a prefix does.

    An edit is a letter more, less or another, or two neighbours exchanged, none of them edited again ("optimal string
    alignment": Boytsov, "Indexing methods for approximate dictionary searching", 2011).
    """

    field: TermField
    text: str
    edits: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Keyword:
    """Documents that carry the value."""

    field: KeywordField
    value: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Documents whose date, an interval, overlaps this one; ``None`` leaves an end open."""

    first: datetime.date | None
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match one child or more; with no children none."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match every child; ``maybe`` only adds to the score."""

    children: tuple[Node, ...]
    maybe: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match the child."""

    child: Node


Several = Phrase | Near
"""What asks for several terms."""

Expanded = Prefix | Wildcard | Fuzzy
"""What stands for any of several terms."""

Leaf = Term | Several | Expanded
"""What scores."""

Node = Leaf | Keyword | DateRange | Everything | Or | And | Not


def leaves(node: Node) -> Iterator[Node]:
    """Yield what a tree asks for: its nodes that have none below them."""
    if isinstance(node, Not):
        yield from leaves(node.child)
    elif isinstance(node, Or | And):
        for child in (*node.children, *node.maybe) if isinstance(node, And) else node.children:
            yield from leaves(child)
    else:
        yield node


def simplify(node: Node) -> Node:
    """Return an equivalent tree: no group of one, no group in its like, a repeated term once with added weight."""
    if isinstance(node, Not):
        return Not(simplify(node.child))
    if isinstance(node, Or):
        return _alone(Or(_merged(_flattened(node.children, Or))))
    if isinstance(node, And):
        maybe = _merged(_flattened(node.maybe, Or))
        return _alone(And(_flattened(node.children, And), maybe))
    return node


def _flattened(children: tuple[Node, ...], kind: type[Or] | type[And]) -> tuple[Node, ...]:
    flat: list[Node] = []
    for child in map(simplify, children):
        same = isinstance(child, kind) and not (isinstance(child, And) and child.maybe)
        flat += child.children if same and isinstance(child, Or | And) else (child,)
    return tuple(flat)


def _merged(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Add up the weights of equal leaves: a word typed twice counts twice."""
    if len(children) < 2:
        return children
    merged: dict[object, Node] = {}
    for number, child in enumerate(children):
        if not isinstance(child, Leaf):
            merged[number] = child
            continue
        key = child.__class__, *_ASKED[child.__class__](child)
        seen = merged.get(key)
        if isinstance(seen, Leaf):
            child = replace(child, weight=seen.weight + child.weight)
        merged[key] = child
    return tuple(merged.values())


_ASKED: Mapping[type, Callable[[Leaf], tuple[object, ...]]] = {
    kind: attrgetter(*(field.name for field in fields(kind) if field.name != "weight")) for kind in get_args(Leaf)
}
"""What tells leaves of a kind apart, but for their weight: there are some in each query, and comparing is not free."""


def _alone(node: Or | And) -> Node:
    if len(node.children) == 1 and not (isinstance(node, And) and node.maybe):
        return node.children[0]
    return node
