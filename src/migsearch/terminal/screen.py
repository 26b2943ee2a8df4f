"""Where things are printed: the consoles, and what is known of the terminal behind them."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING

from migsearch.errors import MigsearchError, QueryError
from migsearch.terminal.answers import read_answers
from migsearch.terminal.modes import Mode, choose
from migsearch.terminal.safety import clean

if TYPE_CHECKING:  # rich takes long to import, and what is for a program is printed without it
    from collections.abc import Iterable, Mapping

    from rich.console import Console, RenderableType

_POINTED_AT = 1_000  # code points of a query in which a caret helps


PLAIN_VARIABLE = "MIGSEARCH_PLAIN"


class Screen:
    """Standard output and standard error, each with the mode in which its text must be sent.

    ``choice`` says why output is sent as it is.
    """

    def __init__(
        self, bidi: str | None, *, colour: bool, plain: bool = False, environ: Mapping[str, str] = os.environ
    ) -> None:
        terminal = sys.stdout.isatty()
        self.plain = plain or bool(environ.get(PLAIN_VARIABLE))
        """Whether what is printed is listened to: no bars, colours or columns, and text in the order of reading."""
        bidi = bidi or ("logical" if self.plain else None)
        answers = read_answers()
        self.choice = choose(bidi, environ, answers, _reorders, terminal=terminal)
        self.mode: Mode = self.choice.mode
        seen = sys.stderr.isatty()
        self.error_mode: Mode = self.mode if terminal and seen else choose(bidi, environ, answers, terminal=seen).mode
        self._doubt = self.choice.doubt
        self.terminal = terminal
        """Whether a person sees the output at once."""
        self._colour = colour

    @cached_property
    def output(self) -> Console:
        """The console of standard output."""
        from migsearch.terminal.consoles import console_of

        return console_of(sys.stdout, colour=self._colour, plain=self.plain)

    @cached_property
    def errors(self) -> Console:
        """The console of standard error."""
        from migsearch.terminal.consoles import console_of

        return console_of(sys.stderr, colour=self._colour, plain=self.plain)

    @property
    def interactive(self) -> bool:
        """Whether keys can be read one by one and the cursor moved."""
        dumb = os.environ.get("TERM", "dumb") == "dumb" and os.name != "nt"
        return self.terminal and sys.stdin.isatty() and not dumb and not self.plain

    def print(self, *renderables: RenderableType) -> None:
        """Print each of ``renderables`` on lines of its own."""
        from migsearch.terminal.layout import Paragraph
        from migsearch.terminal.steering import steered

        for renderable in renderables:
            sequences = _steering(renderable) if self.mode == "implicit" else None
            with steered(self.output.file, sequences) if sequences else contextlib.nullcontext():
                self.output.print(renderable)
        if self._doubt and any(isinstance(part, Paragraph) and part.base == "R" for part in renderables):
            self.complain(self._doubt)
            self._doubt = ""  # said once

    def write_lines(self, lines: Iterable[str]) -> None:
        """Write text for a file or a pipe, in the encoding of the locale."""
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    def write(self, text: str) -> None:
        """Write text for another program, in UTF-8 whatever the locale, as JSON demands."""
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()

    def complain(self, message: str, query: str = "", span: tuple[int, int] | None = None) -> None:
        """Print a message on standard error, with carets under ``span`` of ``query``."""
        from rich.text import Text

        from migsearch.terminal.layout import Paragraph, Pointed

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
            for renderable in renderables:
                self.output.print(renderable)
        text = captured.get()
        if self.terminal and text.count("\n") >= self.output.height and _through_pager(text):
            return
        if self.mode == "implicit":
            self.print(*renderables)
        else:
            self.output.file.write(text)
            self.output.file.flush()


def _reorders() -> bool | None:
    from migsearch.terminal import asking

    return asking.reorders(asking.SHORT)


def _steering(renderable: RenderableType) -> tuple[str, str] | None:
    """Return what a terminal that orders text itself is told while this is printed."""
    from migsearch.terminal.layout import Panel, Paragraph
    from migsearch.terminal.steering import EXPLICIT, RIGHT_TO_LEFT

    if isinstance(renderable, Panel):
        return EXPLICIT
    return RIGHT_TO_LEFT if isinstance(renderable, Paragraph) and renderable.base == "R" else None


def _through_pager(text: str) -> bool:
    import shlex
    import subprocess

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
