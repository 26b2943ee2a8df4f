"""When a page was published, and the days of which it tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from migsearch.ingest.date_address import address_date, is_web_address, writes_month_first
from migsearch.ingest.date_evidence import DatedPage, any_placed, date_by_evidence
from migsearch.ingest.date_forms import PUBLISHED
from migsearch.ingest.date_hints import tokens_may_have_date
from migsearch.ingest.date_meaning import Context, FoundDate, year_of
from migsearch.ingest.date_places import Placed
from migsearch.ingest.dates import ReadText, read, resolve
from migsearch.model import Mention, PartialDate, Span

_LOW = 3  # lines at the end of the head
_YEAR = 365.25  # days
_SLIP = 3  # days about a date in which a weekday may be a slip
_FRESH = datetime.timedelta(days=14)  # before its publication, of which news tells
_NEAR = datetime.timedelta(days=150)  # from publication, within which days without a year are told


class PageDates(NamedTuple):
    """When a page was published, and the days of which its article tells."""

    published: PartialDate | None
    mentions: tuple[Mention, ...]


def page_dates(
    title: str,
    head: str,
    text: str,
    *,
    tail: str = "",
    address: str = "",
    published: PartialDate | None = None,
    crawled: datetime.date | None = None,
) -> PageDates:
    """Return the day or month on which a page was published, and the days that its title and article tell.

    ``head`` are the lines around the title that are not the title, ``text`` is the article, ``tail`` what follows it;
    ``address`` is where the page is on the web, ``crawled`` the day on which it was fetched. What is known of the
    publication elsewhere is given as ``published``. The ``rule`` of the date is the kind of evidence and the form that
    it was read by, as in ``label day-month-year``.
    """
    is_ready = not (head or tail or address or crawled)
    if is_ready and not any(map(tokens_may_have_date, (title, text))):
        return PageDates(published, ())  # most ready texts: no evidence of any kind
    page, titled = read(f"{head}\n\n{text}"), read(title)
    if is_ready and not (page.readings or titled.readings):
        return PageDates(published, ())
    address = _address(address, head)
    context = Context(published, crawled, writes_month_first(address))
    if published is None:
        dated = address_date(address)
        known = replace(context, published=dated)
        placed = any_placed(page, len(head), known)
        if clocks := _clock_lines(page, placed, known):
            page = _without(page, clocks)
            placed = any_placed(page, len(head), known)
        placed = [item for item in placed if item.counts]
        stamps = [item.date for item in placed if item.is_stamp]
        updates = [item.date for item in placed if title and item.is_update and _is_low(item, head)]
        placed = [item for item in placed if not item.is_stamp and not item.is_update]
        years = list(_years_named(page.spelled[len(head) :])) if updates else ()
        published = date_by_evidence(DatedPage(titled, placed, stamps, updates, tail, dated, context, years))
    told = replace(context, published=published)
    start = len(head) + 2
    mentions = [*_mentions("title", resolve(titled, told), 0), *_mentions("text", resolve(page, told), start)]
    return PageDates(published, tuple(mentions))


def _years_named(text: str) -> Iterator[PartialDate]:
    """Yield what the numbers in a text, spelled one way, mean that could be years."""
    for number in sorted(set(map(int, _FOUR_DIGITS.findall(text)))):
        calendar = next((calendar for calendar in ("gregorian", "solar") if number in PUBLISHED[calendar]), None)
        if calendar and (year := year_of(calendar, number)):
            yield year


_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")


def publication_date(head: str, text: str, tail: str = "", *, address: str = "") -> PartialDate | None:
    """Return when a page was published, ``None`` rather than a wrong day; see :func:`page_dates`."""
    return page_dates("", head, text, tail=tail, address=address).published


def _mentions(field: str, dates: Sequence[FoundDate], start: int) -> Iterator[Mention]:
    for item in dates:
        if item.span.start >= start:
            span = Span(item.span.start - start, item.span.end - start)
            flags = ", ".join(item.date.flags)
            yield Mention("date", item.date.isoformat(), item.date.literal, field, span, item.date.rule, flags)


def _clock_lines(page: ReadText, placed: Sequence[Placed], known: Context) -> list[Span]:
    """Return the lines of a page's head on which there are only clocks: they do not tell the year of other days."""
    lines: dict[Span, bool] = {}
    of_today: set[Span] = set()
    for item in placed:
        if item.in_head:
            line = Span(page.text.rfind("\n", 0, item.found.span.start) + 1, page.text.index("\n", item.found.span.end))
            is_clock = item.is_other or _is_contradicted(page, line.end, item, known)
            lines[line] = lines.get(line, True) and is_clock
            if _is_of_today(page, line.end, item, known):  # in a second calendar perhaps without the weekday
                of_today.add(line)
    return [line for line, is_clock in lines.items() if is_clock or line in of_today]


