"""English words: possessives, acronyms with stops, roots."""

from __future__ import annotations

import re
import threading
from functools import cache

import snowballstemmer

from migsearch.analysis import icu

_STOPPED_ACRONYM = re.compile(r"(?:[a-z]\.)+[a-z]")


class _PerThread(threading.local):
    """The stemmer keeps the word that it works on."""

    def __init__(self) -> None:
        self.stemmer = snowballstemmer.stemmer("english")


_snowball = _PerThread()


def surface(folded: str) -> str:
    """Return a folded word without its possessive; ``u.s`` becomes ``us``."""
    if _STOPPED_ACRONYM.fullmatch(folded):
        folded = folded.replace(".", "")
    return folded.removesuffix("'s").replace("'", "")


def root(surface: str) -> str:
    """Return what the inflected forms of a word share: Porter's second English stemmer, names excepted.

    Source: https://snowballstem.org/algorithms/english/stemmer.html
    """
    if surface in protected():
        return surface
    return str(_snowball.stemmer.stemWord(surface))


@cache
def protected() -> frozenset[str]:
    """Return the country and language names of one word, which no stemmer may cut."""
    names = (*icu.territory_names("en").values(), *icu.language_names("en").values())
    return frozenset(icu.fold(name) for name in names if name.isalpha())
