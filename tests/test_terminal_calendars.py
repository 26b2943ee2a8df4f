"""Dates in the calendar of who reads them."""

from __future__ import annotations

import datetime
import io

import pytest
from rich.console import Console

from migsearch import Document, Facet, PartialDate
from migsearch.terminal.calendars import Calendar, date_text, readers_calendar
from migsearch.terminal.histogram import Histogram, bar

MARK = "\N{RIGHT-TO-LEFT MARK}"
ENGLISH, IRANIAN, DARI = ("en", ""), ("fa", "IR"), ("fa", "AF")


@pytest.mark.parametrize(
    ("first", "last", "language", "calendar", "shown"),
    [
        ("2021-04-15", "2021-04-15", ENGLISH, "gregorian", "2021-04-15"),
        ("2021-04-15", "2021-04-15", ENGLISH, "solar", "26 Farvardin 1400"),
        ("2021-04-15", "2021-04-15", IRANIAN, "solar", f"{MARK}۲۶ فروردین ۱۴۰۰"),
        ("2021-04-15", "2021-04-15", DARI, "solar", f"{MARK}۲۶ حمل ۱۴۰۰"),
        ("2021-04-15", "2021-04-15", ("ps", ""), "both", f"2021-04-15, {MARK}۲۶ حمل ۱۴۰۰"),
        ("2021-03-20", "2021-03-20", ENGLISH, "solar", "30 Esfand 1399"),  # a leap year
        # A month and a year of one calendar are none of the other.
        ("2021-04-01", "2021-04-30", ENGLISH, "solar", "12 Farvardin 1400 – 10 Ordibehesht 1400"),
        ("2021-01-01", "2021-12-31", ENGLISH, "both", "2021, 1399–1400"),
        ("2021-03-21", "2021-04-20", DARI, "solar", f"{MARK}حمل ۱۴۰۰"),
        ("2022-02-20", "2022-03-20", IRANIAN, "solar", f"{MARK}اسفند ۱۴۰۰"),
        ("2021-03-21", "2022-03-20", ENGLISH, "solar", "1400"),
        ("2021-03-21", "2022-03-20", ENGLISH, "both", "2021-03-21..2022-03-20, 1400"),
        ("0500-01-01", "0500-01-01", ENGLISH, "both", "0500-01-01"),  # before the first year
    ],
)
def test_a_date_is_shown(first: str, last: str, language: tuple[str, str], calendar: Calendar, shown: str) -> None:
    date = PartialDate(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    document = Document(id="d", date=date, language=language[0], region=language[1])
    assert date_text(document, calendar, {}) == shown


def test_an_inferred_date_is_marked_and_a_missing_one_said() -> None:
    date = PartialDate(*[datetime.date(2021, 4, 15)] * 2, flags=("inferred",))
    assert date_text(Document(id="d", date=date), "both", {}) == "~2021-04-15, 26 Farvardin 1400"
    assert date_text(Document(id="d"), "solar", {}) == "no date"


@pytest.mark.parametrize(
    ("environ", "calendar", "month"),
    [
        ({}, "gregorian", "Farvardin"),
        ({"LANG": "en_GB.UTF-8"}, "gregorian", "Farvardin"),
        ({"LANG": "fa_IR.UTF-8"}, "solar", "Farvardin"),
        ({"LANG": "en_GB.UTF-8", "LC_TIME": "fa_AF"}, "solar", "Hamal"),
        ({"LC_ALL": "ps_AF", "LC_TIME": "en_GB"}, "solar", "Hamal"),
        ({"LC_ALL": "C.UTF-8", "LANG": "fa_IR"}, "gregorian", "Farvardin"),
    ],
)
def test_the_locale_tells_the_readers_calendar(environ: dict[str, str], calendar: str, month: str) -> None:
    assert readers_calendar(environ) == calendar
    assert date_text(Document(id="d", date="2021-04-15", language="en"), "solar", environ) == f"26 {month} 1400"


@pytest.mark.parametrize(
    ("share", "width", "shown"),
    [(1, 6, "██████"), (0.5, 3, "█▌"), (0.0001, 6, "▏"), (0, 6, "")],
)
def test_bars(share: float, width: int, shown: str) -> None:
    assert bar(share, width) == shown


@pytest.mark.parametrize(
    ("plain", "rows"),
    [
        (False, ["1987  2 ████████", "…", "1993  1 ████", "1994  0", "1995  0", "1996  0", "1997  1 ████"]),
        (True, ["1987  2", "1993  1", "1997  1"]),
    ],
)
def test_a_long_time_without_documents_takes_one_row(plain: bool, rows: list[str]) -> None:
    console = Console(file=io.StringIO(), width=80)
    with console.capture() as captured:
        console.print(Histogram(Facet("year", {"1993": 1, "1987": 2, "1997": 1}), plain=plain))
    assert [row.strip() for row in captured.get().splitlines()] == rows
