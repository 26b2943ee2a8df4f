"""A word in any of its spellings finds the word in any other: as a word, inside a phrase, highlighted as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import migsearch
from migsearch import Document

FAMILIES = {
    "programmes": ["برنامه‌ها", "برنامه ها", "برنامهها", "برنامه‌های", "برنامه های", "برنامههای"],
    "returnees": ["عودت‌کنندگان", "عودت کنندگان", "عودتکنندگان", "عودت کننده گان", "عودت‌کننده‌گان", "عودت‌کننده"],
    "international": ["بین‌المللی", "بین المللی", "بینالمللی", "بين المللي", "بين‌المللي"],
    "wants": ["می‌خواهد", "می خواهد", "میخواهد", "مي‌خواهد"],
    "refugees": ["پناهندگان", "پناهنده‌گان", "پناهنده گان", "پناهنده‌ها", "پناهنده ها"],
    "responsible": ["مسئول", "مسؤول", "مسوول", "مسئولان", "مسئولین", "مسوولین"],
    "head": ["رئیس", "رییس", "رئيس"],
    "reintegration": ["reintegration", "re-integration", "Re-Integration", "reintegration's"],
    "state": ["U.S.", "US", "u.s."],
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[migsearch.Index]:
    """Return an index with a document for each spelling, the word between two others."""
    with migsearch.open(tmp_path_factory.mktemp("spellings") / "index", create=True) as opened:
        opened.add(
            Document(id=f"{family}/{number}", text=f"ابتدا {word} سپس", language="fa", organisations=("none",))
            for family, words in FAMILIES.items()
            for number, word in enumerate(words)
        )
        yield opened


QUERIES = [(family, word) for family, words in FAMILIES.items() for word in words]


@pytest.mark.parametrize(("family", "word"), QUERIES, ids=[word for _, word in QUERIES])
def test_every_spelling_finds_every_other_and_nothing_else(index: migsearch.Index, family: str, word: str) -> None:
    everything = {f"{family}/{number}" for number in range(len(FAMILIES[family]))}
    assert {hit.document.id for hit in index.search(word, limit=100)} == everything
    assert {hit.document.id for hit in index.search(f'"ابتدا {word} سپس"', limit=100)} == everything


@pytest.mark.parametrize(("family", "word"), QUERIES, ids=[word for _, word in QUERIES])
def test_the_whole_word_is_highlighted(index: migsearch.Index, family: str, word: str) -> None:
    for hit in index.search(word, limit=100):
        (snippet,) = hit.snippets
        original = FAMILIES[family][int(hit.document.id.rpartition("/")[2])]
        marked = [snippet.text[span.start : span.end] for span in snippet.highlights]
        assert marked == [original.rstrip(".")]
