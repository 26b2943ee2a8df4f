"""Dates in the calendar of who reads them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

from migsearch.analysis.icu import calendar_date, month_names, to_gregorian
from migsearch.data import table

if TYPE_CHECKING:
    from migsearch.model import Document, PartialDate

Calendar = Literal["gregorian", "solar", "both"]
CALENDARS: tuple[Calendar, ...] = get_args(Calendar)

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"

Day = tuple[int, int, int]
"""Year, month and day of the Solar Hijri calendar."""


def readers_calendar(environ: Mapping[str, str] = os.environ) -> Calendar:
    """Return the calendar of the locale: Solar Hijri for Persian and Pashto, else Gregorian."""
    return "solar" if _locale(environ)[:2] in ("fa", "ps") else "gregorian"


def _locale(environ: Mapping[str, str]) -> str:
    return environ.get("LC_ALL") or environ.get("LC_TIME") or environ.get("LANG") or ""


def date_text(document: Document, calendar: Calendar, environ: Mapping[str, str] = os.environ) -> str:
    """Return the date of a document, ``~`` before it if it was inferred.

    Solar dates are written in the language of the document, with the Afghan names of the months where the document or
    the reader is Afghan.
    """
    date = document.date
    if date is None:
        return "no date"
    language = "fa" if document.language in ("fa", "ps") else "en"
    gregorian = date.isoformat()
    solar = "" if calendar == "gregorian" else _solar(date, language, _is_afghan(document) or is_afghan_reader(environ))
    shown = f"{gregorian}, {solar}" if solar and calendar == "both" else solar or gregorian
    return ("~" if date.inferred else "") + shown


def is_afghan_reader(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the locale is one of Afghanistan."""
    return _locale(environ)[2:5] == "_AF"


def _is_afghan(document: Document) -> bool:
    return document.region == "AF" or document.language == "ps"


def _solar(date: PartialDate, language: str, afghan: bool) -> str:
    first, last = (calendar_date("solar", day) for day in (date.first, date.last))
    if last[0] < 1:  # before the first year of the calendar
        return ""
    names = solar_months(language, afghan)
    ends = [f"{day} {names[month - 1]} {year}" for year, month, day in (first, last)]
    if first == last:
        text = ends[0]
    elif _is_whole(date, first, months=1):
        text = f"{names[first[1] - 1]} {first[0]}"
    elif _is_whole(date, first, months=12):
        text = str(first[0])
    elif date.precision == "year":
        text = f"{first[0]}–{last[0]}"
    else:
        text = f"{ends[0]} – {ends[1]}"
    # The mark lets the day, a number, stand with the words behind it instead of the signs before it.
    return _RIGHT_TO_LEFT_MARK + text.translate(_PERSIAN_DIGITS) if language == "fa" else text


def _is_whole(date: PartialDate, first: Day, *, months: int) -> bool:
    """Tell whether an interval that begins on a day is one month, or all twelve, of the Solar calendar."""
    year, month, day = first
    if day != 1 or (months == 12 and month != 1):
        return False
    ends = (year, month + months) if month + months <= 12 else (year + 1, month + months - 12)
    return to_gregorian("solar", *ends, 1) == date.last + datetime.timedelta(days=1)


def solar_months(language: str, afghan: bool) -> list[str]:
    """Return the names of the Solar months in Persian (``"fa"``) or in Latin letters (``"en"``), as CLDR has them.

    CLDR knows the Afghan names in Persian alone; the Latin ones are those that pages are read by.
    """
    if language == "en" and afghan:
        return [names[0].capitalize() for names in table("months")["solar"]]
    return [names[0] for names in month_names("solar", "fa_AF" if afghan else language)]


def period_name(facet: str, value: str, *, afghan: bool) -> str:
    """Return what a period of a facet by month is called: ``April`` for ``2021-04``."""
    month = value.partition("-")[2]
    if not month:
        return ""
    names = solar_months("en", afghan) if facet == "solar_month" else [n[0] for n in month_names("gregorian", "en")]
    return names[int(month) - 1]
