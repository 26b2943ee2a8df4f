"""What a terminal was told is taken back, however the program ends."""

from __future__ import annotations

import io
import signal
import subprocess
import sys

import pytest

from migsearch.terminal.steering import EXPLICIT, RIGHT_TO_LEFT, steered

WAITING = """
import sys, time
from migsearch.terminal.steering import EXPLICIT, steered
with steered(sys.stdout, EXPLICIT):
    print("panel", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, BrokenPipeError])
@pytest.mark.parametrize("sequences", [EXPLICIT, RIGHT_TO_LEFT])
def test_an_exception_restores_the_terminal(error: type[BaseException], sequences: tuple[str, str]) -> None:
    stream = io.StringIO()

    def fail() -> None:
        with steered(stream, sequences):
            stream.write("panel")
            raise error

    with pytest.raises(error):
        fail()
    assert stream.getvalue() == f"{sequences[0]}panel{sequences[1]}"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, -signal.SIGINT)])
def test_a_signal_restores_the_terminal(number: signal.Signals, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == "\x1b[8lpanel\n"
        program.send_signal(number)
        assert program.stdout.read() == "\x1b[8h"
    assert program.returncode == code


def test_what_sigterm_did_before_it_does_again() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with steered(io.StringIO(), EXPLICIT):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
