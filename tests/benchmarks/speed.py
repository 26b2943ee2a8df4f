"""How fast documents are indexed and found, beside other engines, in one run.

    make bench-speed
    make bench-speed ARGS="--documents 3000 30000 --systems migsearch tantivy"

Each system builds its index in a process of its own and is searched in another. What is compared are ratios within a
run: other programs on the machine slow all alike. Indexing counts processor time, of all threads together. Searching is
measured by the clock: each query three times, the fastest counts. ``cold`` is the time from opening the index in a new
process, libraries loaded, to the answer to a first query, in processor time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets import DATA
from benchmarks.report import table
from benchmarks.speed_systems import OURS, SYSTEMS, Migsearch
from benchmarks.speed_texts import KINDS, Kind, Text, queries, texts
from benchmarks.unavailable import Unavailable

_WARM = 20  # queries of a kind that are asked before it is measured
_COMMITS = 100
_ROUNDS = 3  # in which each query is asked; the fastest counts, since others use the machine too


@dataclass
class Built:
    """What building an index took."""

    seconds: float  # of processor time
    megabytes: float  # of memory at most, less those before
    size: int  # bytes on disk


@dataclass
class Searched:
    """What searching took, in milliseconds."""

    cold: float
    megabytes: float
    times: dict[Kind, list[float]] = field(default_factory=dict)


@dataclass
class Measured:
    """What a system did with so many documents."""

    built: Built
    searched: Searched


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 if the texts are not there."""
    parser = argparse.ArgumentParser(prog="speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[3_000, 30_000], metavar="N")
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), metavar="NAME")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that has bulk/")
    options = parser.parse_args(arguments)
    if not (options.data / "bulk").is_dir():
        print(f"skipped: {options.data / 'bulk'} is absent", file=sys.stderr)
        return 1
    found: dict[tuple[str, int], Measured] = {}
    for number in options.documents:
        documents = list(texts(options.data / "bulk", number))
        for name in options.systems:
            try:
                found[name, number] = _measure(name, documents)
            except Unavailable as reason:
                print(f"{name} skipped: {reason}", file=sys.stderr)
        raw = sum(len(document.whole.encode()) for document in documents)
        print("\n".join(_tables(found, number, raw)), flush=True)
    return 0


def _measure(name: str, documents: Sequence[Text]) -> Measured:
    print(f"{name}, {len(documents):,} documents", file=sys.stderr, flush=True)
    with TemporaryDirectory(prefix="migsearch-speed-") as folder:
        index = Path(folder, "index")
        # A process of its own for each step: nothing is loaded, nothing remembered.
        with multiprocessing.get_context("fork").Pool(1) as process:
            built = process.apply(build, (name, index, documents))
        with multiprocessing.get_context("fork").Pool(1) as process:
            searched = process.apply(search, (name, index, documents))
        if name == OURS:
            with multiprocessing.get_context("fork").Pool(1) as process:
                print(process.apply(commit, (index, documents)), flush=True)
        return Measured(built, searched)


def build(name: str, folder: Path, documents: Sequence[Text]) -> Built:
    """Build an index."""
    system = SYSTEMS[name](folder)
    before, began = _memory(), time.process_time()
    system.build(documents)
    seconds = time.process_time() - began
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Built(seconds, _memory() - before, size)


def search(name: str, folder: Path, documents: Sequence[Text]) -> Searched:
    """Search an index."""
    asked = queries(documents)
    if name == OURS:
        _load()
    system = SYSTEMS[name](folder)
    before, began = _memory(), time.process_time()
    system.open()
    system.search(asked["one word"][-1])
    searched = Searched(1000 * (time.process_time() - began), 0)
    for kind in KINDS:
        for query in asked[kind][:_WARM]:
            system.search(query)
        rounds = [[_time(system, query) for query in asked[kind]] for _ in range(_ROUNDS)]
        searched.times[kind] = [min(times) for times in zip(*rounds, strict=True)]
    searched.megabytes = _memory() - before
    return searched


def commit(folder: Path, documents: Sequence[Text]) -> str:
    """Commit some documents one by one; returns what that took, analysis and all."""
    system = Migsearch(folder)
    system.open()
    taken = []
    for copy in range(_COMMITS):
        began = time.perf_counter()
        system.commit(documents[copy % len(documents)], copy)
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    p50, p95 = statistics.median(taken), taken[int(0.95 * len(taken))]
    segments = len(list(folder.glob("*.seg")))
    return (
        f"{OURS}: {_COMMITS} commits of one document into {len(documents):,}: "
        f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, {segments} segments then"
    )


def _load() -> None:
    """Load what a program that searches has loaded: libraries, word lists, ICU."""
    import migsearch
    import migsearch.engine.whoosh
    import migsearch.library
    import migsearch.query.resolve

    migsearch.analyze("warm آماده")
    migsearch.query.resolve.read_query("warm آماده")


def _time(system: object, query: object) -> float:
    began = time.perf_counter()
    system.search(query)  # type: ignore[attr-defined]
    return 1000 * (time.perf_counter() - began)


def _memory() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tables(found: dict[tuple[str, int], Measured], number: int, raw: int) -> list[str]:
    systems = [name for name in SYSTEMS if (name, number) in found]
    building: dict[tuple[str, str], str] = {}
    searching: dict[tuple[str, str], str] = {}
    ratios: dict[tuple[str, str], str] = {}
    ours = found.get((OURS, number))
    for name in systems:
        measured = found[name, number]
        rate = number / measured.built.seconds
        building[name, "docs/s"] = f"{rate:,.0f}"
        building[name, "MB/s"] = f"{rate * raw / number / 1e6:.2f}"
        building[name, "size/raw"] = f"{measured.built.size / raw:.2f}"
        building[name, "memory MB"] = f"{measured.built.megabytes:.0f}"
        building[name, "search MB"] = f"{measured.searched.megabytes:.0f}"
        building[name, "cold ms"] = f"{measured.searched.cold:.1f}"
        if ours:
            building[name, f"{OURS} x"] = f"{measured.built.seconds / ours.built.seconds:.2f}"
        for kind in KINDS:
            times = sorted(measured.searched.times[kind])
            p50, p95, p99 = statistics.median(times), times[int(0.95 * len(times))], times[int(0.99 * len(times))]
            searching[name, kind] = f"{p50:.2f}/{p95:.2f}/{p99:.2f}"
            if ours:
                ratios[name, kind] = f"{p50 / statistics.median(ours.searched.times[kind]):.2f}"
    title = f"{number:,} documents, {raw / 1e6:.1f} MB of text"
    return [
        table(f"{title}: indexing in one process", systems, _columns(building), building),
        table(f"{title}: p50/p95/p99 in ms, top 10 with stored fields", systems, KINDS, searching),
        table(f"{title}: p50 of each divided by that of {OURS}; above 1, {OURS} is ahead", systems, KINDS, ratios),
    ]


def _columns(cells: dict[tuple[str, str], str]) -> list[str]:
    return list(dict.fromkeys(column for _, column in cells))


if __name__ == "__main__":
    sys.exit(main())
