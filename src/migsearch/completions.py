"""Words of an index that begin as what was typed, written as its documents write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.icu import fold
from migsearch.analysis.words import knowledge
from migsearch.engine.base import Engine
from migsearch.query import tree
from migsearch.records import from_record

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_READ = 3  # documents that are asked for the spelling of a word


def completions(prefix: str, engine: Engine, limit: int) -> list[str]:
    """Return words that begin so, those of most documents first, Persian ones with ZWNJ where it belongs."""
    for beginning in _beginnings(prefix):
        terms = engine.terms("surface", beginning)
        if terms:
            best = sorted(terms, key=lambda term: (-terms[term], term))[:limit]
            return [_written(term, engine) if knowledge(term).language == "fa" else term for term in best]
    return []


def _beginnings(prefix: str) -> Iterator[str]:
    """Yield what terms may begin with: a word as it is typed so far may be none, as its beginning with ZWNJ is not."""
    if _ZWNJ in prefix:
        yield fold(prefix).replace(_ZWNJ, "")
    surfaces = analyze(prefix).surfaces
    if surfaces:
        yield surfaces[-1]


def _written(surface: str, engine: Engine) -> str:
    """Return a word with ZWNJ where those documents that have it most part it, by a space too; the rest is folded."""
    letters = f"[ {_ZWNJ}]?".join(map(re.escape, surface))
    spelling = re.compile(rf"(?<![\w{_ZWNJ}]){letters}(?![\w{_ZWNJ}])")
    found = engine.find(tree.Term("surface", surface), limit=_READ)
    documents = (from_record(record) for record, _ in found.page)
    spellings = Counter(
        written.replace(" ", _ZWNJ)
        for document in documents
        for written in spelling.findall(fold(f"{document.title}\n{document.text}"))
    )
    return next((written for written, _ in spellings.most_common(1)), surface)
