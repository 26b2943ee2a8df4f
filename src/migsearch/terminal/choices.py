"""What the arguments of commands, and the values of fields, may be in an index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from migsearch.terminal.session import Session


BETWEEN_NAMES = " · "


class Choice(NamedTuple):
    """What may be typed, and what it means."""

    value: str
    meaning: str = ""


def organisations(session: Session) -> Iterator[Choice]:
    """Yield the organisations of the index, those of most documents first, with their names in both languages."""
    counts = session.index.search("", limit=0, facets=("organisation",)).facets["organisation"]
    for id in counts:
        names = dict.fromkeys(session.index.gazetteer.display_name(id, language) for language in ("en", "fa"))
        yield Choice(id, BETWEEN_NAMES.join(name for name in names if name != id))


def languages(session: Session) -> Iterator[Choice]:
    """Yield the languages of the index."""
    for language, count in session.index.search("", limit=0, facets=("language",)).facets["language"].items():
        yield Choice(language, f"{count:,} documents")
        if language == "fa":
            yield Choice("fa-AF", "Dari")


def periods(session: Session, *, by_month: bool = False) -> Iterator[Choice]:
    """Yield the years or months of the index in the reader's calendar, the latest first."""
    facet = session.period(by_month=by_month)
    for period, count in session.index.search("", limit=0, facets=(facet,)).facets[facet].items():
        yield Choice(period, f"{count:,} documents")
