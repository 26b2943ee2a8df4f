"""Teasers: headlines of other articles beside one, each with its day, as documents of their own on request."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from migsearch.ingest.date_meaning import Context, FoundDate
from migsearch.ingest.dates import find_dates
from migsearch.ingest.page_lines import is_date_line, is_noise
from migsearch.model import PartialDate

_HEADLINE = range(4, 31)  # words
_EDGES = " \t|,-:()[]\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\N{BULLET}\N{ARABIC COMMA}"


class Teaser(NamedTuple):
    """A headline and its day."""

    title: str
    date: PartialDate


def find_teasers(surroundings: str, crawled: datetime.date | None = None) -> Iterator[Teaser]:
    """Yield the headlines in what surrounds an article that have a day on their line or on one of their own.

    Lines of days stand below their headlines or above them: as on most of the page. A day without its year is none.
    """
    lines = [line.strip() for line in surroundings.split("\n") if line.strip()]
    days = {number: day for number, line in enumerate(lines) if (day := _day(line, crawled))}
    alone = [number for number in days if is_date_line(lines[number])]
    above, below = (sum(_is_headline(lines, number + step) for number in alone) for step in (-1, 1))
    step = -1 if above >= below else 1
    for number, day in days.items():
        if number in alone:
            title = lines[number + step] if _is_headline(lines, number + step) else ""
        else:
            before, after = lines[number][: day.span.start], lines[number][day.span.end :]
            title = max(before.strip(_EDGES), after.strip(_EDGES), key=len)
        if len(title.split()) in _HEADLINE:
            yield Teaser(title, day.date)


def _day(line: str, crawled: datetime.date | None) -> FoundDate | None:
    """Return the only day of a line that is short enough to be a teaser's."""
    dates = find_dates(line, Context(crawled=crawled)) if len(line.split()) < 2 * _HEADLINE.stop else []
    return dates[0] if len(dates) == 1 and dates[0].date.precision == "day" else None


def _is_headline(lines: Sequence[str], number: int) -> bool:
    line = lines[number] if 0 <= number < len(lines) else ""
    return len(line.split()) in _HEADLINE and not is_noise(line)
