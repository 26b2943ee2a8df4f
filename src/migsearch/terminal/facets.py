"""The counts over all matches: a block for each facet, side by side where the screen is wide enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from migsearch.terminal.layout import Paragraph, ordered_text, panel_mode
from migsearch.terminal.safety import clean
from migsearch.terminal.wording import ROWS, bar, heading, in_order, meaning

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from migsearch.model import Facet
    from migsearch.terminal.modes import Mode

_GAP = "   "
_WIDE = 72


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
        ordered = in_order(self.facets)
        if self.compact:
            yield from (_line(facet, self.mode) for facet in ordered)
            return
        blocks = [list(_block(facet, self.mode, self.name)) for facet in ordered]
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
    yield Text(heading(facet), style="bold")
    shown = list(facet.items())[:ROWS]
    cells = [_printable(value, mode) for value, _ in shown]
    width = max(cell_len(cell.plain) for cell in cells)
    count_width = len(f"{max(facet.values()):,}")
    for cell, (value, count) in zip(cells, shown, strict=True):
        row = Text("  ", no_wrap=True).append_text(cell)
        row.append(" " * (width - cell_len(cell.plain)) + f"  {count:>{count_width},} ")
        row.append(bar(count, max(facet.values())), style="magenta")
        row.append("  ").append_text(_printable(meaning(facet.name, value, name), mode)).rstrip()
        yield row
    if len(facet) > len(shown):
        yield Text(f"  and {len(facet) - len(shown):,} more", style="dim")


def _line(facet: Facet, mode: Mode) -> Paragraph:
    shown = [f"{clean(value)} ({count:,})" for value, count in list(facet.items())[:ROWS]]
    more = [f"and {len(facet) - len(shown):,} more"] if len(facet) > len(shown) else []
    return Paragraph(Text(f"{heading(facet)}: {', '.join([*shown, *more])}"), mode)


def _printable(value: str, mode: Mode) -> Text:
    """Return a cell, in visual order by itself, lest its letters move the numbers beside it."""
    return ordered_text(Text(clean(value)), panel_mode(mode), "L", 0)
