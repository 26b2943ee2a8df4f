"""What the runs of a text, which white space parts, can be to a date: the cheap look before the costly one.

Every form of a date has three numbers that signs join, the name of a month, or the word month. What a run can be is
found once for each distinct one and remembered, so that a text without a date costs hardly more than to part it.
"""

from __future__ import annotations

import re
from enum import IntEnum

from migsearch.ingest.date_words import is_like, kinds_of_words, month_names, spelled, words_in

_REMEMBERED = 100_000
_SIGNS = "-/.,;:!?()\"'\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}" + (
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
_CORE = "Mmvlc"  # kinds of words
_TATWEEL = "\N{ARABIC TATWEEL}"
_LONGEST = 64  # code points of a run that is remembered
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_JOINED = re.compile(r"[-/.]\S+[-/.]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


class Part(IntEnum):
    """What a run can be to a date, from the least on."""

    NOTHING = 0
    YEAR = 1
    """At most the year that a text names."""
    CORE = 2
    """What every date has: the name of a month, the word month, or a number with two signs in it."""


class _Parts(dict[str, Part]):
    """What each run is; found when it is first asked for, and remembered."""

    def __missing__(self, run: str) -> Part:
        if len(self) >= _REMEMBERED:
            self.clear()
        part = _part_of_word(run)
        if part is None:
            part = _part(spelled(run))
        if len(run) <= _LONGEST:
            self[run] = part
        return part


def _part_of_word(run: str) -> Part | None:
    """Return what a run is that is a word with signs around it, ``None`` if it is not: this quick look does mostly."""
    word = run.strip(_SIGNS)
    if not word.isalpha() or _TATWEEL in word:
        return Part.NOTHING if not word else None
    kind = kinds_of_words().get(spelled(word).casefold(), "x")
    return Part.CORE if kind in _CORE else Part.YEAR if kind in "uU" else Part.NOTHING


def _part(run: str) -> Part:
    words = words_in(run)
    if any(is_like(word, _CORE) for word in words) or (_DIGIT.search(run) and _JOINED.search(run)):
        return Part.CORE
    if _YEAR.search(run) or any(is_like(word, "uU") for word in words):
        return Part.YEAR
    return Part.NOTHING


_parts = _Parts()


def part_in(text: str) -> Part:
    """Return the most that a run of a text can be to a date."""
    return max(map(_parts.__getitem__, text.split()), default=Part.NOTHING)


def months_in(text: str) -> frozenset[str]:
    """Return the names of months in a text that is spelled one way, seldom ones left out."""
    runs = (run for run in set(text.split()) if _parts[run] is Part.CORE)
    return month_names().intersection(word for run in runs for word in _LETTERS.findall(run))
