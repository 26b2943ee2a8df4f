"""When a page was published, and the days of which it tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from migsearch.ingest.date_address import address_date, is_web_address, writes_month_first
from migsearch.ingest.date_clocks import clock_lines, without_lines
from migsearch.ingest.date_evidence import DatedPage, any_placed, date_by_evidence
from migsearch.ingest.date_forms import PUBLISHED
from migsearch.ingest.date_hints import tokens_may_have_date
from migsearch.ingest.date_meaning import Context, FoundDate, year_of
from migsearch.ingest.date_places import Placed
from migsearch.ingest.dates import read, resolve
from migsearch.model import Mention, PartialDate, Span

_LOW = 3  # lines at the end of the head


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
        if clocks := clock_lines(page, placed, known):
            page = without_lines(page, clocks)
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


def _is_low(item: Placed, head: str) -> bool:
    """Tell whether a day is on one of the last lines of the head, between title and article."""
    below = [line for line in head[item.found.span.end :].split("\n")[1:] if line.strip()]
    return item.in_head and not item.above_title and item.is_day and len(below) < _LOW


_ADDRESS_LINE = re.compile(r"^[ \t]*(https?://\S+)[ \t]*$", re.MULTILINE)


def _address(address: str, head: str) -> str:
    """Return the page's address on the web, which is known or is a line of its head."""
    found = _ADDRESS_LINE.search(head)
    return found[1] if found and not is_web_address(address) else address
