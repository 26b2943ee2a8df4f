"""Whether a date may stand in a text: the cheap look before the costly one.

Every form of a date has three numbers that signs join, or the name of a month, or the word month, with a number near
it. So a text becomes a string of a letter for each of its words and numbers, in which one pattern tells.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import repeat

from migsearch.ingest.date_words import likely_kinds, month_names, unmarked

_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|[0-9]+")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = r"[^\d\s:,]{0,4}[-/.][^\d\s:,]{0,4}"
_THREE_NUMBERS = re.compile(rf"[0-9]{{1,4}}{_SIGN}[0-9]{{1,2}}{_SIGN}[0-9]{{1,4}}(?![0-9])")

# A word's letter is its kind, see :mod:`.date_words`; ``n`` is a number that could be a day, ``y`` one that could be a
# year, ``x`` what has no part here. Names of months differ in what numbers they need beside them.
_LETTERS = {**{kind: ord(kind) for kind in "mvcruUk"}, "M": ord("m"), "l": ord("m")}
_OTHER = ord("x")
_YEARS = range(1300, 2100)
# What stands between in any form, and some words more: months of two or three words, numbers in words.
_NEAR = re.compile(
    rb"[nyuU].{0,6}m|m.{0,6}[nyuU]|[nyU].{0,3}v|u.{0,3}v.{0,3}[kyuU]|v.{0,4}[ny]|v.{0,3}k[uU]|c.{0,2}r|r.{0,2}c"
)


def may_have_date(text: str) -> bool:
    """Tell whether a date may stand in a text that is spelled one way; where none may, no form of one matches."""
    return _THREE_NUMBERS.search(text) is not None or _NEAR.search(_letters_of(text)) is not None


def may_have_year(text: str) -> bool:
    """Tell whether a text that is spelled one way may name a year."""
    return not set(b"yuU").isdisjoint(_letters_of(text))


def months_in(text: str) -> frozenset[str]:
    """Return the names of months in a text that is spelled one way, seldom ones left out."""
    return month_names().intersection(_WORD.findall(text))


def _letters_of(text: str) -> bytes:
    words = _WORD_OR_NUMBER.findall(unmarked(text).casefold())
    return bytes(map(_letters().get, words, repeat(_OTHER)))


@cache
def _letters() -> dict[str, int]:
    letters = {word: _LETTERS[kind] for word, kind in likely_kinds().items() if kind in _LETTERS}
    letters |= {f"{day:0{digits}}": ord("n") for day in range(100) for digits in (1, 2)}
    return letters | {str(year): ord("y") for year in _YEARS}
