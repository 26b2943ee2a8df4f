"""What leaves the session: a citation or a text for the clipboard, hits in a file."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.terminal.citations import citation
from migsearch.terminal.exported import SUFFIXES, export
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.safety import clean
from migsearch.terminal.writing import write_whole

if TYPE_CHECKING:
    from migsearch.terminal.screen import Screen
    from migsearch.terminal.session import Session

_MOST_EXPORTED = 1_000
_MOST_COPIED = 70_000  # bytes; some terminals ignore what is longer

_WITH_CLIPBOARD = {
    "TERM": ("xterm-kitty", "alacritty", "foot", "foot-extra", "xterm-ghostty", "wezterm", "contour"),
    "TERM_PROGRAM": ("WezTerm", "ghostty", "rio"),
}
"""What terminals say of themselves that put text into the clipboard when asked by OSC 52 (xterm's control sequences)
as they come. Windows Terminal does too, and says so by WT_SESSION; iTerm2 and xterm only after a setting."""


def copy(session: Session, argument: str) -> None:
    """Copy the citation of a document, or its text in logical order; print it where the terminal takes no copies."""
    which, _, part = argument.partition(" ")
    if part.strip() not in ("", "text", "citation"):
        raise MigsearchError(f"copy the citation or the text, as in :copy 1 text, not {part.strip()!r}")
    document = session.document(which)
    if part.strip() == "text":
        lines = [clean(line) for line in (document.title, "", *document.text.split("\n"))]
    else:
        lines = [citation(document)]
    text = "\n".join(lines)
    if _takes_copies(session.screen, os.environ) and len(text.encode()) <= _MOST_COPIED:
        _put(session.screen, text)
        session.screen.print(Text(f"copied {part.strip() or 'citation'}", style="dim"))
        return
    for line in lines:  # as it is stored: what is selected and pasted is text
        session.screen.output.print(Text(line), soft_wrap=True)
    session.screen.print(Text("not copied: this terminal takes no copies from programs, so select it", style="dim"))


def _takes_copies(screen: Screen, environ: Mapping[str, str]) -> bool:
    known = any(environ.get(name) in values for name, values in _WITH_CLIPBOARD.items())
    return screen.terminal and "TMUX" not in environ and (known or "WT_SESSION" in environ)


def _put(screen: Screen, text: str) -> None:
    encoded = base64.b64encode(text.encode()).decode()
    screen.output.file.write(f"\x1b]52;c;{encoded}\x07")
    screen.output.file.flush()


def export_hits(session: Session, argument: str) -> None:
    """Write the hits to a new file in the format that its name ends with."""
    path = Path(argument).expanduser()
    format = SUFFIXES.get(path.suffix.lower())
    if format is None:
        raise MigsearchError(f"{argument!r} should end with one of {', '.join(SUFFIXES)}")
    if path.exists():
        raise MigsearchError(f"{path} is there already; choose another name")
    results = session.all_hits(_MOST_EXPORTED)
    if not results.hits:
        raise MigsearchError("there are no hits to write")
    write_whole(path, export(results, format), private=False)
    count = f"{len(results.hits):,} of {results.total:,}" if len(results.hits) < results.total else f"{results.total:,}"
    session.screen.print(Paragraph(Text(clean(f"wrote {count} hits to {path}")), session.screen.mode))
