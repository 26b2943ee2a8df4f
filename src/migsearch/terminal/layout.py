"""Sets paragraphs: wrapped as they are read, then put into the order that a terminal must receive."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from migsearch.terminal.bidi import Base, is_turned, reorder, turned_words, visual_line
from migsearch.terminal.safety import clean_spans
from migsearch.terminal.shaping import Glyph, clusters, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from migsearch.terminal.modes import Mode

_INDENT = "  "
_LEAST = 8  # cells of a line of text, below which its letters stand one below the other


class Paragraph:
    """Text of one direction, wrapped at the width it is given; right-to-left text stands at the right edge.

    ``gutter`` is printed left of the first line, and as many spaces left of the others, or on a ``rail`` the same
    again; above them where it leaves no room. A ``single`` line is cut at the width instead of wrapped.
    """

    def __init__(
        self,
        text: Text,
        mode: Mode,
        base: Base = "L",
        gutter: str = "",
        *,
        single: bool = False,
        rail: bool = False,
    ) -> None:
        self.text = text
        self.single = single
        self.rail = rail
        self.mode = mode
        self.base = base
        self.gutter = gutter

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        gutter = self.gutter
        if gutter and options.max_width - cell_len(gutter) < _LEAST:
            yield Text(gutter.rstrip(), "dim", overflow="fold")
            gutter = _INDENT
        width = max(1, options.max_width - cell_len(gutter))
        for line in self._lines(width, console):
            line = ordered_text(line, self.mode, self.base, width)
            yield Text.assemble((gutter, "dim"), line, no_wrap=True, overflow="ignore")
            gutter = gutter if self.rail else " " * cell_len(gutter)

    def _lines(self, width: int, console: Console) -> Iterator[Text]:
        if self.single:
            line = self.text.copy()
            line.truncate(width, overflow="ellipsis")
            yield line
            return
        for line in self.text.wrap(console, width, overflow="fold"):
            line.rstrip()
            yield line


def ordered_text(line: Text, mode: Mode, base: Base, width: int) -> Text:
    """Return one wrapped line as a terminal must receive it, right-to-left lines at the right edge of ``width``.

    Its styles stand on the glyphs of the characters that they were on; a word that a terminal turns has those of all
    its letters, since a change of style within would part it.
    """
    if mode in ("logical", "implicit"):
        return line
    glyphs = visual_line(line.plain, base) if mode == "visual" else turned_words(line.plain, base)
    ordered = _styled(line, glyphs, whole_words=mode == "words")
    if base == "R":
        ordered.pad_left(max(0, width - cell_len(ordered.plain)))
    return ordered


def panel_mode(mode: Mode) -> Mode:
    """Return how text is sent within a :class:`Panel`."""
    return "visual" if mode == "implicit" else mode


class Panel:
    """What stands in columns: shown as it is sent, even by a terminal that would reorder each row.

    ``content`` is made with :func:`panel_mode`; :class:`~migsearch.terminal.screen.Screen` tells the terminal.
    """

    def __init__(self, content: RenderableType) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.content


def _styled(line: Text, glyphs: Sequence[Glyph], *, whole_words: bool) -> Text:
    parts = [glyph.letter + glyph.marks for glyph in glyphs]
    offsets = list(accumulate(map(len, parts), initial=0))
    styled = Text("".join(parts), style=line.style)
    for span in line.spans:
        covered = [i for i, glyph in enumerate(glyphs) if _overlap(glyph, span.start, span.end)]
        for first, last in _runs(_whole_words(glyphs, covered) if whole_words else covered):
            styled.stylize(span.style, offsets[first], offsets[last + 1])
    return styled


def _whole_words(glyphs: Sequence[Glyph], covered: Sequence[int]) -> list[int]:
    """Return ``covered`` with all glyphs of the words that it is in."""
    words = [list(word) for _, word in groupby(range(len(glyphs)), lambda i: is_turned(glyphs[i]))]
    wanted = set(covered)
    return [
        i for word in words for i in word if i in wanted or (is_turned(glyphs[word[0]]) and not wanted.isdisjoint(word))
    ]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of consecutive ``numbers``."""
    for _, run in groupby(enumerate(numbers), lambda item: item[1] - item[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


class Pointed:
    """A query with carets in the cells where the characters of ``span`` are shown.

    A span without characters points to the place right of the query, such as where a bracket should close.
    """

    def __init__(self, query: str, span: tuple[int, int], mode: Mode) -> None:
        self.query, [(start, end)] = clean_spans(query, [span])
        self.span = (start, end) if start < end else (len(self.query), len(self.query) + 1)
        self.mode = mode

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        marked = Text(self.query + " ")
        marked.stylize("bold", *self.span)
        for line in marked.wrap(console, max(1, options.max_width - len(_INDENT)), overflow="fold"):
            shown = ordered_text(line, self.mode, "L", 0).copy()
            shown.rstrip()
            yield Text(_INDENT).append_text(shown)
            # Even where the terminal reorders: the carets must stand where it will put the characters.
            glyphs = reorder((shape if self.mode == "visual" else clusters)(line.plain), "L")
            carets = _carets(glyphs, [(part.start, part.end) for part in line.spans])
            if carets:
                yield Text(_INDENT + carets, style="red")


def _carets(glyphs: Sequence[Glyph], spans: Sequence[tuple[int, int]]) -> str:
    marks = []
    for glyph in glyphs:
        wanted = any(_overlap(glyph, start, end) for start, end in spans)
        marks.append(("^" if wanted else " ") * cell_len(glyph.letter))
    return "".join(marks).rstrip()


def _overlap(glyph: Glyph, start: int, end: int) -> bool:
    return glyph.start < end and start < glyph.end
