"""migsearch, by its public functions alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import migsearch
from benchmarks.datasets import Dataset

_SIGNS = re.compile(r'["“”«»()|*:]')  # what the query language reads as more than a word
_MARK = re.compile(r"(?<!\S)[-+]+|&&")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")


@contextmanager
def opened(dataset: Dataset, folder: Path, sort: Literal["relevance", "words"] = "relevance") -> Iterator[_Searcher]:
    """Index a set with its titles, texts and language.

    An organisation is given, so that none is looked for: it would double the time, and has no part in ranking.
    """
    with migsearch.open(folder / "index", create=True) as index:
        index.add(
            migsearch.Document(
                id=text.id,
                title=text.title,
                text=text.body,
                language=dataset.language,
                organisations=("none",),
            )
            for text in dataset.texts
        )
        yield _Searcher(index, sort)


class _Searcher:
    def __init__(self, index: migsearch.Index, sort: Literal["relevance", "words"]) -> None:
        self._index = index
        self._sort: Literal["relevance", "words"] = sort

    def search(self, query: str, limit: int) -> list[str]:
        hits = self._index.search(bare(query), limit=limit, facets=(), snippets=False, sort=self._sort)
        return [hit.document.id for hit in hits]


def bare(query: str) -> str:
    """Return the query as words alone: without quotation marks, fields, exclusions and other signs."""
    query = _MARK.sub(" ", _SIGNS.sub(" ", query))
    return _OPERATOR.sub(lambda operator: operator[0].lower(), query)
