"""A page of results for a file or a pipe: the lines that rich prints there, without the time that it takes to import.

Each paragraph is one line, logical and unshaped, so that it can be searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migsearch.terminal import wording
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migsearch.model import Facet, Hit, Results


def results_lines(results: Results, name: Callable[[str], str]) -> Iterator[str]:
    """Yield the lines of :func:`migsearch.terminal.render.results_page`, for results without notes."""
    yield wording.summary(results)
    for rank, hit in enumerate(results.hits, start=results.offset + 1):
        yield from _hit_lines(hit, rank)
    if wording.has_inferred_dates(results):
        yield wording.LEGEND
    if results.total:
        for facet in wording.in_order(results.facets):
            yield from _facet_lines(facet, name)


def _hit_lines(hit: Hit, rank: int) -> Iterator[str]:
    title = hit.document.title if hit.document.title.strip() else wording.NO_TITLE
    yield f"{rank:>2}. {clean(title).rstrip()}"
    yield wording.INDENT + wording.facts(hit.document, "gregorian").rstrip()
    for snippet in hit.snippets:
        yield wording.INDENT + clean(wording.passage(snippet, hit.document)[0]).rstrip()
    yield ""


def _facet_lines(facet: Facet, name: Callable[[str], str]) -> Iterator[str]:
    yield wording.heading(facet)
    shown = [(clean(value), value, count) for value, count in list(facet.items())[: wording.ROWS]]
    width = max(_cells(cell) for cell, _, _ in shown)
    most = max(facet.values())
    for cell, value, count in shown:
        number = f"{count:>{len(f'{most:,}')},} {wording.bar(count, most)}"
        means = clean(wording.meaning(facet.name, value, name))
        yield f"  {cell}{' ' * (width - _cells(cell))}  {number}  {means}".rstrip()
    if len(facet) > len(shown):
        yield f"  and {len(facet) - len(shown):,} more"


def _cells(text: str) -> int:
    if text.isascii():  # as nearly all values are
        return len(text)
    from rich.cells import cell_len  # of all rich the part that is soon imported

    return cell_len(text)
