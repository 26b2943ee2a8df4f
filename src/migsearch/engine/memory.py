"""A small engine in memory, obviously correct: the oracle that other engines are tested against.

It looks at every document for every query. Use it for a few thousand documents, or to read what a query means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext

from migsearch.engine.base import (
    KEYWORD_FIELDS,
    Change,
    Entry,
    Found,
    idf,
    period,
    saturation,
)
from migsearch.engine.judging import Contribution, Filter, Judged, judge
from migsearch.model import BY_TIME, Order
from migsearch.query.expansion import MAX_EXPANSIONS, MAX_FUZZY, distance
from migsearch.query.tree import Everything, Expanded, Fuzzy, Keyword, Leaf, Near, Node, Prefix, Term, TermField, leaves


class MemoryEngine:
    """Keeps entries in a dictionary."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._expanded: dict[Expanded, tuple[Set[str | None], bool]] = {}

    def write(self, entries: Iterable[Entry], delete: Iterable[str] = ()) -> Change:
        """Add, replace and delete; see :class:`~migsearch.engine.base.Engine`."""
        new = {entry.id: entry for entry in entries}
        kept = dict(self._entries)
        deleted = sum(kept.pop(id, None) is not None for id in set(delete))
        replaced = len(kept.keys() & new.keys())
        self._entries = kept | new
        self._expanded.clear()
        return Change(len(new) - replaced, replaced, deleted)

    def find(
        self, query: Node, *, limit: int, offset: int = 0, facets: Sequence[str] = (), order: Order = "relevance"
    ) -> Found:
        """Find the matches; see :class:`~migsearch.engine.base.Engine`."""
        judged = ((entry, self._judge(query, entry)) for entry in self._entries.values())
        matches = [(entry, answer.score) for entry, answer in judged if answer.matches]
        matches.sort(key=lambda match: match[0].id)
        ranks = [lambda match: -match[1], lambda match: _latest_first(match[0])]
        # A sort keeps the order of equals, so that what decides first comes last.
        for rank in ranks if order == "date" else reversed(ranks):
            matches.sort(key=rank)
        page = tuple((entry.record, score) for entry, score in matches[offset : offset + limit])
        counts = {name: Counter(v for entry, _ in matches for v in _facet(entry, name)) for name in facets}
        capped = {leaf for leaf in leaves(query) if isinstance(leaf, Expanded) and self._expansions(leaf)[1]}
        return Found(len(matches), page, counts, frozenset(capped))

    def frequencies(self, field: TermField, terms: Sequence[str]) -> Sequence[int]:
        """Return in how many documents each term stands."""
        return [sum(term in entry.terms.get(field, ()) for entry in self._entries.values()) for term in terms]

    def terms(self, field: TermField, prefix: str = "") -> Mapping[str, int]:
        """Return the terms that begin so, with the number of documents that have each."""
        counts = Counter(term for entry in self._entries.values() for term in {*entry.terms.get(field, ())} if term)
        return {term: counts[term] for term in sorted(counts) if term.startswith(prefix)}

    def explain(self, query: Node, id: str) -> Judged | None:
        """Tell whether and by what a document matches; see :class:`~migsearch.engine.base.Engine`."""
        return self._judge(query, self._entries[id]) if id in self._entries else None

    def read(self, id: str) -> str | None:
        """Return the record of an id."""
        entry = self._entries.get(id)
        return entry.record if entry else None

    def ids(self, prefix: str, limit: int) -> list[str]:
        """Return the first ids that begin so."""
        return sorted(id for id in self._entries if id.startswith(prefix))[:limit]

    def one_commit(self) -> AbstractContextManager[None]:
        """Do nothing: nobody else writes to it."""
        return nullcontext()

    def close(self) -> None:
        """Do nothing: there is nothing to release."""

    def _judge(self, query: Node, entry: Entry) -> Judged:
        return judge(query, lambda leaf: self._add(leaf, entry), lambda node: _passes(node, entry))

    def _add(self, leaf: Leaf, entry: Entry) -> tuple[Contribution, ...]:
        """Return what a leaf adds to the score of a document; nothing if it does not match."""
        terms = entry.terms.get(leaf.field, ())
        if isinstance(leaf, Expanded):
            expansions, _ = self._expansions(leaf)
            found = not expansions.isdisjoint(terms)
            return (self._contribution(leaf, leaf.text, expansions, entry),) if found else ()
        asked = (leaf.text,) if isinstance(leaf, Term) else leaf.terms
        length = len(asked) + (leaf.apart if isinstance(leaf, Near) else 0)
        runs = (tuple(terms[place : place + length]) for place in range(len(terms)))
        if not any(_stand_near(asked, run) if isinstance(leaf, Near) else run == asked for run in runs):
            return ()
        return tuple(self._contribution(leaf, term, {term}, entry) for term in asked)

    def _expansions(self, node: Expanded) -> tuple[Set[str | None], bool]:
        """Return the terms that a node stands for, and whether there are more; once for all documents."""
        if node in self._expanded:
            return self._expanded[node]
        fields = [set(entry.terms.get(node.field, ())) for entry in self._entries.values()]
        counts = Counter(term for terms in fields for term in terms if term)
        far = distance(node)
        away = {term: edits for term in counts if (edits := far(term)) is not None}
        ranked = sorted(away, key=lambda term: (away[term], 0 if isinstance(node, Prefix) else -counts[term], term))
        limit = MAX_FUZZY if isinstance(node, Fuzzy) else MAX_EXPANSIONS
        self._expanded[node] = set(ranked[:limit]), len(ranked) > limit
        return self._expanded[node]

    def _contribution(self, leaf: Leaf, term: str, forms: Set[str | None], entry: Entry) -> Contribution:
        """Return what a term adds that stands wherever one of its forms does."""
        fields = [other.terms.get(leaf.field, ()) for other in self._entries.values()]
        containing = sum(not forms.isdisjoint(terms) for terms in fields)
        frequency = sum(form in forms for form in entry.terms[leaf.field])
        average = sum(map(_length, fields)) / len(fields)
        length = _length(entry.terms[leaf.field])
        rarity = idf(len(fields), containing)
        score = leaf.weight * rarity * saturation(frequency, length, average)
        return Contribution(leaf, term, rarity, frequency, length, average, score)


def _stand_near(asked: Sequence[str], run: Sequence[str | None]) -> bool:
    """Tell whether terms stand in a run, up to its first gap, each as often as it is asked for."""
    together = run[: run.index(None)] if None in run else run
    return all(together.count(term) >= asked.count(term) for term in asked)


def _length(terms: Sequence[str | None]) -> int:
    return len(terms) - terms.count(None)


def _passes(node: Filter, entry: Entry) -> bool:
    if isinstance(node, Everything):
        return True
    if isinstance(node, Keyword):
        return node.value in ((entry.id,) if node.field == "id" else entry.keywords.get(node.field, ()))
    if not entry.first or not entry.last:
        return False
    return (not node.last or entry.first <= node.last) and (not node.first or entry.last >= node.first)


def _latest_first(entry: Entry) -> int:
    return -entry.first.toordinal() if entry.first else 0


def _facet(entry: Entry, name: str) -> Sequence[str]:
    if name in BY_TIME:
        return period(name, entry.first, entry.last)
    return next((tuple(dict.fromkeys(entry.keywords.get(f, ()))) for f in KEYWORD_FIELDS if f == name), ())
