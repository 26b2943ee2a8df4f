"""Words to weighted terms: the syntax of a query becomes the tree that an engine answers.

The rule that a user can rely on: bare words rank; what is marked (phrases, ``title:``, ``org:``, ``lang:``,
``date:``) must match; ``-`` excludes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from migsearch.analysis.analyzer import analyze
from migsearch.data import table
from migsearch.errors import DocumentError, QueryError
from migsearch.ingest.asked_date import parse_date
from migsearch.ingest.organisations import organisation_ids
from migsearch.model import Note, PartialDate, Span
from migsearch.query import tree
from migsearch.query.parse import (
    Either,
    Exclude,
    Filter,
    Group,
    InTitle,
    Quoted,
    Starts,
    Syntax,
    Words,
    parse,
)

SURFACE_WEIGHT = 0.2
"""What a word adds to the score of its root where it stands in the very form that was asked for."""

_NOTHING = tree.Or(())
"""What asks for nothing, such as a group of stop words: it is left out, not required."""

Scope = Literal["", "title_"]
DateLike = str | int | datetime.date | PartialDate


def read_query(query: str) -> tuple[tree.Node, tuple[Note, ...]]:
    """Return the tree of a query and the notes on what was read leniently; raises :class:`QueryError`."""
    group, notes = parse(query)
    resolver = _Resolver(all_stop_words=_only_stop_words(group))
    node = resolver.group(group, "")
    return tree.simplify(tree.Everything() if node == _NOTHING else node), (*notes, *resolver.notes)


def filters(
    since: DateLike | None, until: DateLike | None, organisations: Iterable[str], languages: Iterable[str]
) -> tuple[tree.Node, ...]:
    """Return the filters given as arguments, each of which must match; raises :class:`QueryError`."""
    nodes: list[tree.Node] = []
    if since is not None or until is not None:
        first = _interval(since, "since").first if since is not None else None
        last = _interval(until, "until").last if until is not None else None
        if first and last and last < first:
            raise QueryError(f"since ({first}) is later than until ({last})")
        nodes.append(tree.DateRange(first, last))
    for values, build in ((organisations, _organisation), (languages, _language)):
        alternatives = tuple(build(value) for value in _several(values))
        if alternatives:
            nodes.append(tree.Or(alternatives))
    return tuple(nodes)


def _several(values: Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


class _Resolver:
    """Turns the syntax of one query into a tree."""

    def __init__(self, all_stop_words: bool) -> None:
        self._stop_words = frozenset() if all_stop_words else stop_words()
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
            return tree.Or(tuple(self._words(item.text, scope)))
        if isinstance(item, Starts):
            return self._prefix(item.text, scope)
        if isinstance(item, Quoted):
            return self._phrase(item, scope)
        if isinstance(item, Either):
            nodes = (self.node(child, scope) for child in item.children)
            return tree.Or(tuple(node for node in nodes if node != _NOTHING))
        if isinstance(item, Exclude):
            excluded = self.node(item.child, scope)
            return excluded if excluded == _NOTHING else tree.Not(excluded)
        if isinstance(item, InTitle):
            return self.node(item.child, "title_")
        if isinstance(item, Filter):
            return self._filter(item)
        return self.group(item, scope)

    def _words(self, text: str, scope: Scope) -> Iterable[tree.Node]:
        for token in analyze(text):
            if token.surface not in self._stop_words:
                yield tree.Term(_field(scope, "root"), token.root)
                yield tree.Term(_field(scope, "surface"), token.surface, SURFACE_WEIGHT)

    def _prefix(self, text: str, scope: Scope) -> tree.Node:
        tokens = analyze(text)
        if not tokens:
            return _NOTHING
        words = (tree.Term(_field(scope, "root"), token.root) for token in tokens[:-1])
        return tree.Or((*words, tree.Prefix(_field(scope, "surface"), tokens[-1].surface)))

    def _phrase(self, item: Quoted, scope: Scope) -> tree.Node:
        roots = tuple(token.root for token in analyze(item.text))
        if not roots:
            self.notes.append(Note("there is no word between these quotation marks", item.span))
            return _NOTHING
        field = _field(scope, "root")
        return tree.Term(field, roots[0]) if len(roots) == 1 else tree.Phrase(field, roots)

    def _filter(self, item: Filter) -> tree.Node:
        if item.name == "date":
            return _date_range(item.value, item.span)
        if item.name == "language":
            return _language(item.value)
        if not organisation_ids(item.value):
            self.notes.append(Note(f"no organisation is listed as {item.value!r}; taken as an id", item.span))
        return _organisation(item.value)


def _field(scope: Scope, kind: Literal["root", "surface"]) -> tree.TermField:
    return f"{scope}{kind}"  # type: ignore[return-value]


def _must_match(item: Syntax) -> bool:
    """Tell whether an item is marked: alternatives if each of them is, a group if anything is but what it excludes."""
    if isinstance(item, Either):
        return all(map(_must_match, item.children))
    if isinstance(item, Group):
        rest = [child for child in item.children if not isinstance(child, Exclude)]
        return any(map(_must_match, rest or item.children))
    return not isinstance(item, Words | Starts)


def _scores(node: tree.Node) -> bool:
    """Tell whether a node asks for words, so that a match of it is more than let through."""
    if isinstance(node, tree.Or | tree.And):
        return any(map(_scores, node.children))
    return isinstance(node, tree.Term | tree.Phrase | tree.Prefix)


def _organisation(value: str) -> tree.Node:
    ids = dict.fromkeys((*organisation_ids(value), value))
    return tree.Or(tuple(tree.Keyword("organisation", id) for id in ids))


_LANGUAGE_NAMES = {"english": "en", "persian": "fa", "farsi": "fa", "dari": "fa-AF", "prs": "fa-AF", "pashto": "ps"}


def _language(value: str) -> tree.Node:
    """Return the filter for ``fa``, ``fa-AF`` (also ``fa_AF``) or a language's English name."""
    code = _LANGUAGE_NAMES.get(value.lower(), value).replace("_", "-")
    language, _, region = code.partition("-")
    node = tree.Keyword("language", language.lower())
    return tree.And((node, tree.Keyword("region", region.upper()))) if region else node


