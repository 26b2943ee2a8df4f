"""The date of a filter or a query: what a person types, which a page would not write."""

from __future__ import annotations

from dataclasses import replace

from migsearch.errors import DocumentError
from migsearch.ingest.date_forms import ASKED, FORMS, Form, Reading, plausible
from migsearch.ingest.date_meaning import Context, dated, ordered, year_of
from migsearch.ingest.date_numbers import with_numbers
from migsearch.ingest.date_words import Tokens, spelled, tokens
from migsearch.model import PartialDate, Span

_QUERIES = (
    *(form for form in FORMS if "short-year" not in form.name),
    Form.of(
        "year-month",
        "(?P<y>Y)[-/.](?P<m>D)",
        lambda parts: [(c, parts["y"], parts["m"], None) for c in ASKED],
    ),
    Form.of(
        "year-month",
        "(?P<y>Y)[-/,]?(?P<m>[Mmv])",
        lambda parts: [(calendar, parts["y"], month, None) for calendar, month in parts["m"]],
    ),
    Form.of(
        "month-year",
        "(?P<m>D)[-/.](?P<y>Y)",
        lambda parts: [(c, parts["y"], parts["m"], None) for c in ASKED],
    ),
)


def parse_date(text: str) -> PartialDate:
    """Read a date of a filter or a query: a day, a month or a year.

    Numbers from 1300 to 1414 are Solar years, larger ones to 1450 lunar, unless the
    calendar is named (1420 هجری شمسی). Raises :class:`DocumentError` for what is no date.
    """
    line = with_numbers(tokens(spelled(text) if len(text) <= _LONGEST_QUERY else ""))
    # Who types a query writes "march 2021" and means the month.
    date = _asked(replace(line, kinds=line.kinds.replace("l", "M")))
    if date is None:
        raise DocumentError(
            f"cannot read the date {text[:_LONGEST_QUERY]!r}: write 2021, 2021-04, 2021-04-15, 15.04.2021, "
            "April 2021, 1400, 1400/1, 1400/1/26, Hamal 1400 or Ramadan 1445"
        )
    return replace(date, literal=text)


_LONGEST_QUERY = 80


def _asked(line: Tokens) -> PartialDate | None:
    if line.kinds in ("Y", "Ye", "kY", "kYe"):
        named = line.values[-1] if line.kinds.endswith("e") else None
        date = _year(line.values[line.kinds.index("Y")], named)
        return date and replace(date, rule="year")
    for form in _QUERIES:
        if not (match := form.pattern.fullmatch(line.kinds)):
            continue
        calendars = [day for day in plausible(form, line, match, ASKED) if day[1]]
        calendars.sort(key=lambda day: list(ASKED).index(day[0]))
        if found := dated(Reading(form.name, calendars, Span(0, 0), None, False), {}):
            return ordered([found], Context())[0].date
    return None


def _year(year: int, named: str | None) -> PartialDate | None:
    calendar = named or next((calendar for calendar, years in ASKED.items() if year in years), None)
    return year_of(calendar, year) if calendar else None
