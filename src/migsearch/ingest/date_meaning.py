"""The day or month that a matched form means: its calendar, its year and the order of its numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migsearch.analysis import icu
from migsearch.ingest.date_forms import THIS_MONTH, Day, Reading
from migsearch.model import PartialDate, Span


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a page beside its words, by which its dates are read.

    ``published`` is when it was published, as far as known: a date without a year is the nearest to it. ``crawled``
    is the day on which the page was fetched or its file written: relative words count from it, and nothing in the
    past is later. ``month_first`` tells the order in which the site writes day and month in numbers, if that is known.
    """

    published: PartialDate | None = None
    crawled: datetime.date | None = None
    month_first: bool = False


Sources = dict[str, PartialDate]
"""The days near which dates without a year are read, by the calendar they were told in."""

_SWAPPED = {"day/month/year": "month/day/year", "day/month/short-year": "month/day/short-year"}
_LONGEST = datetime.timedelta(days=62)  # that an event of several days takes
_NOT_NEAR = 60  # days from a day told at which a page hardly tells news of it
_FAR = 150  # days from publication at which the same day of another year is hardly farther


@dataclass(frozen=True, slots=True)
class Dated:
    """A reading with its date, and the other date it could be if day and month are exchanged."""

    reading: Reading
    date: PartialDate
    calendar: str
    other: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that stands in a text.

    ``span`` is its place in the text, in code points; ``calendar`` the one it was written in; ``weekday``
    whether a weekday stands beside it; ``limit`` whether it is no day of an event (until 30 June, law of 3 May),
    ``range`` whether it is of several days (17-18 February), of which the last may be left out.
    """

    date: PartialDate
    span: Span
    calendar: str
    weekday: bool = False
    limit: bool = False
    range: bool = False

    @property
    def begins(self) -> PartialDate:
        """The date, of several days the first."""
        return replace(self.date, last=self.date.first) if self.range else self.date


def dated(reading: Reading, sources: Sources) -> Dated | None:
    """Return a reading with its date, near the sources if it has no year; ``None`` if there is no such day."""
    if any(year is None for _, year, _, _ in reading.days):
        return _inferred(reading, sources)
    dates = [(date, day[0]) for day in reading.days if (date := _date(*day))]
    if not dates:
        return None
    (date, calendar), *others = dates
    date = replace(date, rule=reading.form, flags=("inferred",) if "short-year" in reading.form else ())
    swapped = _SWAPPED.get(reading.form)
    if not swapped or calendar != "gregorian":
        return Dated(reading, _seen(date, reading.weekday) if calendar == "lunar" else date, calendar)
    if not others:  # one order is possible
        return Dated(reading, date if _date(*reading.days[0]) else replace(date, rule=swapped), calendar)
    other = replace(others[0][0], rule=swapped, flags=date.flags)
    return Dated(reading, date, calendar, other if other != date else None)


def _seen(date: PartialDate, weekday: int | None) -> PartialDate:
    """Return a lunar day as its weekday tells: a month begins where the new moon is seen, a day sooner or later."""
    if date.precision != "day":
        return date
    for days in (0, -1, 1) if weekday is not None else ():
        day = date.first + datetime.timedelta(days)
        if day.weekday() == weekday:
            return replace(date, first=day, last=day)
    return replace(date, flags=(*date.flags, "approximate"))


def _inferred(reading: Reading, sources: Sources) -> Dated | None:
    """Read a date in the year that brings it nearest to the source, or whose weekday is right."""
    for day in reading.days:
        near = sources.get(day[0]) or next(iter(sources.values()), None)
        if near is None or not (dates := list(_in_years(day, near, reading.form))):
            continue
        agreeing = [date for date in dates if agrees(date, reading.weekday, 0)]
        date = min(agreeing or dates, key=lambda date: _distance(date, near))
        flags = ["inferred"]
        if len(dates) > 1 and near.precision == "day" and reading.weekday is None and _distance(date, near) > _FAR:
            flags.append("ambiguous-year")
        return Dated(reading, replace(date, rule=reading.form, flags=tuple(flags)), day[0])
    return None


_YEARS = {"this-year": (0, 0), "last-year": (-1, -1), "next-year": (1, 1)}


def _in_years(day: Day, near: PartialDate, form: str) -> Iterator[PartialDate]:
    """Yield a day in the years that its form can mean, where the year or the month near it is known."""
    calendar, _, month, number = day
    first, last = icu.calendar_year(calendar, near.first), icu.calendar_year(calendar, near.last)
    named = next((years for name, years in _YEARS.items() if name in form), None)
    if month == THIS_MONTH:
        months = {icu.calendar_month(calendar, date) for date in (near.first, near.last)}
        if near.precision == "year" or len(months) > 1:
            return
        month, named = months.pop(), (0, 0)
    before, after = named or (-1, 1)
    if named and "this" not in form and first != last:  # which of the two is the one before?
        return
    for year in range(first + before, last + after + 1):
        if date := _date(calendar, year, month, number):
            yield date


def _distance(date: PartialDate, near: PartialDate) -> int:
    return max((near.first - date.first).days, (date.first - near.last).days, 0)


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


def year_of(calendar: str, year: int) -> PartialDate | None:
    """Return the days of a year."""
    return between(icu.to_gregorian(calendar, year, 1, 1), icu.to_gregorian(calendar, year + 1, 1, 1))


def between(first: datetime.date | None, following: datetime.date | None) -> PartialDate | None:
    """Return the days from the first to the one before the following."""
    return PartialDate(first, following - datetime.timedelta(days=1)) if first and following else None


def with_last(date: PartialDate, calendar: str, reading: Reading) -> PartialDate:
    """Return the first of several days with those up to the last; days that are apart ("3 and 9 May") stay one."""
    if reading.end is None or date.precision != "day":
        return date
    months, day = reading.end
    year, month = icu.calendar_year(calendar, date.first), icu.calendar_month(calendar, date.first)
    last_month = next((number for name, number in months if name == calendar), month)
    last = icu.to_gregorian(calendar, year + (last_month < month), last_month, day)
    return replace(date, last=last) if last and datetime.timedelta() < last - date.first < _LONGEST else date


def agrees(date: PartialDate, weekday: int | None, tolerance: int) -> bool:
    """Tell whether a day has a weekday (Monday is 0), or one at most ``tolerance`` days from it."""
    return weekday is None or (date.first.weekday() - weekday + tolerance) % 7 <= 2 * tolerance


def ordered(items: list[Dated], context: Context) -> list[Dated]:
    """Decide between day first and month first: by the weekday, by other dates of the text, by the site, or not.

    Of other dates, the same day decides first, then the order in which they are written, then one that is near.
    """
    if not any(item.other for item in items):
        return items
    firm = {item.date for item in items if not item.other and not item.reading.limit}
    orders = {item.date.rule for item in items if not item.other}
    month_first = not orders.isdisjoint(_SWAPPED.values())
    if orders.isdisjoint({*_SWAPPED, *_SWAPPED.values()}):
        month_first = context.month_first
    elif not orders.isdisjoint(_SWAPPED):
        month_first = False
    return [_decided(item, item.other, firm, month_first, context) if item.other else item for item in items]


def _is_near(date: PartialDate, others: set[PartialDate], days: int = 14) -> bool:
    """Tell whether one of other days is so near that a page tells what has just happened."""
    return any(abs((date.first - other.first).days) <= days for other in others if other.precision == "day")


def _decided(item: Dated, swapped: PartialDate, firm: set[PartialDate], month_first: bool, context: Context) -> Dated:
    straight, weekday = item.date, item.reading.weekday
    for choice, rejected in ((straight, swapped), (swapped, straight)):
        by_weekday = weekday is not None and agrees(choice, weekday, 0) and not agrees(rejected, weekday, 0)
        is_past = context.crawled is not None and choice.first <= context.crawled < rejected.first
        if by_weekday or (weekday is None and ((choice in firm and rejected not in firm) or is_past)):
            return replace(item, date=choice)
    if not month_first and _is_near(swapped, firm) and not _is_near(straight, firm, _NOT_NEAR):
        return replace(item, date=swapped)
    date = swapped if month_first else straight
    return replace(item, date=replace(date, flags=(*date.flags, "ambiguous-order")))
