"""Filters of a query: by organisation, language and date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from migsearch.analysis.icu import fold
from migsearch.errors import DocumentError, QueryError
from migsearch.model import Note, PartialDate, Span
from migsearch.query import tree

if TYPE_CHECKING:  # takes long to import, and most queries name no organisation
    from migsearch.ingest.gazetteer import Gazetteer

DateLike = str | int | datetime.date | PartialDate
"""A date as it may be given: what :func:`migsearch.ingest.asked_date.parse_date` reads, or a date."""


def filters(
    since: DateLike | None,
    until: DateLike | None,
    organisations: Iterable[str],
    languages: Iterable[str],
    gazetteer: Gazetteer | None = None,
) -> tuple[tuple[tree.Node, ...], tuple[Note, ...]]:
    """Return the filters given as arguments, each of which must match, and notes; raises :class:`QueryError`."""
    nodes: list[tree.Node] = []
    if since is not None or until is not None:
        first = _interval(since, "since").first if since is not None else None
        last = _interval(until, "until").last if until is not None else None
        if first and last and last < first:
            raise QueryError(f"since ({first}) is later than until ({last})")
        nodes.append(tree.DateRange(first, last))
    asked = [organisation(value, gazetteer) for value in _several(organisations)]
    spoken = [language(value) for value in _several(languages)]
    nodes += (tree.Or(tuple(node for node, _ in either)) for either in (asked, spoken) if either)
    return tuple(nodes), tuple(note for _, notes in (*asked, *spoken) for note in notes)


def _several(values: Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def organisation(
    value: str, gazetteer: Gazetteer | None = None, span: Span | None = None
) -> tuple[tree.Node, tuple[Note, ...]]:
    """Return the filter for an id or a name of an organisation, with a note if none is listed so.

    ``span`` is where it stands in the query.
    """
    # What reads names and dates takes long to import, and most queries name neither.
    from migsearch.ingest.organisations import organisation_ids

    listed = organisation_ids(value, gazetteer)
    notes = () if listed else (Note(f"no organisation is listed as {value!r}; taken as an id", span),)
    return tree.Or(tuple(tree.Keyword("organisation", id) for id in dict.fromkeys((*listed, value)))), notes


_CODE = re.compile("[A-Za-z]{2,3}")  # ISO 639
_LANGUAGES = {
    "en": ("english", "انگلیسی"),
    "fa": ("persian", "farsi", "فارسی"),
    "fa-AF": ("dari", "prs", "دری"),
    "ps": ("pashto", "پشتو", "پښتو"),
}
_CODES = {name: code for code, names in _LANGUAGES.items() for name in names}


def language(value: str, span: Span | None = None) -> tuple[tree.Node, tuple[Note, ...]]:
    """Return the filter for ``fa``, ``fa-AF`` (also ``fa_AF``) or a name such as Dari or دری, with a note on another.

    ``span`` is where it stands in the query.
    """
    code = _CODES.get(fold(value), value).replace("_", "-")
    code, _, region = code.partition("-")
    node = tree.Keyword("language", code.lower())
    notes = () if _CODE.fullmatch(code) else (Note(f"{value!r} is no language such as en, fa, fa-AF or Pashto", span),)
    return tree.And((node, tree.Keyword("region", region.upper()))) if region else node, notes


def date_range(value: str, span: Span) -> tree.Node:
    """Read ``2021-04``, ``2021-04..2022``, ``1400/1/1..1400/3/31``, ``2021..`` or ``..2022``, in any calendar."""
    first, dots, last = value.replace("\N{HORIZONTAL ELLIPSIS}", "..").partition("..")
    if not dots:
        interval = _interval(value, "date", span)
        return tree.DateRange(interval.first, interval.last)
    if not first and not last:
        raise QueryError("date: needs a date on one side of .. at least", span)
    begin = _interval(first, "date", span).first if first else None
    end = _interval(last, "date", span).last if last else None
    if begin and end and end < begin:
        raise QueryError(f"the range ends ({end}) before it begins ({begin})", span)
    return tree.DateRange(begin, end)


@lru_cache(maxsize=1 << 8)  # who turns pages or types on asks with the same dates again
def _parsed(text: str) -> PartialDate:
    from migsearch.ingest.asked_date import parse_date

    return parse_date(text)


def _interval(value: DateLike, name: str, span: Span | None = None) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime.date):
        return PartialDate.of(value.year, value.month, value.day)
    try:
        return _parsed(str(value))
    except DocumentError as error:
        raise QueryError(f"{name}: {error}", span) from None
