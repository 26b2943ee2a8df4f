"""Terms that are like what is asked for: by a pattern, or by few edits; all terms are looked at at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.strings import Strings, signature_of
from migsearch.query.expansion import expression

_FAR = np.uint8(100)  # edits; more than are ever asked for


def matching(strings: Strings, pattern: str) -> Array:
    """Return the ascending numbers of the strings of a pattern, in which ``*`` stands for letters or none."""
    pieces = [piece.encode() for piece in pattern.split("*")]
    candidates: Iterable[int] = strings.starting(pieces[0])
    if not pieces[0] and (longest := max(pieces, key=len)):
        candidates = _with(strings, longest)
    fits = re.compile(expression(pattern)).fullmatch
    found = [number for number in candidates if fits(strings[number].decode())]
    return np.asarray(found, dtype=np.int64)


def _with(strings: Strings, piece: bytes) -> Iterable[int]:
    """Return the ascending numbers of the strings in which a piece stands."""
    lines = strings.lines
    places = np.fromiter((match.start() for match in re.finditer(re.escape(piece), lines)), dtype=np.int64)
    numbers: list[int] = np.unique(strings.line_starts.searchsorted(places, side="right") - 1).tolist()
    return numbers


def near(strings: Strings, word: str, most: int) -> tuple[Array, Array]:
    """Return the numbers of the strings that are at most so many edits from a word, and their edits.

    Edits are those of :func:`migsearch.query.expansion.edits`, for all strings of a length in the same steps.
    """
    asked = _letters(word.encode())
    numbers, edits = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint8)]
    lengths, signatures = strings.lengths, strings.signatures
    signature = np.bitwise_or.reduce(signature_of(asked)) if word else np.uint64(0)
    # Each edit brings in one letter at most, and takes one away.
    alike = _at_most(signatures & ~signature, most) & _at_most(signature & ~signatures, most)
    candidates = np.flatnonzero(alike & (lengths >= len(asked) - most) & (lengths <= len(asked) + most))
    for length in np.unique(lengths[candidates]).tolist():
        chosen = candidates[lengths[candidates] == length]
        letters = _letters(strings.of(chosen)[0].tobytes()).reshape(len(chosen), length).T
        found = _edits(asked, letters, most)
        numbers.append(chosen[found <= most])
        edits.append(found[found <= most])
    return np.concatenate(numbers), np.concatenate(edits)


def _letters(encoded: bytes) -> Array:
    return np.frombuffer(encoded.decode().encode("utf-32-le"), dtype=np.uint32)


def _at_most(bits: Array, most: int) -> Array:
    """Tell which numbers have so many bits at most."""
    for _ in range(most):
        bits = bits & (bits - (bits != 0))  # without the lowest
    none_left: Array = bits == 0
    return none_left


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
