"""How good the ranking is: migsearch and its peers on the same texts and queries, then on perturbed ones.

    make bench-relevance
    make bench-relevance ARGS="--sets fa_parsinlu_rc --systems migsearch,snowball --queries 100 --only clean"

Prints for each measure a table of systems and sets; the difference of migsearch to the best peer with its interval
and probability; the time of a query; and what migsearch loses when queries or documents are spelled otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.datasets import DATA, NAMES, load
from benchmarks.measures import MEASURES, difference
from benchmarks.perturb import AS_IT_IS, KINDS
from benchmarks.report import number, signed, table
from benchmarks.runs import DEPTH, HEADLINE, TOP, Findings, Plan, run, say
from benchmarks.systems import OURS, SYSTEMS

PARTS = ("clean", "queries", "documents")
COMPARED = ("nDCG@10", "MAP")
"""The measures whose differences are tested."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns 1 if no set is there."""
    options = _options(arguments)
    findings = Findings()
    plan = Plan(options.only, options.systems, options.perturb, options.texts)
    for name in options.sets:
        try:
            dataset = load(name, options.data)
        except FileNotFoundError as error:
            say(f"{name}: skipped, {error.filename} is absent")
            continue
        run(dataset.sample(options.queries) if options.queries else dataset, plan, findings)
    tables = list(_tables(findings))
    print("\n".join(tables))
    return 0 if tables else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="relevance", description=__doc__.partition("\n")[0])
    choices = {"--sets": NAMES, "--systems": tuple(SYSTEMS), "--only": PARTS, "--perturb": tuple(SYSTEMS)}
    for option, known in choices.items():
        default = [OURS] if option == "--perturb" else list(known)
        parser.add_argument(option, type=lambda text: text.split(","), default=default, help=f"of {','.join(known)}")
    parser.add_argument("--queries", type=int, default=0, metavar="N", help="a quick look: N queries of each set")
    parser.add_argument("--texts", type=int, default=2_000, metavar="N", help="perturb N documents of a set at most")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the sets")
    options = parser.parse_args(arguments)
    for option, known in choices.items():
        if unknown := set(getattr(options, option[2:])).difference(known):
            parser.error(f"{option}: there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return options


def _tables(findings: Findings) -> Iterator[str]:
    places = findings.values.keys()
    systems = [name for name in SYSTEMS if any(name == system for system, _ in places)]
    sets = [name for name in NAMES if any(name == of for _, of in places)]
    if places:
        for measure in MEASURES:
            cells = {place: number(values[measure].mean()) for place, values in findings.values.items()}
            yield table(f"{measure}, of {DEPTH} hits" if measure == "MAP" else measure, systems, sets, cells)
        if OURS in systems and len(systems) > 1:
            for measure in COMPARED:
                yield _compared(measure, findings, systems, sets)
        cells = {place: f"{value:.1f}" for place, value in findings.milliseconds.items()}
        yield table(f"Milliseconds for a query, its first {TOP} hits (median)", systems, sets, cells)
    for part, system in sorted(findings.perturbed, reverse=True):
        yield _perturbed(part, system, findings)


def _compared(measure: str, findings: Findings, systems: Sequence[str], sets: Sequence[str]) -> str:
    """Return the table of differences to the best peer on each set."""
    cells: dict[tuple[str, str], str] = {}
    for name in sets:
        by_system = {
            system: findings.values[system, name][measure] for system in systems if (system, name) in findings.values
        }
        ours = by_system.pop(OURS, None)
        by_system.pop("words", None)  # ours too
        if ours is None or not by_system:
            continue
        best = max(by_system, key=lambda system: by_system[system].mean())
        found = difference(ours, by_system[best])
        cells |= {
            ("best peer", name): best,
            ("difference", name): signed(found.mean),
            ("relative", name): f"{100 * found.mean / by_system[best].mean():+.1f} %",
            ("95 % interval", name): f"{signed(found.low)}..{signed(found.high)}",
            ("p", name): number(found.p),
        }
    rows = ("best peer", "difference", "relative", "95 % interval", "p")
    return table(f"{measure}: {OURS} less the best peer (bootstrap, paired randomisation)", rows, sets, cells)


def _perturbed(part: str, system: str, findings: Findings) -> str:
    values = findings.perturbed[part, system]
    cells = {}
    for (kind, name), value in values.items():
        change, share = value - values[AS_IT_IS, name], findings.changed[part, kind, name]
        cells[kind, name] = number(value) if kind == AS_IT_IS else f"{number(value)} {signed(change)} ({share:4.0%})"
    sets = [name for name in NAMES if (AS_IT_IS, name) in values]
    title = f"{HEADLINE} of {system} with perturbed {part}: value, change, share of the {part} that it changed"
    return table(title, (AS_IT_IS, *KINDS), sets, cells)


if __name__ == "__main__":
    sys.exit(main())
