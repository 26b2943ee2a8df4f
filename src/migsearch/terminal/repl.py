"""The prompt: reads lines and answers them until the person leaves."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.terminal.commands import Quit, execute
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.prompt import ReadLine, decoded, line_reader
from migsearch.terminal.safety import clean
from migsearch.terminal.session import Session
from migsearch.terminal.steering import ending_on_sigterm

if TYPE_CHECKING:
    from migsearch.index import Index
    from migsearch.terminal.screen import Screen


_HINT = "Type a query in English or Persian; an empty line shows more hits, :1 opens the first, :help lists the rest."


def run(index: Index, screen: Screen, read_line: ReadLine | None = None) -> int:
    """Answer queries and commands until the person leaves; returns the exit code."""
    session = Session(index, screen)
    read_line = read_line or line_reader(session)
    welcome = f"{len(index):,} documents in {index.path}. {_HINT}"
    screen.print(Paragraph(Text(clean(welcome)), screen.mode))
    gc.enable()  # it rested until now, so that the prompt is there sooner
    with ending_on_sigterm():  # lest the terminal be left without echo, or on the screen of a document
        return _converse(session, read_line)


def _converse(session: Session, read_line: ReadLine) -> int:
    while True:
        try:
            line = decoded(read_line(_prompt(session))).strip()
        except KeyboardInterrupt:  # drops what was typed
            continue
        except EOFError:
            return 0
        try:
            _answer(session, line)
        except Quit:
            return 0
        except KeyboardInterrupt:  # drops the search
            session.screen.print(Text("interrupted"))


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
    except BrokenPipeError:  # nobody reads any more
        raise
    except OSError as error:  # a file that a command was to write, say
        session.screen.complain(f"{error.filename or 'migsearch'}: {error.strerror or error}")


def _prompt(session: Session) -> str:
    """Return the prompt, which shows the filters that are active, on a line of their own where they are long."""
    active = [*session.filters.values, "by " + session.sort if session.sort != "relevance" else ""]
    shown = clean(" ".join(filter(None, active)))
    if not shown:
        return "migsearch> "
    return f"[{shown}]\nmigsearch> " if len(shown) > session.screen.output.width // 3 else f"migsearch [{shown}]> "
