"""How many documents are of each year or month: a row for each, its bar as long as the screen allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from migsearch.terminal.calendars import is_afghan_reader, period_name

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

    from migsearch.model import Facet

_GAP = 3  # periods without documents that are shown each; more are one row
_LONGEST = 60  # cells of a bar
_OF_ONE = 4  # cells that one document takes at most, lest a few look like many
_EIGHTHS = "▏▎▍▌▋▊▉█"


class Histogram:
    """A facet by time, from the earliest period to the latest; periods without documents are shown between them.

    Many of those are but a row of dots. A ``plain`` histogram has no bars, and leaves those periods out.
    """

    def __init__(self, facet: Facet, *, plain: bool = False) -> None:
        self.facet = facet
        self.plain = plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        values = list(self._values())
        names = {value: period_name(self.facet.name, value, afghan=is_afghan_reader()) for value in values if value}
        width = max(map(cell_len, names.values()), default=0)
        most = max(self.facet.values())
        count_width = len(f"{most:,}")
        room = options.max_width - len(values[0]) - (width + 1 if width else 0) - count_width - 5
        for value in values:
            if not value:
                yield Text("  …", style="dim")
                continue
            count = self.facet.get(value, 0)
            name = f" {names[value]:<{width}}" if width else ""
            row = Text(f"  {value}{name}  {count:>{count_width},} ", no_wrap=True, overflow="crop")
            if self.plain:
                row.rstrip()
            else:
                row.append(bar(count / most, max(1, min(_LONGEST, _OF_ONE * most, room))), style="magenta")
            yield row

    def _values(self) -> Iterator[str]:
        """Yield the periods of the rows, an empty one for many without documents."""
        known = sorted(self.facet)
        if self.plain:
            yield from known
            return
        for has_documents, run in groupby(_periods(known[0], known[-1]), key=self.facet.__contains__):
            periods = list(run)
            yield from periods if has_documents or len(periods) <= _GAP else [""]


def bar(share: float, width: int) -> str:
    """Return a bar of eighths of cells; what is more than nothing is seen."""
    eighths = max(1, round(share * width * 8)) if share > 0 else 0
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8 - 1] if eighths % 8 else "")


def _periods(first: str, last: str) -> Iterator[str]:
    """Yield the years, or months, from one to another."""
    by_month = "-" in first
    ends = [int(value[:4]) * 12 + int(value[5:] or 1) - 1 for value in (first, last)]
    for number in range(ends[0], ends[1] + 1, 1 if by_month else 12):
        yield f"{number // 12:04}-{number % 12 + 1:02}" if by_month else f"{number // 12:04}"
