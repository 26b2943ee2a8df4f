"""Counts of the values of a facet over all matches, from columns.

Each document has the number of a combination: of the values of a keyword field, or of what an interval of days is
called. Combinations are counted in one pass, then their values.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import cast

import numpy as np

from migsearch.engine.base import period
from migsearch.engine.whoosh.columnar.arrays import Array, narrowed
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.snapshot import Snapshot
from migsearch.engine.whoosh.values import UNDATED, separated
from migsearch.model import BY_TIME


@dataclass(frozen=True, slots=True)
class Tally:
    """A facet of a segment: the combination of each document, and the values of each combination."""

    combinations: Array
    size: int  # the number of distinct ones
    names: list[str]
    owners: Array  # of each value, the combination that has it
    values: Array  # of each value, the place of its name

    def counts(self, documents: Array) -> dict[str, int]:
        """Count the values over documents."""
        by_combination = np.bincount(self.combinations[documents], minlength=self.size)
        totals = np.bincount(self.values, by_combination[self.owners], minlength=len(self.names))
        present = np.flatnonzero(totals > 0)
        counts = totals[present].astype(np.int64)
        return dict(zip(map(self.names.__getitem__, present.tolist()), counts.tolist(), strict=True))


def counts(snapshot: Snapshot, documents: Array, facets: Sequence[str]) -> dict[str, Counter[str]]:
    """Count the values of facets over ascending documents."""
    totals: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
    bases = [part.base for part in snapshot.parts]
    limits = [*np.searchsorted(documents, bases).tolist(), len(documents)] if facets else []
    for part, first, last in zip(snapshot.parts, limits, limits[1:], strict=False):
        if first < last:
            of_part = documents[first:last] - part.base
            for facet, total in totals.items():
                total.update(_tally(part.segment, facet).counts(of_part))
    return totals


def _tally(segment: Segment, facet: str) -> Tally:
    """Return a facet of a segment, which is worked out once."""
    if facet not in segment.derived:
        segment.derived[facet] = (_periods if facet in BY_TIME else _keywords)(segment, facet)
    return cast("Tally", segment.derived[facet])


def _keywords(segment: Segment, field: str) -> Tally:
    column = segment.strings(field)
    if column is None:
        return _of(np.zeros(segment.documents, dtype=np.int64), [()])
    return _of(column.ordinals, [tuple(dict.fromkeys(separated(value))) for value in column.strings.read()])


def _periods(segment: Segment, facet: str) -> Tally:
    first, last = segment.numbers("first"), segment.numbers("last")
    if first is None or last is None:
        return _of(np.zeros(segment.documents, dtype=np.int64), [()])
    intervals, combinations = np.unique(first.astype(np.int64) << 32 | last, return_inverse=True)
    ends = [(interval >> 32, interval & 0xFFFFFFFF) for interval in intervals.tolist()]
    return _of(combinations, [period(facet, _day(begin), _day(end)) for begin, end in ends])


def _day(number: int) -> datetime.date | None:
    return None if number == UNDATED else datetime.date.fromordinal(number)


def _of(combinations: Array, values: Sequence[Sequence[str]]) -> Tally:
    names = list(dict.fromkeys(chain.from_iterable(values)))
    places = {name: place for place, name in enumerate(names)}
    owners = np.repeat(np.arange(len(values)), [len(several) for several in values])
    flat = np.asarray([places[name] for several in values for name in several], dtype=np.int64)
    return Tally(narrowed(combinations), len(values), names, owners, flat)
