"""Which of the dates on a page is that of its publication.

The kinds of evidence are one visible list, the best first: a date after "Published", a line of the head that is
mainly a date, such a line at the beginning of the article, the place and date before its first sentence, a line
with a month, the first day told in the article, the stamp of a crawler. Clocks, updates and deadlines are no
evidence. No date is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from migsearch.analysis.icu import CALENDARS
from migsearch.ingest.date_labels import has_label, is_clock, label_words
from migsearch.ingest.date_words import key, spelled, tokens
from migsearch.ingest.dates import FoundDate, find_dates
from migsearch.model import PartialDate, Span

_LINE = 120  # characters of a date line at most
_NAMES = 4  # other words on it at most: a place, an author
_LOOKED_AT = 50  # dates of the head, and of the article; a table of dates has many
_OPENING = 4  # lines of the article among which a date line or the first sentence is looked for


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date with what stands around it on its line."""

    found: FoundDate
    line: str
    before: str  # on the line, after another date if there is one
    after: str
    above: str  # the line above
    in_head: bool
    in_opening: bool  # on one of the first lines of the article
    calendars: int  # on the line

    @property
    def date(self) -> PartialDate:
        return self.found.date

    @property
    def is_day(self) -> bool:
        return self.date.precision == "day"


def publication_date(head: str, text: str) -> PartialDate | None:
    """Return the day or month on which a page was published, ``None`` rather than a wrong one.

    ``head`` are the lines around the title that are not the title, ``text`` is the article. The date's ``rule``
    is the kind of evidence and the form it was read by, as in ``label day-month-year``.
    """
    page = f"{head}\n\n{text}"
    found = find_dates(page)
    if not found:
        return None
    number = sum(date.span.start < len(head) for date in found)
    looked_at = [*found[:number][:_LOOKED_AT], *found[number:][:_LOOKED_AT]]
    placed = [item for item in _placed(page, len(head), looked_at) if not item.found.limit and not _is_other(item)]
    for evidence, find in _EVIDENCE:
        if chosen := find(placed):
            return replace(chosen, rule=f"{evidence} {chosen.rule}")
    return None


def _placed(page: str, head: int, found: list[FoundDate]) -> Iterator[_Placed]:
    """Find the line of each date and what stands around the date on it."""
    searched = spelled(page)
    opening = _opening_end(searched, head)
    start, end, previous, calendars = 0, -1, 0, 0
    for number, date in enumerate(found):
        if date.span.start > end:  # on another line than the date before
            start, end = _line(searched, date.span)
            previous = start
            calendars = len({other.calendar for other in found[number : number + 4] if other.span.start < end})
        yield _Placed(
            date,
            line=searched[start:end] if end - start <= _LINE else "",
            before=searched[max(previous, date.span.start - _LINE) : date.span.start],
            after=searched[date.span.end : min(end, date.span.end + _LINE)],
            above=searched[max(0, start - _LINE) : start].rstrip().rpartition("\n")[2],
            in_head=start < head,
            in_opening=head <= start < opening,
            calendars=calendars,
        )
        previous = date.span.end


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


def _is_other(item: _Placed) -> bool:
    """Tell whether a date is that of a clock, an update or a deadline."""
    if _has_label(item, "not_published") or is_clock(item.line):
        return True
    # What prints today's date prints it in three calendars.
    return item.in_head and item.calendars == len(CALENDARS) and not _is_labelled(item)


def _is_labelled(item: _Placed) -> bool:
    return _has_label(item, "published") or _has_label(item, "date")


def _has_label(item: _Placed, name: str) -> bool:
    return has_label(name, item.before, item.above)


def _names(item: _Placed) -> int:
    """Return how many words on a line are neither date nor label; many for a line that is too long."""
    if not item.line:
        return _LINE
    line = tokens(item.line)
    words = (key(item.line[slice(*span)]) for kind, span in zip(line.kinds, line.spans, strict=True) if kind in "xLsg")
    return sum(word not in label_words() for word in words)


