"""Days told from the day on which a page was read: yesterday, ۳ روز پیش, два дня назад."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

from migsearch.data import table
from migsearch.ingest.date_words import spelled
from migsearch.model import PartialDate, Span

_DAYS = {"today": 0, "yesterday": 1, "before_yesterday": 2}
_UNITS = {"minutes": 0, "hours": 0, "days": 1, "weeks": 7, "months": 30}


def relative_dates(text: str, crawled: datetime.date) -> Iterator[tuple[PartialDate, Span]]:
    """Yield the days that a text tells from that on which it was read, with the places of their words.

    Minutes and hours can reach back over midnight, and weeks and months are rounded: all of these are intervals.
    """
    for found in _pattern().finditer(spelled(text)):
        unit = found.lastgroup or ""
        number = next((int(part) for part in found.groups()[1:] if part and part.isdecimal()), 0)
        last = crawled - datetime.timedelta(_DAYS.get(unit, number * _UNITS.get(unit, 0)))
        first = last - datetime.timedelta(_spread(unit, number))
        date = PartialDate(first, last, text[slice(*found.span())], f"relative {unit}", ("inferred",))
        yield date, Span(*found.span())


def _spread(unit: str, number: int) -> int:
    """Return by how many days the first day that is meant lies before the last."""
    return {"minutes": 1, "hours": 1 + number // 24, "weeks": 6, "months": 30}.get(unit, 0)


@cache
def _pattern() -> re.Pattern[str]:
    lists = table("months")["relative"]
    units = (f"(?P<{unit}>{'|'.join(map(_phrase, sorted(lists[unit], key=len, reverse=True)))})" for unit in lists)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(units, key=len, reverse=True))})(?!\w)", re.IGNORECASE)


def _phrase(words: str) -> str:
    escaped = (re.escape(word) for word in spelled(words).split())
    return r"\s{1,2}".join(escaped).replace(r"\{\}", r"(\d{1,2})")
