"""Which terms a beginning, a pattern or a misspelling stands for."""

from __future__ import annotations

import re
from collections.abc import Callable

from migsearch.query.tree import Expanded, Fuzzy, Prefix

MAX_EXPANSIONS = 1_000
"""Terms that a prefix or a pattern stands for at most.

Of a prefix they are the first in the order of their code points, of a pattern those that stand in most documents.
"""

MAX_FUZZY = 50
"""Terms that a misspelt word stands for at most: the nearest, of these the ones that stand in most documents."""


def distance(node: Expanded) -> Callable[[str], int | None]:
    """Return what tells of a term how many edits it is from what is asked for, ``None`` if it is not meant."""
    if isinstance(node, Prefix):
        return lambda term: 0 if term.startswith(node.text) else None
    if isinstance(node, Fuzzy):
        return lambda term: _within(node, term)
    fits = re.compile(expression(node.text)).fullmatch
    return lambda term: 0 if fits(term) else None


def _within(node: Fuzzy, term: str) -> int | None:
    # Each edit brings in one letter at most: nearly all terms are told so.
    if len(set(term).difference(node.text)) > node.edits:
        return None
    number = edits(node.text, term, node.edits)
    return number if number <= node.edits else None


def expression(pattern: str) -> str:
    """Return a regular expression for the terms of a pattern, in which ``*`` stands for letters or none."""
    first, *others = map(re.escape, pattern.split("*"))
    if not others:
        return first
    *middle, last = others
    # Each piece is looked for once, where it stands first (hence a lookahead, which is not tried again): else a term of
    # one letter repeated would take time by a power of the number of pieces.
    pieces = (f"(?=(?P<p{number}>(?s:.)*?{piece}))(?P=p{number})" for number, piece in enumerate(middle) if piece)
    return f"{first}{''.join(pieces)}(?s:.)*{last}"


def edits(one: str, other: str, most: int) -> int:
    """Return the edits between two words as :class:`~migsearch.query.tree.Fuzzy` counts them, if they are ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        following = [number]
        for place, opposite in enumerate(other, 1):
            fewest = min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != opposite))
            if before and place > 1 and letter == other[place - 2] and one[number - 2] == opposite:
                fewest = min(fewest, before[place - 2] + 1)
            following.append(fewest)
        before, row = row, following
    return row[-1]
