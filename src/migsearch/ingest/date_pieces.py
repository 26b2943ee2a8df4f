"""The pieces of a text in which a date may stand: what surrounds numbers and names of months, and broken dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from migsearch.ingest.date_hints import months_in

_REACH = 48  # characters around a number in which the rest of its date stands
_LONGEST = 10_000  # characters that are read together, so that a table of numbers stays small in memory
_WRAPPED = 40  # characters of a line at least that goes on in the next one

_NUMBER = re.compile(r"\d+")
# A leaf of a calendar: day, month and year on two or three lines of their own.
_DAY, _NAME, _YEAR = r"[0-3]?\d", r"[^\W\d_]{3,12}[.,]?", r"\d{4}"
_SPACE, _BREAK = r"[ \t,]{1,4}", r"[ \t,]{0,4}\r?\n[ \t]{0,4}(?:\r?\n[ \t]{0,4})?"
_LEAF = re.compile(
    rf"^[ \t]{{0,4}}(?:{_DAY}(?:{_SPACE}{_NAME}{_BREAK}|{_BREAK}{_NAME}(?:{_BREAK}|{_SPACE}))"
    rf"|{_NAME}(?:{_SPACE}{_DAY}{_BREAK}|{_BREAK}{_DAY}(?:{_BREAK}|{_SPACE}))){_YEAR}\Z",
    re.MULTILINE,
)
_LEAF_LENGTH = 40


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text, already spelled one way, that have numbers or names of months in them."""
    start, end = 0, -1
    for first, last in sorted(_around_each(text)):
        if first > end or last - start > _LONGEST:
            if end > 0:
                yield start, end
            start = max(first, end)
        end = max(end, last)
    if end > 0:
        yield start, end


def _around_each(text: str) -> Iterator[tuple[int, int]]:
    for number in _NUMBER.finditer(text):
        first, last = number.span()
        if last - first in (1, 2, 4):
            yield _around(text, first, last)
        is_last = last - first == 4 and text[last : last + 1] in "\r\n"
        if is_last and (leaf := _LEAF.search(text, max(0, last - _LEAF_LENGTH), last)):
            yield leaf.span()
    # A day in words has no digit: it is found by its month.
    for month in months_in(text):
        for name in _whole(month).finditer(text):
            yield _around(text, *name.span())


@cache
def _whole(name: str) -> re.Pattern[str]:
    # A pattern that begins with letters is looked for by them, which is quicker than to look behind each place.
    return re.compile(rf"{name}(?<![^\W\d_]{name})(?![^\W\d_])")


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the piece of the line around a number, cut between words; a line that is wrapped goes on."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    line = text.rfind("\n", first, start)
    if line >= 0 and _is_wrapped(text, line):
        line = text.rfind("\n", first, line)
    first = line + 1 if line >= 0 else (text.find(" ", first, start) + 1 or first) if first else 0
    line = text.find("\n", end, last)
    if line >= 0 and _is_wrapped(text, line):
        line = text.find("\n", line + 1, last)
    return first, line if line >= 0 else max(last if last == len(text) else text.rfind(" ", end, last), end)


def _is_wrapped(text: str, end: int) -> bool:
    """Tell whether the line that ends at a place goes on: it is long, or ends with a comma, and the next is no end."""
    line = text[text.rfind("\n", max(0, end - 2 * _WRAPPED), end) + 1 : end].rstrip()
    following = text[end + 1 : end + 2]
    if not line or following.isspace() or not following:
        return False
    return line[-1] == "," or (len(line) >= _WRAPPED and line[-1].isalnum())
