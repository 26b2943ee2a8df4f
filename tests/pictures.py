"""Draws the screens of the real program as the SVG files that the README shows: ``make pictures``.

The program runs on a terminal that neither joins nor reorders letters. Who shows an SVG does both, and would turn its
Persian once more: so each run of it goes into the picture as it is read, isolated from what stands beside it.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from html import escape, unescape
from itertools import groupby, pairwise
from pathlib import Path

from conftest import CORPUS, ROOT
from pyte.screens import Char
from rich.console import CONSOLE_SVG_FORMAT, Console
from rich.style import Style
from rich.text import Text
from terminal_pty import Terminal

import migsearch

FOLDER = ROOT / "docs" / "pictures"
COLUMNS = 90
PICTURES = {
    "search-english": ("search", "IOM Turkmenistan", "--limit", "3"),
    "search-persian": ("search", "بازگشت پناهندگان", "--limit", "3"),
    "inspect": ("inspect", "corpus/turkish-interior-talks-fa.txt"),
}
FONT = "'DejaVu Sans Mono', 'Vazir Code', Menlo, Consolas, monospace"
_CELL = 12.2  # pixels of its width in rich's template
_MARKS = "".join(map(chr, range(0x64B, 0x671)))
NBSP = "\N{NO-BREAK SPACE}"  # what rich draws for a space
_ZWNJ, _RLI, _PDI = "\N{ZERO WIDTH NON-JOINER}", "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def screen_rows(arguments: Sequence[str], folder: Path) -> list[list[Char]]:
    """Run the program in a folder and return the cells of its screen, row by row."""
    inherited = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    env = {**inherited, "HOME": str(folder), "LC_ALL": "C.UTF-8", "MIGSEARCH_BIDI": "visual"}
    with Terminal(*arguments, env=env, rows=120, columns=COLUMNS, folder=folder) as terminal:
        terminal.finish()
        rows = [[terminal.screen.buffer[y][x] for x in range(COLUMNS)] for y in range(len(terminal.rows))]
        return [[cell for cell in row if cell.data] for row in rows]  # the second half of a wide one has none


def picture(rows: Sequence[Sequence[Char]], title: str) -> str:
    """Return a screen as SVG."""
    console = Console(width=COLUMNS, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for row in rows:
        parts = ("".join(cell.data for cell in cells) for _, cells in groupby(row, key=_style))
        styles = (style for style, _ in groupby(row, key=_style))
        console.print(Text.assemble(*zip(parts, styles, strict=True)), no_wrap=True, crop=False, overflow="ignore")
    template = CONSOLE_SVG_FORMAT.replace("Fira Code, monospace", FONT)
    begin, end = template.index("@font-face"), template.index(".{unique_id}-matrix")
    svg = console.export_svg(title=title, code_format=template[:begin] + template[end:], unique_id="migsearch")
    return re.sub(r'textLength="([0-9.]+)"([^>]*)>([^<]*)<', _as_text, svg)


def _as_text(element: re.Match[str]) -> str:
    """Return a text with its Persian as it is read; letters that join are drawn narrower, not parted."""
    length, attributes, content = element.groups()
    seen = unescape(content)
    marks = sum(unicodedata.category(character) == "Mn" for character in seen)  # which rich counts
    cells = f'lengthAdjust="spacingAndGlyphs" textLength="{float(length) - marks * _CELL:.1f}"'
    return f"{cells}{attributes}>{escape(_directed(seen)).replace(NBSP, '&#160;')}<"


def _directed(seen: str) -> str:
    """Return visual text with each run of Persian as it is read, isolated."""
    letters = re.findall(r".[\u064b-\u0670]*", seen)
    kinds = [unicodedata.bidirectional(letter[0]) for letter in letters]
    persian = [i for i, kind in enumerate(kinds) if kind in ("R", "AL")]
    # With a letter on each side, what stands between is of the run.
    between = {
        i
        for left, right in pairwise(persian)
        if {"WS", "CS", "ON"}.issuperset(kinds[left + 1 : right])
        for i in range(left, right + 1)
    }
    text = ""
    for is_persian, run in groupby(range(len(letters)), key=between.union(persian).__contains__):
        part = [letters[i] for i in run]
        text += _RLI + _as_read(part) + _PDI if is_persian else "".join(part)
    return text


def _as_read(letters: Sequence[str]) -> str:
    """Return a run as it is read, its letters without their forms; what does not join although it could has a ZWNJ."""
    read = list(reversed(letters))
    text = ""
    for letter, following in zip(read, [*read[1:], " "], strict=True):
        form = unicodedata.decomposition(letter[0]).partition(" ")[0]
        plain = letter if letter[0] == NBSP else unicodedata.normalize("NFKC", letter)
        ends = form in ("<final>", "<isolated>") and following[0].isalpha()
        text += plain + (_ZWNJ if ends and _joins(plain.rstrip(_MARKS)[-1:]) else "")
    mirrored = {"(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«"}
    return "".join(mirrored.get(character, character) for character in text)


def _joins(letter: str) -> bool:
    """Whether a letter can join the next one: has an initial form."""
    if not letter:
        return False
    forms = (unicodedata.decomposition(chr(code)) for code in (*range(0xFB50, 0xFDD0), *range(0xFE70, 0xFF00)))
    return f"<initial> {ord(letter):04X}" in set(forms)


def _style(cell: Char) -> Style:
    colour = None if cell.fg == "default" else {"brown": "yellow"}.get(cell.fg, cell.fg)
    if colour and len(colour) == 6 and all(digit in "0123456789abcdef" for digit in colour):
        colour = f"#{colour}"
    return Style(color=colour, bold=cell.bold, underline=cell.underscore, italic=cell.italics, reverse=cell.reverse)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        shutil.copytree(CORPUS, folder / "corpus")
        with migsearch.open(folder / "indexes" / "default", create=True) as index:
            index.add(migsearch.read(folder / "corpus"))
        for name, arguments in PICTURES.items():
            title = " ".join(("migsearch", *(f'"{word}"' if " " in word else word for word in arguments)))
            (FOLDER / f"{name}.svg").write_text(picture(screen_rows(arguments, folder), title), encoding="utf-8")


if __name__ == "__main__":
    main()
