"""Questions to the terminal itself, which it answers as if somebody typed: its modes, where its cursor is."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from collections.abc import Iterator

SHORT, LONG = 0.5, 1.0
"""Seconds to wait for an answer: where somebody waits for hits, and over a network in the doctor.

An answer that comes later than we wait is read at the prompt as if it were typed; see :mod:`.keys`.
"""

_MODE_8 = "\x1b[8$p"  # DECRQM: is BDSM set, does the terminal reorder? ECMA-48, 7.2.2
_ATTRIBUTES = "\x1b[c"  # DA1, which every terminal answers: what was not answered before will not be
_POSITION = "\x1b[6n"  # CPR


def reorders(timeout: float) -> bool | None:
    """Return whether the terminal says that it reorders right-to-left text; ``None`` if it does not know the question.

    A hint: some have the mode and no such feature, others the feature and no such mode.
    """
    answer = _answer(_MODE_8 + _ATTRIBUTES, r"\x1b\[\?[0-9;]*c", timeout)
    state = re.search(r"\x1b\[8;([0-4])\$y", answer)
    return None if state is None or state[1] == "0" else state[1] in "13"


def width(text: str, timeout: float) -> int | None:
    """Return how many cells the cursor moves for ``text``, which is wiped again; ``None`` without an answer."""
    answer = _answer(f"\r{text}{_POSITION}\r\x1b[K", r"\x1b\[\d+;(\d+)R", timeout)
    column = re.search(r"\x1b\[\d+;(\d+)R", answer)
    return int(column[1]) - 1 if column else None


def can_ask() -> bool:
    """Whether there is a terminal at both ends, and nothing typed ahead that an answer would be mixed with."""
    if os.name != "posix" or os.environ.get("TERM", "dumb") == "dumb":
        return False
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return not select.select([sys.stdin], [], [], 0)[0]


def _answer(question: str, end: str, timeout: float) -> str:
    """Send a question and return what comes back until ``end`` matches; what came by then if it never does."""
    if not can_ask():
        return ""
    received = ""
    with _unechoed():
        sys.stdout.write(question)
        sys.stdout.flush()
        until = time.monotonic() + timeout
        while not re.search(end, received):
            ready = select.select([sys.stdin], [], [], max(0.0, until - time.monotonic()))[0]
            read = os.read(sys.stdin.fileno(), 1024) if ready else b""
            if not read:
                break
            received += read.decode("ascii", "replace")
    return received


@contextlib.contextmanager
def _unechoed() -> Iterator[None]:
    """Let keys through at once and unseen, while the context lasts."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin, termios.TCSANOW)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
