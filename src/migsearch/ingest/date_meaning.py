"""The day or month that a matched form means: its calendar, its year and the order of its numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from migsearch.analysis import icu
from migsearch.ingest.date_forms import Day, Reading
from migsearch.model import PartialDate

Sources = dict[str, int]
"""The year in which dates without one are read, by its calendar."""

_SWAPPED = "month/day/year"


@dataclass(frozen=True, slots=True)
class Dated:
    """A reading with its date, and the other date it could be if day and month are exchanged."""

    reading: Reading
    date: PartialDate
    calendar: str
    other: PartialDate | None = None


def dated(reading: Reading, sources: Sources) -> Dated | None:
    """Return a reading with its date, in a year of the sources if it has none; ``None`` if there is no such day."""
    if any(year is None for _, year, _, _ in reading.days):
        return _inferred(reading, sources)
    dates = [(date, day[0]) for day in reading.days if (date := _date(*day))]
    if not dates:
        return None
    (date, calendar), *others = dates
    date = replace(date, rule=reading.form, flags=("inferred",) if reading.form == "short-year" else ())
    if reading.form != "day/month/year" or calendar != "gregorian":
        return Dated(reading, date, calendar)
    if not others:  # one order is possible
        return Dated(reading, date if _date(*reading.days[0]) else replace(date, rule=_SWAPPED), calendar)
    other = others[0][0]
    return Dated(reading, date, calendar, replace(other, rule=_SWAPPED) if other != date else None)


def _inferred(reading: Reading, sources: Sources) -> Dated | None:
    """Read a date in the year of the text, or in the one before if only there its weekday is right."""
    for day in reading.days:
        dates = [date for back in (0, 1) if (date := _in_year(day, sources, back))]
        if dates:
            agreeing = [date for date in dates if agrees(date, reading.weekday, 0)]
            date = agreeing[0] if reading.weekday is not None and agreeing else dates[0]
            return Dated(reading, replace(date, rule=reading.form, flags=("inferred",)), day[0])
    return None


def _in_year(day: Day, sources: Sources, back: int) -> PartialDate | None:
    calendar, _, month, number = day
    if calendar in sources:
        return _date(calendar, sources[calendar] - back, month, number)
    for source, year in sources.items():
        years = (year - 621, year - 622) if calendar == "solar" else (year + 621, year + 622)
        for other in years if calendar != "lunar" else ():
            date = _date(calendar, other - back, month, number)
            if date and (date.first.year if source == "gregorian" else icu.solar_year(date.first)) == year - back:
                return date
    return None


def _date(calendar: str, year: int | None, month: int, day: int | None) -> PartialDate | None:
    """Return a day or month of a calendar, ``None`` if it has none such."""
    if year is None or not 1 <= month <= 12:
        return None
    if day is None:
        return between(icu.to_gregorian(calendar, year, month, 1), _month_after(calendar, year, month))
    date = icu.to_gregorian(calendar, year, month, day)
    return PartialDate(date, date) if date else None


def _month_after(calendar: str, year: int, month: int) -> datetime.date | None:
    return icu.to_gregorian(calendar, year + month // 12, month % 12 + 1, 1)


def between(first: datetime.date | None, following: datetime.date | None) -> PartialDate | None:
    """Return the days from the first to the one before the following."""
    return PartialDate(first, following - datetime.timedelta(days=1)) if first and following else None


def agrees(date: PartialDate, weekday: int | None, tolerance: int) -> bool:
    """Tell whether a day has a weekday (Monday is 0), or one at most ``tolerance`` days from it."""
    return weekday is None or (date.first.weekday() - weekday + tolerance) % 7 <= 2 * tolerance


def ordered(items: list[Dated]) -> list[Dated]:
    """Decide between day first and month first: by the weekday, by other dates of the text, or not at all."""
    if not any(item.other for item in items):
        return items
    firm = {item.date for item in items if not item.other}
    orders = {item.date.rule for item in items if not item.other}
    month_first = _SWAPPED in orders and "day/month/year" not in orders
    return [_decided(item, item.other, firm, month_first) if item.other else item for item in items]


def _decided(item: Dated, swapped: PartialDate, firm: set[PartialDate], month_first: bool) -> Dated:
    straight, weekday = item.date, item.reading.weekday
    for choice, rejected in ((straight, swapped), (swapped, straight)):
        by_weekday = weekday is not None and agrees(choice, weekday, 0) and not agrees(rejected, weekday, 0)
        if by_weekday or (weekday is None and choice in firm and rejected not in firm):
            return replace(item, date=choice)
    return replace(item, date=replace(swapped if month_first else straight, flags=("ambiguous-order",)))
