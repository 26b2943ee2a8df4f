"""SQLite's full text search: unicode61, with the Porter stemmer for English."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.datasets import Dataset
from benchmarks.unavailable import Unavailable


@contextmanager
def opened(dataset: Dataset, folder: Path) -> Iterator[_Searcher]:
    """Index a set; BM25 with the defaults."""
    tokenizer = "porter unicode61" if dataset.language == "en" else "unicode61"
    with closing(sqlite3.connect(folder / "texts.db")) as connection:
        try:
            connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text, tokenize='{tokenizer}')")
        except sqlite3.OperationalError as error:
            raise Unavailable(f"SQLite {sqlite3.sqlite_version}: {error}") from None
        connection.executemany("INSERT INTO texts VALUES (?, ?)", ((text.id, text.whole) for text in dataset.texts))
        connection.commit()
        yield _Searcher(connection)


class _Searcher:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(self, query: str, limit: int) -> list[str]:
        # Each word in quotation marks, so that none is read as an operator; what unicode61 parts is a phrase then.
        words = " OR ".join('"{}"'.format(word.replace('"', "")) for word in _words(query))
        rows = self._connection.execute(
            "SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (words or '""', limit)
        )
        return [id for (id,) in rows]


def _words(query: str) -> list[str]:
    """Return the words that FTS5 would find in a text: its tokens are letters and digits."""
    return "".join(character if character.isalnum() else " " for character in query).split()
