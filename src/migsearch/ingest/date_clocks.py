"""Which days above an article are those on which its page was printed or fetched: they date no article.

Some say what they are ("Kabul Local Time", «به روز شده»). Others look like it: a weekday and a day in the masthead,
above menus; a day that a clock says too; a day with which the weekdays of the text disagree.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from migsearch.ingest.date_meaning import Context, FoundDate
from migsearch.ingest.date_places import TITLE_PLACE, Placed
from migsearch.ingest.dates import ReadText, read, resolve
from migsearch.ingest.page_lines import is_button, is_label, is_noise
from migsearch.model import PartialDate, Span

_YEAR = 365.25  # days
_SLIP = 3  # days about a date in which a weekday may be a slip
_FRESH = datetime.timedelta(days=14)  # before its publication, of which news tells
_NEAR = datetime.timedelta(days=150)  # from publication, within which days without a year are told
_ENTRIES, _MENU = 2, 4  # of a menu between the title and a day above it, with a weekday and without one


def clock_lines(page: ReadText, placed: Sequence[Placed], known: Context) -> list[Span]:
    """Return the lines of a page's head on which there are only clocks: they do not tell the year of other days."""
    lines: dict[Span, bool] = {}
    of_today: set[Span] = set()
    said = {item.date.first for item in placed if item.above_title and item.is_other}
    for item in placed:
        if item.in_head:
            line = Span(page.text.rfind("\n", 0, item.found.span.start) + 1, page.text.index("\n", item.found.span.end))
            is_clock = item.is_other or _is_contradicted(page, line.end, item, known)
            lines[line] = lines.get(line, True) and is_clock
            is_said = item.date.first in said and item.above_title and not item.is_timed and _is_bare(item)
            if is_said or _is_of_today(page, line, item, known):  # in a second calendar perhaps without the weekday
                of_today.add(line)
    return [line for line, is_clock in lines.items() if is_clock or line in of_today]


def _is_bare(item: Placed) -> bool:
    return not (item.is_labelled or item.is_stamp)


def _is_of_today(page: ReadText, line: Span, item: Placed, known: Context) -> bool:
    """Tell whether the day above the page's title is that on which it was fetched: no day shortly before it is told."""
    if not _is_in_masthead(page.text, line, item) or _ISSUED.match(page.text, line.end):
        return False
    told = (other.date for other in _told_below(page, line.end, item, known))
    days = (day.first for day in told if day.precision == "day" and "weekday-disagrees" not in day.flags)
    return not any(datetime.timedelta() <= item.date.first - day <= _FRESH for day in days)


def _is_in_masthead(page: str, line: Span, item: Placed) -> bool:
    """Tell whether a day stands above all of the page, or above its menu, as that of today does.

    A weekday is with it and no time if it is the first, or has nothing but the name of the site above it.
    """
    if not item.is_day or not _is_bare(item):
        return False
    if item.above_title:
        below = _entries(page[line.end : page.find(TITLE_PLACE, line.end)])
        entries = below and below + _entries(page[: line.start])
        if below >= _ENTRIES or entries >= _MENU:
            return below >= _MENU or (item.found.weekday and not item.is_timed)
    above = [text for text in page[: line.start].split("\n") if text.strip()]
    is_top = item.is_first or (item.above_title and len(above) == 1 and _is_name(above[0]))
    return is_top and item.found.weekday and not item.is_timed


def _entries(lines: str) -> int:
    """Return how many entries of a menu are among lines: few words, neither number nor colon, no button to share."""
    return sum(map(_is_entry, lines.split("\n")))


def _is_entry(line: str) -> bool:
    return bool(line.strip()) and is_label(line) and not _NO_ENTRY.search(line) and not is_button(line)


def _is_name(line: str) -> bool:
    """Tell whether a line could be the name of a site, and is no section of it."""
    return 1 < len(line.split()) <= _LONGEST_NAME and not _NO_ENTRY.search(line) and not is_noise(line)


_NO_ENTRY = re.compile(r"[\d:]|(?!, )\W{2}")
_LONGEST_NAME = 5  # words
# Below the day on which something was issued.
_ISSUED = re.compile(r"\s*(?:press (?:release|statement)|for immediate release|اعلامیه|خبرپاڼه)", re.IGNORECASE)


def _is_contradicted(page: ReadText, end: int, item: Placed, known: Context) -> bool:
    """Tell whether the weekdays that a page tells, "on Monday (30 September)", are those of other years than its date.

    Such a date is that of the day on which the page was fetched.
    """
    if not any(reading.weekday is not None and reading.days[0][1] is None for reading in page.readings):
        return False
    if not item.is_day or not _is_bare(item) or item.date.inferred:
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


def without_lines(page: ReadText, lines: Sequence[Span]) -> ReadText:
    """Return a page as it reads with some of its lines blotted out, every other character in its place."""
    text = page.text
    for start, end in lines:
        text = f"{text[:start]}{'-' * (end - start)}{text[end:]}"
    return read(text)