def _is_line(item: _Placed, names: int = _NAMES) -> bool:
    """Tell whether a line is mainly a date, its year included."""
    return _names(item) <= names and (not item.date.inferred or item.date.rule == "short-year")


def _labelled(placed: list[_Placed]) -> PartialDate | None:
    return next((item.date for item in placed if item.in_head and not _is_stamp(item) and _is_labelled(item)), None)


def _head_line(placed: list[_Placed]) -> PartialDate | None:
    """Return the earliest day of the lines that are nothing but a date, or else of those that name something too.

    A page's clock is never earlier than the page.
    """
    lines = [item for item in placed if item.in_head and item.is_day and not _is_stamp(item) and _is_line(item)]
    earliest = min(lines, key=lambda item: (_names(item) > 0, item.date.first), default=None)
    return earliest.date if earliest else None


def _opening_line(placed: list[_Placed]) -> PartialDate | None:
    lines = [item for item in placed if item.in_opening and item.is_day and not _is_stamp(item) and _is_line(item, 1)]
    lines = [item for item in lines if _is_labelled(item)] or lines
    return lines[0].date if lines else None


_PLACE = r"[^\W\d_][^\d\n,()\N{EN DASH}:;]{1,30}"
_PLACES = rf"{_PLACE}(?:,\s*{_PLACE}){{0,2}}"
_DASH = r"(?:\N{EN DASH}|-\s|-$)"
_AGENCY = r"(?:\([^()\d]{1,20}\)\s*)?"
# "Kabul, 5 May 2021 -", "Geneva (18 December 2018)", "5 May 2021, Kabul -"; "Ashgabat - On 9 December 2022".
_DATE_AND_DASH = re.compile(rf"\s*(?:,\s*{_PLACES})?\s*{_AGENCY}(?:{_DASH}|\)|:\s)")
_PLACE_AND_DATE = re.compile(rf"\W*(?:{_PLACES}\s*,?\s*)?{_AGENCY}\(?\s*")
_PLACE_AND_DASH = re.compile(rf"\W*{_PLACES}\s*{_AGENCY}{_DASH}\s*{_AGENCY}(?:[^\W\d_]+[\s,]+){{0,3}}")


def _dateline(placed: list[_Placed]) -> PartialDate | None:
    """Return the date that stands with a place before an article's first sentence."""
    for item in placed:
        if not item.in_opening or not item.is_day:
            continue
        if _PLACE_AND_DASH.fullmatch(item.before):
            return item.date
        if _PLACE_AND_DATE.fullmatch(item.before) and _DATE_AND_DASH.match(item.after):
            return item.date
    return None


def _month_line(placed: list[_Placed]) -> PartialDate | None:
    """Return the month of a bulletin: the only one that stands on lines of its own."""
    lines = [item for item in placed if item.date.precision == "month" and (item.in_head or item.in_opening)]
    months = [item.date for item in lines if _is_line(item, 1)]
    return months[0] if len(set(months)) == 1 else None


def _event(placed: list[_Placed]) -> PartialDate | None:
    """Return the first day that the article tells of."""
    dates = (item.date for item in placed if not item.in_head and item.is_day and not _is_stamp(item))
    first = next(dates, None)
    return first and replace(first, flags=(*first.flags, "event"))


_STAMP = re.compile(r"\s*date \d{4}-\d\d-\d\d\s*")


def _is_stamp(item: _Placed) -> bool:
    """Tell whether a crawler has written the line: its word has neither capital nor colon."""
    return _STAMP.fullmatch(item.line) is not None


def _stamp(placed: list[_Placed]) -> PartialDate | None:
    dates = [item.date for item in placed if _is_stamp(item)]
    # The first of January is what a crawler writes that knows the year only.
    return next((date for date in dates if (date.first.month, date.first.day) != (1, 1)), None)


_EVIDENCE: tuple[tuple[str, Callable[[list[_Placed]], PartialDate | None]], ...] = (
    ("label", _labelled),
    ("head", _head_line),
    ("opening", _opening_line),
    ("dateline", _dateline),
    ("month", _month_line),
    ("article", _event),
    ("stamp", _stamp),
)
