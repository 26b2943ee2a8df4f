"""The forms in which news pages write dates, and what they match on a line.

A form is a pattern on kinds of words (see :mod:`migsearch.ingest.date_words`). The forms are one visible list,
the more certain before the less; what one has read no later one reads again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from migsearch.ingest.date_words import Readings, Tokens
from migsearch.model import Span

Day = tuple[str, "int | None", int, "int | None"]
"""Calendar, year, month, day; a year or a day that is not written is ``None``."""

THIS_MONTH = 0
"""The month in which the page was published."""

Years = dict[str, range]
PUBLISHED: Years = {"gregorian": range(1990, 2036), "solar": range(1369, 1415), "lunar": range(1411, 1459)}
"""Years in which a page of the web can have been published, or tell what has just happened."""
ASKED: Years = {"solar": range(1300, 1415), "lunar": range(1300, 1451), "gregorian": range(1451, 2100)}
"""Years that a person may ask for: a number that could be two is Solar Hijri."""


class Form(NamedTuple):
    """A way to write a date: a pattern on kinds of words, and what reads its parts."""

    name: str
    needs: frozenset[str]
    """Kinds that a line must have, of which ``M`` is any month."""
    pattern: re.Pattern[str]
    read: Callable[[dict[str, Any]], list[Day]]

    @classmethod
    def of(cls, name: str, pattern: str, read: Callable[[dict[str, Any]], list[Day]]) -> Form:
        """Return the form of a pattern, which tells what kinds it needs."""
        needs = {"Y": "<y>Y" in pattern, "D": "<d>D" in pattern, "M": "<m>" in pattern and "<m>D" not in pattern}
        return cls(name, frozenset(kind for kind, needed in needs.items() if needed), re.compile(pattern), read)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form has matched: the days it can mean, the likeliest first."""

    form: str
    days: list[Day]
    span: Span
    weekday: int | None
    limit: bool
    end: tuple[Readings, int] | None = None
    """The month, unless it is the same, and the day on which the last of several days is."""


def _words(parts: dict[str, Any]) -> list[Day]:
    """Read the name of a month; in a range over the turn of a year the first month is of the year before."""
    last, year = parts.get("last") or parts["m"], parts.get("y")
    days: list[Day] = []
    for calendar, month in parts["m"]:
        turns = any(calendar == other and month > end for other, end in last)
        days.append((calendar, year - turns if year else None, month, _first_day(parts)))
    return days


def _first_day(parts: dict[str, Any]) -> int | None:
    """Return the day, of a range the first; ``10 - 5 May`` is no range but an hour and a day."""
    day, end = parts.get("d"), parts.get("end")
    return end if day and end and "last" not in parts and end <= day else day


def _year_first(parts: dict[str, Any]) -> list[Day]:
    return [(calendar, parts["y"], parts["m"], parts["d"]) for calendar in PUBLISHED]


def _day_first(parts: dict[str, Any]) -> list[Day]:
    return [(calendar, parts["y"], parts["m"], _first_day(parts)) for calendar in PUBLISHED]


def _dotted(parts: dict[str, Any]) -> list[Day]:
    """Read numbers that full stops part: day first, if that can be meant."""
    return _day_first(parts) if parts["m"] <= _MONTHS else []


def _dotted_month_first(parts: dict[str, Any]) -> list[Day]:
    return [("gregorian", parts["y"], parts["m"], parts["d"])] if parts["d"] > _MONTHS else []


def _either_order(parts: dict[str, Any]) -> list[Day]:
    return [*_day_first(parts), ("gregorian", parts["y"], parts["d"], parts["m"])]


def _short_solar(parts: dict[str, Any]) -> list[Day]:
    """Read a solar date with two digits for the year, where no other order is possible."""
    year, month, day = parts["y"], parts["m"], parts["d"]
    if 14 < year <= 31 and day >= 69:  # day first
        year, day = day, year
    if year >= 69:
        return [("solar", 1300 + year, month, day)]
    return [("solar", 1400 + year, month, day)] if year == 0 or year <= 14 < day else []


def _short_gregorian(parts: dict[str, Any]) -> list[Day]:
    return [("gregorian", 2000 + parts["y"], parts["m"], parts["d"])]


def _short_either(parts: dict[str, Any]) -> list[Day]:
    """Read two digits for the year last: Gregorian, in either order of day and month."""
    year, month, day = 2000 + parts["y"], parts["m"], parts["d"]
    return [("gregorian", year, month, day), ("gregorian", year, day, month)]


def _lunar(parts: dict[str, Any]) -> list[Day]:
    """Read a lunar year without its thousand, as it is said: 447 is 1447."""
    year, day = parts["y"], parts["d"]
    if year is None:  # a number of other than three digits
        return []
    return [("lunar", 1000 + year, month, day) for calendar, month in parts["m"] if calendar == "lunar"]


