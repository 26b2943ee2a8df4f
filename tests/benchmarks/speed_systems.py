"""What the speed bench compares: migsearch and its peers, each of which stores its documents and gives them back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.speed_peers import TOP, Fts5, PlainWhoosh, Tantivy, Xapian
from benchmarks.speed_texts import Query, Text


class System(Protocol):
    """An index in a folder."""

    def __init__(self, folder: Path) -> None: ...

    def build(self, texts: Iterable[Text]) -> None:
        """Index documents, in one process and one commit."""
        ...

    def open(self) -> None:
        """Open the index to search."""
        ...

    def search(self, query: Query) -> int:
        """Find the best documents with what is stored of them; returns how many were given back."""
        ...


class Migsearch:
    """migsearch by its public functions: full analysis, dates, organisations, stored text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, texts: Iterable[Text]) -> None:
        import migsearch

        with migsearch.open(self._folder, create=True) as index:
            index.add(
                migsearch.Document(
                    id=text.id,
                    title=text.title,
                    text=text.body,
                    language=text.language,
                    date=migsearch.PartialDate.of(text.year, text.month, text.day) if text.year else None,
                )
                for text in texts
            )

    def open(self) -> None:
        import migsearch

        self._index = migsearch.open(self._folder)

    def commit(self, text: Text, copy: int) -> None:
        """Add one more document, in a commit of its own."""
        import migsearch

        document = migsearch.Document(id=f"{text.id} {copy}", title=text.title, text=text.body, language=text.language)
        self._index.add([document])

    def search(self, query: Query) -> int:
        words = query.words
        text = " ".join(words)
        options: dict[str, Any] = {"facets": (), "snippets": False}
        if query.kind == "AND 3":
            text = " ".join(f'"{word}"' for word in words)
        elif query.kind.startswith("phrase"):
            text = f'"{text}"'
        elif query.kind == "prefix":
            text += "*"
        elif query.kind == "date range":
            options |= {"since": query.years[0], "until": query.years[1]}
        elif query.kind == "facets + years":
            options["facets"] = ("year", "organisation", "language")
        elif query.kind == "snippets":
            options["snippets"] = True
        return len(self._index.search(text, limit=TOP, **options).hits)


OURS = "migsearch"

SYSTEMS: dict[str, Callable[[Path], System]] = {
    "tantivy": Tantivy,
    "fts5": Fts5,
    "xapian": Xapian,
    "whoosh": PlainWhoosh,
    OURS: Migsearch,
}
"""What is compared, by name."""
