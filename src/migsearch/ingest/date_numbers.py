"""Numbers in words, where they are part of a date: the twenty-sixth of Hamal, year one thousand and four hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from migsearch.ingest.date_words import Tokens

_RUN = re.compile(r"[uU](?:[&~-]?[uU])*")
# A day stands before the name of a month, or after it and before the year or an end; without an ordinal the year is
# written too. A year stands after the word "year" or after day and month.
_DAY_AHEAD = re.compile(r"[oct]{0,3}[Mmvl]")
_YEAR_AHEAD = re.compile(r"[oct]{0,3}[Mmvl][pc]?[,o]?(?:k|Y|[uU])")
_DAY_BEHIND = re.compile(r"[Mm][pc]?[td]{0,2}$")
_YEAR_BEHIND = re.compile(r"k$|[Mm][pc]?[,o]?$|[Mm][pc]?t?D,?$")
_YEARS = range(1300, 2100)


def with_numbers(line: Tokens) -> Tokens:
    """Return a line with the numbers in words that belong to dates as numbers, all others as words."""
    if not _RUN.search(line.kinds):
        return line
    kinds, spans, values = "", [], []
    position = 0
    for run in _RUN.finditer(line.kinds):
        kinds += line.kinds[position : run.start()]
        spans += line.spans[position : run.start()]
        values += line.values[position : run.start()]
        position = run.end()
        for first, last in _numbers(line, *run.span()):
            kind, value = _meaning(line, kinds, first, last)
            kinds += kind
            spans.append((line.spans[first][0], line.spans[last][1]))
            values.append(value)
    return replace(
        line,
        kinds=kinds + line.kinds[position:],
        spans=spans + line.spans[position:],
        values=values + line.values[position:],
    )


def _meaning(line: Tokens, before: str, first: int, last: int) -> tuple[str, int | None]:
    parts = [value for value in line.values[first : last + 1] if value is not None]
    if not parts:
        return line.kinds[first], None
    number, after = _sum(parts), line.kinds[last + 1 : last + 8]
    if number in _YEARS and _YEAR_BEHIND.search(before):
        return "Y", number
    is_ordinal = line.kinds[last] == "U"
    # "The first March" is the first of several, not a day.
    ahead = _DAY_AHEAD if is_ordinal and not (before.endswith("t") and after[:1] in "Mmvl") else _YEAR_AHEAD
    if number <= 31 and (ahead.match(after) or (is_ordinal and _DAY_BEHIND.search(before))):
        return "D", number
    return "x", None


def _numbers(line: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a run of words into numbers and what joins them, each given by its first and last place."""
    while start < end:
        last = start
        while (following := _following(line, last, end)) and _continues(line, start, last, following):
            last = following
        yield start, last
        start = last + 1


def _following(line: Tokens, place: int, end: int) -> int | None:
    """Return the place of the next word of a number, an "and" or a hyphen left out."""
    if line.kinds[place] != "u":
        return None
    place += 2 if line.kinds[place + 1 : place + 2] in ("&", "~", "-") else 1
    return place if place < end and line.kinds[place] in "uU" else None


def _continues(line: Tokens, first: int, last: int, following: int) -> bool:
    """Tell whether a word adds to the number before it: twenty and six, four hundred, twenty twenty."""
    before, value = line.values[last], line.values[following]
    if value in (100, 1000):
        return bool(before < value)
    if before in range(20, 100, 10):
        return bool(value < 10 or (first == last and before == 20 and value < 100))
    return bool(before >= 100 and value < before)


def _sum(parts: Sequence[int]) -> int:
    """Return the number that words make: 1 1000 4 100 3 is 1403, 20 21 is 2021 as years are said."""
    total = 0
    for before, value in zip((0, *parts), parts, strict=False):
        if value in (100, 1000) and before and before < value:
            total += before * (value - 1)
        elif before == 20 and total == 20 and value >= 10:
            total = 2000 + value
        else:
            total += value
    return total
