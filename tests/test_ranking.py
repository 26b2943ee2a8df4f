"""Ranking over the demonstration corpus: ranking.txt, and in figures ranking_stats.txt.

``python tests/test_ranking.py`` writes both anew, so that the difference shows what a change does to ranking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import CORPUS
from test_query import escaped, shown, unescaped

import migsearch
from migsearch.query.resolve import read_query

GOLDEN = Path(__file__).with_name("ranking.txt")
STATS = Path(__file__).with_name("ranking_stats.txt")

SHOWN = 3  # hits
LANGUAGES = {"en": "English", "fa": "Persian"}


@dataclass(frozen=True)
class Case:
    """A query and the pages that it should find, as the golden file has them."""

    query: str
    targets: tuple[str, ...]

    @property
    def language(self) -> str:
        return "fa" if re.search("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}]", self.query) else "en"


@dataclass(frozen=True)
class Answer:
    """What is written below a query, and the rank of the first target for the figures."""

    lines: list[str]
    rank: int | None


def answer(index: migsearch.Index, case: Case) -> Answer:
    found = index.search(case.query, limit=len(index), facets=())
    ids = [hit.document.id for hit in found]
    ranks = [ids.index(target) + 1 if target in ids else None for target in case.targets]
    lines = [
        f"tree {escaped(shown(read_query(case.query)[0]))}",
        f"rank {' '.join(str(rank or '-') for rank in ranks)} of {found.total}",
        *(f"{hit.score:8.2f}  {hit.document.id}" for hit in found.hits[:SHOWN]),
    ]
    return Answer(lines, min(filter(None, ranks), default=None))


def golden() -> list[tuple[Case, list[str]]]:
    """Return each query of ranking.txt with the lines of its answer."""
    blocks = map(str.splitlines, GOLDEN.read_text(encoding="utf-8").split("\n\n"))
    return [(read_case(block), block[2:]) for block in blocks if block[0].startswith("query ")]


def read_case(block: Sequence[str]) -> Case:
    query, targets, *_ = block
    assert targets.startswith("want "), f"no want below {query}"
    return Case(unescaped(query.removeprefix("query ")), tuple(targets.split()[1:]))


def written_anew(text: str, answers: Mapping[Case, Answer]) -> str:
    """Return ranking.txt with these answers."""
    blocks = text.rstrip("\n").split("\n\n")
    for place, block in enumerate(blocks):
        if block.startswith("query "):
            lines = block.splitlines()
            blocks[place] = "\n".join((*lines[:2], *answers[read_case(lines)].lines))
    return "\n\n".join(blocks) + "\n"


def stats(ranks: Mapping[Case, int | None]) -> str:
    lines = [
        "# How often the target of a query in ranking.txt is first, is among the first five, and the mean of 1 / rank.",
        f"{'':8}{'queries':>9}{'recall@1':>10}{'recall@5':>10}{'MRR':>8}",
    ]
    for language, name in {**LANGUAGES, "": "all"}.items():
        chosen = [rank for case, rank in ranks.items() if language in ("", case.language)]
        first, five = (sum(rank is not None and rank <= limit for rank in chosen) / len(chosen) for limit in (1, 5))
        reciprocal = sum(1 / rank for rank in chosen if rank) / len(chosen)
        lines.append(f"{name:8}{len(chosen):9}{first:10.3f}{five:10.3f}{reciprocal:8.3f}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def answers(corpus_index: migsearch.Index) -> dict[Case, Answer]:
    return {case: answer(corpus_index, case) for case, _ in golden()}


@pytest.mark.parametrize(("case", "expected"), [pytest.param(*entry, id=entry[0].query) for entry in golden()])
def test_ranking_is_as_written(case: Case, expected: list[str], answers: dict[Case, Answer]) -> None:
    assert answers[case].lines == expected, "run `python tests/test_ranking.py` and read the difference"


def test_the_files_are_as_they_would_be_written(answers: dict[Case, Answer]) -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert written_anew(text, answers) == text
    assert stats({case: answer.rank for case, answer in answers.items()}) == STATS.read_text(encoding="utf-8")


def test_the_queries_are_many_in_both_languages_and_each_page_is_asked_for() -> None:
    listed = [case for case, _ in golden()]
    assert len({case.query for case in listed}) == len(listed) >= 60
    for language in LANGUAGES:
        assert sum(case.language == language for case in listed) >= 30
    assert {target for case in listed for target in case.targets} == {page.name for page in CORPUS.glob("*.txt")}


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ({"a": 1, "b": 2, "ج": None, "د": 5}, ["English 2 0.500 1.000 0.750", "Persian 2 0.000 0.500 0.100"]),
        ({"a": 1, "ج": 1}, ["English 1 1.000 1.000 1.000", "Persian 1 1.000 1.000 1.000", "all 2 1.000 1.000 1.000"]),
    ],
)
def test_the_figures_are_what_they_say(ranks: dict[str, int | None], expected: list[str]) -> None:
    lines = stats({Case(query, ("page",)): rank for query, rank in ranks.items()}).splitlines()
    assert [" ".join(line.split()) for line in lines[2:]][: len(expected)] == expected


def main() -> None:
    """Write the golden files anew."""
    with TemporaryDirectory() as folder, migsearch.open(Path(folder) / "index", create=True) as index:
        index.add(migsearch.read(CORPUS))
        answers = {case: answer(index, case) for case, _ in golden()}
    GOLDEN.write_text(written_anew(GOLDEN.read_text(encoding="utf-8"), answers), encoding="utf-8")
    STATS.write_text(stats({case: answer.rank for case, answer in answers.items()}), encoding="utf-8")


if __name__ == "__main__":
    main()
