"""How fast pages of text become documents: pages a second of processor time on one core.

    make bench-ingest
    make bench-ingest ARGS="--profile"

Two collections: the demonstration corpus, read so many times over, and the first documents of the bulk texts, each put
into a file as a page. Files are read, decoded, taken apart, dated and attributed; nothing is indexed. Each collection
is read once before, as a long run has met most words; the first reading is shown too.
"""

from __future__ import annotations

import argparse
import cProfile
import gzip
import json
import pstats
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import migsearch
from benchmarks.datasets import DATA, ROOT
from benchmarks.report import table

_LINES = 20  # of a profile
_TIMES = 5  # that the corpus is read


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="ingest", description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=600, metavar="N", help="how many from each file of bulk/")
    parser.add_argument("--profile", action="store_true", help="also show where the time goes")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that has bulk/")
    options = parser.parse_args(arguments)
    cells: dict[tuple[str, str], str] = {}
    with tempfile.TemporaryDirectory() as folder:
        collections = {"corpus": ROOT / "corpus", "bulk": _bulk(options.data / "bulk", Path(folder), options.documents)}
        for name, path in collections.items():
            for occasion, times in (("first", 1), ("once more", _TIMES)):
                pages, seconds = _read(path, times)
                cells[name, "pages"] = f"{pages // times:,}"
                cells[name, occasion] = f"{pages / seconds:,.0f}" if pages else "-"
            if options.profile:
                _profile(path, name)
    print(table("Pages of text a second of processor time", tuple(collections), ("pages", "first", "once more"), cells))
    return 0


def _bulk(source: Path, folder: Path, limit: int) -> Path:
    """Put the first documents of each file into a folder, one file each."""
    for file in sorted(source.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(islice(lines, limit)):
                row = json.loads(line)
                page = f"{row.get('title') or ''}\n\n{row['text']}"
                (folder / f"{file.stem}-{number}.txt").write_text(page, encoding="utf-8")
    return folder


def _read(path: Path, times: int) -> tuple[int, float]:
    began = time.process_time()
    pages = sum(1 for _ in range(times) for _ in migsearch.read(path))
    return pages, time.process_time() - began


def _profile(path: Path, name: str) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in migsearch.read(path):
        pass
    profiler.disable()
    print(f"Profile, {name}", flush=True)
    pstats.Stats(profiler).sort_stats("cumtime").print_stats(_LINES)


if __name__ == "__main__":
    sys.exit(main())
