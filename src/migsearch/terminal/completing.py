"""Completion scripts for shells, made from the parser by shtab, so that no option is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shtab

from migsearch.terminal.parser import command_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_PATHS = {"PATH": shtab.FILE, "FILE": shtab.FILE, "DIR": shtab.DIRECTORY}
"""What the shell completes by itself, by the name that ``--help`` gives an argument."""


def completion_script(shell: str) -> str:
    """Return the script by which ``shell`` completes ``migsearch``."""
    parser = command_line()
    for action in _actions(parser):
        if isinstance(action.metavar, str) and action.metavar in _PATHS:
            action.complete = _PATHS[action.metavar]  # type: ignore[attr-defined]
    return f"{shtab.complete(parser, shell)}\n"


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # argparse has no other way to tell, and shtab none to be told
        yield action
        if isinstance(action.choices, dict):  # the parsers of commands
            for below in action.choices.values():
                yield from _actions(below)
