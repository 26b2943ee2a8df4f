"""Finds out whether the terminal orders right-to-left text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from migsearch.errors import MigsearchError

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode = Literal["logical", "visual"]
"""``logical``: the terminal joins and reorders letters, if anything does; ``visual``: we do it for it."""

SETTINGS = ("auto", "logical", "visual")
VARIABLE = "MIGSEARCH_BIDI"

_VTE_WITH_BIDI = 5800  # 0.58: GNOME Terminal, Tilix
_MINTTY_WITH_BIDI = 3


def choose_mode(setting: str | None, environ: Mapping[str, str], *, terminal: bool) -> Mode:
    """Return how to send text: as set, else as ``environ`` tells of the terminal.

    Text that goes into a file or a pipe is always logical, or it could not be searched or pasted.
    """
    setting = setting or environ.get(VARIABLE) or "auto"
    if setting not in SETTINGS:
        raise MigsearchError(f"{VARIABLE} is {setting!r}; it can be {', '.join(SETTINGS)}")
    if not terminal or setting == "logical":
        return "logical"
    return "logical" if setting == "auto" and _reorders(environ) else "visual"


def _reorders(environ: Mapping[str, str]) -> bool:
    if "TMUX" in environ or "STY" in environ:
        return False  # what the terminal said of itself may be of one that is attached no longer
    program = environ.get("TERM_PROGRAM")
    return (
        _number(environ.get("VTE_VERSION", "")) >= _VTE_WITH_BIDI
        or "KONSOLE_VERSION" in environ
        or "MLTERM" in environ
        or program == "Apple_Terminal"
        or (program == "mintty" and _number(environ.get("TERM_PROGRAM_VERSION", "")) >= _MINTTY_WITH_BIDI)
    )


def _number(version: str) -> int:
    major = version.partition(".")[0]
    return int(major) if major.isdecimal() else 0
