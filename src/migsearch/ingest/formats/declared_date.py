"""Dates that a file declares as those of publication: metadata, headers of messages, columns of tables."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime

from migsearch.analysis.icu import to_gregorian
from migsearch.errors import DocumentError
from migsearch.ingest.dates import find_dates
from migsearch.model import PartialDate

# "2021-04-15", "2021-04-15T23:30:00+04:30", "2021-04-15 12:00", "2021-04", "2021"; the year may be Solar Hijri.
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T\s].*)?)?)?")
_UNIX = re.compile(r"(\d{10})(?:\d{3})?")
_SOLAR = range(1250, 1500)
_SINCE = 1900
_NO_DATE = datetime.date(1970, 1, 1)  # what programs write that know none
_LONGEST = 100


def declared_date(value: object, rule: str) -> PartialDate | None:
    """Return the day, month or year that a file declares, ``None`` for what is no date or an impossible one.

    It is the day on the calendar of the zone in which it is written, as a reader of the page sees it; the time and
    the zone stay in ``literal``. Solar Hijri years are converted. ``rule`` says where it was declared.
    """
    text = str(value).strip() if isinstance(value, str | int) else ""
    if not text or len(text) > _LONGEST:
        return None
    date = _iso(text) or _unix(text) or _of_message(text) or _written(text)
    if date is None or date.first.year < _SINCE or date.first == date.last == _NO_DATE:
        return None
    return replace(date, literal=text, rule=rule)


def _iso(text: str) -> PartialDate | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    parts = [int(part) for part in match.groups() if part]
    if parts[0] in _SOLAR:
        day = to_gregorian("solar", *parts) if len(parts) == 3 else None
        return PartialDate(day, day) if day else None
    try:
        return PartialDate.of(*parts)
    except DocumentError:
        return None


def _unix(text: str) -> PartialDate | None:
    """Read the seconds, or milliseconds, since 1970."""
    match = _UNIX.fullmatch(text)
    if not match:
        return None
    day = datetime.datetime.fromtimestamp(int(match[1]), datetime.timezone.utc).date()
    return PartialDate(day, day)


def _of_message(text: str) -> PartialDate | None:
    """Read "Tue, 02 Mar 2021 10:00:00 +0430" (RFC 5322)."""
    try:
        day = parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError):  # of years and zones that there are not
        return None
    return PartialDate(day, day)


def _written(text: str) -> PartialDate | None:
    """Read a date written in words or numbers, if there is one only."""
    dates = [found.date for found in find_dates(text)]
    return dates[0] if len(dates) == 1 else None
