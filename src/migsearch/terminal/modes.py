"""Finds out who puts right-to-left text in order: as set, as answered before, or as the terminal says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migsearch.errors import MigsearchError
from migsearch.terminal.answers import key_of
from migsearch.terminal.terminals import Mode, between, named_terminals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from migsearch.terminal.terminals import Terminal

__all__ = ["SETTINGS", "VARIABLE", "Choice", "Mode", "choose"]

SETTINGS = ("auto", "logical", "visual", "words")
VARIABLE = "MIGSEARCH_BIDI"


class Choice(NamedTuple):
    """How text is sent and the ``reason``; ``doubt`` says what a person should know who sees it garbled."""

    mode: Mode
    reason: str
    doubt: str = ""


def choose(
    setting: str | None,
    environ: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
    reorders: Callable[[], bool | None] = lambda: None,
    *,
    terminal: bool,
) -> Choice:
    """Return how to send text: as set, else as answered for this terminal, else as ``environ`` tells of it.

    ``reorders`` asks the terminal itself; it is called only where the environment names none, or several, and nothing
    stands between. Text that goes into a file or a pipe is logical, or it could not be searched or pasted.
    """
    option, variable = setting, environ.get(VARIABLE)
    setting = option or variable or "auto"
    if setting not in SETTINGS:
        raise MigsearchError(f"{VARIABLE} is {setting!r}; it can be {', '.join(SETTINGS)}")
    if not terminal:
        return Choice("logical", "the output is not a terminal")
    named, path = named_terminals(environ), between(environ)
    if setting != "auto":
        return Choice(_steered(setting, named, path), "--bidi" if option else f"${VARIABLE}")
    answer = (answers or {}).get(key_of(named, path, environ))
    if answer in SETTINGS[1:]:
        return Choice(_steered(answer, named, path), "what you answered in migsearch doctor")
    if path:
        return _through(path, named)
    return _detected(named, reorders)


def _steered(setting: str, named: Sequence[Terminal], path: str) -> Mode:
    """Return the mode of a setting: a terminal that reorders may be one that can also be told how."""
    if setting == "logical" and not path and named and named[0].mode == "implicit":
        return "implicit"
    modes: dict[str, Mode] = {"logical": "logical", "visual": "visual", "words": "words"}
    return modes[setting]


def _through(path: str, named: Sequence[Terminal]) -> Choice:
    """Return a guess: variables may be of a terminal that is attached no longer, and SSH passes few of them on."""
    cure = "if Persian reads wrong, run migsearch doctor once"
    if not named:
        return Choice("visual", f"unknown behind {path}", f"{path} hides which terminal this is; {cure}")
    mode: Mode = "logical" if named[0].mode == "implicit" else named[0].mode  # what steers it does not get through
    reason = f"{named[0].name} by {named[0].evidence}, behind {path}"
    return Choice(mode, reason, f"taken for {named[0].name}, which {path} may hide; {cure}")


def _detected(named: Sequence[Terminal], reorders: Callable[[], bool | None]) -> Choice:
    if len({terminal.mode for terminal in named}) == 1:
        return Choice(named[0].mode, f"{named[0].name} by {named[0].evidence}")
    said = reorders()
    if said is not None:
        implicit = next((terminal for terminal in named if terminal.mode == "implicit"), None)
        if said:
            return Choice("implicit" if implicit else "logical", "the terminal says that it reorders (DECRQM 8)")
        return Choice("visual", "the terminal says that it does not reorder (DECRQM 8)")
    if not named:
        return Choice("visual", "no terminal that is known to reorder")
    rest = " and ".join(terminal.name for terminal in named[1:])
    return Choice(
        named[0].mode,
        f"{named[0].name} by {named[0].evidence}",
        f"taken for {named[0].name}, though variables of {rest} are set; if Persian reads wrong, run migsearch doctor",
    )
