"""What ``migsearch doctor`` finds out: about the terminal, the libraries, the index."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from migsearch import __version__
from migsearch.errors import MigsearchError
from migsearch.terminal import asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migsearch.terminal.options import Examination
    from migsearch.terminal.screen import Screen

MEASURED = {
    "letter": "\N{ARABIC LETTER SEEN}",
    "letter with fatha": "\N{ARABIC LETTER SEEN}\N{ARABIC FATHA}",
    "letter with ZWNJ": "\N{ARABIC LETTER HEH}\N{ZERO WIDTH NON-JOINER}",
    "lam and alef": "\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}",
    "lam-alef": "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}",
    "wide letter": "\N{CJK UNIFIED IDEOGRAPH-6587}",
}
"""What terminals disagree about how many cells it takes."""

_LIBRARIES = ("pyicu-wheels", "whoosh", "numpy", "rich", "prompt-toolkit", "python-bidi")


@dataclass(frozen=True)
class Fact:
    """Something found out: its ``name``, its ``value``, and if it is wrong what to do about it."""

    name: str
    value: str
    advice: str = ""


def facts(asked: Examination, screen: Screen) -> list[Fact]:
    """Return all that is found out, in the order in which it is told."""
    return [*_terminal(screen), *_widths(), *_versions(), _index(asked)]


def _terminal(screen: Screen) -> Iterator[Fact]:
    environ = os.environ
    doubt = screen.choice.doubt.partition(";")[0]  # that doctor is to be run is known here
    yield Fact("right to left", f"{screen.mode}: {screen.choice.reason}", doubt)
    shown = {name: environ[name] for name in ("TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION") if name in environ}
    yield Fact("terminal", ", ".join(f"{name}={value}" for name, value in shown.items()) or "does not name itself")
    if asking.can_ask():
        answers = {None: "does not say", True: "says that it reorders", False: "says that it does not reorder"}
        yield Fact("asked (DECRQM)", answers[asking.reorders(asking.LONG)])
    if screen.terminal:
        size = screen.output.size
        yield Fact("size", f"{size.width} columns, {size.height} rows", _narrow(size.width))
    yield Fact("colours", screen.output.color_system or "none")
    encoding = sys.stdout.encoding.lower()
    yield Fact("encoding", encoding, "" if "utf" in encoding else "Persian needs UTF-8: set LC_ALL=C.UTF-8, say")


def _narrow(columns: int) -> str:
    return "" if columns >= 40 else "screens are made for 40 columns or more"


def _widths() -> Iterator[Fact]:
    """Yield how many cells the cursor moved for each, beside what rich, which wraps the lines, expects."""
    cells: list[str] = []
    wrong: list[str] = []
    for name, text in MEASURED.items():
        measured = asking.width(text, asking.LONG)
        if measured is None:  # nor will it answer the others
            return
        cells.append(f"{name} {measured}")
        if measured != cell_len(text):
            wrong.append(f"{name} {cell_len(text)}")
    expected = f"expected: {', '.join(wrong)}; lines with these may be ragged" if wrong else ""
    yield Fact("cells", ", ".join(cells), expected)


def _versions() -> Iterator[Fact]:
    from migsearch.analysis.icu import version

    python = ".".join(map(str, sys.version_info[:3]))
    yield Fact("migsearch", f"{__version__}, Python {python}, {sys.platform}")
    yield Fact("ICU", version())
    yield Fact("libraries", ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:  # as when PyICU was built from source
        return "from elsewhere"


def _index(asked: Examination) -> Fact:
    from migsearch import library
    from migsearch.engine.whoosh.store import FORMAT

    path = asked.index or library.default_index_path()
    if not path.exists():
        return Fact("index", f"format {FORMAT}; none at {path} yet", "migsearch index FOLDER makes one")
    try:
        with library.open(path) as index:
            return Fact("index", f"format {FORMAT}, {len(index):,} documents in {path}")
    except MigsearchError as error:
        return Fact("index", f"{path} cannot be opened", str(error))


def report_object(found: list[Fact]) -> dict[str, Any]:
    """Return the object that ``migsearch doctor --json`` prints."""
    return {"facts": [{"name": fact.name, "value": fact.value, "advice": fact.advice} for fact in found]}