def _short(parts: dict[str, Any]) -> list[Day]:
    """Read two digits for the year after the name of a month, whose calendar tells the century."""
    century = {"gregorian": 2000, "solar": 1300 if parts["y"] >= 69 else 1400, "lunar": 1400}
    return [(calendar, century[calendar] + parts["y"], month, parts["d"]) for calendar, month in parts["m"]]


_MONTHS = 12
_FROM_DAY, _TO_DAY = "(?:d|f(?=D>D))", "(?:>(?P<end>D))?"  # Pashto: of the month from the 12th to the 14th
_MONTH = "[oc]?(?P<m>[Mmvl])(?:[|/]M)?[pc]?"  # "عقرب|آبان": one month in two countries
_DAY = "(?P<d>D)(?:(?:,D){0,3}[-~&>]W?,?(?P<end>D))?"
_YEAR = "[ok]?k?(?P<y>Y)(?P<era>[(]?e)?"
# A number beside a further sign is a piece of something longer: a version, an address, a telephone number.
_ALONE, _ENDED = r"(?<![-/.])(?<![DYnN]:)(?<!N)(?<!N[p|])", r"(?![/.]|-(?!D:))(?P<era>[(]?e)?"
# Without a year: neither an unlikely one nor a number may follow, nor "last year".
_NO_YEAR = r"(?![,p/.-]?[ok]*Y|[ok]*[gG]|[ot]*k[sgG]|[/.:]|-D|D(?!:)|n)"
_END = "(?![-/:.D])"
_BARE = r"(?<!\.)(?<!D:)"  # no minutes, no part of a number


