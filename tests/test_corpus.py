"""The demonstration corpus: every title, date and organisation on it is found, and nothing of a side column."""

from __future__ import annotations

from collections import Counter

import pytest
from conftest import CORPUS, expected

import migsearch

ROWS = expected()


@pytest.fixture(scope="module")
def documents() -> dict[str, migsearch.Document]:
    return {document.id: document for document in migsearch.read(CORPUS)}


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_page_is_read_as_a_careful_reader_would(
    row: dict[str, str], documents: dict[str, migsearch.Document]
) -> None:
    document = documents[row["file"]]
    assert document.title == row["title"]
    assert (document.language, document.region) == (row["language"], row["region"])
    assert str(document.date) == row["date"]
    assert document.date is not None
    assert document.date.inferred == (row["inferred"] == "yes")
    assert sorted(document.organisations) == row["organisations"].split()


@pytest.mark.parametrize("row", [row for row in ROWS if row["surroundings"] == "yes"], ids=lambda row: row["file"])
def test_a_side_column_is_kept_apart(row: dict[str, str], documents: dict[str, migsearch.Document]) -> None:
    document = documents[row["file"]]
    assert len(document.surroundings) > 100
    teasers = (line for line in document.surroundings.splitlines() if len(line) > 30)
    for line in teasers:
        assert line not in document.text


def test_every_page_has_its_row_and_the_other_way_round() -> None:
    assert sorted(row["file"] for row in ROWS) == sorted(path.name for path in CORPUS.glob("*.txt"))


def test_the_corpus_is_what_it_says_it_is() -> None:
    languages = Counter(row["language"] for row in ROWS)
    assert len(ROWS) >= 60
    assert languages["en"] == languages["fa"]
    pairs = Counter(row["pair"] for row in ROWS if row["pair"])
    assert len(pairs) >= 8
    assert set(pairs.values()) == {2}
    assert {row["date"][:4] for row in ROWS} == {str(year) for year in range(2015, 2026)}
    assert sum(row["surroundings"] == "yes" for row in ROWS) >= len(ROWS) // 3


@pytest.mark.parametrize(
    ("query", "best"),
    [
        (
            "IOM Turkmenistan",
            {"document-examination-training-ashgabat-en.txt", "joint-plan-iom-migration-service-en.txt"},
        ),
        ("Global Compact Marrakech", {"global-compact-adopted-en.txt"}),
        ("میثاق جهانی مهاجرت مراکش", {"global-compact-adopted-fa.txt"}),
        ("زلزله هرات", {"herat-earthquake-fa.txt"}),
        ("زلزله‌زدگان هرات", {"herat-earthquake-fa.txt"}),
        ("Herat earthquake tents", {"herat-earthquake-en.txt"}),
        ("بيمه سلامت پناهندگان", {"refugee-health-insurance-fa.txt"}),
        ("statelessness Kyrgyzstan", {"kyrgyzstan-ends-statelessness-en.txt"}),
        ("تبلت دانش آموزان کرمان", {"distance-learning-kerman-fa.txt"}),
        ("قاچاق انسان آگاهی دهی کابل", {"trafficking-awareness-kabul-fa.txt"}),
    ],
)
def test_a_search_puts_the_right_page_first(corpus_index: migsearch.Index, query: str, best: set[str]) -> None:
    results = corpus_index.search(query, limit=len(best))
    assert {hit.document.id for hit in results} == best
