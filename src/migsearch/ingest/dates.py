"""Dates in text: Gregorian, Solar Hijri and lunar, in the forms that news pages write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migsearch.ingest.date_forms import PUBLISHED, Reading, readings
from migsearch.ingest.date_meaning import Dated, Sources, agrees, dated, ordered
from migsearch.ingest.date_words import Tokens, tokens
from migsearch.model import PartialDate, Span


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that stands in a text.

    ``span`` is its place in the text, in code points; ``calendar`` the one it was written in; ``weekday``
    whether a weekday stands beside it; ``limit`` whether it is no day of an event (until 30 June, law of 3 May).
    """

    date: PartialDate
    span: Span
    calendar: str
    weekday: bool = False
    limit: bool = False


def find_dates(text: str, *, year: int | None = None) -> list[FoundDate]:
    """Return the dates that stand in a text, in order of place.

    ``year`` is the Gregorian year in which the text was published: a date without a year is read in it, and
    flagged ``inferred``. Without it, such a date is read only if a single year stands in the text.
    """
    pieces = [tokens(text, start, end) for start, end in _pieces(text)]
    matched = [reading for piece in pieces for reading in readings(piece) if not _is_broken(reading, text)]
    if not matched:
        return []
    sources = _single_years(pieces) if year is None else {"gregorian": year}
    persian = _PERSIAN.search(text) is not None
    items = [
        item for reading in matched if (persian or reading.form != "short-year") and (item := dated(reading, sources))
    ]
    dates = [_found(item, text) for item in ordered(items)]
    # A weekday that contradicts the year of the text shows that another year is meant.
    return [item for item in dates if year is not None or not _UNLIKELY.issubset(item.date.flags)]


_UNLIKELY = {"inferred", "weekday-disagrees"}


def _is_broken(reading: Reading, text: str) -> bool:
    """Tell whether a date has its year on the next line: it is not one without a year."""
    return reading.days[0][1] is None and _YEAR_BELOW.match(text, reading.span.end) is not None


_YEAR_BELOW = re.compile(r",?[ \t]{0,4}\r?\n[ \t]{0,4}\d{4}(?!\d)")
_PERSIAN = re.compile("[\N{ARABIC LETTER HAMZA}-\N{EXTENDED ARABIC-INDIC DIGIT NINE}]")
_NUMBER = re.compile(r"\d+")
_REACH = 48  # characters around a number in which the rest of its date stands
_LONGEST = 10_000  # characters that are read together, so that a table of numbers stays small in memory


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces of lines that have numbers in them: only there is a date."""
    start, end = 0, -1
    for number in _NUMBER.finditer(text):
        if number.end() - number.start() not in (1, 2, 4):
            continue
        first, last = _around(text, *number.span())
        if first > end or last - start > _LONGEST:
            if end > 0:
                yield start, end
            start = max(first, end)
        end = last
    if end > 0:
        yield start, end


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the piece of the line around a number, cut between words."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    line = text.rfind("\n", first, start)
    first = line + 1 if line >= 0 else (text.find(" ", first, start) + 1 or first) if first else 0
    line = text.find("\n", end, last)
    return first, line if line >= 0 else max(last if last == len(text) else text.rfind(" ", end, last), end)


_BEFORE_YEAR = re.compile(r"(?<![-/.])D([-/.])[DMml]\1$|[ickoaMmvlD]$")
_AFTER_YEAR = re.compile(r"([-/.])D\1D(?![-/.])|[,p)]|$")
_PAST = range(1960, 1990)
_OF_LAW = re.compile("x?L")  # the 1967 Protocol, the 1951 Refugee Convention
_NO_YEAR_AFTER = ("s", "f", "L", "Lo", "Li", "fk", "sk")


def _single_years(pieces: list[Tokens]) -> Sources:
    """Return the year that a text names if it names one only, for the Gregorian and the Solar calendar."""
    named: dict[str, dict[int, bool]] = {"gregorian": {}, "solar": {}}
    for line in pieces:
        for place in (match.start() for match in re.finditer("Y", line.kinds)):
            year, kinds = line.values[place], line.kinds
            for calendar, years in named.items():
                if year in PUBLISHED[calendar]:
                    years[year] = years.get(year, False) or _is_year(kinds, place)
                elif calendar == "gregorian" and year in _PAST and not _OF_LAW.search(kinds, place + 1, place + 4):
                    years[year] = False  # a text about the past can mean it
    return {
        calendar: year for calendar, years in named.items() if len(years) == 1 for year, sure in years.items() if sure
    }


def _is_year(kinds: str, place: int) -> bool:
    """Tell a year from a number of people or a telephone's, and from the year of a law or of a beginning."""
    before, after = kinds[max(0, place - 5) : place], kinds[place + 1 : place + 6]
    if before.endswith(_NO_YEAR_AFTER):
        return False
    if before[-1:] in ("-", "/", ".") or not _AFTER_YEAR.match(after):
        return _BEFORE_YEAR.search(before) is not None
    return True


def _found(item: Dated, text: str) -> FoundDate:
    reading, date = item.reading, item.date
    flags = date.flags
    # The first of a lunar month is the night of a new moon: neighbours in place differ by a day.
    if date.precision == "day" and not agrees(date, reading.weekday, 1 if item.calendar == "lunar" else 0):
        flags += ("weekday-disagrees",)
    literal = text[slice(*reading.span)]
    return FoundDate(
        replace(date, literal=literal, flags=flags),
        reading.span,
        item.calendar,
        weekday=reading.weekday is not None,
        limit=reading.limit,
    )
