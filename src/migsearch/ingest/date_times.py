"""The time of day beside a date, and its zone."""

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Any

from migsearch.data import table
from migsearch.ingest.date_words import spelled
from migsearch.model import Span

_REACH = 40  # characters on either side of a date


def moment_beside(text: str, span: Span, day: datetime.date) -> datetime.datetime | None:
    """Return a day with the time that stands beside it in a text that is spelled one way: ``2021-06-06 15:29``.

    It has a zone if one is written: an offset, or a name of the table ``zones`` in ``data/months.toml``.
    """
    after = text[span.end : span.end + _REACH].partition("\n")[0]
    if found := _after().match(after):
        return _moment(found, day)
    before = text[max(0, span.start - _REACH) : span.start].rpartition("\n")[2]
    found = _before().search(before)
    return _moment(found, day) if found else None


def _moment(found: re.Match[str], day: datetime.date) -> datetime.datetime | None:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["morning"]:
        hour = 0 if hour == 12 else hour
    elif found["afternoon"] and hour < 12:
        hour += 12
    try:
        return datetime.datetime.combine(day, datetime.time(hour, minute, second), _zone(found))
    except ValueError:  # there is no such time
        return None


def _zone(found: re.Match[str]) -> datetime.timezone | None:
    if found["sign"]:
        offset = datetime.timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return datetime.timezone(-offset if found["sign"] == "-" else offset)
    if found["zone"]:
        return datetime.timezone(datetime.timedelta(hours=_zones()[_plain(found["zone"])]))
    return None


@cache
def _zones() -> dict[str, float]:
    return {_plain(name): hours for name, hours in table("months")["zones"].items()}


@cache
def _time() -> str:
    words: dict[str, Any] = table("months")["times"]
    morning, afternoon = _any(words["morning"]), _any(words["afternoon"])
    return (
        r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?![\d:])"
        rf"(?:\s?(?:(?P<morning>{morning})|(?P<afternoon>{afternoon}))(?![^\W\d_]))?"
        rf"(?:\s?\(?(?:(?P<zone>{_any(_zones())})(?![^\W\d_])(?![+-]\d)"
        r"|(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>[01]?\d)(?::?(?P<minutes>[0-5]\d))?(?!\d)))?"
    )


@cache
def _after() -> re.Pattern[str]:
    at = _any(table("months")["times"]["at"])
    return re.compile(rf"(?:T|[\s,|/)\]\N{{EN DASH}}\N{{MIDDLE DOT}}-]*(?:{at})?:?\s*){_time()}", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{_time()}[\s,|/(\N{{EN DASH}}\N{{MIDDLE DOT}}-]*$", re.IGNORECASE)


def _any(names: Any) -> str:
    return "|".join(re.escape(_plain(name)) for name in sorted(names, key=len, reverse=True))


def _plain(text: str) -> str:
    return spelled(text).lower()
