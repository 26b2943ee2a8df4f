"""Readable tables that a user can read and extend: organisations, words that keep their form, month names."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

from migsearch.data.keeping import kept


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


def resource(name: str) -> Path:
    """Return a file or folder that ships with migsearch."""
    return Path(__file__).parent / name


def lines(file: str) -> list[str]:
    """Return the lines of a list of words that is kept folded, since folding it would take longer than the rest."""
    text = resource(file).read_text(encoding="utf-8")
    while text.startswith("#"):  # there are comments at its beginning alone
        text = text.partition("\n")[2]
    return text.splitlines()
