"""The kinds of evidence for the day on which a page was published: one visible list, the best first.

A date after "Published", a line of the head that is mainly a date, such a line at the beginning of the article, the
place and date before its first sentence, a line at its end, the title as a caption, the address of the page, a day in
the title, a line with a month, a crawler's stamp soon after the days told, an update below the title soon after them,
the first of those days if the lead tells it, any other stamp. Clocks, other updates and deadlines are no evidence. No
date is better than a wrong one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from migsearch.analysis import icu
from migsearch.ingest.date_meaning import Context
from migsearch.ingest.date_places import Placed, foot, placed_dates
from migsearch.ingest.dates import ReadText, read, resolve
from migsearch.ingest.page_lines import is_noise
from migsearch.model import PartialDate

_LOOKED_AT = 50  # dates of the head, and of the article; a table of dates has many
_NAMES = 4  # other words on a date line at most: a place, an author
_NAMES_AND_TIME = 8  # on one with the time of day: an agency, a place and an author
_DATELINE = 45  # characters at most before the day of a dateline in a second calendar
_PLACES_NAMED = 2  # words beside the date at the end of a statement: a city
_TITLE_END = 40  # characters by which a title is known again
_PARAGRAPH = 60  # characters of a line at least that is no label
_YEAR = datetime.timedelta(days=366)
_SOON = datetime.timedelta(days=92)
_CLOCK = datetime.timedelta(days=14)  # that a clock is ahead of what it stands above


@dataclass(frozen=True, slots=True)
class DatedPage:
    """What is looked at for evidence."""

    title: ReadText
    placed: list[Placed]
    stamps: list[PartialDate]
    updates: list[PartialDate]
    tail: str
    address: PartialDate | None
    context: Context
    years: Sequence[PartialDate] = ()
    """Every year that the article names."""


def date_by_evidence(page: DatedPage) -> PartialDate | None:
    """Return the date of the best evidence, its ``rule`` the kind of evidence and the form that it was read by."""
    for evidence, find in KINDS:
        if chosen := find(page):
            return replace(chosen, rule=f"{evidence} {chosen.rule}")
    return None


def any_placed(text: ReadText, head: int, context: Context) -> list[Placed]:
    """Return the dates of a text with their places; the first ``head`` characters are the head of the page."""
    found = resolve(text, context)
    number = sum(date.span.start < head for date in found)
    looked_at = [*found[:number][:_LOOKED_AT], *found[number:][:_LOOKED_AT]]
    return list(placed_dates(text.spelled, head, looked_at))


def _labelled(page: DatedPage) -> PartialDate | None:
    return next((item.date for item in page.placed if item.in_head and item.is_labelled), None)


def _head_line(page: DatedPage) -> PartialDate | None:
    """Return the day of the last line that is nothing but a date, or else of the last that names something too.

    The page's clock and columns of other news stand above its own date; what says the day in two calendars is a clock
    if there is another, and so is what is much later than the article's own dateline, and what stands above the title
    and is later than a day below the article, or has one with its time below the title. Of days on one line the
    earliest counts: the other is that of an update.
    """
    days = [item for item in page.placed if item.in_head and item.is_day]
    lines = [item for item in days if item.is_line(_NAMES if item.date.moment is None else _NAMES_AND_TIME)]
    lines = [item for item in lines if item.calendars == 1] or lines
    is_timed = any(item.date.moment is not None and not item.above_title for item in lines)
    lines = [item for item in lines if not (is_timed and item.above_title)]
    lines = [item for item in lines if item.names <= (item.date.moment is not None)] or lines
    beside = [item for item in lines if (item.group, item.line) == (lines[-1].group, lines[-1].line)]
    date = min((item.date for item in beside), key=lambda date: date.first, default=None)
    closing = _closing_line(page) if lines and beside[0].above_title else None
    if date and closing and closing.first < date.first:  # a clock, which is never before it
        return None
    dateline = _dateline(page) if date else None
    if date and dateline and not dateline.inferred and date.first - dateline.first > _CLOCK:
        return None
    return date


def _opening_line(page: DatedPage) -> PartialDate | None:
    lines = [item for item in page.placed if item.in_opening and item.is_day and item.is_line(1)]
    lines = [item for item in lines if item.is_labelled] or lines
    return lines[0].date if lines else None


_PLACE = r"[^\W\d_][^\d\n,()\N{EN DASH}:;]{1,30}"
_PLACES = rf"{_PLACE}(?:,\s*{_PLACE}){{0,2}}"
_DASH = r"(?:\N{EN DASH}|-\s|-$)"
_AGENCY = r"(?:\([^()\d]{1,20}\)\s*)?"
# "Kabul, 5 May 2021 -", "Geneva (18 December 2018)", "5 May 2021, Kabul -"; "Ashgabat - On 9 December 2022".
# "Minsk, May 5. /Agency/.", "Baku, May 5, Agency" on a line of its own.
_DATE_AND_DASH = re.compile(
    rf"\s*(?:,\s*{_PLACES})?\s*{_AGENCY}(?:{_DASH}|\)|:\s)|[.,]?\s*/[^/\n\d]{{2,20}}/|,\s*[^\W\d_]{{3,12}}$"
)
_PLACE_AND_DATE = re.compile(rf"\W*(?:{_PLACES}\s*,?\s*)?{_AGENCY}\(?\s*")
# "BRUSSELS (Agency / Other - 31st August, 2021)".
_PLACE_AND_SOURCE = re.compile(rf"\W*{_PLACES}\s*\([^()\n\d]{{2,60}}[-\N{{EN DASH}},]\s*")
# "A caption. (Ankara, November 18, 2022) –", wherever on a line.
_IN_BRACKETS = re.compile(rf"\({_PLACES},\s*$")
_BRACKET_AND_DASH = re.compile(r"\)\s*\N{EN DASH}")
_PLACE_AND_DASH = re.compile(rf"\W*{_PLACES}\s*{_AGENCY}{_DASH}\s*{_AGENCY}(?:[^\W\d_]+[\s,]+){{0,3}}")


def _dateline(page: DatedPage) -> PartialDate | None:
    """Return the date that stands with a place before an article's first sentence, or with "today" in it.

    From "yesterday" and "tomorrow" follows the day between them.
    """
    for item in page.placed:
        if not item.in_opening or not item.is_day:
            continue
        if _IN_BRACKETS.search(item.before) and _BRACKET_AND_DASH.match(item.after):
            return item.date
        is_apart = len(item.before) == item.column or item.column <= _DATELINE  # else in a sentence, after other days
        if is_apart and _PLACE_AND_DASH.fullmatch(item.before):
            return item.date
        if item.days_ago is not None:
            return _days_after(item.date, item.days_ago)
        if not is_apart:
            continue
        if _PLACE_AND_SOURCE.fullmatch(item.before) and item.after.lstrip().startswith(")"):
            return item.date
        if _PLACE_AND_DATE.fullmatch(item.before) and _DATE_AND_DASH.match(item.after):
            return _after_told(page, item)
    return None


def _days_after(date: PartialDate, days: int) -> PartialDate:
    if not days:
        return date
    moved = datetime.timedelta(days)
    flags = date.flags if date.inferred else (*date.flags, "inferred")
    return replace(date, first=date.first + moved, last=date.last + moved, flags=flags, moment=None)


def _after_told(page: DatedPage, item: Placed) -> PartialDate:
    """Return the day of a dateline, in the next year if it has none and the article tells of a later day as past."""
    date = item.date
    told = [day for day in _told(page) if "inferred" not in day.flags]
    if not date.inferred or item.found.calendar != "gregorian" or not any(day.first > date.first for day in told):
        return date
    day = icu.to_gregorian("gregorian", date.first.year + 1, date.first.month, date.first.day) or date.first
    return replace(date, first=day, last=day)


def _closing_line(page: DatedPage) -> PartialDate | None:
    """Return the day on the last line of the article, or on one of the first below it.

    Below the article begin the teasers of other articles: there a date needs its label, or to be the only one and
    without a text beneath it.
    """
    told = [item for item in page.placed if not item.in_head and item.is_day]
    if told and told[-1].is_last and told[-1].is_line(_PLACES_NAMED):
        return told[-1].date
    lines = foot(page.tail)
    placed = any_placed(read(lines), len(lines), page.context)
    below = [item for item in placed if item.counts and item.is_day and not item.is_update]
    signed = {item.date for item in below if item.is_signature}
    dates = signed or {item.date for item in below if item.has_label("published")}
    others = (line for line in page.tail.split("\n") if line != page.title.text)
    if not dates and all(len(line) < _PARAGRAPH or is_noise(line) for line in others):
        dates = {item.date for item in below if item.is_line(_PLACES_NAMED)}
    return dates.pop() if len(dates) == 1 else None


def _captioned(page: DatedPage) -> PartialDate | None:
    """Return the day that stands on a line with the title: "Title - Site, 1920, 27.06.2025", "Osh 27/06/2025 Title"."""
    title = page.title.spelled
    begin, end = title[:_TITLE_END], title[-_TITLE_END:]
    for item in page.placed if title else ():
        is_beside = item.after.lstrip().startswith(begin) or (end in item.before and not item.after.strip())
        if item.in_head and item.is_day and is_beside:
            return item.date
    return None


def _addressed(page: DatedPage) -> PartialDate | None:
    return page.address if page.address and page.address.precision == "day" else None


def _month_line(page: DatedPage) -> PartialDate | None:
    """Return the month of a bulletin: the only one that stands on lines of its own."""
    lines = [item for item in page.placed if item.date.precision == "month" and (item.in_head or item.in_opening)]
    months = [item.date for item in lines if item.is_line(1)]
    return months[0] if len(set(months)) == 1 else None


def _titled(page: DatedPage) -> PartialDate | None:
    """Return the only day that the title names: that of a bulletin or of the event."""
    days = {item.begins for item in resolve(page.title, page.context) if item.begins.precision == "day"}
    date = days.pop() if len(days) == 1 else None
    return replace(date, flags=(*date.flags, "event")) if date else None


def _told(page: DatedPage) -> list[PartialDate]:
    return [item.date for item in page.placed if _is_told(item)]


def _is_told(item: Placed) -> bool:
    return not item.in_head and item.is_day and not item.is_planned and not item.is_background


def _near_stamp(page: DatedPage) -> PartialDate | None:
    """Return a crawler's stamp that is soon after the last day told: a crawl would hardly follow so soon."""
    stamp = _stamp(page)
    past = _past(page, stamp) if stamp else []
    return stamp if stamp and past and stamp.first - max(past) <= _SOON else None


