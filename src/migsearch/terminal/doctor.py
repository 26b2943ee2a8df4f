"""What ``migsearch doctor`` does: tells what it found, shows Persian in each way, asks, and remembers the answer."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.terminal import structured
from migsearch.terminal.answers import key_of, read_answers, remember
from migsearch.terminal.diagnosis import facts, report_object
from migsearch.terminal.layout import Paragraph, ordered_text
from migsearch.terminal.safety import clean
from migsearch.terminal.terminals import Mode, between, named_terminals

if TYPE_CHECKING:
    from migsearch.terminal.options import Examination
    from migsearch.terminal.screen import Screen

SAMPLE = "سازمان مهاجرت (IOM) در ۱۴۰۰/۱/۲۶"
"""Migration Organization (IOM) on 1400/1/26: letters that join, brackets, Latin letters, digits; 32 cells."""

_WAYS: tuple[Mode, ...] = ("logical", "visual", "words")
_NAMES = 16  # cells of a fact's name
_EXPLAINED = (
    "One line of Persian, sent in each way. In the right one the letters are joined, the first word stands at the "
    "right, and (IOM) and the date, 1400/1/26, read as here:"
)
_QUESTION = "Which line reads right? 1, 2 or 3; Enter if none does: "


def run(asked: Examination, screen: Screen) -> int:
    """Examine the terminal; the exit code is 0 unless an answer cannot be kept."""
    key = key_of(named_terminals(os.environ), between(os.environ), os.environ)
    if asked.forget:
        _keep(key, None)
        screen.print(_line(f"forgotten: what you answered for {key}", screen))
        return 0
    found = facts(asked, screen)
    if asked.json:
        screen.write(structured.dumps(report_object(found)) + "\n")
        return 0
    for fact in found:
        screen.print(Paragraph(Text(clean(fact.value)), screen.mode, gutter=f"{fact.name:<{_NAMES}}"))
        if fact.advice:
            screen.print(Paragraph(Text(clean(fact.advice), style="yellow"), screen.mode, gutter=" " * _NAMES))
    if sys.stdin.isatty() and screen.terminal:
        _ask(key, screen)
    return 0


def _ask(key: str, screen: Screen) -> None:
    screen.print(Text(""), _line(_EXPLAINED, screen), Text(""))
    for number, way in enumerate(_WAYS, start=1):
        sample = ordered_text(Text(SAMPLE), way, "R", 0)
        screen.print(Text(f"  {number}  ", no_wrap=True, overflow="ignore").append_text(sample), Text(""))
    try:
        answer = input(_QUESTION).strip()
    except EOFError:
        answer = ""
    chosen = {str(number): way for number, way in enumerate(_WAYS, start=1)}.get(_digits(answer))
    if chosen is None:
        kept = read_answers().get(key)
        wrong = f"{answer} is none of 1, 2 and 3; " if answer else ""
        known = f"{kept} was answered before" if kept else "no answer is kept"
        screen.print(_line(f"{wrong}nothing changed: {known}", screen))
        return
    path = _keep(key, chosen)
    screen.print(_line(f"{chosen} from now on for {key}, kept in {path}", screen))


def _digits(answer: str) -> str:
    """Return digits of any script as ASCII."""
    return str(int(answer)) if answer.isdecimal() else answer


def _keep(key: str, setting: str | None) -> str:
    try:
        return str(remember(key, setting))
    except OSError as error:
        raise MigsearchError(f"the answer cannot be kept: {error.filename}: {error.strerror}") from None


def _line(text: str, screen: Screen) -> Paragraph:
    return Paragraph(Text(clean(text)), screen.mode)