def _date_range(value: str, span: Span) -> tree.Node:
    """Read ``2021-04``, ``2021-04..2022``, ``2021..`` or ``..2022``."""
    first, dots, last = value.partition("..")
    if not dots:
        interval = _interval(value, "date", span)
        return tree.DateRange(interval.first, interval.last)
    if not first and not last:
        raise QueryError("date: needs a date on one side of .. at least", span)
    begin = _interval(first, "date", span).first if first else None
    end = _interval(last, "date", span).last if last else None
    if begin and end and end < begin:
        raise QueryError(f"the range ends ({end}) before it begins ({begin})", span)
    return tree.DateRange(begin, end)


def _interval(value: DateLike, name: str, span: Span | None = None) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime.date):
        return PartialDate.of(value.year, value.month, value.day)
    try:
        return parse_date(str(value))
    except DocumentError as error:
        raise QueryError(f"{name}: {error}", span) from None


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the words, as surface forms, that a query drops unless it has nothing else."""
    lists: Sequence[str] = [word for words in table("stop_words").values() for word in words]
    return frozenset(token.surface for word in lists for token in analyze(word))


def _only_stop_words(item: Syntax) -> bool:
    """Tell whether a query asks for nothing but words too common to search by."""
    if isinstance(item, Words):
        return all(token.surface in stop_words() for token in analyze(item.text))
    if isinstance(item, Group | Either):
        return all(map(_only_stop_words, item.children))
    return _only_stop_words(item.child) if isinstance(item, InTitle) else isinstance(item, Exclude)