def _near_update(page: DatedPage) -> PartialDate | None:
    """Return the day of a change that is soon after the last day or year told, or of a page that tells none."""
    update = next(iter(page.updates), None)
    if update is None or any(update.first - day > _SOON for day in _past(page, update)):
        return None
    years = [year.last for year in page.years]
    return None if years and update.first - max(years) > _YEAR else update


def _past(page: DatedPage, date: PartialDate) -> list[datetime.date]:
    """Return the first days of what the article tells of before a date."""
    return [told.first for told in _told(page) if told.first <= date.first]


def _event(page: DatedPage) -> PartialDate | None:
    """Return the first day that the article tells of, in its lead, unless a much later one shows that it is the past.

    A day after the crawl is one to come, one as of which something was counted is past. Of 20,000 news articles that
    say no day of their own, the first day told farther on was hardly ever near that of publication, nor was one to
    which a year from elsewhere was given.
    """
    stamp = _stamp(page)
    told = [item for item in page.placed if _is_told(item) and not (stamp and item.date.first > stamp.last)]
    if not told or not told[0].is_in_lead or told[0].is_counted:
        return None
    if any(item.date.first - told[0].date.first > _YEAR for item in told):
        return None
    return replace(told[0].date, flags=(*told[0].date.flags, "event"))


def _stamp(page: DatedPage) -> PartialDate | None:
    # The first of January is what a crawler writes that knows the year only.
    return next((date for date in page.stamps if (date.first.month, date.first.day) != (1, 1)), None)


KINDS: tuple[tuple[str, Callable[[DatedPage], PartialDate | None]], ...] = (
    ("label", _labelled),
    ("head", _head_line),
    ("opening", _opening_line),
    ("dateline", _dateline),
    ("closing", _closing_line),
    ("caption", _captioned),
    ("address", _addressed),
    ("title", _titled),
    ("month", _month_line),
    ("stamp", _near_stamp),
    ("update", _near_update),
    ("article", _event),
    ("address", lambda page: page.address),
    ("stamp", _stamp),
)
"""The kinds of evidence, the best first."""
