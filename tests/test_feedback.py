"""Words that the best hits share: they change the order of what matches, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import migsearch
from migsearch import Document, Index
from migsearch.query.feedback import TERMS, Best, weights, with_feedback
from migsearch.query.resolve import read_query
from migsearch.query.tree import And, Node, Term

PAGES = {
    "law": "The asylum court heard the appeal. A judge of the asylum court decides each asylum appeal.",
    "court": "The court hears appeals of asylum seekers; a judge decides.",
    "judge": "A judge spoke about asylum and about the appeal to the court.",
    "music": "An asylum for old musicians held a concert.",
    "sport": "The judge stopped the match; the appeal came to no court.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path: Path = tmp_path_factory.mktemp("index")
    with migsearch.open(path, create=True) as index:
        index.add(Document(id=id, text=text) for id, text in PAGES.items())
        yield index


def test_what_matches_stays_and_what_resembles_the_best_rises(index: Index) -> None:
    plain, fed = (index.search("asylum", sort=sort) for sort in ("relevance", "feedback"))
    assert {hit.document.id for hit in plain} == {hit.document.id for hit in fed} == PAGES.keys() - {"sport"}
    assert fed.total == plain.total
    ranked = [hit.document.id for hit in fed]
    assert ranked.index("judge") < ranked.index("music")
    assert ranked[0] == plain.hits[0].document.id


def test_its_score_is_explained(index: Index) -> None:
    for hit in index.search("asylum", sort="feedback"):
        answer = index.explain("asylum", hit.document.id, sort="feedback")
        assert answer is not None
        assert sum(added.score for added in answer.contributions) == pytest.approx(hit.score)


@pytest.mark.parametrize("query", ["", "lang:en", "-asylum", "nothing-like-it"])
def test_without_words_or_hits_there_is_nothing_to_share(index: Index, query: str) -> None:
    plain, fed = (index.search(query, sort=sort) for sort in ("relevance", "feedback"))
    assert [(hit.document.id, hit.score) for hit in plain] == [(hit.document.id, hit.score) for hit in fed]


def test_the_best_hit_counts_most_and_stop_words_and_numbers_do_not() -> None:
    query, _ = read_query("asylum appeal")
    first, second = weights([9.0, 6.0])
    best = [Best("law", ["court", "the", "2021", "judge"], first), Best("music", ["concert"], second)]
    node = with_feedback(query, best, lambda roots: [1.0] * len(roots))
    added = _added(node)
    assert list(added) == ["court", "judge", "concert"]
    assert added["concert"] < added["judge"] / 10
    assert sum(added.values()) == pytest.approx(2)  # as much as the two words of the query


def test_hits_far_below_the_best_are_not_looked_at() -> None:
    assert weights([9.0, 9.0, 3.0]) == [1.0, 1.0]
    assert weights([0.0]) == weights([]) == []


def test_the_best_hit_stays_the_best(tmp_path: Path) -> None:
    """Six pages share what they say of courts, and none of them is as much about asylum as the first."""
    courts = [Document(id=number, text="Asylum court judge; court judge.") for number in "123456"]
    others = [Document(id=f"rain {number}", text="Rain fell on the hills.") for number in range(20)]
    with migsearch.open(tmp_path, create=True) as index:
        index.add([Document(id="home", text="Asylum for old musicians."), *courts, *others])
        for sort in ("relevance", "feedback"):
            assert index.search("asylum", sort=sort).hits[0].document.id == "home"


def test_only_so_many_words_are_taken_and_none_that_finds_no_other_document() -> None:
    query, _ = read_query("asylum")
    roots = [f"w{number:02}" for number in range(TERMS + 10)]
    best = [Best("law", roots, 1.0)]
    node = with_feedback(query, best, lambda asked: [0.0 if root == "w00" else 1.0 for root in asked])
    assert list(_added(node)) == roots[1 : TERMS + 1]


def _added(node: Node) -> dict[str, float]:
    assert isinstance(node, And)
    return {term.text: term.weight for term in node.maybe if isinstance(term, Term)}