def _is_of_today(page: ReadText, end: int, item: Placed, known: Context) -> bool:
    """Tell whether the day above the page's title is that on which it was fetched: no day shortly before it is told."""
    if not item.is_masthead or _ISSUED.match(page.text, end):
        return False
    told = (other.date for other in _told_below(page, end, item, known))
    days = (day.first for day in told if day.precision == "day" and "weekday-disagrees" not in day.flags)
    return not any(datetime.timedelta() <= item.date.first - day <= _FRESH for day in days)


# Below the day on which something was issued.
_ISSUED = re.compile(r"\s*(?:press (?:release|statement)|for immediate release|اعلامیه|خبرپاڼه)", re.IGNORECASE)


def _is_contradicted(page: ReadText, end: int, item: Placed, known: Context) -> bool:
    """Tell whether the weekdays that a page tells, "on Monday (30 September)", are those of other years than its date.

    Such a date is that of the day on which the page was fetched.
    """
    if not any(reading.weekday is not None and reading.days[0][1] is None for reading in page.readings):
        return False
    if not item.is_day or item.is_labelled or item.is_stamp or item.date.inferred:
        return False
    below = _told_below(page, end, item, known)
    told = [other for other in below if other.weekday and "inferred" in other.date.flags]
    return bool(told) and all(_is_of_another_year(other.date, item.date) for other in told)


def _told_below(page: ReadText, end: int, item: Placed, known: Context) -> list[FoundDate]:
    """Return the dates that a page tells below a place, as if it had been published on a day."""
    return [other for other in resolve(page, replace(known, published=item.date)) if other.span.start > end]


def _is_of_another_year(day: PartialDate, published: PartialDate) -> bool:
    """Tell whether a day that has a weekday is in another year than the date of a page.

    The same day in the year of that date would have another weekday; a slip in that of the day itself, or Dushanbe
    taken for Monday, says nothing.
    """
    is_far = "weekday-disagrees" in day.flags or abs(day.first - published.first) > _NEAR
    apart = abs(day.first - published.first).days % _YEAR
    return is_far and min(apart, _YEAR - apart) > _SLIP


def _without(page: ReadText, lines: Sequence[Span]) -> ReadText:
    """Return a page as it reads with some of its lines empty, every other character in its place."""
    text = page.text
    for start, end in lines:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return read(text)


def _is_low(item: Placed, head: str) -> bool:
    """Tell whether a day is on one of the last lines of the head, between title and article."""
    below = [line for line in head[item.found.span.end :].split("\n")[1:] if line.strip()]
    return item.in_head and item.is_day and len(below) < _LOW


_ADDRESS_LINE = re.compile(r"^[ \t]*(https?://\S+)[ \t]*$", re.MULTILINE)


def _address(address: str, head: str) -> str:
    """Return the page's address on the web, which is known or is a line of its head."""
    found = _ADDRESS_LINE.search(head)
    return found[1] if found and not is_web_address(address) else address