# The more certain first. Numbers, then words with a year, then months, then words without a year.
FORMS = (
    Form.of("year-month-day", rf"{_ALONE}(?P<y>Y)(?P<sign>[-/.])(?P<m>D)(?P=sign)(?P<d>D){_ENDED}", _year_first),
    Form.of("day.month.year", rf"{_ALONE}(?P<d>D)(?:[-~](?P<end>D))?\.(?P<m>D)\.(?P<y>Y){_ENDED}", _dotted),
    Form.of("month.day.year", rf"{_ALONE}(?P<m>D)\.(?P<d>D)\.(?P<y>Y){_ENDED}", _dotted_month_first),
    Form.of("day/month/year", rf"{_ALONE}(?P<d>D)(?P<sign>[-/])(?P<m>D)(?P=sign)(?P<y>Y){_ENDED}", _either_order),
    # "2021 / 11 / 9"; with a sign before or after them too, such numbers are the cells of a table.
    Form.of("year-month-day", r"(?<!\|)(?P<y>Y)(?P<sign>[|~])(?P<m>D)(?P=sign)(?P<d>D)(?![-/.|~:])", _year_first),
    Form.of(
        "day/month/year", r"(?:(?<!\|)|(?<=D:D\|)|(?<=D:D:D\|))(?P<d>D)\|(?P<m>D)\|(?P<y>Y)(?![-/.|:])", _either_order
    ),
    # "28 05 2024, 07:30", alone on its line
    Form.of("day.month.year", r"^(?P<d>D)(?P<m>D)(?P<y>Y)(?=$|,?D:)", _day_first),
    Form.of("short-year", rf"{_ALONE}(?P<y>D)/(?P<m>D)/(?P<d>D){_ENDED}", _short_solar),
    Form.of("day.month.short-year", rf"{_ALONE}(?P<d>D)\.(?P<m>D)\.(?P<y>D){_ENDED}", _short_gregorian),
    Form.of("day/month/short-year", rf"{_ALONE}(?P<d>D)/(?P<m>D)/(?P<y>D){_ENDED}", _short_either),
    Form.of(
        "day-month-to-day-month-year",
        rf"(?P<d>D)[oc]?(?P<m>[Mm])[pc]?[-~&>](?P<end>D)[oc]?(?P<last>[Mm])[pc]?,?{_YEAR}",
        _words,
    ),
    Form.of(
        "month-day-to-month-day-year",
        rf"(?P<m>[Mm])p?(?P<d>D)[-~&>](?P<last>[Mm])p?(?P<end>D),?{_YEAR}",
        _words,
    ),
    # "2008 ,09 January", as "09 January, 2008" comes out that was drawn from right to left
    Form.of("day-month-year", r"(?P<y>Y),(?P<d>D)(?P<m>[Mm])$", _words),
    Form.of("day-month-year", rf"{_BARE}{_DAY}[-/.]?{_MONTH}[-/.,]?W?,?{_YEAR}", _words),
    Form.of("day-month-year", rf"{_BARE}(?P<d>D)\|(?P<m>[Mmvl])\|(?P<y>Y)(?P<era>[(]?e)?", _words),  # "5 / May / 2021"
    Form.of("month-day-year", rf"(?P<m>[Mmvl])[-/pc]?[td]?{_DAY}[-/,]?d?{_YEAR}", _words),
    Form.of("month-day-year", r"^(?P<m>M),(?P<d>D),(?P<y>Y)", _words),  # "August, 30, 2022 - 11:25"
    Form.of(
        "year-month-day", rf"(?P<y>Y)[-/,]?e?k?d?(?P<m>[Mmv])[pc]?(?:d|(?<=M)f)?[-/]?(?P<d>D){_TO_DAY}(?!:)", _words
    ),
    Form.of("day-month-year", r"(?<![-:.])(?P<d>D)(?P<m>[Mmv])(?P<y>n)(?P<era>[(]?e)?(?=$|[,|~)(p]|D:)", _lunar),
    Form.of("day-month-short-year", r"(?<![-:.])(?P<d>D)-(?P<m>[Mml])-(?P<y>D)(?![-/:.])", _short),
    Form.of("day-month-short-year", rf"{_BARE}(?P<d>D)(?P<m>[Mm]),?(?:'|k(?=D(?:$|[,p)|])))(?P<y>D){_END}", _short),
    Form.of("day-month-short-year", r"(?:(?<=W)|(?<=W,))(?P<d>D)(?P<m>[Mmv])(?P<y>D)(?=$|[,|~)]|D:)", _short),
    Form.of("day-month-short-year", r"^(?P<d>D)(?P<m>M)(?P<y>D)(?=$|[|~(])", _short),  # "7 Nov 22 | 10:15"
    Form.of("month-day-short-year", rf"(?P<m>M)(?P<d>D),?'(?P<y>D){_END}", _short),
    # "August 01, 24", at most with a time and a name on its line
    Form.of("month-day-short-year", r"^W?,?(?P<m>M)(?P<d>D),(?P<y>D)(?=$|[|~(]|D:|x{1,3}$)", _short),
    Form.of("day-month-this-year", rf"{_BARE}{_DAY}{_MONTH}(?:k?r|o?rk|R)", _words),
    Form.of("month-day-this-year", rf"(?P<m>[Mm])[pc]?t?{_DAY},?(?:kr|o?rk|R)", _words),
    Form.of("this-year-month-day", rf"d?(?:rk|R)d?(?P<m>[Mmv])[pc]?{_FROM_DAY}?(?P<d>D){_TO_DAY}(?!:)", _words),
    Form.of("day-month-last-year", rf"{_BARE}{_DAY}{_MONTH}(?:kg|gk)", _words),
    Form.of("month-day-last-year", rf"(?P<m>[Mm])[pc]?t?{_DAY},?(?:kg|gk)", _words),
    Form.of("day-month-next-year", rf"{_BARE}{_DAY}{_MONTH}(?:kG|Gk)", _words),
    Form.of("month-day-next-year", rf"(?P<m>[Mm])[pc]?t?{_DAY},?(?:kG|Gk)", _words),
    # Persian names its own calendar's month so, English its own.
    Form.of("day-this-month", r"(?<![-/:.])(?P<d>D)cr(?!k)", lambda parts: [("solar", None, THIS_MONTH, parts["d"])]),
    Form.of("day-this-month", r"(?<![-/:.])(?P<d>D)ot?rc", lambda parts: [("gregorian", None, THIS_MONTH, parts["d"])]),
    Form.of("month-year", rf"(?<!:n)(?P<m>[Mmv])(?:[-~&/](?P<last>[Mmv]))?[pc]?[-/,]?{_YEAR}(?![-/]D)", _words),
    Form.of("day-month", rf"{_BARE}(?<!x-){_DAY}o?(?P<m>M)c?{_NO_YEAR}", _words),
    Form.of("day-month", rf"(?<=[aW]){_DAY}o?(?P<m>m)c?{_NO_YEAR}", _words),
    Form.of("day-month", rf"{_BARE}{_DAY}c(?P<m>[mv]){_NO_YEAR}", _words),
    Form.of("day-month", rf"{_BARE}{_DAY}(?P<m>[mv])c{_NO_YEAR}", _words),
    Form.of("month-day", rf"(?<=[dr])(?P<m>[Mmv])[pc]?{_FROM_DAY}?(?P<d>D){_TO_DAY}{_NO_YEAR}", _words),
    Form.of("month-day", rf"(?P<m>[Mm])p?{_DAY}(?=$|[,()~piF]){_NO_YEAR}", _words),
)


