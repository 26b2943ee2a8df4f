"""The real program in a real pseudo-terminal, its screen kept by pyte: what a person would see."""

from __future__ import annotations

import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

PROGRAM = (sys.executable, "-m", "migsearch.terminal.cli")
DEADLINE = 60.0
CTRL_C, CTRL_D, ENTER = "\x03", "\x04", "\r"


class Terminal:
    """A program on a terminal of ``rows`` by ``columns`` that neither joins nor reorders letters."""

    def __init__(
        self,
        *arguments: str,
        env: Mapping[str, str],
        rows: int = 24,
        columns: int = 80,
        folder: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.screen.write_process_input = self.type  # answers what the program asks of a terminal
        self.received = ""
        self._stream = pyte.Stream(self.screen)
        with warnings.catch_warnings():  # Python 3.12 warns of a fork while other tests' threads live
            warnings.simplefilter("ignore", DeprecationWarning)
            self._child: pexpect.spawn[str] = pexpect.spawn(
                PROGRAM[0],
                [*PROGRAM[1:], *arguments],
                env={"TERM": "xterm-256color", **env},
                cwd=folder,
                dimensions=(rows, columns),
                encoding="utf-8",
                echo=False,
            )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    def type(self, text: str) -> None:
        """Send keys."""
        self._child.send(text)

    def terminate(self) -> None:
        """Ask the program to end, as the system does when it shuts down."""
        self._child.kill(signal.SIGTERM)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the terminal, of which the program is told by a signal."""
        self.screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def wipe(self) -> None:
        """Forget what is on the screen."""
        self.screen.erase_in_display(2)
        self.screen.cursor_to_line(1)

    def ask(self, line: str, answer: str, prompt: str = "migsearch>") -> None:
        """Wipe the screen, enter a line, wait for what its answer must hold and for the next prompt."""
        self.wipe()
        self.type(line + ENTER)
        self.wait_for(answer)
        self.wait_for_prompt(prompt)

    @property
    def rows(self) -> list[str]:
        """What is on the screen, without empty rows at its end."""
        rows = [row.rstrip() for row in self.screen.display]
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def wait_until(self, reached: Callable[[], bool]) -> None:
        """Read what the program prints until ``reached``."""
        deadline = time.monotonic() + DEADLINE
        while not reached():
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=max(0.0, deadline - time.monotonic())))
            except (pexpect.EOF, pexpect.TIMEOUT) as error:
                raise AssertionError(f"{type(error).__name__} with this screen:\n" + "\n".join(self.rows)) from None

    def wait_for(self, text: str) -> None:
        """Wait until ``text`` stands on the screen."""
        self.wait_until(lambda: any(text in row for row in self.rows))

    def wait_for_prompt(self, prompt: str = "migsearch>") -> None:
        """Wait until the cursor stands behind an empty prompt."""
        self.wait_until(lambda: self.screen.display[self.screen.cursor.y].strip() == prompt)

    def finish(self) -> int | None:
        """Read to the end and return the exit code."""
        while True:
            try:
                self._feed(self._child.read_nonblocking(65536, timeout=DEADLINE))
            except pexpect.EOF:
                self._child.wait()
                return self._child.exitstatus

    def cells(self, *, bold: bool = False, underscore: bool = False) -> str:
        """Return the characters on the screen that have these attributes, row by row."""
        found = ""
        for y in range(self.screen.lines):
            for x in range(self.screen.columns):
                cell = self.screen.buffer[y][x]
                if (cell.bold or not bold) and (cell.underscore or not underscore):
                    found += cell.data
            found += "\n"
        return re.sub("\n+", "\n", found).strip("\n")

    def _feed(self, text: str) -> None:
        self.received += text
        # pyte drops what follows a character of no width that is no accent.
        self._stream.feed(text.replace("\N{ZERO WIDTH NON-JOINER}", ""))
