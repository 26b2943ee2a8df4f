"""The dates of a page with what stands around them: their line, the words beside them, the part of the page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from migsearch.analysis.icu import CALENDARS
from migsearch.data import table
from migsearch.ingest.date_labels import days_ago, has_label, is_clock, is_stamp, label_words, names_masthead
from migsearch.ingest.date_meaning import FoundDate
from migsearch.ingest.date_sentences import is_background, is_counted, is_planned
from migsearch.ingest.date_words import key, tokens
from migsearch.model import PartialDate, Span

LINE = 120
"""Characters of a date line at most."""

TITLE_PLACE = "\n\n\n"
"""What stands in a head in the place of the title."""

_PERIOD = datetime.timedelta(days=62)  # of which something is told that lasts, as a project does, and no event
_LEAD, _BEGINNING = 350, 30  # code points of an article in which the day stands of what it tells
_OPENING = 4  # lines of the article among which a date line or the first sentence is looked for


@dataclass(frozen=True, slots=True)
class Placed:
    """A date with what stands around it on its line."""

    found: FoundDate
    line: str
    """Empty if it is too long for a date line."""
    before: str
    """What is before it on the line, after another date if there is one."""
    after: str
    above: str
    """The line above."""
    in_head: bool
    is_first: bool
    """Whether it is on the first line of the page, above its title."""
    above_title: bool
    """Whether it is in the head above the title."""
    below_title: bool
    """Whether it is anywhere below a title that the head has."""
    in_opening: bool
    """Whether it is on one of the first lines of the article."""
    place: int
    """Where it stands in the article, in code points; below zero above that."""
    column: int
    """How many characters are before it on its line."""
    in_range: bool
    """Whether it is the first of several days, of which the last is left out."""
    is_last: bool
    """Whether it is on the last line of the page."""
    group: int
    """The same for dates on one line, and on lines of which one follows the other."""
    calendars: int
    """How many are in the group."""

    @property
    def date(self) -> PartialDate:
        """The date itself, of several days the first."""
        return self.found.begins

    @property
    def is_day(self) -> bool:
        """Whether the date is known to the day."""
        return self.date.precision == "day"

    @property
    def is_stamp(self) -> bool:
        """Whether a crawler has written the line."""
        return is_stamp(self.line)

    @property
    def is_labelled(self) -> bool:
        """Whether a word such as "Published" stands before the date."""
        return self.has_label("published") or self.has_label("date")

    @property
    def days_ago(self) -> int | None:
        """How many days before it was written a sentence says that it was: "Today, on April 14, ..." none."""
        return None if self.in_head or self.line else days_ago(self.before)

    @property
    def is_signature(self) -> bool:
        """Whether an agency signs with it below an article: "///nCa, 6 May 2025"."""
        return self.before.lstrip().startswith("//")

    @property
    def is_planned(self) -> bool:
        """Whether its sentence tells what is to come or has an end: "will be held on 17 May", "expired on 30 June"."""
        return is_planned(self.before, self.after)

    @property
    def is_background(self) -> bool:
        """Whether its sentence explains by it what it tells: "since the fall of Kabul on 15 August 2021"."""
        return is_background(self.before)

    @property
    def is_in_lead(self) -> bool:
        """Whether the article begins with it, as in "On 16 May in Ashgabat", or tells it soon, with its year.

        That can be «سال روان», "this year".
        """
        return 0 <= self.place < (_LEAD if self.has_year or "this-year" in self.date.rule else _BEGINNING)

    @property
    def has_year(self) -> bool:
        """Whether the year is written with it, in two digits perhaps."""
        return not self.date.inferred or _WRITTEN.search(self.date.rule) is not None

    @property
    def is_counted(self) -> bool:
        """Whether it is the day up to which something was counted: "as of 1 May"."""
        return is_counted(self.before)

    @property
    def is_other(self) -> bool:
        """Whether it is the date of a clock, of today's paper or of a deadline."""
        if self.days_ago is not None:
            return False
        if self.has_label("not_published") or is_clock(self.line) or _WEATHER.fullmatch(self.above):
            return True
        if self.in_head and names_masthead(self.above):
            return True
        # What prints today's date prints it in three calendars, above the title if there is one.
        return self.in_head and self.calendars == len(CALENDARS) and not (self.is_labelled or self.below_title)

    @property
    def is_timed(self) -> bool:
        """Whether a time stands on the line."""
        return _TIME.search(self.line) is not None

    @property
    def counts(self) -> bool:
        """Whether it is a day by itself, and one of the page's own."""
        return not self.found.limit and not self.is_other

    @property
    def is_update(self) -> bool:
        """Whether it is the date of the last change."""
        return self.has_label("updated")

    def has_label(self, name: str) -> bool:
        """Tell whether a word of a list of ``data/months.toml`` stands before the date."""
        return has_label(name, self.before, self.above)

    def is_line(self, names: int) -> bool:
        """Tell whether the line is mainly a date, its year included, with so many other words at most."""
        if self.in_range:
            return False
        return self.names <= names and self.has_year

    @property
    def names(self) -> int:
        """How many words on the line are neither date nor label; many for a line that is too long."""
        if not self.line:
            return LINE
        if _BYLINE.fullmatch(self.before) and not self.after.strip():
            return 0
        line = tokens(self.line)
        words = (
            key(self.line[slice(*span)]) for kind, span in zip(line.kinds, line.spans, strict=True) if kind in "xLsgGuU"
        )
        return sum(word not in label_words() for word in words if word not in self._own_words)

    @property
    def _own_words(self) -> frozenset[str]:
        """The words of the date itself, which has numbers in words."""
        return frozenset(key(word) for word in re.findall(r"[^\W\d_]+", self.date.literal))


