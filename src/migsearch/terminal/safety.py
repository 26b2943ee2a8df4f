"""Makes text from documents safe to print.

A title may hold escape codes that would repaint the screen, or bidirectional controls that would show a
sentence in another order than it is stored. Every string from outside passes through :func:`clean` or
:func:`clean_spans`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

MOST_MARKS = 8
"""Marks and joiners that are printed of those on one letter: Persian writes two; towers of them reach other lines."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
_LINE_ENDS = frozenset("\t\n\v\f\r\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")


def clean(text: str) -> str:
    """Return one line of text without anything that a terminal would obey instead of showing.

    Line ends and tabs become one space, control characters U+FFFD, and invisible formatting is dropped; the
    two joiners stay, since Persian spelling needs them, but one is enough, and so are some marks on a letter.
    """
    return "".join(_printable_parts(text))


def clean_spans(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Return ``text`` cleaned and ``spans`` moved along with the characters that they cover."""
    parts = list(_printable_parts(text))
    moved = list(accumulate(map(len, parts), initial=0))
    return "".join(parts), [(moved[start], moved[min(end, len(text))]) for start, end in spans]


def _printable_parts(text: str) -> Iterator[str]:
    """Yield for each character what is printed for it, perhaps nothing."""
    before = ""
    attached = 0  # to the letter before, without a width of their own
    for character in text:
        part = _printable(character)
        if character in _LINE_ENDS and before == " ":
            part = ""  # a paragraph break is one space, too
        if part in _JOINERS and before in _JOINERS:
            part = ""
        if part:
            attached = attached + 1 if _is_attached(part) else 0
            part = part if attached <= MOST_MARKS else ""
        before = part or before
        yield part


@lru_cache(maxsize=1 << 12)
def _printable(character: str) -> str:
    if character in _LINE_ENDS:
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cs"):
        return REPLACEMENT
    if category == "Cf" and character not in _JOINERS and unicodedata.bidirectional(character) != "AN":
        return ""  # all but the Arabic signs that enclose a number, which are drawn
    return character


@lru_cache(maxsize=1 << 12)
def _is_attached(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) in ("Mn", "Me")
