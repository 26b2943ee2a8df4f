"""Tells a terminal that reorders text itself what to do with a paragraph or a panel, and always takes it back.

The sequences are those of https://terminal-wg.pages.freedesktop.org/bidi/recommendation/escape-sequences.html, which
VTE and mintty know.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import IO, TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

RIGHT_TO_LEFT = ("\x1b[2 k", "\x1b[0 k")
"""SCP: what is printed meanwhile are right-to-left paragraphs."""

EXPLICIT = ("\x1b[8l", "\x1b[8h")
"""BDSM: what is printed meanwhile is shown in the order in which it is sent."""


@contextlib.contextmanager
def steered(stream: IO[str], sequences: tuple[str, str]) -> Iterator[None]:
    """Send the first of ``sequences``, and the second when the context ends: by an exception, Ctrl-C or SIGTERM too."""
    begin, end = sequences
    with ending_on_sigterm():
        try:
            stream.write(begin)
            yield
        finally:
            stream.write(end)
            stream.flush()


@contextlib.contextmanager
def ending_on_sigterm() -> Iterator[None]:
    """Let SIGTERM, which would end the program at once, end it by an exception."""
    if threading.current_thread() is not threading.main_thread():  # which alone may say what a signal does
        yield
        return
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
