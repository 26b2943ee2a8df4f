"""Words to weighted terms: the syntax of a query becomes the tree that an engine answers.

The rule that a user can rely on: bare words rank; what is marked (``+``, ``AND``, phrases, ``title:``, ``org:``,
``lang:``, ``date:``) must match; ``-`` excludes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migsearch.analysis.analyzer import analyze
from migsearch.model import Note, Span
from migsearch.query import tree
from migsearch.query.filters import date_range, language, organisation
from migsearch.query.parse import parse
from migsearch.query.syntax import (
    Both,
    Either,
    Exclude,
    Filter,
    Group,
    InTitle,
    Misspelt,
    Pattern,
    Quoted,
    Require,
    Starts,
    Syntax,
    Together,
    Words,
)
from migsearch.query.words import (
    Scope,
    fuzzy_node,
    phrase_node,
    prefix_node,
    stop_words,
    wildcard_node,
    words_node,
)

if TYPE_CHECKING:  # takes long to import, and most queries name no organisation
    from migsearch.ingest.gazetteer import Gazetteer

_NOTHING = tree.Or(())
"""What asks for nothing, such as a group of stop words: it is left out, not required."""


def read_query(query: str, gazetteer: Gazetteer | None = None) -> tuple[tree.Node, tuple[Note, ...]]:
    """Return the tree of a query and the notes on what was read leniently; raises :class:`QueryError`."""
    group, notes = parse(query)
    resolver = _Resolver(_only_stop_words(group), gazetteer)
    node = resolver.group(group, "")
    notes = (*notes, *resolver.notes)
    if node != _NOTHING:
        return tree.simplify(node), notes
    if query.strip() and not notes:  # such as an emoji
        notes = (Note("there is no word in this query, so it matches everything", Span(0, len(query))),)
    return tree.Everything(), notes


class _Resolver:
    """Turns the syntax of one query into a tree."""

    def __init__(self, all_stop_words: bool, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        self._widened = True  # by what means the same
        self._dropped = frozenset() if all_stop_words else stop_words()
        self.notes: list[Note] = []

    def group(self, group: Group, scope: Scope) -> tree.Node:
        required: list[tree.Node] = []
        optional: list[tree.Node] = []
        for item in group.children:
            if (node := self.node(item, scope)) != _NOTHING:
                (required if _must_match(item) else optional).append(node)
        if not required:
            return tree.Or(tuple(optional))
        if any(map(_scores, required)):
            return tree.And(tuple(required), maybe=tuple(optional))
        return tree.And((*required, tree.Or(tuple(optional))) if optional else tuple(required))

    def node(self, item: Syntax, scope: Scope) -> tree.Node:
        if isinstance(item, Words):
            return words_node(item.text, scope, self._dropped, widened=self._widened)
        if isinstance(item, Starts | Pattern | Misspelt):
            return _one_of_several(item, scope)
        if isinstance(item, Quoted | Together):
            return self._phrase(item, scope)
        if isinstance(item, Either | Both):
            nodes = [node for child in item.children if (node := self.node(child, scope)) != _NOTHING]
            return tree.And(tuple(nodes)) if isinstance(item, Both) and nodes else tree.Or(tuple(nodes))
        if isinstance(item, Require):
            return self.node(item.child, scope)
        if isinstance(item, Exclude):
            return self._excluded(item, scope)
        if isinstance(item, InTitle):
            return self.node(item.child, "title_")
        if isinstance(item, Filter):
            return self._filter(item)
        return self.group(item, scope)

    def _excluded(self, item: Exclude, scope: Scope) -> tree.Node:
        # What is excluded is the word that was typed, not what means the same.
        self._widened, before = False, self._widened
        excluded = self.node(item.child, scope)
        self._widened = before
        return excluded if excluded == _NOTHING else tree.Not(excluded)

    def _phrase(self, item: Quoted | Together, scope: Scope) -> tree.Node:
        node = phrase_node(item.text, scope, item.apart if isinstance(item, Together) else 0)
        if node == _NOTHING:
            self.notes.append(Note("there is no word between these quotation marks", item.span))
        return node

    def _filter(self, item: Filter) -> tree.Node:
        if item.name == "date":
            return date_range(item.value, item.span)
        if item.name == "language":
            node, notes = language(item.value, item.span)
        else:
            node, notes = organisation(item.value, self._gazetteer, item.span)
        self.notes += notes
        return node


def _one_of_several(item: Starts | Pattern | Misspelt, scope: Scope) -> tree.Node:
    """Return the node for any of several words."""
    if isinstance(item, Misspelt):
        return fuzzy_node(item.text, item.edits, scope)
    return prefix_node(item.text, scope) if isinstance(item, Starts) else wildcard_node(item.text, scope)


def _must_match(item: Syntax) -> bool:
    """Tell whether an item is marked: alternatives if each of them is, a group if anything is but what it excludes."""
    if isinstance(item, Either):
        return all(map(_must_match, item.children))
    if isinstance(item, Group):
        rest = [child for child in item.children if not isinstance(child, Exclude)]
        return any(map(_must_match, rest or item.children))
    return not isinstance(item, Words | Starts | Pattern | Misspelt)


def _scores(node: tree.Node) -> bool:
    """Tell whether a node asks for words, so that a match of it is more than let through."""
    if isinstance(node, tree.Or | tree.And):
        return any(map(_scores, node.children))
    return isinstance(node, tree.Leaf)


def _only_stop_words(item: Syntax) -> bool:
    """Tell whether a query asks for nothing but words too common to search by."""
    if isinstance(item, Words):
        return stop_words().issuperset(analyze(item.text).surfaces)
    if isinstance(item, Group | Either | Both):
        return all(map(_only_stop_words, item.children))
    return _only_stop_words(item.child) if isinstance(item, InTitle | Require) else isinstance(item, Exclude)
