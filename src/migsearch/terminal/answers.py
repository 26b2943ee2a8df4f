"""What people answered in ``migsearch doctor``: how each of their terminals shows Persian."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from migsearch.terminal.terminals import Terminal


def key_of(terminals: list[Terminal], between: str, environ: Mapping[str, str]) -> str:
    """Return the name under which a terminal is remembered: alone, in tmux and over SSH it is another."""
    name = terminals[0].name if terminals else environ.get("TERM", "unknown")
    return f"{name} in {between}" if between else name


def read_answers() -> dict[str, str]:
    """Return the settings by terminal; none if there are none or they cannot be read."""
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {key: value for key, value in stored.items() if isinstance(value, str)}


def remember(key: str, setting: str | None) -> Path:
    """Keep the setting of a terminal, or forget it with ``None``; returns the file. Raises OSError."""
    path = _path()
    answers = {**read_answers(), key: setting}
    kept = {name: value for name, value in answers.items() if value is not None}
    from migsearch.terminal.writing import write_whole  # few runs write

    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(kept, ensure_ascii=False, indent=2))
    return path


def _path() -> Path:
    from platformdirs import user_config_path

    return user_config_path("migsearch", appauthor=False) / "terminals.json"
