"""Whether a date may stand in a text: the cheap looks before the costly one.

Every form of a date has three numbers that signs join, or the name of a month, or the word month, with a number near
it. So a text becomes a string of a letter for each of its words and numbers, in which one pattern tells. The tokens of
a whole text tell it first, by what is known of their forms; then the words of a piece of it, as they stand there.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import repeat

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.vocabulary import Form, FormTable
from migsearch.ingest.date_words import has_unseen, key, likely_kinds, month_names, spelled, unmarked

_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|[0-9]+")
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = r"(?:[^\d\s:,]{0,4}[-/.][^\d\s:,]{0,4}| (?:[-/] )?)"
_THREE_NUMBERS = re.compile(rf"[0-9]{{1,4}}{_SIGN}[0-9]{{1,2}}{_SIGN}[0-9]{{1,4}}(?![0-9])")

# A word's letter is its kind, see :mod:`.date_words`; ``n`` is a number that could be a day, ``y`` one that could be a
# year, ``x`` what has no part here. Names of months differ in what numbers they need beside them.
_LETTERS = {**{kind: ord(kind) for kind in "mvcruUk"}, "M": ord("m"), "l": ord("m")}
_OTHER, _NUMBER, _ANY = b"xd*"
_YEARS = range(1300, 2100)
# What stands between in any form, and some words more: months of two or three words, numbers in words.
_NEAR = re.compile(
    rb"[nyuU].{0,6}m|m.{0,6}[nyuU]|[nyU].{0,3}v|u.{0,3}v.{0,3}[kyuU]|v.{0,4}[ny]|v.{0,3}k[uU]|c.{0,2}r|r.{0,2}c"
)
# The same of tokens: there may be more of them, where a compound was parted, and fewer, where affixes were joined.
# ``d`` is any other number, as in "in April 7,500 people"; ``*`` is what may be several of these.
_NEAR_TOKENS = re.compile(
    rb"\*|[nyuU].{0,9}m|m.{0,9}[nyuU]|m.?d|[nyU].{0,5}v|u.{0,5}v.{0,5}[kyuU]|v.{0,6}[ny]|v.{0,5}k.?[uU]"
    rb"|c.{0,4}r|r.{0,4}c"
)
_NUMBERS = re.compile(rb"[nyd].{0,6}n.{0,6}[nyd]")


def tokens_may_have_date(text: str) -> bool:
    """Tell whether a date may stand in a text, by its tokens, which are remembered: where none may, none does."""
    if has_unseen(text):  # such signs part the words of dates, and no others
        return True
    letters = bytes(analyze(text).each(_FORM_LETTERS))
    if _NEAR_TOKENS.search(letters):
        return True
    return _NUMBERS.search(letters) is not None and _THREE_NUMBERS.search(spelled(text)) is not None


def _letter_of(form: Form) -> int:
    pieces = key(form.pieces) if form.pieces.isalpha() else spelled(form.pieces).casefold()
    letter = _token_letters().get(pieces)
    if letter is not None or pieces.isalpha():
        return letter or _OTHER
    letters = {_letter_of_piece(piece) for piece in _WORD_OR_NUMBER.findall(pieces)} - {_OTHER}
    return letters.pop() if len(letters) == 1 else _ANY if letters else _OTHER


def _letter_of_piece(piece: str) -> int:
    if piece.isdecimal():
        return _letters().get(piece, _NUMBER)
    return _token_letters().get(piece, _OTHER)


_FORM_LETTERS = FormTable(_letter_of)


@cache
def _token_letters() -> dict[str, int]:
    """Return the letters of words by the tokens that become of them, of a compound by its longest part."""
    words = [(word, letter) for word, letter in _letters().items() if not word.isdecimal()]
    return {key(max(analyze(word).surfaces, key=len)): letter for word, letter in words}


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
