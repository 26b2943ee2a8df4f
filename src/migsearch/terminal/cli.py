"""The command line: ``migsearch`` and its subcommands.

Exit codes: 0 for hits, 1 for none, 2 for an error, 130 after Ctrl-C.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from migsearch.errors import MigsearchError
from migsearch.terminal.options import Indexing, Inspection, Options, Search, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migsearch.terminal.screen import Screen


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that ``argv`` names and return the exit code."""
    atexit.register(gc.freeze)  # of what is left at the end, nothing is worth the time of looking for cycles in it
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        _never_fail(stream)
    # numpy would start threads for its linear algebra, which nothing here needs: a third of the time of its import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return 130


def _run(argv: Sequence[str] | None) -> int:
    from migsearch.terminal.parser import command_line, parse  # here, where Ctrl-C ends it without a word

    asked = parse(argv)
    if type(asked) is Options and not (sys.stdin.isatty() and sys.stdout.isatty()):
        command_line().print_help(sys.stderr)  # there is nobody to ask
        return 2
    resting = gc.isenabled() and not _works_long(asked)
    if resting:
        gc.disable()  # what is imported stays, and one search leaves nothing that is worth the time of looking for it
    try:
        return _guarded(asked)
    finally:
        if resting:
            gc.enable()


def _works_long(asked: Options) -> bool:
    return isinstance(asked, Indexing | Inspection | Suggestion) or (isinstance(asked, Search) and asked.batch)


def _guarded(asked: Options) -> int:
    from platformdirs import user_cache_path

    from migsearch.data.keeping import keep_in
    from migsearch.terminal import actions
    from migsearch.terminal.screen import Screen

    keep_in(user_cache_path("migsearch", appauthor=False) / "tables")
    screen: Screen | None = None
    try:
        screen = Screen(asked.bidi, colour=asked.colour, plain=asked.plain)
        code = actions.run(asked, screen)
        sys.stdout.flush()
    except BrokenPipeError:  # as in `migsearch search ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return 0
    except MigsearchError as error:
        from migsearch.terminal.finding import DocumentNotFoundError

        _complain(screen, error, getattr(asked, "query", ""))
        return 1 if isinstance(error, DocumentNotFoundError) else 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(screen, MigsearchError(f"{where}{error.strerror or error}"))
        return 2
    return code


def _complain(screen: Screen | None, error: MigsearchError, query: str = "") -> None:
    if screen is None:  # $MIGSEARCH_BIDI is wrong
        print(f"migsearch: {error}", file=sys.stderr)
    else:
        screen.complain_about(error, query)


def _open_what_is_closed() -> None:
    """Let what goes to a stream that was closed, as by ``migsearch search ... >&-``, go nowhere."""
    for name, access in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(access, encoding="utf-8"))  # noqa: SIM115 - until the end


def _never_fail(stream: TextIO) -> None:
    """Let ``stream`` write a question mark for what its encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)  # a test's own stream may have none
    if reconfigure is not None:
        reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
