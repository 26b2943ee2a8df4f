"""The line that is typed at: editing, history, completion, colours, and Persian that can be read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from pathlib import Path

    from prompt_toolkit.history import History

    from migsearch.terminal.session import Session

ReadLine = Callable[[str], str]
"""Shows a prompt and returns the line typed; raises EOFError at the end, KeyboardInterrupt on Ctrl-C."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def line_reader(session: Session) -> ReadLine:
    """Return a reader with line editing and history, or a plain one where the terminal can do neither."""
    if not session.screen.interactive:
        return input
    from prompt_toolkit import PromptSession
    from prompt_toolkit.output import ColorDepth
    from prompt_toolkit.styles import Style

    from migsearch.terminal.completion import SessionCompleter
    from migsearch.terminal.keys import key_bindings
    from migsearch.terminal.typed import STYLES, Syntax, VisualOrder

    order = VisualOrder(session.screen.mode)
    prompt: PromptSession[str] = PromptSession(
        history=_history(),
        completer=SessionCompleter(session),
        complete_while_typing=False,  # Tab asks for it
        enable_history_search=True,  # of what was typed, the lines that begin as this one
        lexer=Syntax(),
        style=Style.from_dict(STYLES),
        color_depth=ColorDepth.DEPTH_1_BIT if session.screen.output.no_color else None,
        input_processors=[order] if session.screen.mode in ("visual", "words") else [],
        key_bindings=key_bindings(),
        enable_suspend=True,  # by Ctrl-Z, as any program
    )

    def read(message: str) -> str:
        order.prompt_width = cell_len(message.rpartition("\n")[2])
        return prompt.prompt(message)

    return read


def decoded(line: str) -> str:
    """Return a line as UTF-8, of which a locale without it, such as ``C``, has left bytes as lone surrogates."""
    with suppress(UnicodeError):
        return line.encode(sys.stdin.encoding, "surrogateescape").decode() if _SURROGATE.search(line) else line
    return line


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
