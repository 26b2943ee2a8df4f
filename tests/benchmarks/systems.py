"""What is compared: the protocol of a system, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from benchmarks import bm25, fts5, lucene, ours, plain_whoosh
from benchmarks.datasets import Dataset
from benchmarks.unavailable import Unavailable


class Searcher(Protocol):
    """An index of one set."""

    def search(self, query: str, limit: int) -> list[str]:
        """Return the ids of the best texts for a query, best first; every sign in it is read as part of a word."""
        ...


Opener = Callable[[Dataset, Path], AbstractContextManager[Searcher]]

OURS = "migsearch"

SYSTEMS: dict[str, Opener] = {
    OURS: ours.opened,
    "words": partial(ours.opened, sort="words"),
    "lucene": lucene.opened,
    "hazm": bm25.opened_hazm,
    "snowball": bm25.opened_snowball,
    "fts5": fts5.opened,
    "whoosh": plain_whoosh.opened,
}
"""migsearch, once more by the words of the query alone, and its peers by name, each with the function that indexes a
set in an empty folder and opens it."""


@contextmanager
def opened(name: str, dataset: Dataset) -> Iterator[Searcher]:
    """Index a set by a system and open it; raises :class:`Unavailable` if the system is not to be had."""
    with TemporaryDirectory(prefix="migsearch-bench-") as folder, SYSTEMS[name](dataset, Path(folder)) as searcher:
        yield searcher


__all__ = ["OURS", "SYSTEMS", "Searcher", "Unavailable", "opened"]
