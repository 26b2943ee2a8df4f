"""The retrieval sets: documents, queries and judgements, read from a folder beside the project."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
NAMES = ("fa_hamshahri_ir", "fa_parsinlu_rc", "fa_pquad", "en_cranfield", "en_xquad")


@dataclass(frozen=True, slots=True)
class Text:
    """One document of a set."""

    id: str
    title: str
    body: str

    @property
    def whole(self) -> str:
        """The title and the body, for systems that have one field."""
        return f"{self.title}\n{self.body}" if self.title else self.body


@dataclass(frozen=True, slots=True)
class Dataset:
    """Texts, queries by id, and for each query the grades of the texts that answer it."""

    name: str
    texts: tuple[Text, ...]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]

    @property
    def language(self) -> str:
        """``"en"`` or ``"fa"``."""
        return self.name[:2]

    def sample(self, number: int) -> Dataset:
        """Return the set with so many of its queries, the same ones each time."""
        if number >= len(self.queries):
            return self
        chosen = set(random.Random(number).sample(sorted(self.queries), number))
        return replace(self, queries={id: text for id, text in self.queries.items() if id in chosen})

    def thinned(self, number: int) -> Dataset:
        """Return the set with the texts that answer a query and, up to so many in all, others: the same each time."""
        answers = {id for grades in self.grades.values() for id in grades}
        others = [text.id for text in self.texts if text.id not in answers]
        wanted = min(len(others), max(0, number - len(answers)))
        chosen = answers.union(random.Random(number).sample(others, wanted))
        return replace(self, texts=tuple(text for text in self.texts if text.id in chosen))


def load(name: str, data: Path = DATA) -> Dataset:
    """Read a set; queries without a judgement are left out. Raises ``FileNotFoundError``."""
    folder = data / name
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, text, grade = line.split("\t")
        if float(grade) > 0:
            grades.setdefault(query, {})[text] = int(float(grade))
    texts = tuple(
        Text(str(row["id"]), row.get("title") or "", row.get("text") or "") for row in _rows(folder, "corpus")
    )
    queries = {str(row["id"]): row["text"] for row in _rows(folder, "queries") if str(row["id"]) in grades}
    return Dataset(name, texts, queries, {id: grades[id] for id in queries})


def _rows(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    packed = folder / f"{stem}.jsonl.gz"
    with (
        gzip.open(packed, "rt", encoding="utf-8")
        if packed.exists()
        else packed.with_suffix("").open(encoding="utf-8") as lines
    ):
        yield from map(json.loads, lines)
