"""Results and documents as rich renderables, every string from a document cleaned on its way.

``rich.text.Text`` is used throughout, so that "[bold]" in a title shows as it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from migsearch.terminal import wording
from migsearch.terminal.bidi import base_direction
from migsearch.terminal.facets import Facets
from migsearch.terminal.layout import Panel, Paragraph, Pointed
from migsearch.terminal.safety import clean, clean_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from migsearch.model import Correction, Document, Hit, Results
    from migsearch.terminal.calendars import Calendar
    from migsearch.terminal.modes import Mode

# Of the eight colours, magenta and red alone are read well on white and on black in the usual palettes.
HIGHLIGHT = "bold underline"  # seen without colours, too
MATCH = "match"
_MOST_NOTES = 3  # "((((((" has one for each bracket
LITTLE = 3
"""Fewer documents may mean that something else was meant."""


def results_page(
    results: Results,
    mode: Mode,
    name: Callable[[str], str],
    *,
    facets: bool = True,
    snippets: int | None = None,
    calendar: Calendar = "gregorian",
    compact: bool = False,
) -> Iterator[RenderableType]:
    """Yield a page of results: notes on the query, how many match, the hits, counts over all matches.

    ``name`` returns an organisation's name by its id; ``snippets`` is how many of a hit's are shown at most;
    ``calendar`` is that of the dates; on a ``compact`` page counts take a line each, and hits have no ids.
    """
    yield from _notes(results, mode)
    yield Text(wording.summary(results), style="dim")
    for rank, hit in enumerate(results.hits, start=results.offset + 1):
        yield from hit_page(hit, rank, mode, snippets, calendar, compact=compact)
    if wording.has_inferred_dates(results):
        yield Text(wording.LEGEND, style="dim")
    if facets and results.total:
        counts = Facets(results.facets, mode, name, compact=compact)
        yield counts if compact else Panel(counts)


def corrections_page(corrections: Sequence[Correction], mode: Mode, hint: str = "") -> Iterator[RenderableType]:
    """Yield what a query may have meant, numbered, the words that differ marked."""
    if corrections:
        yield Text(f"Did you mean {hint}".rstrip())
    for number, correction in enumerate(corrections, start=1):
        yield prose(correction.query, "", mode, f"{number:>2}. ", correction.spans)


def document_page(
    document: Document,
    mode: Mode,
    highlights: Sequence[tuple[int, int]] = (),
    *,
    calendar: Calendar = "gregorian",
) -> Iterator[RenderableType]:
    """Yield a whole document, paragraph by paragraph, ``highlights`` being spans of its text.

    The styles of highlights tell them apart: each carries its number, from 0 on, as :data:`MATCH` of its meta data.
    """
    yield title_line(document, mode)
    yield _facts(document, mode, "", calendar)
    if document.source:
        yield Paragraph(Text(clean(document.source), style="dim"), mode)
    for copy in document.copies:
        yield Paragraph(Text(clean(f"also {copy.source}"), style="dim"), mode)
    for id in document.alike:
        yield Paragraph(Text(clean(f"nearly the same as {id}"), style="dim"), mode)
    yield Text("")
    start = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        within = {number: (s, e) for number, (s, e) in enumerate(highlights) if s < end and start < e}
        spans = [(max(s, start) - start, min(e, end) - start) for s, e in within.values()]
        yield prose(line, document.language, mode, "", spans, first=min(within, default=0))
        start = end + 1


def hit_page(
    hit: Hit, rank: int, mode: Mode, snippets: int | None, calendar: Calendar, *, compact: bool = False
) -> Iterator[RenderableType]:
    """Yield a hit: its rank and title, facts, passages, and an empty line."""
    yield title_line(hit.document, mode, f"{rank:>2}. ", hit.title_highlights)
    yield _facts(hit.document, mode, wording.INDENT, calendar, id=not compact)
    for snippet in hit.snippets[:snippets]:
        passage, highlights = wording.passage(snippet, hit.document)
        yield prose(passage, hit.document.language, mode, wording.INDENT, highlights)
    yield Text("")


def title_line(
    document: Document, mode: Mode, gutter: str = "", highlights: Sequence[tuple[int, int]] = ()
) -> Paragraph:
    """Return the title of a document, ``highlights`` being spans of it."""
    if not document.title.strip():
        return Paragraph(Text(wording.NO_TITLE, style="bold italic"), mode, gutter=gutter)
    title = prose(document.title, document.language, mode, gutter, highlights)
    title.text.stylize_before("bold magenta")
    return title


def prose(
    text: str,
    language: str,
    mode: Mode,
    gutter: str = "",
    highlights: Iterable[tuple[int, int]] = (),
    *,
    first: int = 0,
) -> Paragraph:
    """Return a paragraph of a document or a query in its direction; ``first`` is the number of its first highlight."""
    plain, spans = clean_spans(text, highlights)
    styled = Text(plain)
    for number, (start, end) in enumerate(spans, start=first):
        styled.stylize(Style.parse(HIGHLIGHT) + Style(meta={MATCH: number}), start, end)
    return Paragraph(styled, mode, base_direction(plain, language), gutter)


def _facts(document: Document, mode: Mode, gutter: str, calendar: Calendar, *, id: bool = True) -> Paragraph:
    return Paragraph(Text(wording.facts(document, calendar, id=id), style="dim"), mode, gutter=gutter)


def _notes(results: Results, mode: Mode) -> Iterator[RenderableType]:
    for note in results.notes[:_MOST_NOTES]:
        yield Paragraph(Text(f"note: {clean(note.message)}", style="magenta"), mode)
        if note.span is not None:
            yield Pointed(results.query, note.span, mode)
    if len(results.notes) > _MOST_NOTES:
        yield Text(f"and {len(results.notes) - _MOST_NOTES:,} more notes", style="magenta")
