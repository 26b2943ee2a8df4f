"""How fast texts become tokens: tokens a second on one core, English and Persian, with a profile if asked for.

    make bench-analysis
    make bench-analysis ARGS="--documents 5000 --profile"

Each language is analysed twice in a new process: first from nothing, as when a program begins to index, then once
more, as when it has met most words. What :func:`migsearch.analyze` remembers of a whole text does not help: none comes
twice in a row.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import multiprocessing
import pstats
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import migsearch
from benchmarks.datasets import DATA
from benchmarks.report import table

LANGUAGES = {"en": "English", "fa": "Persian"}
_LINES = 15  # of a profile


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 if the texts are not there."""
    parser = argparse.ArgumentParser(prog="analysis", description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=3_000, metavar="N", help="how many of each language")
    parser.add_argument("--profile", action="store_true", help="also show where the time goes")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that has bulk/")
    options = parser.parse_args(arguments)
    if not (options.data / "bulk").is_dir():
        print(f"skipped: {options.data / 'bulk'} is absent", file=sys.stderr)
        return 1
    cells: dict[tuple[str, str], str] = {}
    for language, name in LANGUAGES.items():
        asked = (options.data, language, options.documents, options.profile)
        # A process of its own: nothing is remembered from the other language.
        with multiprocessing.get_context("spawn").Pool(1) as process:
            tokens, rates = process.apply(measure, asked)
        cells[name, "tokens"] = f"{tokens:,}"
        cells |= {(name, column): f"{rate:,.0f}" for column, rate in rates.items()}
    columns = ("tokens", "a second, from nothing", "a second, once more")
    print(table("Tokens a second on one core", tuple(LANGUAGES.values()), columns, cells))
    return 0


def measure(data: Path, language: str, documents: int, profile: bool) -> tuple[int, dict[str, float]]:
    """Analyse texts of a language; returns how many tokens they have, and the tokens a second by occasion."""
    texts = list(_texts(data / "bulk", language, documents))
    migsearch.analyze("warm آماده")  # ICU is loaded, the tables are read
    rates = {}
    for occasion in ("a second, from nothing", "a second, once more"):
        began = time.perf_counter()
        tokens = sum(len(migsearch.analyze(text)) for text in texts)
        rates[occasion] = tokens / (time.perf_counter() - began)
    if profile:
        _profile(texts, LANGUAGES[language])
    return tokens, rates


def _texts(folder: Path, language: str, limit: int) -> Iterator[str]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["lang"] != language:
                    continue
                if not limit:
                    return
                limit -= 1
                yield f"{row.get('title') or ''}\n{row['text']}"


def _profile(texts: Sequence[str], name: str) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts:
        migsearch.analyze(text)
    profiler.disable()
    print(f"Profile, {name}, once more", flush=True)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(_LINES)


if __name__ == "__main__":
    sys.exit(main())
