"""Readable tables that a user can read and extend: organisations, words that keep their form, month names."""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from migsearch.data.keeping import kept

if TYPE_CHECKING:
    from importlib.abc import Traversable


@cache
def table(name: str) -> dict[str, Any]:
    """Return the contents of ``data/NAME.toml``; read once, not to be changed."""
    return parsed(f"{name}.toml", resource(f"{name}.toml").read_text(encoding="utf-8"))


def parsed(file: str, text: str) -> dict[str, Any]:
    """Return the contents of a TOML ``file`` of ours, whose ``text`` has no dates."""

    def parse() -> dict[str, Any]:
        # In pure Python, which takes longer than all else that is read.
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib
        return tomllib.loads(text)

    contents: dict[str, Any] = kept(file, text, parse)
    return contents


def resource(name: str) -> Traversable:
    """Return a file or folder that ships with migsearch."""
    return files(__package__) / name


def lines(file: str) -> list[str]:
    """Return the lines of a list of words that is kept folded, since folding it would take longer than the rest."""
    text = resource(file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
