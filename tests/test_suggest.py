"""What a query may have meant, documents like another, and words that begin so."""

from __future__ import annotations

from pathlib import Path

import pytest

import migsearch
from migsearch import Index

CORRECTED = [
    # spelling
    ("Turkmenestan", "Turkmenistan"),
    ("migratoin of refugees", "migration of refugees"),
    ("UNHRC", "UNHCR"),
    ("پناهنگان", "پناهندگان"),
    ("هرات کابول", "هرات کابل"),
    ("«عودت کنندگام»", "«عودت کنندگان»"),
    ("org:iom title:refugge -zzzz", "org:iom title:refugee -zzzz"),
    # letters of one sound
    ("افقانستان", "افغانستان"),
    ("بازگسط", "بازگشت"),
    # a lost space
    ("voluntaryrepatriation", "voluntary repatriation"),
    # the keyboard in the other language
    ("lih[v", "مهاجر"),
    ("-iom lih[v", "-iom مهاجر"),
    ("هخپ", "iom"),
]


@pytest.mark.parametrize(("query", "meant"), CORRECTED)
def test_a_mistake_is_corrected_to_what_is_in_the_index(corpus_index: Index, query: str, meant: str) -> None:
    corrections = corpus_index.suggest(query)
    assert corrections[0].query == meant
    assert corpus_index.search(meant).total
    for start, end in corrections[0].spans:
        assert corrections[0].query[start:end] not in query


@pytest.mark.parametrize("query", ["returns", "سازمان ملل", "برنامهها", "بین المللي", "-zzzz", "2031", "", "qqqqqqqq"])
def test_what_is_known_or_like_nothing_is_left_alone(corpus_index: Index, query: str) -> None:
    assert corpus_index.suggest(query) == ()


def test_more_than_one_word_may_be_meant(corpus_index: Index) -> None:
    assert [str(correction) for correction in corpus_index.suggest("refugge", limit=2)] == ["refugee", "refugees"]
    assert corpus_index.suggest("refugge", limit=0) == ()


@pytest.mark.parametrize(
    ("id", "other"),
    [
        ("herat-earthquake-fa.txt", "winter-aid-bamyan-fa.txt"),
        ("flow-monitoring-torkham-chaman-en.txt", "returns-from-iran-islam-qala-en.txt"),
    ],
)
def test_documents_like_another(corpus_index: Index, id: str, other: str) -> None:
    results = corpus_index.like(id, limit=5)
    assert results is not None
    found = [hit.document.id for hit in results]
    assert id not in found
    assert len(found) == 5
    assert other in found
    assert all(snippet.highlights for hit in results for snippet in hit.snippets)


def test_nothing_is_like_a_document_that_is_not_there(corpus_index: Index) -> None:
    assert corpus_index.like("nobody") is None


def test_a_document_without_words_is_like_no_other(tmp_path: Path) -> None:
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add([migsearch.Document(id="a", title="2021"), migsearch.Document(id="b", title="2021")])
        assert (results := index.like("a")) is not None
        assert (results.total, results.hits) == (0, ())


def test_words_are_completed_by_how_many_documents_have_them(corpus_index: Index) -> None:
    assert corpus_index.complete("refu", limit=2) == ["refugees", "refugee"]
    assert corpus_index.complete("IO", limit=1) == ["iom"]
    assert corpus_index.complete("مها", limit=2) == ["مهاجرین", "مهاجرت"]
    assert corpus_index.complete("افغانستانـ") == ["افغانستان", "افغانستانی"]
    assert corpus_index.complete("") == corpus_index.complete("qqqq") == []


def test_a_completed_word_has_zwnj_where_documents_part_it(tmp_path: Path) -> None:
    texts = [
        "برنامه‌های بازگشت مهاجران ادامه می‌یابد.",
        "برنامه های بازگشت ادامه می یابد.",
        "برنامههای تازه برای مهاجران.",
        "برنامه‌هاي ديگر.",  # with Arabic yeh
    ]
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add(migsearch.Document(id=str(number), text=text) for number, text in enumerate(texts))
        assert index.complete("برنامهه") == index.complete("برنامه‌ه") == ["برنامه‌های"]
        assert index.complete("می‌ی") == ["می‌یابد"]
        assert index.complete("مهاج") == ["مهاجران"]
