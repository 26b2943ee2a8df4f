"""Words that mean one thing: the Persian of Afghanistan and of Iran, spellings of loan words, British and American.

The tables are ``data/equivalents.toml`` and, for months, countries and languages, CLDR. All are looked up by the roots
that :func:`~migsearch.analysis.analyzer.analyze` gives, so that every form and spelling of a word has its equivalents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Any, NamedTuple

from migsearch.analysis import icu, persian
from migsearch.analysis.analyzer import analyze
from migsearch.analysis.derived import derived
from migsearch.data import table

Roots = tuple[str, ...]

_PERSIAN = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER FARSI YEH}]")  # and neither Latin nor Russian
_LABEL = re.compile(r"[-،,()]")


@dataclass(frozen=True, slots=True)
class Alternative:
    """What may stand for a word: its root, or the roots of a phrase, and how much a match of it counts."""

    roots: Roots
    weight: float


class _Group(NamedTuple):
    words: Sequence[str]
    weight: float


def alternatives(root: str) -> tuple[Alternative, ...]:
    """Return what means the same as a word, or may be another form of one that is in no list; never the word itself."""
    weight = table("equivalents")["unknown"]["weight"]
    return (*_equivalents_of((root,)), *(Alternative((guess,), weight) for guess in persian.guesses(root)))


def phrase_alternatives(roots: Sequence[str]) -> list[tuple[int, int, Alternative]]:
    """Return what means the same as several words of a query that stand together, with start and length of these.

    Takes the roots of all words, stop words too. Some months are far oftener other words; they are found here,
    with a length of 1, where a number or the word month stands beside them.
    """
    found: list[tuple[int, int, Alternative]] = []
    end = 0
    for start in range(len(roots)):
        # The longest wins: no "صحت عامه" inside "وزارت صحت عامه".
        for length in range(min(_longest(), len(roots) - start), max(1, end - start), -1):
            if same := _equivalents_of(roots[start : start + length]):
                found += ((start, length, alternative) for alternative in same)
                end = start + length
                break
        if _beside_date_word(roots, start):
            found += ((start, 1, alternative) for alternative in _ambiguous_months().get((roots[start],), ()))
    return found


def _beside_date_word(roots: Sequence[str], position: int) -> bool:
    beside = (*roots[max(position - 1, 0) : position], *roots[position + 1 : position + 2])
    return any(root.isdecimal() or root in _month_words() for root in beside)


def _equivalents_of(roots: Sequence[str]) -> tuple[Alternative, ...]:
    """Return what means the same as words that stand together."""
    return tuple(Alternative(tuple(other), weight) for other, weight in _equivalents().get(" ".join(roots), ()))


@cache
def _equivalents() -> dict[str, list[list[Any]]]:
    """Return what means the same as some roots, parted by a space: the roots and weight of each, as JSON has them."""
    # Some two thousand words are analysed: half of the time of a first search.
    return derived("equivalents", _listed)


def _listed() -> dict[str, list[list[Any]]]:
    listed = (
        _Group(words, section["weight"])
        for section in table("equivalents").values()
        if "groups" in section
        for words in section["groups"]
    )
    months = (group for group in _months() if not _is_ambiguous(group))
    by_roots = _by_roots((*listed, *months, *_names()))
    return {" ".join(roots): [[[*same.roots], same.weight] for same in found] for roots, found in by_roots.items()}


@cache
def _ambiguous_months() -> dict[Roots, tuple[Alternative, ...]]:
    return _by_roots(filter(_is_ambiguous, _months()))


@cache
def _longest() -> int:
    return max(roots.count(" ") + 1 for roots in _equivalents())


@cache
def _month_words() -> frozenset[str]:
    return frozenset(_roots(word)[0] for word in table("equivalents")["cldr"]["month_words"])


def _by_roots(groups: Iterable[_Group]) -> dict[Roots, tuple[Alternative, ...]]:
    """Join each word of a group with the others; spellings come first, and stand for each other in later groups."""
    weights: defaultdict[Roots, dict[Roots, float]] = defaultdict(dict)
    for group in sorted(groups, key=lambda group: -group.weight):
        members = dict.fromkeys(filter(None, map(_roots, group.words)))
        for member in tuple(members):
            members |= {other: None for other, weight in weights[member].items() if weight == 1}
        for one, other in permutations(members, 2):
            # Where "وزارت صحت عامه" stands, "وزارت صحت" does: finding both says nothing more.
            if not _stands_in(one, other) and not _stands_in(other, one):
                weights[one].setdefault(other, group.weight)
    return {
        roots: tuple(Alternative(other, weight) for other, weight in others.items())
        for roots, others in weights.items()
        if others
    }


def _stands_in(part: Roots, whole: Roots) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


def _roots(words: str) -> Roots:
    return tuple(token.root for token in analyze(words))


def _months() -> Iterator[_Group]:
    """Yield the names of each month in Iran and Afghanistan: from CLDR, and the spellings that dates are read by."""
    rules = table("equivalents")["cldr"]
    for calendar in ("gregorian", "solar"):
        iranian, afghan = (icu.month_names(calendar, locale) for locale in ("fa", "fa_AF"))
        for month in range(12):
            # The first name is the full one. Pashto stands among the spellings of Solar months: CLDR alone for these.
            spellings = table("months")[calendar][month] if calendar == "gregorian" else ()
            persian = (word for word in spellings if _PERSIAN.match(word))
            yield _Group((iranian[month][0], afghan[month][0], *persian), rules[f"{calendar}_weight"])


def _is_ambiguous(month: _Group) -> bool:
    also_words = {_roots(word) for word in table("equivalents")["cldr"]["also_words"]}
    return any(_roots(name) in also_words for name in month.words)


def _names() -> Iterator[_Group]:
    """Yield the countries and languages that CLDR names otherwise in Afghanistan than in Iran."""
    rules = table("equivalents")["cldr"]
    for names, skip in ((icu.territory_names, "skip_territories"), (icu.language_names, "skip_languages")):
        iranian, afghan = names("fa"), names("fa_AF")
        for code in iranian.keys() - set(rules[skip]):
            pair = (iranian[code], afghan[code])
            # "کنگو - کینشاسا" and "هنگ‌کنگ، منطقهٔ ویژهٔ اداری چین" are labels, which no text uses.
            if not _LABEL.search(" ".join(pair)):
                yield _Group(pair, rules["names_weight"])
