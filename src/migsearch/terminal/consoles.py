"""The consoles of rich, as migsearch sets them up."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

_UNLIMITED = 1_000_000
"""The width of a file or a pipe: a line there is a paragraph, whole, so that it can be searched."""


class _Console(Console):
    """A console that leaves a closed pipe to ``main``, which knows the exit code."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_of(stream: TextIO, *, colour: bool, plain: bool) -> Console:
    """Return the console that writes to a stream."""
    terminal = stream.isatty()
    return _Console(
        file=stream,
        # Explicit, since rich would believe $FORCE_COLOR even of a pipe.
        force_terminal=terminal,
        force_jupyter=False,
        color_system=None if plain else "auto",  # without one there is no bold type, either
        no_color=None if colour else True,
        width=None if terminal else _UNLIMITED,
        markup=False,
        emoji=False,
        highlight=False,
    )
