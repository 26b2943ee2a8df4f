"""English words: possessives, acronyms with stops, prefixes, spellings, roots.

The words of ``data/english.toml`` come first, then British spellings are read as American ones, then endings are cut.
"""

from __future__ import annotations

import re
import threading
from functools import cache

import Stemmer

from migsearch.analysis import icu
from migsearch.data import table

_STOPPED_ACRONYM = re.compile(r"(?:[a-z]\.)+[a-z]")

# Prefixes that are written with a hyphen or joined; those that are as good words of their own are not among them.
# "un" is none: UN-Habitat.
PREFIXES = frozenset({"re", "co", "non", "pre", "anti", "inter", "multi", "sub", "trans", "intra", "bi"})

_ISE = re.compile("(.{3,})is(e|ed|es|ing|er|ers|ation|ations|ational)")


class _PerThread(threading.local):
    """The stemmer keeps the word that it works on."""

    def __init__(self) -> None:
        self.stemmer = Stemmer.Stemmer("english")
        self.stemmer.maxCacheSize = 0  # what is found is remembered with the word


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
    surface = table("english")["irregular"].get(surface, surface)
    if surface in protected():
        return surface
    return str(_snowball.stemmer.stemWord(_american(surface)))


def _american(surface: str) -> str:
    """Return the American spelling of a word: ``recognised`` becomes ``recognized``, ``labourers`` ``laborers``."""
    for length in range(len(surface), 3, -1):
        spelling = table("english")["spellings"].get(surface[:length])
        if spelling:
            return str(spelling) + surface[length:]
    match = _ISE.fullmatch(surface)
    if match and not surface.startswith(_spelt_with_s()):
        return f"{match[1]}iz{match[2]}"
    return surface


@cache
def _spelt_with_s() -> tuple[str, ...]:
    return tuple(table("english")["words"]["ise"])


def joined_prefix(first: str, second: str) -> bool:
    """Tell whether words that a hyphen parts are a prefix and its word: ``re-integration``, ``co-operation``."""
    return first in PREFIXES and len(second) > 3 and second.isalpha()


@cache
def protected() -> frozenset[str]:
    """Return the names of one word, which no stemmer may cut: countries, languages, and those that are listed."""
    names = (*icu.territory_names("en").values(), *icu.language_names("en").values())
    listed: list[str] = table("english")["words"]["names"]
    return frozenset((*(icu.fold(name) for name in names if name.isalpha()), *listed))
