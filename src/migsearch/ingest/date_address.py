"""What the address of a page tells of its date: the day in its path, and the order in which its site writes dates."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import SplitResult, unquote, urlsplit

from migsearch.data import table
from migsearch.ingest.date_forms import PUBLISHED, Day, Reading
from migsearch.ingest.date_meaning import dated
from migsearch.ingest.date_words import spelled
from migsearch.model import PartialDate, Span

# /2021/04/15/, /2021-04-15-title, /1400/01/26, /2021/04/title; not the middle of a longer number.
_DAY = re.compile(r"(?:^|[/_=-])(?P<y>\d{4})(?P<sign>[/_-])(?P<m>[01]?\d)(?P=sign)(?P<d>[0-3]?\d)(?=$|[/_.-])")
_RUN = re.compile(r"(?:^|[/_=-])(?P<y>\d{4})(?P<m>[01]\d)(?P<d>[0-3]\d)(?=$|[/_.-])")
_MONTH = re.compile(r"(?:^|/)(?P<y>\d{4})[/-](?P<m>[01]?\d)(?=/)")


def address_date(address: str) -> PartialDate | None:
    """Return the day or month that a web address holds, Gregorian or Solar Hijri; ``None`` for any other address."""
    if not (parts := _parts(address)):
        return None
    path = spelled(unquote(parts.path))
    for pattern in (_DAY, _RUN, _MONTH):
        days = {date for found in pattern.finditer(path) if (date := _date(found))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _date(found: re.Match[str]) -> PartialDate | None:
    year, month, day = (int(found.groupdict().get(part) or 0) or None for part in "ymd")
    if year is None or month is None:
        return None
    days: list[Day] = [(c, year, month, day) for c in ("gregorian", "solar") if year in PUBLISHED[c]]
    item = dated(Reading("year-month-day", days, Span(*found.span()), None, False), {}) if days else None
    return replace(item.date, literal=found[0]) if item else None


def writes_month_first(address: str) -> bool:
    """Tell whether the site of a web address is known to write the month before the day."""
    parts = _parts(address)
    host = (parts.hostname or "") if parts else ""
    return any(f".{host}".endswith(end) for end in table("months")["sites"]["month_first"])


def is_web_address(address: str) -> bool:
    """Tell a web address from a path of a file and other names of a source."""
    return _parts(address) is not None


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None
