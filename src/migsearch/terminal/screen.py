"""Where things are printed: the consoles, and what is known of the terminal behind them."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from migsearch.errors import MigsearchError, QueryError
from migsearch.terminal.layout import Paragraph, Pointed
from migsearch.terminal.modes import Mode, choose_mode
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNLIMITED = 1_000_000
_POINTED_AT = 1_000  # code points of a query in which a caret helps
"""The width of a file or a pipe: a line there is a paragraph, whole, so that it can be searched."""


class Screen:
    """Standard output and standard error, each with the mode in which its text must be sent."""

    def __init__(self, bidi: str | None, *, colour: bool, environ: Mapping[str, str] = os.environ) -> None:
        terminal = sys.stdout.isatty()
        self.mode: Mode = choose_mode(bidi, environ, terminal=terminal)
        self.error_mode: Mode = choose_mode(bidi, environ, terminal=sys.stderr.isatty())
        self.output = _console(sys.stdout, colour=colour)
        self.errors = _console(sys.stderr, colour=colour)

    @property
    def terminal(self) -> bool:
        """Whether a person sees the output at once."""
        return self.output.is_terminal

    def print(self, *renderables: RenderableType) -> None:
        """Print each of ``renderables`` on lines of its own."""
        for renderable in renderables:
            self.output.print(renderable)

    def write(self, text: str) -> None:
        """Write text for another program, in UTF-8 whatever the locale, as JSON demands."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()

    def complain(self, message: str, query: str = "", span: tuple[int, int] | None = None) -> None:
        """Print a message on standard error, with carets under ``span`` of ``query``."""
        self.errors.print(Paragraph(Text(f"migsearch: {clean(message)}"), self.error_mode))
        if span is not None:
            self.errors.print(Pointed(query, span, self.error_mode))

    def complain_about(self, error: MigsearchError, query: str = "") -> None:
        """Print an error that a person can do something about."""
        # A query of many screens would hide the message that it is too long.
        span = error.span if isinstance(error, QueryError) and 0 < len(query) <= _POINTED_AT else None
        self.complain(str(error), query, span)

    def page(self, *renderables: RenderableType) -> None:
        """Print what may be longer than the screen: then it goes through the pager."""
        with self.output.capture() as captured:
            self.print(*renderables)
        text = captured.get()
        if not self.terminal or text.count("\n") < self.output.height or not _through_pager(text):
            self.output.file.write(text)
            self.output.file.flush()


class _Console(Console):
    """A console that leaves a closed pipe to ``main``, which knows the exit code."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console(stream: TextIO, *, colour: bool) -> Console:
    terminal = stream.isatty()
    return _Console(
        file=stream,
        # Explicit, since rich would believe $FORCE_COLOR even of a pipe.
        force_terminal=terminal,
        force_jupyter=False,
        no_color=None if colour else True,
        width=None if terminal else _UNLIMITED,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _through_pager(text: str) -> bool:
    environ = {**os.environ, "LESS": os.environ.get("LESS", "-R")}  # -R: let colours through
    try:
        command = shlex.split(os.environ.get("PAGER") or "less")
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, encoding="utf-8", env=environ)  # noqa: S603
    except (OSError, ValueError):  # no such program, or an open quote; the text is printed instead
        return False
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):  # left before the end
        pager.communicate(text)
    while pager.returncode is None:  # Ctrl-C is the pager's while it runs
        with contextlib.suppress(KeyboardInterrupt):
            pager.wait()
    return True
