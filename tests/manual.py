"""Writes the manual page from the parser of the command line: ``make man``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from argparse_manpage.manpage import Manpage
from conftest import ROOT

from migsearch import __version__
from migsearch.terminal.parser import command_line
from migsearch.terminal.usage import EXAMPLES, NOTES

PAGE = ROOT / "man" / "migsearch.1"

_EXIT_STATUS = (
    ("0", "documents were found, or what was asked for was done"),
    ("1", "no document was found"),
    ("2", "an error, which is explained on standard error"),
    ("130", "interrupted by Ctrl-C"),
)
_ENVIRONMENT = (
    ("MIGSEARCH_INDEX", "the folder of the index, where --index names none"),
    ("MIGSEARCH_BIDI", "who orders right-to-left text, where --bidi does not say"),
    ("NO_COLOR", "if set, no colours"),
    ("PAGER", "the program that shows what is longer than the screen (less)"),
)
_FILES = (
    ("indexes/default", "the index of the current folder"),
    ("~/.config/migsearch/terminals.json", "what was answered in migsearch doctor, by terminal"),
    ("~/.local/state/migsearch/history", "what was typed at the prompt, for its owner alone"),
    ("~/.cache/migsearch", "the demonstration index, and tables kept for a quick start"),
)


def manual() -> str:
    """Return the page in roff; all of it that is not in ``--help`` stands above."""
    parser = command_line(everywhere=False)
    parser.epilog = None
    page = Manpage(parser)
    page.date = ""
    page.source, page.manual = f"migsearch {__version__}", "migsearch"
    page.description = "search English and Persian press releases and news on migration"
    for heading, items in (("exit status", _EXIT_STATUS), ("environment", _ENVIRONMENT), ("files", _FILES)):
        page.add_section(heading, ">", "\n".join(_items(items)))
    page.add_section("notes", ">", "\n".join(_notes()))
    page.add_section("examples", ">", "\n".join(_examples()))
    text = re.sub("POSITIONAL ARGUMENTS|positional arguments:?", "COMMANDS", str(page))
    text = re.sub(r"^usage: ", "", text, flags=re.MULTILINE)
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


def _items(items: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, meaning in items:
        yield from (".TP", rf"\fB{_roff(name)}\fR", _roff(meaning))


def _notes() -> Iterator[str]:
    for command, note in NOTES.items():
        yield from (f".SS {command}", ".nf", *map(_line, note.split("\n")), ".fi")


def _examples() -> Iterator[str]:
    for lines in EXAMPLES.values():
        for line, meaning in lines:
            yield from (".TP", rf"\fB{_roff(line)}\fR", _roff(meaning) or r"\&")


def _line(text: str) -> str:
    return rf"\&{_roff(text)}"  # lest a dot or an apostrophe at its beginning is a command


def _roff(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the long options of a parser and of its commands."""
    for action in parser._actions:
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from options(below)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(manual(), encoding="utf-8")
