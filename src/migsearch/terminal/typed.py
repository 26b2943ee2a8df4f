"""What is typed at the prompt: coloured by its syntax, and readable where the terminal does not order Persian."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.lexers import Lexer
from rich.cells import cell_len

from migsearch.query.parse import lexemes
from migsearch.terminal.bidi import Base, base_direction, reorder, turned
from migsearch.terminal.shaping import Glyph, clusters, shape

if TYPE_CHECKING:
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from migsearch.terminal.modes import Mode

STYLES = {
    "command": "bold",
    "field": "ansimagenta",
    "quoted": "underline",
    "exclude": "ansired bold",
    "not": "ansired bold",
    "require": "ansimagenta bold",
    "or": "ansimagenta bold",
    "and": "ansimagenta bold",
    "open": "ansimagenta",
    "close": "ansimagenta",
    "unclosed": "ansired bold",
}
"""How each kind of sign is shown, in colours that are seen on light and dark; words are as they are."""


class Syntax(Lexer):
    """Colours a query by its signs, and a command by its name."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return what gives the pieces of a line; there is but one."""
        return lambda _: list(_pieces(document.text))


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    if line.lstrip().startswith(":"):
        name, space, argument = line.partition(" ")
        yield "class:command", name
        yield "", space + argument
        return
    for kind, (start, end) in lexemes(line):
        yield f"class:{kind}" if kind in STYLES else "", line[start:end]


class VisualOrder(Processor):
    """Joins and orders what is typed, the cursor standing on the letter before which the next one goes.

    At the end of a line that begins in Persian the cursor stands left of it. ``mode`` is ``visual``, or ``words`` for a
    terminal that turns each word. ``prompt_width`` is how many cells of the first row the prompt takes; longer lines
    are wrapped before they are ordered, so that they are read row by row.
    """

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self.prompt_width = 0

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return the line as it is shown, and which place in it each character has."""
        fragments = explode_text_fragments(transformation_input.fragments)
        text = fragment_list_to_text(fragments)
        if text.isascii():
            return Transformation(transformation_input.fragments)
        base = base_direction(text)
        letters = shape(text) if self.mode == "visual" else clusters(text, joiners=True)
        rows = list(_rows(letters, transformation_input.width, self.prompt_width))
        glyphs = [glyph for row in rows for glyph in _ordered(row, base, last=row is rows[-1])]
        places, end = _places(glyphs, len(text))
        if self.mode == "words":  # the cursor stands where the terminal puts the letter, which is sent elsewhere
            glyphs = turned(glyphs)
        shown: StyleAndTextTuples = [
            (fragments[glyph.start][0] if glyph.start < len(text) else "", glyph.letter + glyph.marks)
            for glyph in glyphs
        ]
        owners = [glyph.start for glyph in glyphs for _ in glyph.letter + glyph.marks]
        return Transformation(
            shown,
            source_to_display=lambda place: places[place] if place < len(places) else end + place - len(places),
            display_to_source=lambda place: owners[place] if place < len(owners) else len(text),
        )


def _rows(glyphs: Sequence[Glyph], width: int, taken: int) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in glyphs:
        cells = cell_len(glyph.letter)
        if row and taken + cells > width:
            yield row
            row, taken = [], 0
        row.append(glyph)
        taken += cells
    yield row


def _ordered(row: Sequence[Glyph], base: Base, *, last: bool) -> list[Glyph]:
    """Return a row in visual order, the last one of a right-to-left line with a cell for the cursor at its end."""
    ordered = reorder(row, base)
    end = row[-1].end
    return [Glyph(" ", "", end, end + 1), *ordered] if last and base == "R" else ordered


def _places(glyphs: Sequence[Glyph], length: int) -> tuple[list[int], int]:
    """Return the place in the shown line of each character, and that of the cursor behind the last one."""
    places, end, shown = [0] * length, -1, 0
    for glyph in glyphs:
        if glyph.start >= length:
            end = shown
        for place in range(glyph.start, min(glyph.end, length)):
            places[place] = shown
        shown += len(glyph.letter + glyph.marks)
    return places, shown if end < 0 else end
