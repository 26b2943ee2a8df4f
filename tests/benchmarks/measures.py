"""How good a ranking is, by ir-measures, and whether a difference between two systems is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import AP, RR, R, nDCG

MEASURES = {"nDCG@10": nDCG @ 10, "MAP": AP, "R@100": R @ 100, "RR@10": RR @ 10}
RESAMPLES = 10_000
SEED = 20211122

Grades = Mapping[str, Mapping[str, int]]
Runs = Mapping[str, Sequence[str]]
"""The ids of the best texts, best first, by query."""

Values = dict[str, "np.ndarray[tuple[int], np.dtype[np.float64]]"]
"""For each measure its value at each query, in the order of the queries of the run."""


def measured(grades: Grades, runs: Runs, names: Sequence[str] = tuple(MEASURES)) -> Values:
    """Return the value of each measure for each query; a query without a hit has 0."""
    # Scores fall with the rank, so that texts of equal score keep the order that the system gave them.
    scored = {query: {id: -float(rank) for rank, id in enumerate(ids)} for query, ids in runs.items()}
    judged = {query: dict(grades[query]) for query in runs}
    values = {name: dict.fromkeys(runs, 0.0) for name in names}
    title = {MEASURES[name]: name for name in names}
    for metric in ir_measures.iter_calc([MEASURES[name] for name in names], judged, scored):
        values[title[metric.measure]][metric.query_id] = metric.value
    return {name: np.array(list(of.values())) for name, of in values.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference between two systems on the same queries, its 95 % interval, and how likely chance made it."""

    mean: float
    low: float
    high: float
    p: float


def difference(ours: np.ndarray, theirs: np.ndarray) -> Difference:
    """Compare two systems query by query: bootstrap interval, two-sided randomisation test; the seed is fixed.

    Smucker, Allan and Carterette, "A comparison of statistical significance tests for information retrieval
    evaluation" (2007).
    """
    paired = ours - theirs
    random = np.random.default_rng(SEED)
    resampled = np.empty(RESAMPLES)
    flipped = np.empty(RESAMPLES)
    for number in range(RESAMPLES):
        resampled[number] = random.choice(paired, len(paired)).mean()
        flipped[number] = (paired * random.choice((-1, 1), len(paired))).mean()
    low, high = np.percentile(resampled, (2.5, 97.5))
    # A hair below, so that the difference itself counts among those as large, however it was rounded.
    as_large = np.count_nonzero(np.abs(flipped) >= abs(paired.mean()) - 1e-12)
    return Difference(float(paired.mean()), float(low), float(high), (as_large + 1) / (RESAMPLES + 1))
