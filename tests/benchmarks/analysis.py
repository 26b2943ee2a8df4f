"""How fast texts become tokens, and documents what an index stores: on one core, English and Persian.

    make bench-analysis
    make bench-analysis ARGS="--documents 5000 --profile"

Each language is measured in a new process, in processor time. Its texts are analysed from nothing, as when a program
begins to index (the first few hundred, then all), and once more, as when it has met their words. Then each becomes what
an engine stores: its language, date and organisations are found and its terms listed. What
:func:`migsearch.analyze` remembers of a whole text does not help: none comes twice in a row.
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
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.datasets import DATA
from benchmarks.report import table
from migsearch.analysis.analyzer import analyze, forget
from migsearch.entries import entry
from migsearch.ingest.language import detect_language
from migsearch.ingest.organisations import find_organisations
from migsearch.ingest.publication import publication_date
from migsearch.model import Document

LANGUAGES = {"en": "English", "fa": "Persian"}
OCCASIONS = ("tokens/s, first few", "from nothing", "once more")
STEPS: dict[str, Callable[[Document], object]] = {
    "documents/s, analysis": lambda document: (analyze(document.title), analyze(document.text)),
    "language": lambda document: detect_language(document.title, document.text),
    "date": lambda document: publication_date("", document.text),
    "organisations": lambda document: find_organisations(document.title, document.text, document.region),
    "all, to the engine": entry,
}
"""The steps to an index; language and organisations include analysis, which is done once where all are taken."""

_FEW = 300  # documents
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
    rows = tuple(LANGUAGES.values())
    print(table("Analysis", rows, ("tokens", *OCCASIONS), cells))
    print(table("Documents made ready for an index", rows, tuple(STEPS), cells))
    return 0


def measure(data: Path, language: str, number: int, profile: bool) -> tuple[int, dict[str, float]]:
    """Analyse documents of a language; returns how many tokens they have, and the rates by occasion and step."""
    documents = list(_documents(data / "bulk", language, number))
    entry(Document(id="warm", text="A text of 5 May 2021. آماده"))  # ICU is loaded, the tables are read
    rates = {}
    for occasion, texts in zip(OCCASIONS, (documents[:_FEW], documents, documents), strict=True):
        if occasion != OCCASIONS[-1]:
            forget()
        began = time.process_time()
        tokens = sum(len(analyze(document.title)) + len(analyze(document.text)) for document in texts)
        rates[occasion] = tokens / (time.process_time() - began)
    for step, take in STEPS.items():
        began = time.process_time()
        for document in documents:
            take(document)
        rates[step] = len(documents) / (time.process_time() - began)
    if profile:
        _profile(documents, LANGUAGES[language])
    return tokens, rates


def _documents(folder: Path, language: str, limit: int) -> Iterator[Document]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["lang"] != language:
                    continue
                if not limit:
                    return
                limit -= 1
                yield Document(id=row["id"], title=row.get("title") or "", text=row["text"])


def _profile(documents: Sequence[Document], name: str) -> None:
    for what, take in (("analysis", STEPS["documents/s, analysis"]), ("all", entry)):
        profiler = cProfile.Profile()
        profiler.enable()
        for document in documents:
            take(document)
        profiler.disable()
        print(f"Profile, {name}, {what}, once more", flush=True)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(_LINES)


if __name__ == "__main__":
    sys.exit(main())
