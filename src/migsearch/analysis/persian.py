"""Persian words: affixes that stand apart, roots.

A light stemmer of inflection only: plurals, ezafe, clitics, comparatives. It never cuts a word down to fewer
than three letters, and never cuts a name or a word of ``data/persian.toml``. All words here are folded.
"""

from __future__ import annotations

import re
from functools import cache

from migsearch.analysis import icu
from migsearch.data import table

_CLITICS = "(?:ی|یی|ای|ایی|ام|ات|اش|م|ت|ش|مان|تان|شان|یم|یت|یش|یمان|یتان|یشان|ند|اند)"

# Suffixes that are also written apart, after a space or ZWNJ.
_LOOSE_SUFFIX = re.compile(f"ها{_CLITICS}?|گان|تر|ترین|ترها")
# Suffixes that are written apart only after ZWNJ: with a space before them they are words of their own.
_BOUND_SUFFIX = re.compile(f"{_CLITICS}|ان|ین|ات|گانی|ترینها")
_VERB_PREFIXES = frozenset({"می", "نمی"})
_FINITE_VERB = re.compile(r"\w{2,}(?:م|ی|د|یم|ید|ند)|\w{2,}(?:ست|شت|خت|فت)")
# "۲۵ می کمیساریای عالی ..." is a day in May, "به ۲۵ می رسد" is a number that was reached.
_DAY = re.compile(r"\d{1,2}|ماه")
_AFTER_NUMBERS = re.compile("رس(?:د|ند|ید|یدند)|(?:شو|باش|گرد|کن)(?:د|ند)")

_MIN_ROOT = 3
# What ends a word, what stands there in its root, and how many letters must be left. The first that fits is
# taken; the list is walked once for each layer of inflection.
_SUFFIXES = (
    (re.compile("های(?:م|ت|ش|مان|تان|شان|ی)?$"), "", _MIN_ROOT),
    (re.compile("ها$"), "", _MIN_ROOT),
    (re.compile("ترین$"), "", _MIN_ROOT),
    (re.compile("تر$"), "", _MIN_ROOT),
    (re.compile("ه?گان$"), "ه", _MIN_ROOT),
    (re.compile("یات$"), "یت", _MIN_ROOT),
    (re.compile("ات$"), "", 4),
    (re.compile("ین$"), "", 4),
    (re.compile("یان$"), "ی", _MIN_ROOT),
    (re.compile("ان$"), "", _MIN_ROOT),
    (re.compile("(?<=[او])ی$"), "", _MIN_ROOT),
)


def is_suffix(word: str, after_zwnj: bool) -> bool:
    """Tell whether a word is an ending of the word before it, from which a space or ZWNJ parts it."""
    return bool(_LOOSE_SUFFIX.fullmatch(word) or (after_zwnj and _BOUND_SUFFIX.fullmatch(word)))


def is_verb_prefix(word: str, following: str, before: str = "") -> bool:
    """Tell whether ``می`` or ``نمی`` belongs to the word after it; else it is May, as it mostly is after a day."""
    may = word == "می" and _DAY.fullmatch(before) and not _AFTER_NUMBERS.fullmatch(following)
    return word in _VERB_PREFIXES and not may and bool(_FINITE_VERB.fullmatch(following))


def root(surface: str) -> str:
    """Return what the inflected forms of a word share."""
    word = surface
    while (shorter := _without_suffix(word)) != word:
        word = shorter
    return word


def _without_suffix(word: str) -> str:
    if word in _irregular():
        return _irregular()[word]
    if word in protected():
        return word
    for suffix, replacement, least in _SUFFIXES:
        match = suffix.search(word)
        if match and match.start() >= least:
            return word[: match.start()] + replacement
    return word


@cache
def protected() -> frozenset[str]:
    """Return the words that end like an inflected form and are none, and the names of countries and languages."""
    names = [
        *icu.territory_names("fa").values(),
        *icu.territory_names("fa_AF").values(),
        *icu.language_names("fa").values(),
        *table("persian")["names"],
    ]
    words = (word for name in names for word in re.split(r"[\s\N{ZERO WIDTH NON-JOINER}()\-،]+", name))
    return frozenset(icu.fold(word) for word in (*words, *table("persian")["words"]) if len(word) > 2)


@cache
def _irregular() -> dict[str, str]:
    """Return the singular of each plural that no ending tells."""
    return {icu.fold(plural): icu.fold(singular) for plural, singular in table("persian")["irregular"].items()}
