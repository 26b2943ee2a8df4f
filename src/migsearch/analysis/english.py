"""English words: possessives, acronyms with stops, prefixes, spellings, roots.

The words of ``data/english.toml`` come first, then British spellings are read as American ones, then endings are cut.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import cache

import Stemmer

from migsearch.analysis import icu
from migsearch.data import lines, table

_STOPPED_ACRONYM = re.compile(r"(?:[a-z]\.)+[a-z]")

# Prefixes that are written with a hyphen or joined; those that are as good words of their own are not among them.
# "un" is none: UN-Habitat.
PREFIXES = frozenset({"re", "co", "non", "pre", "anti", "inter", "multi", "sub", "trans", "intra", "bi"})

# Cities of America bear ordinary words: "Center", "Resolute".
_OLD_WORLD = ("Africa/", "Asia/", "Europe/")

_LEAST_SPELT = 4  # letters of a word whose spelling differs
_ISE = re.compile("(.{3,})is(e|ed|es|ing|er|ers|ation|ations|ational)")


_REGULAR = (("s", ""), ("es", ""), ("ies", "y"), ("ly", ""))  # endings, and what stands in their place
_REGULAR_LETTERS = ("s", "y")  # in which they end
# "Lebanese", "Israeli", "Icelander"; those in "-an" are not cut.
_OF_COUNTRY = ("er", "i", "ic")


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
    surface = _irregular().get(surface, surface)
    american = _american(surface)
    kept = _kept(surface) or (american != surface and _kept(american))
    return kept or str(_snowball.stemmer.stemWord(american))


def _kept(word: str) -> str | None:
    """Return the protected word that a word is or is a regular form of: "germanies", "importantly"."""
    if word in protected():
        return word
    if not word.endswith(_REGULAR_LETTERS):
        return None
    forms = (word[: len(word) - len(ending)] + place for ending, place in _REGULAR if word.endswith(ending))
    return next((form for form in forms if form in protected()), None)


def _american(surface: str) -> str:
    """Return the American spelling of a word: ``recognised`` becomes ``recognized``, ``labourers`` ``laborers``."""
    spellings = _spellings()
    if surface[:_LEAST_SPELT] in spellings:
        longest_first = (surface[:length] for length in range(len(surface), _LEAST_SPELT - 1, -1))
        british = next((word for word in longest_first if spellings.get(word)), None)
        if british is not None:
            return spellings[british] + surface[len(british) :]
    match = _ISE.fullmatch(surface)
    if match and not surface.startswith(_spelt_with_s()):
        return f"{match[1]}iz{match[2]}"
    return surface


@cache
def _irregular() -> dict[str, str]:
    return dict(table("english")["irregular"])


@cache
def _spellings() -> dict[str, str]:
    """Return the American spellings of British words, and nothing for the beginnings of these."""
    spellings: dict[str, str] = table("english")["spellings"]
    return dict.fromkeys((word[:_LEAST_SPELT] for word in spellings), "") | spellings


@cache
def _spelt_with_s() -> tuple[str, ...]:
    return tuple(table("english")["words"]["ise"])


def joined_prefix(first: str, second: str) -> bool:
    """Tell whether words that a hyphen parts are a prefix and its word: ``re-integration``, ``co-operation``."""
    return first in PREFIXES and len(second) > 3 and second.isalpha()


@cache
def protected() -> frozenset[str]:
    """Return the words that no stemmer may cut: names of one word, and the words that it takes for others.

    The names are those of countries, their people, languages, cities and towns, and those that are listed.
    """
    countries = _words(icu.territory_names("en").values())
    people = (country + ending for country in countries for ending in _OF_COUNTRY)
    cities = (name for zone, name in icu.city_names("en").items() if zone.startswith(_OLD_WORLD))
    towns = (word for word in lines("towns.txt") if word.isascii())
    names = (*countries, *people, *_words(icu.language_names("en").values()), *_words(cities), *towns)
    return frozenset((*names, *table("english")["words"]["names"], *table("english")["words"]["apart"]))


def _words(names: Iterable[str]) -> list[str]:
    return [word for word in icu.fold_each(names) if word.isalpha()]
