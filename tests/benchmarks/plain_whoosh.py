"""Whoosh as a user would set it up: one text field, its standard analyser, its stemming analyser for English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.datasets import Dataset
from benchmarks.unavailable import Unavailable


@contextmanager
def opened(dataset: Dataset, folder: Path) -> Iterator[_Searcher]:
    """Index a set; BM25F with the defaults."""
    try:
        from whoosh import analysis, fields, index
    except ImportError as error:
        raise Unavailable(str(error)) from None
    analyzer = analysis.StemmingAnalyzer() if dataset.language == "en" else analysis.StandardAnalyzer()
    schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=analyzer))
    made = index.create_in(str(folder), schema)
    with made.writer(limitmb=256) as writer:
        for text in dataset.texts:
            writer.add_document(id=text.id, text=text.whole)
    with made.searcher() as searcher:
        yield _Searcher(searcher, schema)


class _Searcher:
    def __init__(self, searcher: Any, schema: Any) -> None:  # Whoosh has no type hints
        from whoosh.qparser import OrGroup, QueryParser, WhitespacePlugin

        self._searcher = searcher
        self._parser = QueryParser("text", schema, plugins=[WhitespacePlugin()], group=OrGroup)

    def search(self, query: str, limit: int) -> list[str]:
        return [hit["id"] for hit in self._searcher.search(self._parser.parse(query), limit=limit)]
