"""Terms that are like what is asked for: by a pattern, or by few edits; all terms are looked at at once."""

from __future__ import annotations

import re

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.strings import Strings

_FAR = np.uint8(100)  # edits; more than are ever asked for


def matching(strings: Strings, expression: str) -> Array:
    """Return the numbers of the strings that a regular expression, which matches no end of line, fits."""
    # The search ends before the last end of line, after which an empty line would begin.
    pattern = re.compile(b"^" + expression.encode() + b"$", re.MULTILINE)
    found = pattern.finditer(strings.lines, 0, len(strings.lines) - 1) if len(strings) else ()
    return strings.line_starts.searchsorted(np.fromiter((match.start() for match in found), dtype=np.int64))


def near(strings: Strings, word: str, most: int) -> tuple[Array, Array]:
    """Return the numbers of the strings that are at most so many edits from a word, and their edits.

    Edits are those of :func:`migsearch.query.likeness.edits`, for all strings of a length in the same steps.
    """
    letters = np.frombuffer(strings.lines.decode().encode("utf-32-le"), dtype=np.uint32)
    ends = np.flatnonzero(letters == ord("\n"))
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    asked = np.frombuffer(word.encode("utf-32-le"), dtype=np.uint32)
    numbers, edits = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint8)]
    for length in range(max(0, len(asked) - most), len(asked) + most + 1):
        chosen = np.flatnonzero(lengths == length)
        if not len(chosen):
            continue
        found = _edits(asked, letters[starts[chosen] + np.arange(length)[:, np.newaxis]], most)
        numbers.append(chosen[found <= most])
        edits.append(found[found <= most])
    return np.concatenate(numbers), np.concatenate(edits)


def _edits(asked: Array, others: Array, most: int) -> Array:
    """Return the edits from a word to others, which are columns of letters; more than ``most`` may be any more."""
    length, count = others.shape
    far = np.full(count, _FAR)
    before: list[Array] = []
    row = [np.full(count, min(place, _FAR), dtype=np.uint8) for place in range(length + 1)]
    equal_before = others
    for number, letter in enumerate(asked.tolist(), 1):
        equal = others == letter
        following = [np.full(count, min(number, _FAR), dtype=np.uint8), *[far] * length]
        # Elsewhere there are more letters more or less than edits.
        for place in range(max(1, number - most), min(length, number + most) + 1):
            fewest = np.minimum(np.minimum(row[place], following[place - 1]) + 1, row[place - 1] + ~equal[place - 1])
            if before and place > 1:
                exchanged = equal[place - 2] & equal_before[place - 1]
                fewest = np.where(exchanged, np.minimum(fewest, before[place - 2] + 1), fewest)
            following[place] = np.minimum(fewest, _FAR)
        before, row, equal_before = row, following, equal
    return row[-1]