_BYLINE = re.compile(r"\W*(?:by|توسط|نویسنده|لیکوال)\W+(?:[^\W\d_.]+[. ]{0,2}){1,4}\W*", re.IGNORECASE)
_WRITTEN = re.compile("short-year|relative")
_TIME = re.compile(r"\d:\d")
# Beside a clock: "8.8 C", "Kabul 27°C".
_WEATHER = re.compile(r"\s*(?:[^\W\d_]+\s){0,2}-?\d{1,2}(?:\.\d)?\s*\N{DEGREE SIGN}?\s*[CF]\s*")


def placed_dates(page: str, head: int, found: Sequence[FoundDate]) -> Iterator[Placed]:
    """Find the lines of dates in a page whose head has so many characters, and what stands around each date."""
    opening = _opening_end(page, head)
    title = page.find(TITLE_PLACE, 0, head)
    article = len(page) - len(page[head:].lstrip())
    for group, dates in enumerate(_groups(page, found)):
        calendars = len({date.calendar for date in dates})
        previous, before = 0, ""
        same: FoundDate | None = None
        ranges = [pair for pair in pairwise(dates) if _is_range(page, *pair)]
        firsts, lasts = {first.span for first, _ in ranges}, {last.span for _, last in ranges}
        periods = {first.span for first, last in ranges if last.begins.first - first.begins.first > _PERIOD}
        for date in dates:
            start, end = _line(page, date.span)
            previous = max(previous, start)
            is_period = date.span in periods or (date.range and date.date.last - date.date.first > _PERIOD)
            if date.span in lasts or is_period:
                continue
            if not (same and same.span.end > start and same.begins.first == date.begins.first):
                before = page[max(previous, date.span.start - LINE) : date.span.start]
            same = date  # the same day in another calendar has the same label
            yield Placed(
                date,
                line=page[start:end] if end - start <= LINE else "",
                before=before,
                after=page[date.span.end : min(end, date.span.end + LINE)],
                above=page[max(0, start - LINE, title if title < start else 0) : start].rstrip().rpartition("\n")[2],
                in_head=start < head,
                is_first=start == 0,
                above_title=start < title,
                below_title=0 <= title < start,
                in_opening=head <= start < opening,
                place=date.span.start - article,
                column=date.span.start - start,
                in_range=date.range or date.span in firsts,
                is_last=not page[end:].strip(),
                group=group,
                calendars=calendars,
            )
            previous = date.span.end


_TO = re.compile(r"[\s(|]*(?:\N{EN DASH}|-|to|until|till|تا|الی|الي|تر|по)\s*", re.IGNORECASE)


def _is_range(page: str, one: FoundDate, other: FoundDate) -> bool:
    """Tell whether two dates of one calendar are the first and the last day of something."""
    between = page[one.span.end : other.span.start]
    is_later = one.calendar == other.calendar and one.date.first < other.date.first
    return is_later and _TO.fullmatch(between) is not None


def _groups(page: str, found: Sequence[FoundDate]) -> Iterator[list[FoundDate]]:
    """Yield the dates that stand on one line, or each alone on lines that follow one another."""
    lines: list[list[FoundDate]] = []
    for date in found:
        if lines and "\n" not in page[lines[-1][-1].span.end : date.span.start]:
            lines[-1].append(date)
        else:
            lines.append([date])
    group: list[FoundDate] = []
    for before, line in zip(([], *lines), lines, strict=False):
        follows = before and page.count("\n", before[-1].span.end, line[0].span.start) == 1
        if group and not (follows and len(before) == len(line) == 1):
            yield group
            group = []
        group = [*group, *line]
    if group:
        yield group


def _line(text: str, span: Span) -> tuple[int, int]:
    end = text.find("\n", span.end)
    return text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text)


def _opening_end(page: str, head: int) -> int:
    """Return where the first lines of the article end, empty ones not counted."""
    end, left = head, _OPENING
    while left and end < len(page):
        line = page.find("\n", end) + 1 or len(page)
        left -= not page[end:line].isspace()
        end = line
    return end


_FOOT = 5  # lines below an article that may belong to it


def foot(tail: str) -> str:
    """Return the first lines of what follows an article, up to the heading of a column of other articles."""
    lines = [line.strip() for line in tail.split("\n") if line.strip()][:_FOOT]
    ends = (
        number for number, line in enumerate(lines) if key(line.strip(" :").lstrip("0123456789 ")) in _side_columns()
    )
    return "\n".join(lines[: next(ends, _FOOT)])


@cache
def _side_columns() -> frozenset[str]:
    """Return the headings of columns of other articles."""
    return frozenset(key(cue) for cue in table("page_cues")["side_columns"])
