"""A day that a page writes in two calendars side by side: each tells whether the other is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from migsearch.ingest.date_meaning import FoundDate

_BETWEEN = 20  # characters between a date and the same in another calendar
_EQUALS = re.compile("برابر|مطابق|مصادف|موافق|سمون|corresponding|equal")


def compared(dates: Sequence[FoundDate], text: str) -> list[FoundDate]:
    """Return dates, flagged if another calendar's beside them is another day; a lunar one is corrected by a day."""
    beside: dict[int, FoundDate] = {}
    for number, (one, other) in enumerate(pairwise(dates)):
        if one.calendar != other.calendar and _is_beside(one, other, text):
            beside.setdefault(number, other)
            beside.setdefault(number + 1, one)
    return [_checked(item, beside[number]) if number in beside else item for number, item in enumerate(dates)]


def _is_beside(one: FoundDate, other: FoundDate, text: str) -> bool:
    between = text[one.span.end : other.span.start]
    is_day = one.date.precision == other.date.precision == "day"
    is_equal = _EQUALS.search(between) is not None or not any(map(str.isalnum, between))
    return is_day and len(between) <= _BETWEEN and "\n" not in between and is_equal


def _checked(item: FoundDate, other: FoundDate) -> FoundDate:
    date, days = item.date, abs((item.date.first - other.date.first).days)
    firm = tuple(flag for flag in date.flags if flag != "approximate")
    if days == 0 or (days == 1 and firm != date.flags):
        return replace(item, date=replace(date, first=other.date.first, last=other.date.last, flags=firm))
    if days == 1 and "lunar" in (item.calendar, other.calendar):
        return item
    return replace(item, date=replace(date, flags=(*date.flags, "calendars-disagree")))
