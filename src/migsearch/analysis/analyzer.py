"""The one way from text to tokens, for documents and queries alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from migsearch.analysis import english, icu, persian
from migsearch.model import Span, Token

_ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}\N{ARABIC LETTER TTEH}-\N{ARABIC LETTER AE}]")
_LATIN = re.compile("[a-z]")
# UAX #29 keeps these inside a word. ZWNJ parts the parts of a Persian word; the others, mostly, two words with
# a forgotten space: "sides.The", "مهاجرت.وی", "anwari_morr", "Dec 12,2022", "۱۴۰۰،۱۴۰۱". Only the commas that group
# the digits of one number stay in it.
_SEPARATORS = (
    r"\s\N{ZERO WIDTH NON-JOINER}._:;,\N{MIDDLE DOT}\N{HYPHENATION POINT}\N{FRACTION SLASH}"
    r"\N{ARABIC COMMA}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}"
)
_GROUPING = r"(?<=\d)[,\N{ARABIC THOUSANDS SEPARATOR}](?=\d{3}(?!\d))"
_PARTS = re.compile(f"(?:[^{_SEPARATORS}]|{_GROUPING})+")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")


class _Word(NamedTuple):
    """A written word with its place; ``stem`` is what remains of it without the endings that stand apart."""

    surface: str
    stem: str
    start: int
    end: int


def analyze(text: str) -> list[Token]:
    """Return the tokens of a text in order.

    Spelling is folded by ICU; an ending or prefix that a Persian writer set apart by ZWNJ or a space joins its
    word, so that the three spellings of one word give one token; spans are code points of ``text``.
    """
    tokens = []
    for word in _joined(text, list(_words(text))):
        root, language = _root(word.stem)
        tokens.append(Token(word.surface, root, Span(word.start, word.end), language))
    return tokens


def _words(text: str) -> Iterator[_Word]:
    for start, end in icu.word_spans(text):
        raw = text[start:end]
        if raw.isalnum() or _ACRONYM.fullmatch(raw):  # nearly all
            surface = _surface(raw)
            if surface:
                yield _Word(surface, surface, start, end)
            continue
        for part in _PARTS.finditer(raw):
            surface = _surface(part.group())
            if surface:
                yield _Word(surface, surface, start + part.start(), start + part.end())


def _joined(text: str, words: list[_Word]) -> Iterator[_Word]:
    """Join the affixes that stand apart to their words."""
    position = 0
    while position < len(words):
        before = words[position - 1].surface if position else ""
        word = words[position]
        position += 1
        while position < len(words) and (longer := _with_affix(text, before, word, words[position])):
            word = longer
            position += 1
        yield word


def _with_affix(text: str, before: str, word: _Word, following: _Word) -> _Word | None:
    """Join two words if one is an affix of the other; ``before`` is the word before them."""
    gap = text[word.end : following.start]
    if gap.strip(" \N{NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}") or not _ARABIC.search(word.surface):
        return None
    surface = word.surface + following.surface
    after_zwnj = "\N{ZERO WIDTH NON-JOINER}" in gap
    # The letters of an acronym as they are spoken are no endings: "آی‌او‌ام".
    if persian.is_suffix(following.surface, after_zwnj and len(word.stem) > 2):
        # Written in one, "بیشتر" and "آنها" are words of the list, and keep their ending.
        stem = surface if surface in persian.protected() else word.stem
        return _Word(surface, stem, word.start, following.end)
    if persian.is_verb_prefix(word.surface, following.surface, "" if after_zwnj else before):
        return _Word(surface, surface, word.start, following.end)
    return None


@lru_cache(maxsize=100_000)
def _surface(raw: str) -> str:
    # One character can stand for a phrase with its spaces (U+FDFA), and a term has none.
    folded = "".join(icu.fold(raw).split())
    if _ARABIC.search(folded):
        return folded
    # Digits are grouped by commas, in Persian by U+066C; what remains of a folded word are letters and digits.
    return english.surface(folded).replace(",", "").replace("\N{ARABIC THOUSANDS SEPARATOR}", "")


@lru_cache(maxsize=200_000)
def _root(surface: str) -> tuple[str, str]:
    """Return the root of a surface form and the language that it was found by."""
    if _ARABIC.search(surface):
        return persian.root(surface), "fa"
    if _LATIN.search(surface):
        return english.root(surface), "en"
    return surface, ""
