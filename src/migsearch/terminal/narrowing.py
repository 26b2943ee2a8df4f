"""The commands that narrow what is found, and those that widen it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migsearch.errors import MigsearchError
from migsearch.terminal.filters import Filters

if TYPE_CHECKING:
    from migsearch.model import PartialDate
    from migsearch.terminal.session import Session

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def organisation(session: Session, argument: str) -> None:
    """Search only among documents that name an organisation; asked again, no longer."""
    id = argument if " " in argument else argument.lower()  # else a name
    session.narrow(session.filters.toggled("organisations", id))


def language(session: Session, argument: str) -> None:
    """Search only among documents in a language; asked again, no longer."""
    session.narrow(session.filters.toggled("languages", argument))


def period(session: Session, argument: str, *, precision: str) -> None:
    """Search only among documents of a period of a ``precision``, year or month; asked again, no longer."""
    asked = argument.translate(_DIGITS)
    date = _interval(asked)
    days = (date.last - date.first).days + 1
    if not (days > 300 if precision == "year" else 28 <= days <= 31):
        example = "2021 or 1400" if precision == "year" else "2021-04 or 1400-01"
        raise MigsearchError(f"{argument!r} is not a {precision} such as {example}")
    session.narrow(session.filters.during(asked))


def since(session: Session, argument: str) -> None:
    """Search only among documents of a day, month or year and later."""
    session.narrow(Filters(**{**vars(session.filters), "since": _date(argument)}))


def until(session: Session, argument: str) -> None:
    """Search only among documents of a day, month or year and earlier."""
    session.narrow(Filters(**{**vars(session.filters), "until": _date(argument)}))


def _interval(date: str) -> PartialDate:
    from migsearch.ingest.asked_date import parse_date  # takes long to import, and the prompt need not wait for it

    return parse_date(date)


def _date(argument: str) -> str:
    date = argument.translate(_DIGITS)
    _interval(date)
    return date


def drop(session: Session, argument: str) -> None:
    """Remove a filter, or the last of those that are shown."""
    active = session.filters.values
    if not active:
        raise MigsearchError("no filters are active")
    value = argument or active[-1]
    if value not in active:
        raise MigsearchError(f"{value!r} is not among the filters; active are {', '.join(active)}")
    session.narrow(session.filters.without(value))
