"""A code for numbers that only grow: their steps, a byte or two each, which numpy adds up again.

A step is written in units of one width: the largest unit as often as it goes into the step, then the rest. So the sums
of all units, without those at a largest unit, are the numbers, however far apart they are. Nothing is decoded step by
step, and a place in the middle is as good a beginning as any.
"""

from __future__ import annotations

import numpy as np

from migsearch.engine.whoosh.columnar.arrays import Array, narrowed

WIDTHS = (1, 2, 4)
_UNITS = {1: "<u1", 2: "<u2", 4: "<u4"}


def encode(steps: Array, width: int | Array) -> tuple[Array, Array]:
    """Return the bytes of steps, each in units of its width in bytes, and the place where each step ends."""
    if isinstance(width, int) and (not len(steps) or int(steps.max()) < _largest(width)):
        return steps.astype(_UNITS[width]).view(np.uint8), np.arange(1, len(steps) + 1, dtype=np.int64) * width
    widths = np.broadcast_to(np.asarray(width, dtype=np.int64), steps.shape)
    repeated, rest = np.divmod(steps, (1 << 8 * widths) - 1)
    ends = np.cumsum((repeated + 1) * widths)
    coded = np.full(int(ends[-1]), 255, dtype=np.uint8)  # the largest unit of any width
    for one in WIDTHS:
        chosen = widths == one
        places, values = ends[chosen] - one, rest[chosen]
        for byte in range(one):
            coded[places + byte] = values >> 8 * byte & 255
    return coded, ends


def decode(coded: Array, width: int = 1, count: int | None = None) -> Array:
    """Return the numbers whose steps were encoded; ``count``, if it is known, tells how many they are."""
    units = coded.view(_UNITS[width])
    sums = np.add.accumulate(units, dtype=np.int64)
    return sums if count == len(units) else sums[units != _largest(width)]


def ends(coded: Array, width: int = 1) -> memoryview:
    """Return where each of several ends whose sizes were encoded: narrow, and a view, of which single ones are read."""
    return narrowed(decode(coded, width)).data


def restarted(sums: Array, counts: Array) -> Array:
    """Return numbers of several groups one after the other, whose steps were summed up as one, each for itself.

    ``counts`` tells how many numbers each group has, one or more.
    """
    before = np.zeros(len(counts), dtype=np.int64)
    before[1:] = sums[np.cumsum(counts)[:-1] - 1]
    return sums - np.repeat(before, counts)


def steps_between(numbers: Array, starts: Array) -> Array:
    """Return the steps from each number to the next, and to the first of each group from zero."""
    steps = numbers.astype(np.int64)
    steps[1:] -= numbers[:-1]
    steps[starts] = numbers[starts]
    return steps


def starts_of(counts: Array) -> Array:
    """Return where each group begins, by how many each has."""
    ends: Array = counts.cumsum(dtype=np.int64)
    return ends - counts


def _largest(width: int) -> int:
    return int((1 << 8 * width) - 1)
