"""A small engine in memory, obviously correct: the oracle that other engines are tested against.

It looks at every document for every query. Use it for a few thousand documents, or to read what a query means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from migsearch.engine.base import (
    KEYWORD_FIELDS,
    MAX_EXPANSIONS,
    Change,
    Entry,
    Found,
    idf,
    saturation,
    year_facet,
)
from migsearch.query.tree import (
    And,
    DateRange,
    Everything,
    Keyword,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    TermField,
)


class MemoryEngine:
    """Keeps entries in a dictionary."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def write(self, entries: Iterable[Entry], delete: Iterable[str] = ()) -> Change:
        """Add, replace and delete; see :class:`~migsearch.engine.base.Engine`."""
        new = {entry.id: entry for entry in entries}
        kept = dict(self._entries)
        deleted = sum(kept.pop(id, None) is not None for id in set(delete))
        replaced = len(kept.keys() & new.keys())
        self._entries = kept | new
        return Change(len(new) - replaced, replaced, deleted)

    def find(self, query: Node, *, limit: int, offset: int = 0, facets: Sequence[str] = ()) -> Found:
        """Find the matches; see :class:`~migsearch.engine.base.Engine`."""
        scored = [(entry, self._score(query, entry)) for entry in self._entries.values()]
        matches = [(entry, score) for entry, score in scored if score is not None]
        matches.sort(key=lambda match: match[0].id)
        matches.sort(key=lambda match: (-match[1], -(match[0].first.toordinal() if match[0].first else 0)))
        page = tuple((entry.record, score) for entry, score in matches[offset : offset + limit])
        counts = {name: Counter(v for entry, _ in matches for v in _facet(entry, name)) for name in facets}
        return Found(len(matches), page, counts)

    def read(self, id: str) -> str | None:
        """Return the record of an id."""
        entry = self._entries.get(id)
        return entry.record if entry else None

    def ids(self, prefix: str, limit: int) -> list[str]:
        """Return the first ids that begin so."""
        return sorted(id for id in self._entries if id.startswith(prefix))[:limit]

    def close(self) -> None:
        """Do nothing: there is nothing to release."""

    def _score(self, node: Node, entry: Entry) -> float | None:
        """Return the score of a document, ``None`` if it does not match."""
        if isinstance(node, And):
            return self._score_and(node, entry)
        if isinstance(node, Or):
            scores = [self._score(child, entry) for child in node.children]
            return sum(score or 0.0 for score in scores) if any(s is not None for s in scores) else None
        if isinstance(node, Term | Phrase | Prefix):
            return self._score_terms(node, entry)
        return 0.0 if self._matches_filter(node, entry) else None

    def _score_and(self, node: And, entry: Entry) -> float | None:
        total = 0.0
        for child in node.children:
            score = self._score(child, entry)
            if score is None:
                return None
            total += score
        return total + sum(self._score(child, entry) or 0.0 for child in node.maybe)

    def _matches_filter(self, node: Node, entry: Entry) -> bool:
        if isinstance(node, Everything):
            return True
        if isinstance(node, Not):
            return self._score(node.child, entry) is None
        if isinstance(node, Keyword):
            return node.value in ((entry.id,) if node.field == "id" else entry.keywords.get(node.field, ()))
        if isinstance(node, DateRange) and entry.first and entry.last:
            return (not node.last or entry.first <= node.last) and (not node.first or entry.last >= node.first)
        return False

    def _score_terms(self, node: Term | Phrase | Prefix, entry: Entry) -> float | None:
        terms = entry.terms.get(node.field, ())
        if isinstance(node, Prefix):
            return node.weight if not self._expansions(node).isdisjoint(terms) else None
        if isinstance(node, Term):
            return node.weight * self._bm25(node.field, node.text, entry) if node.text in terms else None
        length = len(node.terms)
        places = (tuple(terms[place : place + length]) for place in range(len(terms)))
        if node.terms not in places:
            return None
        return node.weight * sum(self._bm25(node.field, term, entry) for term in node.terms)

    def _expansions(self, node: Prefix) -> set[str | None]:
        lexicon = {term for entry in self._entries.values() for term in entry.terms.get(node.field, ()) if term}
        return set(sorted(term for term in lexicon if term.startswith(node.text))[:MAX_EXPANSIONS])

    def _bm25(self, field: TermField, term: str, entry: Entry) -> float:
        fields = [other.terms.get(field, ()) for other in self._entries.values()]
        containing = sum(term in terms for terms in fields)
        average = sum(len(terms) - terms.count(None) for terms in fields) / len(fields)
        own = entry.terms[field]
        length = len(own) - own.count(None)
        return idf(len(fields), containing) * saturation(own.count(term), length, average)


def _facet(entry: Entry, name: str) -> Sequence[str]:
    if name == "year":
        return year_facet(entry.first, entry.last)
    return next((tuple(dict.fromkeys(entry.keywords.get(f, ()))) for f in KEYWORD_FIELDS if f == name), ())
