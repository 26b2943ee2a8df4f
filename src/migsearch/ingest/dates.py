"""Dates in text: Gregorian, Solar Hijri and lunar, in the forms that news pages write."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from migsearch.ingest.date_forms import PUBLISHED, Reading, readings
from migsearch.ingest.date_hints import may_have_date, may_have_year
from migsearch.ingest.date_meaning import Context, Dated, FoundDate, Sources, agrees, dated, ordered, with_last, year_of
from migsearch.ingest.date_numbers import with_numbers
from migsearch.ingest.date_pairs import compared
from migsearch.ingest.date_pieces import pieces
from migsearch.ingest.date_relative import relative_dates
from migsearch.ingest.date_times import moment_beside
from migsearch.ingest.date_words import Tokens, spelled, tokens


@dataclass(frozen=True)
class ReadText:
    """A text with what the forms of dates match in it, before it is decided what days they mean."""

    text: str
    pieces: list[tuple[int, int]]
    """Where dates may stand in it."""
    readings: list[Reading]

    @cached_property
    def spelled(self) -> str:
        """The text in one spelling, character for character."""
        return spelled(self.text)

    @cached_property
    def years(self) -> Sources:
        """The year that the text names if it names one only, for the Gregorian and the Solar calendar."""
        searched = _COMPARED.sub(lambda found: found[1] + "x" * len(found[2]), self.spelled)
        named = (piece for piece in self.pieces if may_have_year(searched[slice(*piece)]))
        return _single_years([with_numbers(tokens(searched, *piece)) for piece in named])


# An earlier year with which that of the text is compared: "compared to the same period in 2024", «نسبت به سال ۱۴۰۲».
_COMPARED = re.compile(
    r"(\b(?:compared (?:to|with)|than in|(?:up|down) from)(?: the)?(?: same)?(?: (?:period|time|month|quarter|half))?"
    r"(?: (?:in|of))? |(?:نسبت به|در مقایسه با)(?: مدت)?(?: زمان)?(?: مشابه)?(?: در)? سال )(\d{4})(?!\d)"
)


_NOTHING_KNOWN = Context()


def find_dates(text: str, context: Context = _NOTHING_KNOWN) -> list[FoundDate]:
    """Return the dates that stand in a text, in order of place.

    A date without a year is read near the day of publication that the context tells, and flagged ``inferred``;
    without that, it is read only if a single year stands in the text. Relative words are read if the context tells
    when the page was fetched.
    """
    return resolve(read(text), context)


def read(text: str) -> ReadText:
    """Match the forms of dates in a text."""
    found = ReadText(text, [], [])
    found.pieces.extend(pieces(found.spelled))
    persian = _PERSIAN.search(text) is not None
    matched = [reading for piece in found.pieces for reading in _readings(found.spelled, piece, persian)]
    found.readings.extend(reading for reading in matched if not _is_broken(reading, text))
    return found


def _readings(searched: str, piece: tuple[int, int], persian: bool) -> list[Reading]:
    if not may_have_date(searched[slice(*piece)]):
        return []
    return readings(with_numbers(tokens(searched, *piece)), persian=persian)


def resolve(text: ReadText, context: Context = _NOTHING_KNOWN) -> list[FoundDate]:
    """Return the days that the forms in a text mean, in order of place."""
    if not text.readings and not context.crawled:
        return []
    sources = _sources(text, context) if text.readings else {}
    items = [item for reading in text.readings if (item := dated(reading, sources))]
    dates = [_found(item, text, context) for item in ordered(items, context)]
    if context.published is None:
        # A weekday that contradicts the year of the text shows that another year is meant.
        dates = [item for item in dates if not _UNLIKELY.issubset(item.date.flags)]
    dates = compared(dates, text.spelled)
    if context.crawled:
        taken = {place for item in dates for place in range(*item.span)}
        relative = relative_dates(text.text, context.crawled)
        dates += [FoundDate(date, span, "") for date, span in relative if taken.isdisjoint(range(*span))]
    return sorted(dates, key=lambda item: item.span)


_UNLIKELY = {"inferred", "weekday-disagrees"}


def _sources(text: ReadText, context: Context) -> Sources:
    return {"published": context.published} if context.published else text.years


def _is_broken(reading: Reading, text: str) -> bool:
    """Tell whether a date has its year on the next line: it is not one without a year."""
    return reading.days[0][1] is None and _YEAR_BELOW.match(text, reading.span.end) is not None


_YEAR_BELOW = re.compile(r",?[ \t]{0,4}\r?\n[ \t]{0,4}\d{4}(?!\d)")
_PERSIAN = re.compile("[\N{ARABIC LETTER HAMZA}-\N{EXTENDED ARABIC-INDIC DIGIT NINE}]")


_BEFORE_YEAR = re.compile(r"(?<![-/.])D([-/.])[DMml]\1$|[ickoaMmvlD]$")
_AFTER_YEAR = re.compile(r"([-/.])D\1D(?![-/.])|[,p)e]|$")
# "From 1 May 2025" says no year of another day.
_BEGINNING = re.compile(r"[sf][taW]?(?:[Mml]p?D,?|D[Mml],?|D[-/.]D[-/.])$")
_PAST = range(1960, 1990)
_OF_LAW = re.compile("x?L")  # the 1967 Protocol, the 1951 Refugee Convention
_NO_YEAR_AFTER = ("s", "f", "L", "Lo", "Li", "fk", "sk")


def _single_years(lines: list[Tokens]) -> Sources:
    named: dict[str, dict[int, bool]] = {"gregorian": {}, "solar": {}}
    for line in lines:
        for place in (match.start() for match in re.finditer("Y", line.kinds)):
            year, kinds = line.values[place], line.kinds
            for calendar, years in named.items():
                if year in PUBLISHED[calendar]:
                    years[year] = years.get(year, False) or _is_year(kinds, place)
                elif calendar == "gregorian" and year in _PAST and not _OF_LAW.search(kinds, place + 1, place + 4):
                    years[year] = False  # a text about the past can mean it
    return {
        calendar: days
        for calendar, years in named.items()
        if len(years) == 1
        for year, sure in years.items()
        if sure and (days := year_of(calendar, year))
    }


def _is_year(kinds: str, place: int) -> bool:
    """Tell a year from a number of people or a telephone's, and from the year of a law or of a beginning."""
    before, after = kinds[max(0, place - 5) : place], kinds[place + 1 : place + 6]
    if before.endswith(_NO_YEAR_AFTER) or _BEGINNING.search(before):
        return False
    if before[-1:] in ("-", "/", ".") or not _AFTER_YEAR.match(after):
        return _BEFORE_YEAR.search(before) is not None
    return True


def _found(item: Dated, text: ReadText, context: Context) -> FoundDate:
    reading, date = item.reading, item.date
    flags, moment = date.flags, None
    if date.precision == "day":
        # The first of a lunar month is the night of a new moon: neighbours in place differ by a day.
        if not agrees(date, reading.weekday, 1 if item.calendar == "lunar" else 0):
            flags += ("weekday-disagrees",)
        moment = moment_beside(text.spelled, reading.span, date.first)
    if context.crawled and date.first > context.crawled:
        flags += ("after-crawl",)
    literal = text.text[slice(*reading.span)]
    return FoundDate(
        replace(with_last(date, item.calendar, reading), literal=literal, flags=flags, moment=moment),
        reading.span,
        item.calendar,
        weekday=reading.weekday is not None,
        limit=reading.limit,
        range=reading.end is not None,
    )
