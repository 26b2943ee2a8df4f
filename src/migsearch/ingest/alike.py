"""Texts that read nearly the same, as a notice that was sent again with two words changed.

Two texts are alike if they share most of their runs of four words, by Jaccard's measure: the runs that both have over
those that either has. That few have to be compared, each text has a sketch of its runs with the smallest hashes; texts
that are alike have hardly ever none of these in common (Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import nsmallest
from zlib import crc32

from migsearch.analysis.analyzer import analyze
from migsearch.model import Document

ALIKE = 0.7
"""Jaccard's measure from which on texts are alike: of a text of 150 words, some five words were changed."""

_RUN = 4  # words
_LEAST = 20  # runs of a text; shorter ones are alike by chance
_SKETCH = 8  # runs; where 0.7 are common, one in fifteen thousand texts has none of 8 in common
_HASH = 8  # letters of a hash
_MIXER = 0x9E3779B1  # an odd number near 2**32 over the golden ratio (Knuth 6.4): smallest ones of CRCs are not random
_KEPT = 16  # texts that are remembered by one run: of a notice sent daily, some are enough


def sketch(words: Sequence[str]) -> str:
    """Return the sketch of a text by its words; empty if there are too few."""
    runs = _runs(words)
    if len(runs) < _LEAST:
        return ""
    hashes = {crc32(" ".join(run).encode()) * _MIXER & 0xFFFFFFFF for run in runs}
    return "".join(f"{number:0{_HASH}x}" for number in nsmallest(_SKETCH, hashes))


def are_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two texts, given by their words, are alike."""
    runs, other_runs = _runs(words), _runs(others)
    either = len(runs | other_runs)
    return either > 0 and len(runs & other_runs) >= ALIKE * either


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(words[start:] for start in range(_RUN)), strict=False))


class Sketches:
    """The sketches of many texts."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {}

    def add(self, id: str, sketch: str) -> None:
        """Remember the sketch of a text."""
        for part in _parts(sketch):
            ids = self._ids.setdefault(part, [])
            if id not in ids and len(ids) < _KEPT:
                ids.append(id)

    def remove(self, id: str, sketch: str) -> None:
        """Forget the sketch of a text."""
        for part in _parts(sketch):
            ids = self._ids.get(part, [])
            if id in ids:
                ids.remove(id)

    def near(self, sketch: str) -> list[str]:
        """Return the ids of texts that may be alike, those that have most in common first."""
        shared: dict[str, int] = {}
        for part in _parts(sketch):
            for id in self._ids.get(part, ()):
                shared[id] = shared.get(id, 0) + 1
        return sorted(shared, key=lambda id: (-shared[id], id))[:_KEPT]


def marked(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield documents with the ids of those before them that they are alike to; the words of all are held in memory."""
    sketches, words = Sketches(), dict[str, Sequence[str]]()
    for document in documents:
        own = words[document.id] = analyze(document.text).surfaces
        found = sketch(own)
        near = sketches.near(found)
        sketches.add(document.id, found)
        yield replace(document, alike=tuple(id for id in near if are_alike(own, words[id])))


def _parts(sketch: str) -> Iterator[str]:
    return (sketch[start : start + _HASH] for start in range(0, len(sketch), _HASH))