def readings(line: Tokens, *, persian: bool) -> list[Reading]:
    """Return what the forms match on a line, in order of place; three short numbers are solar in a Persian text."""
    taken: set[int] = set()
    found = []
    kinds = set(line.kinds) | ({"M"} if _A_MONTH.search(line.kinds) else set())
    is_sentence = line.kinds.count("x") > _FEW_WORDS and not _SHORT_AND_TIME.search(line.kinds)
    for form in FORMS:
        if not form.needs <= kinds:
            continue
        if form.name in _SHORT and (is_sentence or persian != (form.name == "short-year")):
            continue
        for match in form.pattern.finditer(line.kinds):
            places = range(*match.span())
            if not taken.isdisjoint(places) or not (days := plausible(form, line, match)):
                continue
            if "short-year" in form.name and not _is_short(form, line, match):
                continue
            taken.update(places)
            found.append(_reading(form, line, match, days))
    return sorted(found, key=lambda reading: reading.span)


_SHORT = ("short-year", "day.month.short-year", "day/month/short-year")  # of three numbers of two digits
_FEW_WORDS = 3
_SHORT_AND_TIME = re.compile(r"D([/.])D\1D,?[ax]?D:D")  # "By the author On 11/13/19 at 4:00 PM"
_TWO_DIGITS = 10


def _is_short(form: Form, line: Tokens, match: re.Match[str]) -> bool:
    """Tell whether a year is written with two digits; beside full stops, which versions have too, all numbers."""
    names = "dmy" if form.name == "day.month.short-year" else "y"
    if form.name == "month-day-short-year" and "'" not in match[0]:
        names = "dy"
        if line.kinds.startswith("x", match.end()) and line.values[match.start("d")] >= _TWO_DIGITS:
            return False  # "June 12, 24 people": a nought before the day is written on date lines alone
    return all(stop - start == 2 for start, stop in (line.spans[match.start(name)] for name in names))


_A_MONTH = re.compile("[Mmvl]")


def plausible(form: Form, line: Tokens, match: re.Match[str], years: Years = PUBLISHED) -> list[Day]:
    """Return the days that a match can mean: those whose year, if written, is among the years of its calendar."""
    parts = {name: line.values[match.start(name)] for name, part in match.groupdict().items() if part is not None}
    days = [day for day in form.read(parts) if day[1] is None or day[1] in years[day[0]]]
    return [day for day in days if day[0] == _era(line, match)] or days


def _era(line: Tokens, match: re.Match[str]) -> str | None:
    """Return the calendar that is named after a year."""
    end = match.end()
    return line.values[end - 1] if line.kinds[end - 1] == "e" else None


def _reading(form: Form, line: Tokens, match: re.Match[str], days: list[Day]) -> Reading:
    start, end = match.span()
    span = Span(line.spans[start][0], line.spans[end - 1][1])
    last = _end(line, match)
    return Reading(form.name, days, span, _weekday(line, start, end), _is_limit(line.kinds, start, last), last)


def _end(line: Tokens, match: re.Match[str]) -> tuple[Readings, int] | None:
    """Return what tells the last of several days; of days that are apart ("3 and 9 May") it is the first."""
    parts = match.groupdict()
    if parts.get("end") is None:
        return None
    first, last = match.start("d"), match.start("end")
    if "&" in line.kinds[first:last]:
        days = [line.values[place] for place in range(first, last + 1) if line.kinds[place] == "D"]
        last = last if days[-1] - days[0] < len(days) else first
    months = line.values[match.start("last")] if parts.get("last") else ()
    return months, line.values[last]


_WEEKDAY_BEFORE = re.compile(r"Wp?(?:[,(~|/ta]{0,2}d?|da?,?d?)$")
_WEEKDAY_AFTER = re.compile(r"[,(~|]?(W)(?=$|[,|~)(p]{1,2}(?:$|[^DMmY]|D:)|D:)")
# "until", "law of", "decree No. 305 of"
_LIMIT = re.compile(r"(?:[s>]|Lo?|L[N(p|]{0,3}[nDY](?:/x)?[)|]?o?)[taW,]{0,3}$")
_LIMIT_LENGTH = 10  # words and signs in which it is looked for
_FROM = re.compile(r"f[taW,]{0,3}$")


def _weekday(line: Tokens, start: int, end: int) -> int | None:
    """Return the weekday (Monday is 0) that stands before a date, or after it and not before another."""
    if before := _WEEKDAY_BEFORE.search(line.kinds, max(0, start - 5), start):
        return int(line.values[before.start()])
    after = _WEEKDAY_AFTER.match(line.kinds, end)
    return int(line.values[after.start(1)]) if after else None


def _is_limit(kinds: str, place: int, end: tuple[Readings, int] | None) -> bool:
    """Tell whether a date is no day of an event; ``from 5 May`` is none, ``from 5 to 7 May`` is."""
    before = kinds[max(0, place - _LIMIT_LENGTH) : place]
    return bool(_LIMIT.search(before) or (not end and _FROM.search(before)))
