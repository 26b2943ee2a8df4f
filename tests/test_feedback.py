"""Words that the best hits share: they change the order of what matches, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import migsearch
from migsearch import Document, Index
from migsearch.query.feedback import KEY_WORDS, TERMS, Best, key_words, leaves_open, weights, with_feedback
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
    plain, fed = (index.search("asylum seekers", sort=sort) for sort in ("words", "relevance"))
    assert {hit.document.id for hit in plain} == {hit.document.id for hit in fed} == PAGES.keys() - {"sport"}
    assert fed.total == plain.total
    ranked = [hit.document.id for hit in fed]
    assert ranked.index("judge") < ranked.index("music")
    assert ranked[0] == plain.hits[0].document.id


def test_its_score_is_explained(index: Index) -> None:
    for sort in ("words", "relevance"):
        for hit in index.search("asylum appeal", sort=sort):
            answer = index.explain("asylum appeal", hit.document.id, sort=sort)
            assert answer is not None
            assert sum(added.score for added in answer.contributions) == pytest.approx(hit.score)


def test_to_narrow_a_search_leaves_the_order_as_it_is(index: Index) -> None:
    found = index.search("asylum appeal")
    narrowed = index.search("asylum appeal", languages=["en"])
    assert [(hit.document.id, hit.score) for hit in narrowed] == [(hit.document.id, hit.score) for hit in found]


def test_the_words_that_were_shared_are_told(index: Index) -> None:
    shared = index.interpret("asylum appeal", sort="relevance").shared
    assert {"court", "judg"} <= {term.text for term in shared}
    assert not index.interpret("asylum appeal").shared
    assert not index.interpret("asylum", sort="relevance").shared


UNFED = [
    "",
    "lang:en",
    "-asylum",
    "nothing like it",
    "asylum",
    "the asylum",
    "+asylum +court",
    "asylum AND court",
    '"asylum court"',
    "title:asylum +judge -music",
    "asyl*",
    "court lang:fa",
]


@pytest.mark.parametrize("query", UNFED)
def test_one_word_and_words_that_must_match_are_looked_for_as_they_are(index: Index, query: str) -> None:
    plain, fed = (index.search(query, sort=sort) for sort in ("words", "relevance"))
    assert [(hit.document.id, hit.score) for hit in plain] == [(hit.document.id, hit.score) for hit in fed]


def test_the_best_hit_counts_most_and_stop_words_and_numbers_do_not() -> None:
    query, _ = read_query("asylum appeal")
    first, second = weights([9.0, 6.0])
    law = key_words(["court"], ["court", "the", "2021", "judge"])
    best = [Best(law, first), Best({"concert": 0.5}, second)]
    node = with_feedback(query, "law", best, lambda roots: [1.0] * len(roots))
    added = _added(node)
    assert list(added) == ["court", "judge", "concert"]
    assert added["concert"] < added["judge"] / 10
    assert sum(added.values()) == pytest.approx(2)  # as much as the two words of the query


def test_a_document_is_known_by_its_most_frequent_words_and_of_equal_ones_the_longer() -> None:
    words = ["of", "tea", "tea", "harbour", "port", "2021", *(f"w{number}" for number in range(KEY_WORDS))]
    found = key_words(["port"], words)
    assert list(found)[:4] == ["port", "tea", "harbour", "w0"]
    assert len(found) == KEY_WORDS
    assert found["port"] == 2 / 13
    assert key_words([], ["of", "2021"]) == {}


OPEN = ["asylum appeal", "+court asylum appeal", "asylum appeal lang:en", "حق پناهندگی", "(asylum appeal) -music"]


@pytest.mark.parametrize("query", OPEN)
def test_several_words_that_need_not_all_match_leave_open_what_they_are_about(query: str) -> None:
    assert leaves_open(read_query(query)[0])


def test_hits_far_below_the_best_are_not_looked_at() -> None:
    assert weights([9.0, 9.0, 3.0]) == [1.0, 1.0]
    assert weights([0.0]) == weights([]) == []


def test_the_best_hit_stays_the_best(tmp_path: Path) -> None:
    """Six pages share what they say of courts, and none of them is as much about asylum as the first."""
    courts = [Document(id=number, text="Asylum court judge; court judge.") for number in "123456"]
    others = [Document(id=f"rain {number}", text="Rain fell on the hills.") for number in range(20)]
    with migsearch.open(tmp_path, create=True) as index:
        index.add([Document(id="home", text="Asylum for old musicians."), *courts, *others])
        for sort in ("words", "relevance"):
            assert index.search("asylum musicians", sort=sort).hits[0].document.id == "home"


def test_only_so_many_words_are_taken_and_none_that_finds_no_other_document() -> None:
    query, _ = read_query("asylum appeal")
    roots = [f"w{number:02}" for number in range(TERMS + 5)]
    best = [Best(dict.fromkeys(roots, 0.01), 1.0)]
    node = with_feedback(query, "law", best, lambda asked: [0.0 if root == "w00" else 1.0 for root in asked])
    assert list(_added(node)) == roots[1 : TERMS + 1]


def _added(node: Node) -> dict[str, float]:
    assert isinstance(node, And)
    return {term.text: term.weight for term in node.maybe if isinstance(term, Term)}
