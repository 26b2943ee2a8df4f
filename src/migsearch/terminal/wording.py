"""The words of a page of results, before anything is known of the terminal that shows them."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from migsearch.terminal.calendars import Calendar, date_text, is_afghan_reader, period_name
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from migsearch.model import Document, Facet, Results, Snippet

INDENT = "    "
LEGEND = "~ inferred from the text"
NO_TITLE = "(no title)"
BAR = 6
"""Cells of the longest bar of a facet."""

ROWS = 5
"""Values of a facet that are shown."""

_HEADINGS = {
    "year": "Years",
    "month": "Months",
    "solar_year": "Solar years",
    "solar_month": "Solar months",
    "language": "Languages",
    "organisation": "Organisations",
}


def summary(results: Results) -> str:
    """Return how many documents match, and which of them are on the page."""
    if not results.total:
        return "No documents match."
    documents = "1 document" if results.total == 1 else f"{results.total:,} documents"
    if not results.hits:
        return f"{documents}, none after number {results.offset:,}" if results.offset else documents
    first, last = results.offset + 1, results.offset + len(results.hits)
    return documents if last - first + 1 == results.total else f"{documents}, {first:,} to {last:,}"


def without_filters(total: int) -> str:
    """Return what is said where filters leave none of ``total`` documents."""
    return "1 document matches without the filters" if total == 1 else f"{total:,} documents match without the filters"


def has_inferred_dates(results: Results) -> bool:
    """Tell whether a date of the page needs :data:`LEGEND`."""
    return any(hit.document.date and hit.document.date.inferred for hit in results.hits)


def facts(document: Document, calendar: Calendar, *, id: bool = True) -> str:
    """Return the line of a document's date, organisations, language, and its id unless that is not wanted."""
    language = "-".join(part for part in (document.language, document.region) if part)
    others = [", ".join(document.organisations), language, document.id if id else ""]
    # The date is our own writing, and has a mark of direction that cleaning would drop.
    return " · ".join([date_text(document, calendar), *map(clean, filter(None, others))])


def passage(snippet: Snippet, document: Document) -> tuple[str, list[tuple[int, int]]]:
    """Return a snippet and its highlights: an ellipsis where its sentence goes on, one space for any white space."""
    end = snippet.start + len(snippet.text)
    before = "" if _ends_sentence(document.text[: snippet.start]) else "… "
    after = "" if _ends_sentence(snippet.text) or document.text[end : end + 1] in ("", "\n") else " …"
    spaces = list(map(str.isspace, snippet.text))
    kept = [not (space and previous) for space, previous in zip(spaces, [False, *spaces], strict=False)]
    places = list(accumulate(kept, initial=len(before)))
    text = "".join(
        " " if space else letter for letter, space, keep in zip(snippet.text, spaces, kept, strict=True) if keep
    )
    return f"{before}{text}{after}", [(places[start], places[stop]) for start, stop in snippet.highlights]


def in_order(facets: Mapping[str, Facet]) -> Iterable[Facet]:
    """Return the facets that count anything; organisations last: their names take whatever room is left."""
    return sorted(filter(None, facets.values()), key=lambda facet: facet.name == "organisation")


def heading(facet: Facet) -> str:
    """Return what stands above the values of a facet."""
    return _HEADINGS.get(facet.name, clean(facet.name))


def meaning(facet: str, value: str, name: Callable[[str], str]) -> str:
    """Return what a value of a facet stands for, if it does not speak for itself."""
    if facet in ("month", "solar_month"):
        return period_name(facet, value, afghan=is_afghan_reader())
    return name(value) if facet == "organisation" else ""


def bar(count: int, most: int) -> str:
    """Return the bar of a count, padded to :data:`BAR` cells."""
    return f"{'█' * max(1, round(BAR * count / most)):<{BAR}}"


def _ends_sentence(text: str) -> bool:
    return text[-20:].rstrip(' \t\N{NO-BREAK SPACE}«“"(')[-1:] in ("", *".!?؟:\n")
