"""Systems run over sets: the values of the measures, the time of a query, and both after perturbation."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from benchmarks.datasets import Dataset, Text
from benchmarks.measures import Runs, Values, measured
from benchmarks.perturb import AS_IT_IS, KINDS, perturbed
from benchmarks.systems import Searcher, Unavailable, opened

HEADLINE = "nDCG@10"
TOP = 10
DEPTH = 100
"""How many hits are measured. MAP depends on it: on Hamshahri it is 0.03 higher for all systems with 1,000."""
_TIMED = 100  # queries


@dataclass(frozen=True)
class Plan:
    """What to run: the parts are ``clean``, ``queries`` and ``documents``; ``perturb`` are systems for the last two.

    ``texts`` bounds the collection of which each kind of perturbed documents gets an index.
    """

    parts: Collection[str]
    systems: Collection[str]
    perturb: Collection[str]
    texts: int


@dataclass
class Findings:
    """What runs found, by system and set; of perturbed ones by part and system, then by kind and set."""

    values: dict[tuple[str, str], Values] = field(default_factory=dict)
    milliseconds: dict[tuple[str, str], float] = field(default_factory=dict)
    perturbed: dict[tuple[str, str], dict[tuple[str, str], float]] = field(default_factory=dict)
    changed: dict[tuple[str, str, str], float] = field(default_factory=dict)


def run(dataset: Dataset, plan: Plan, findings: Findings) -> None:
    """Run all systems of the plan over a set; one that is not to be had is skipped with its reason."""
    for system in dict.fromkeys((*plan.systems, *plan.perturb)):
        parts = _parts(system, dataset, plan)
        try:
            if parts & {"clean", "queries"}:
                say(f"{dataset.name}: {system}")
                with opened(system, dataset) as searcher:
                    if "clean" in parts:
                        _run_clean(system, dataset, searcher, findings)
                    if "queries" in parts:
                        _run_queries(system, dataset, searcher, findings)
            if "documents" in parts:
                _run_documents(system, dataset.thinned(plan.texts), findings)
        except Unavailable as reason:
            say(f"{dataset.name}: {system} skipped, {reason}")


def _parts(system: str, dataset: Dataset, plan: Plan) -> set[str]:
    """Return what of the plan is for this system and set: perturbations are of Persian alone."""
    clean = {"clean"} if system in plan.systems else set()
    perturbed = {"queries", "documents"} if system in plan.perturb and dataset.language == "fa" else set()
    return (clean | perturbed).intersection(plan.parts)


def _run_clean(system: str, dataset: Dataset, searcher: Searcher, findings: Findings) -> None:
    runs = _runs(searcher, dataset.queries, DEPTH)
    findings.values[system, dataset.name] = measured(dataset.grades, runs)
    findings.milliseconds[system, dataset.name] = _time(searcher, dataset)


def _run_queries(system: str, dataset: Dataset, searcher: Searcher, findings: Findings) -> None:
    for kind in (AS_IT_IS, *KINDS):
        queries = {id: perturbed(text, kind, id) for id, text in dataset.queries.items()}
        changed = [queries[id] != text for id, text in dataset.queries.items()]
        findings.changed["queries", kind, dataset.name] = statistics.mean(changed)
        _note(("queries", system), kind, replace(dataset, queries=queries), searcher, findings)


def _run_documents(system: str, dataset: Dataset, findings: Findings) -> None:
    for kind in (AS_IT_IS, *KINDS):
        texts = tuple(_rewritten(text, kind) for text in dataset.texts)
        changed = [before != after for before, after in zip(dataset.texts, texts, strict=True)]
        findings.changed["documents", kind, dataset.name] = statistics.mean(changed)
        rewritten = replace(dataset, texts=texts)
        say(f"{dataset.name}: {system}, documents, {kind}")
        with opened(system, rewritten) as searcher:
            _note(("documents", system), kind, rewritten, searcher, findings)


def _rewritten(text: Text, kind: str) -> Text:
    title, body = perturbed(text.title, kind, f"{text.id}:title"), perturbed(text.body, kind, text.id)
    return replace(text, title=title, body=body)


def _note(place: tuple[str, str], kind: str, dataset: Dataset, searcher: Searcher, findings: Findings) -> None:
    runs = _runs(searcher, dataset.queries, TOP)
    value = measured(dataset.grades, runs, (HEADLINE,))[HEADLINE].mean()
    findings.perturbed.setdefault(place, {})[kind, dataset.name] = float(value)


def _runs(searcher: Searcher, queries: Mapping[str, str], limit: int) -> Runs:
    return {id: searcher.search(text, limit) for id, text in queries.items()}


def _time(searcher: Searcher, dataset: Dataset) -> float:
    """Return the median time of a search for the first page, in milliseconds."""
    taken = []
    for query in list(dataset.queries.values())[:_TIMED]:
        began = time.perf_counter()
        searcher.search(query, TOP)
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def say(message: str) -> None:
    """Tell how far the run is, apart from its result."""
    print(message, file=sys.stderr, flush=True)
