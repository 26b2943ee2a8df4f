"""Plain tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Cells = Mapping[tuple[str, str], str]
"""What stands in a table, by row and column."""


def table(title: str, rows: Sequence[str], columns: Sequence[str], cells: Cells) -> str:
    """Return a table with its title; what has no cell is a dash."""
    body = [[row, *(cells.get((row, column), "-") for column in columns)] for row in rows]
    head = ["", *columns]
    widths = [max(len(line[place]) for line in (head, *body)) for place in range(len(head))]
    lines = (_line(line, widths) for line in (head, *body))
    return "\n".join((title, *lines)) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(["", first, *rest]).rstrip()


def number(value: float) -> str:
    """Return a measure, to the ten-thousandth."""
    return f"{value:.4f}"


def signed(value: float) -> str:
    """Return a difference, with its sign."""
    return f"{value:+.4f}"
