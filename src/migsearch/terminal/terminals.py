"""Terminals by what they say of themselves in the environment, and what each does with right-to-left text.

Sources: https://terminal-wg.pages.freedesktop.org/bidi/prior-work/terminals.html and the programs' own manuals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode = Literal["logical", "visual", "words", "implicit"]
"""How text is sent.

- ``logical``: as it is read; the terminal joins and reorders letters, if anything does;
- ``visual``: joined and reordered by us;
- ``words``: words in the order in which they are seen, the letters of each as they are read; kitty turns each word;
- ``implicit``: ``logical``, and the terminal can be told the direction of a paragraph, and to leave a panel as it is
  sent (VTE, mintty).
"""


class Terminal(NamedTuple):
    """A terminal: its ``name``, how it wants text, the ``evidence`` by which it was known, a variable and its value."""

    name: str
    mode: Mode
    evidence: str = ""


class _Sign(NamedTuple):
    """A variable that matches ``pattern``, with a version of ``least`` or more, names a terminal."""

    name: str
    mode: Mode
    variable: str
    pattern: str = ""
    version: str = ""
    least: int = 0

    def matches(self, environ: Mapping[str, str]) -> bool:
        value = environ.get(self.variable)
        if value is None or not re.match(self.pattern, value):
            return False
        return not self.version or _number(environ.get(self.version, "")) >= self.least


# $TERM is set anew by every terminal, so it goes first where it names one; other variables may be inherited from the
# terminal from which this one was started. Of signs of one terminal the first that matches counts.
_SIGNS = (
    _Sign("kitty", "words", "TERM", "xterm-kitty"),
    _Sign("Alacritty", "visual", "TERM", "alacritty"),
    _Sign("Ghostty", "visual", "TERM", "xterm-ghostty"),
    _Sign("foot", "visual", "TERM", "foot"),
    _Sign("mlterm", "logical", "TERM", "mlterm"),
    _Sign("rxvt", "visual", "TERM", "rxvt"),
    _Sign("Linux console", "visual", "TERM", "linux"),
    _Sign("Apple Terminal", "logical", "TERM_PROGRAM", "Apple_Terminal"),
    # Its own reordering is off by default (bidi_enabled).
    _Sign("WezTerm", "visual", "TERM_PROGRAM", "WezTerm"),
    _Sign("Ghostty", "visual", "TERM_PROGRAM", "ghostty"),
    _Sign("iTerm2", "visual", "TERM_PROGRAM", "iTerm"),
    _Sign("VS Code", "visual", "TERM_PROGRAM", "vscode"),
    _Sign("mintty", "implicit", "TERM_PROGRAM", "mintty", version="TERM_PROGRAM_VERSION", least=3),
    _Sign("old mintty", "visual", "TERM_PROGRAM", "mintty"),
    _Sign("Konsole", "logical", "KONSOLE_VERSION"),
    _Sign("mlterm", "logical", "MLTERM"),
    _Sign("kitty", "words", "KITTY_WINDOW_ID"),
    _Sign("Alacritty", "visual", "ALACRITTY_WINDOW_ID"),
    _Sign("Windows Terminal", "visual", "WT_SESSION"),
    _Sign("xterm", "visual", "XTERM_VERSION"),
    # GNOME Terminal, Console, Ptyxis, Tilix...: reorder since VTE 0.58.
    _Sign("VTE", "implicit", "VTE_VERSION", version="VTE_VERSION", least=5800),
    _Sign("old VTE", "visual", "VTE_VERSION"),
    _Sign("iTerm2", "visual", "LC_TERMINAL", "iTerm"),
)


def named_terminals(environ: Mapping[str, str]) -> list[Terminal]:
    """Return the terminals that the environment names, the likeliest first; several if variables were inherited."""
    found: dict[str, Terminal] = {}
    for sign in _SIGNS:
        family = sign.name.removeprefix("old ")
        if family not in found and sign.matches(environ):
            evidence = f"{sign.variable}={environ[sign.variable]}"
            found[family] = Terminal(family, sign.mode, evidence)
            if sign.variable == "TERM":
                break
    return list(found.values())


def between(environ: Mapping[str, str]) -> str:
    """Return what stands between us and the terminal, ``tmux``, ``screen``, ``Zellij`` or ``SSH``; else nothing."""
    variables = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "Zellij", "SSH_CONNECTION": "SSH", "SSH_TTY": "SSH"}
    return next((name for variable, name in variables.items() if variable in environ), "")


def _number(version: str) -> int:
    major = version.partition(".")[0]
    return int(major) if major.isdecimal() else 0
