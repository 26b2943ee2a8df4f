"""The prompt: reads lines and answers them until the person leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.terminal.commands import Quit, execute
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.safety import clean
from migsearch.terminal.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from prompt_toolkit.history import History

    from migsearch.index import Index
    from migsearch.terminal.screen import Screen

ReadLine = Callable[[str], str]
"""Shows a prompt and returns the line typed; raises EOFError at the end, KeyboardInterrupt on Ctrl-C."""


def run(index: Index, screen: Screen, read_line: ReadLine | None = None) -> int:
    """Answer queries and commands until the person leaves; returns the exit code."""
    read_line = read_line or _line_reader()
    session = Session(index, screen)
    welcome = f"{len(index):,} documents in {index.path}. Type a query in English or Persian, or :help."
    screen.print(Paragraph(Text(clean(welcome)), screen.mode))
    while True:
        try:
            line = read_line(_prompt(session)).strip()
        except KeyboardInterrupt:  # drops what was typed
            continue
        except EOFError:
            return 0
        try:
            _answer(session, line)
        except Quit:
            return 0
        except KeyboardInterrupt:  # drops the search
            screen.print(Text("interrupted"))


def _answer(session: Session, line: str) -> None:
    try:
        if line.startswith(":"):
            execute(session, line)
        elif line:
            session.search(line)
        elif session.results is not None:
            session.next_page()
    except MigsearchError as error:
        session.screen.complain_about(error, "" if line.startswith(":") else line)


def _prompt(session: Session) -> str:
    active = [str(session.filters), "by date" if session.sort == "date" else ""]
    shown = clean(" ".join(filter(None, active)))
    return f"migsearch [{shown}]> " if shown else "migsearch> "


def _line_reader() -> ReadLine:
    """Return a reader with line editing and history, or a plain one where the terminal can do neither."""
    if os.environ.get("TERM", "dumb") == "dumb" and os.name != "nt":
        return input
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return input
    from prompt_toolkit import PromptSession

    prompt: PromptSession[str] = PromptSession(history=_history())
    return lambda message: prompt.prompt(message)


def _history() -> History:
    """Return the history, in a file that nobody else may read: queries tell what a person works on."""
    from platformdirs import user_state_path
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    folder = user_state_path("migsearch", appauthor=False)
    try:
        path = _private_file(folder, "history")
    except OSError:  # a home that cannot be written to, as in a container
        return InMemoryHistory()
    return FileHistory(str(path))


def _private_file(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / name
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600))
    path.chmod(0o600)
    return path
