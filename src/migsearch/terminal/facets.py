"""The counts over all matches: a block for each facet, side by side where the screen is wide enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from migsearch.terminal.calendars import is_afghan_reader, period_name
from migsearch.terminal.layout import Paragraph, ordered_text, panel_mode
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from migsearch.model import Facet
    from migsearch.terminal.modes import Mode

_BAR = 6
_ROWS = 5
_GAP = "   "
_WIDE = 72
_HEADINGS = {
    "year": "Years",
    "month": "Months",
    "solar_year": "Solar years",
    "solar_month": "Solar months",
    "language": "Languages",
    "organisation": "Organisations",
}


class Facets:
    """Facets as rows of a value, its count, a bar, and the name of what the value stands for.

    ``compact`` ones are a line each, without bars: for small screens, and for those who listen.
    """

    def __init__(
        self, facets: Mapping[str, Facet], mode: Mode, name: Callable[[str], str], *, compact: bool = False
    ) -> None:
        self.facets = facets
        self.mode = mode
        self.name = name  # of an organisation, by its id
        self.compact = compact

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # Organisations last: their names take whatever room is left.
        ordered = sorted(self.facets.values(), key=lambda facet: facet.name == "organisation")
        if self.compact:
            yield from (_line(facet, self.mode) for facet in ordered if facet)
            return
        blocks = [list(_block(facet, self.mode, self.name)) for facet in ordered if facet]
        wide = console.is_terminal and options.max_width >= _WIDE
        for row in _beside(blocks) if wide else (row for block in blocks for row in block):
            row.truncate(options.max_width, overflow="ellipsis")
            yield row


def _beside(blocks: Sequence[Sequence[Text]]) -> Iterator[Text]:
    widths = [max(cell_len(row.plain) for row in block) for block in blocks]
    for rows in zip_longest(*blocks, fillvalue=Text("")):
        line = Text(no_wrap=True)
        for row, width in zip(rows, widths, strict=True):
            line.append_text(row)
            line.append(" " * (width - cell_len(row.plain)) + _GAP)
        line.rstrip()
        yield line


def _block(facet: Facet, mode: Mode, name: Callable[[str], str]) -> Iterator[Text]:
    yield Text(_HEADINGS.get(facet.name, clean(facet.name)), style="bold")
    shown = list(facet.items())[:_ROWS]
    cells = [_printable(value, mode) for value, _ in shown]
    width = max(cell_len(cell.plain) for cell in cells)
    count_width = len(f"{max(facet.values()):,}")
    for cell, (value, count) in zip(cells, shown, strict=True):
        row = Text("  ", no_wrap=True).append_text(cell)
        row.append(" " * (width - cell_len(cell.plain)) + f"  {count:>{count_width},} ")
        bar = "█" * max(1, round(_BAR * count / max(facet.values())))
        row.append(f"{bar:<{_BAR}}", style="magenta")
        row.append("  ").append_text(_printable(_meaning(facet.name, value, name), mode)).rstrip()
        yield row
    if len(facet) > len(shown):
        yield Text(f"  and {len(facet) - len(shown):,} more", style="dim")


def _meaning(facet: str, value: str, name: Callable[[str], str]) -> str:
    if facet in ("month", "solar_month"):
        return period_name(facet, value, afghan=is_afghan_reader())
    return name(value) if facet == "organisation" else ""


def _line(facet: Facet, mode: Mode) -> Paragraph:
    shown = [f"{clean(value)} {count:,}" for value, count in list(facet.items())[:_ROWS]]
    more = [f"and {len(facet) - len(shown):,} more"] if len(facet) > len(shown) else []
    return Paragraph(Text(f"{_HEADINGS.get(facet.name, clean(facet.name))}: {', '.join([*shown, *more])}"), mode)


def _printable(value: str, mode: Mode) -> Text:
    """Return a cell, in visual order by itself, lest its letters move the numbers beside it."""
    return ordered_text(Text(clean(value)), panel_mode(mode), "L", 0)
