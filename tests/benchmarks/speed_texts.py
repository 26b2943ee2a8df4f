"""The documents and the queries of the speed bench: real texts, and words that stand in them."""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal[
    "one word", "OR 2", "AND 3", "phrase 2", "phrase 3", "prefix", "date range", "facets + years", "snippets"
]

KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]

_QUERIES = 100  # of each kind
_RARE, _COMMON = 0.001, 0.1  # share of the documents that have a word of a query
_SAMPLED = 2_000  # documents that words are taken from
_PREFIX = 4  # letters
_WORD = re.compile(r"[^\W\d_]{3,}")
_RUN = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]{3,}){2}")
_DATE = re.compile(r"(1[34]\d\d|19\d\d|20\d\d)-(\d\d)-(\d\d)")
_SOLAR = 1500  # years before it are Solar Hijri


@dataclass(frozen=True, slots=True)
class Text:
    """A document to index. ``year``, ``month`` and ``day`` are 0 if it is undated."""

    id: str
    title: str
    body: str
    language: str
    year: int
    month: int
    day: int

    @property
    def whole(self) -> str:
        """The title and the body, for systems that have one field."""
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: words, which are looked for as ``kind`` says, between two years if it is a date range."""

    kind: Kind
    words: tuple[str, ...]
    years: tuple[int, int] = (0, 0)


def texts(folder: Path, number: int) -> Iterator[Text]:
    """Yield so many documents; a Solar Hijri year is counted in Gregorian ones, the days are left as they are."""
    rows = (json.loads(line) for line in _lines(folder))
    for row in itertools.islice(rows, number):
        date = _DATE.match(row["date"] or "")
        year, month, day = map(int, date.groups()) if date else (0, 0, 0)
        year += 621 if 0 < year < _SOLAR else 0
        dated = (year, min(max(month, 1), 12), min(max(day, 1), 28)) if year else (0, 0, 0)
        yield Text(row["id"], row["title"] or "", row["text"], row["lang"], *dated)


def _lines(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            yield from lines


def queries(documents: Sequence[Text]) -> Mapping[Kind, Sequence[Query]]:
    """Return queries of each kind, the same ones each time: words of middling frequency, from the same documents."""
    chance = random.Random(7)
    sample = chance.sample(documents, min(_SAMPLED, len(documents)))
    words = [_WORD.findall(document.body) for document in sample]
    frequencies = Counter(itertools.chain.from_iterable(set(found) for found in words))
    fair = {word for word, count in frequencies.items() if _RARE < count / len(sample) < _COMMON}
    together = [found for found in ([word for word in of if word in fair] for of in words) if len(found) > 3]
    runs = [run.split() for document in sample for run in _RUN.findall(document.body)]

    def several(number: int) -> tuple[str, ...]:
        return tuple(chance.sample(chance.choice(together), number))

    years = sorted({document.year for document in documents if document.year})
    asked: dict[Kind, list[Query]] = {kind: [] for kind in KINDS}
    for _ in range(_QUERIES):
        run = tuple(chance.choice(runs))
        first = chance.choice(years)
        for kind in ("one word", "facets + years", "snippets"):
            asked[kind].append(Query(kind, several(1)))
        asked["OR 2"].append(Query("OR 2", several(2)))
        asked["AND 3"].append(Query("AND 3", several(3)))
        asked["phrase 2"].append(Query("phrase 2", run[:2]))
        asked["phrase 3"].append(Query("phrase 3", run))
        asked["prefix"].append(Query("prefix", (several(1)[0][:_PREFIX],)))
        asked["date range"].append(Query("date range", several(1), (first, first + 2)))
    return asked
