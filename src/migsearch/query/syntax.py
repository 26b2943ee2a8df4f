"""The syntax of a query: what was typed, as a tree of words and signs."""

from __future__ import annotations

from typing import Literal, NamedTuple

from migsearch.model import Span

FilterName = Literal["organisation", "language", "date"]


class Words(NamedTuple):
    """Words that stand side by side, bare of any sign."""

    text: str
    span: Span


class Quoted(NamedTuple):
    """A phrase."""

    text: str
    span: Span


class Together(NamedTuple):
    """Words with at most ``apart`` others among them."""

    text: str
    apart: int
    span: Span


class Starts(NamedTuple):
    """The beginning of words."""

    text: str
    span: Span


class Pattern(NamedTuple):
    """A pattern of words."""

    text: str
    span: Span


class Misspelt(NamedTuple):
    """A word that may be spelt otherwise by so many edits."""

    text: str
    edits: int
    span: Span


class Filter(NamedTuple):
    """A filter and its value as typed."""

    name: FilterName
    value: str
    span: Span


class InTitle(NamedTuple):
    """What must match in the title."""

    child: Syntax


class Require(NamedTuple):
    """What must match."""

    child: Syntax


class Exclude(NamedTuple):
    """What must not match."""

    child: Syntax


class Both(NamedTuple):
    """What must match together."""

    children: tuple[Syntax, ...]


class Either(NamedTuple):
    """Alternatives."""

    children: tuple[Syntax, ...]


class Group(NamedTuple):
    """A query, or a part of one in parentheses."""

    children: tuple[Syntax, ...]


_Marked = InTitle | Require | Exclude
Syntax = Words | Quoted | Together | Starts | Pattern | Misspelt | Filter | _Marked | Both | Either | Group
