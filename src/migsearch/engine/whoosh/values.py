"""What an index holds of an entry beside its terms: days as numbers, keywords and records as bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

SEPARATOR = "\x1f"
"""Between the values of a keyword column; no value may hold it (it is the unit separator of ASCII)."""

UNDATED = 0
"""The day number of a document without a date: the day before 1 January 1."""

RECORD = "record"
"""The stored field."""


def joined(values: Sequence[str]) -> bytes:
    """Return the values of a keyword field in one string."""
    return SEPARATOR.join(values).encode()


def separated(value: bytes) -> tuple[str, ...]:
    """Return the values of a string that :func:`joined` made."""
    return tuple(value.decode().split(SEPARATOR)) if value else ()


def stored_bytes(value: Any) -> bytes:
    """Return a stored value in bytes: a string as it is, anything else as JSON; raises :class:`TypeError`."""
    return f"s{value}".encode() if isinstance(value, str) else f"j{json.dumps(value)}".encode()


def stored_value(data: bytes) -> Any:
    """Return the value that :func:`stored_bytes` made bytes of; ``None`` if nothing is stored."""
    text = data[1:].decode()
    return text if data.startswith(b"s") else json.loads(text) if data else None
