"""How a query was read, and why a document has the score it has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import migsearch
from migsearch import Document, Index
from migsearch.engine.memory import MemoryEngine
from migsearch.query import tree
from migsearch.query.interpretation import asked_field, asked_text, interpret
from migsearch.query.words import STEM_WEIGHT, SURFACE_WEIGHT

DOCUMENTS = [
    Document(
        id="return",
        title="Voluntary return from Iran",
        text="IOM helped refugees with voluntary return. The Ministry of Refugees thanked IOM for safe return.",
        date="2021-04-15",  # type: ignore[arg-type]
        organisations=("iom", "morr-af"),
        language="en",
    ),
    Document(
        id="عودت",
        title="عودت مهاجرین از ایران",
        text="وزارت امور مهاجرین و عودت‌کنندگان گفت که عودت داوطلبانه ادامه دارد.",
        date="2022",  # type: ignore[arg-type]
        organisations=("morr-af",),
        language="fa",
        region="AF",
    ),
    Document(id="un", title="A note", text="The United Nations met.", organisations=("un",), language="en"),
]


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path = tmp_path_factory.mktemp("explanation") / "index"
    opened = Index(MemoryEngine(), path) if request.param == "memory" else migsearch.open(path, create=True)
    with opened:
        opened.add(DOCUMENTS)
        yield opened


# ----------------------------------------------------------------------------------------------------------------------
# Reading
# ----------------------------------------------------------------------------------------------------------------------

ROLES = [
    ("Herat", ["word required Herat"]),
    ("the returnees of Herat", ["word dropped the", "word ranks returnees", "word dropped of", "word ranks Herat"]),
    ("the of", ["word ranks the", "word ranks of"]),
    ('"safe migration" Herat', ['phrase required "safe migration"', "word ranks Herat"]),
    ("«مهاجرت مصون» هرات", ["phrase required «مهاجرت مصون»", "word ranks هرات"]),
    ("migra* Herat", ["prefix ranks migra*", "word ranks Herat"]),
    ("Herat -org:eu", ["word required Herat", "filter excluded organisation:eu"]),
    ("Herat -Kabul -“two words”", ["word required Herat", "word excluded Kabul", "phrase excluded “two words”"]),
    (
        "org:iom lang:fa-AF date:2021-04..2022",
        [
            "filter required organisation:iom",
            "filter required language:fa-AF",
            "filter required date:2021-04..2022",
        ],
    ),
    (
        'org:"European Union" OR org:iom',
        ['filter ranks organisation:"European Union"', "filter ranks organisation:iom"],
    ),
    ("title:Herat Kabul", ["word required Herat", "word ranks Kabul"]),
    ("عودت کنندگان از ایران", ["word ranks عودت کنندگان", "word dropped از", "word ranks ایران"]),
    ("", []),
    ("...", []),
]


@pytest.mark.parametrize(("query", "expected"), ROLES, ids=[query or "nothing" for query, _ in ROLES])
def test_each_part_of_a_query_has_a_role(query: str, expected: list[str]) -> None:
    interpretation = interpret(query)
    assert [f"{part.kind} {part.role} {part.text}" for part in interpretation.parts] == expected
    for part in interpretation.parts:
        assert part.text.endswith(query[part.span.start : part.span.end])
        assert bool(part.asked) == (part.role != "dropped")


def test_a_word_has_its_spelling_its_root_and_their_weights() -> None:
    [part] = interpret("Refugees'").parts
    assert (part.surface, part.root, part.alternatives) == ("refugees", "refuge", ())
    assert [(node.field, node.text, node.weight) for node in part.asked] == [  # type: ignore[union-attr]
        ("root", "refuge", 1.0),
        ("surface", "refugees", SURFACE_WEIGHT),
        ("root", "refug", STEM_WEIGHT),
    ]


def test_a_word_has_its_alternatives() -> None:
    [part] = interpret("پوهنتون").parts
    alternatives = {asked_text(node): node.weight for node in part.alternatives}  # type: ignore[union-attr]
    assert 0 < alternatives["دانشگاه"] < 1
    assert part.root not in alternatives


def test_a_compound_is_one_word_in_every_spelling() -> None:
    interpretations = [interpret(query).parts for query in ("بین‌المللی", "بین المللی", "بینالمللی")]
    assert [len(parts) for parts in interpretations] == [1, 1, 1]
    assert len({part.root for [part] in interpretations}) == 1
    assert len({part.asked for [part] in interpretations}) == 1


def test_spans_are_those_of_the_query() -> None:
    query = 'Kabul title:("Migration Service" OR migra*) وزارتِ مهاجرین'
    interpretation = interpret(query)
    assert [query[slice(*part.span)] for part in interpretation.parts] == [part.text for part in interpretation.parts]
    tokens = [query[slice(*token.span)] for part in interpretation.parts for token in part.tokens]
    assert tokens == ["Kabul", "Migration", "Service", "migra", "وزارتِ", "مهاجرین"]
    assert {asked_field(node) for part in interpretation.parts[1:3] for node in part.asked} == {
        "title_root",
        "title_surface",
    }


def test_a_word_typed_twice_weighs_twice() -> None:
    once, twice = interpret("Herat").parts[0], interpret("Herat Herat").parts[0]
    assert [node.weight for node in twice.asked] == [2 * node.weight for node in once.asked]  # type: ignore[union-attr]


def test_what_was_read_leniently_is_noted() -> None:
    assert [note.message for note in interpret("(Herat").notes] == ["this ( is not closed"]
    with pytest.raises(migsearch.QueryError):
        interpret("date:someday")


# ----------------------------------------------------------------------------------------------------------------------
# Scores
# ----------------------------------------------------------------------------------------------------------------------

WORDS = ["IOM", "refugees", "عودت", "عودت کنندگان", "مهاجر", "the", "Iran", "ایران", "nobody", "OR", "پوهنتون"]
MARKED = [
    '"voluntary return"', "«عودت داوطلبانه»", "retu*", "title:return", "title:(عودت Iran)", "org:iom", "lang:fa",
    "date:2021..2022", "-org:un", "-refugees", "(IOM OR عودت)", '("safe return" OR org:morr-af)', '"', "(",
]  # fmt: skip
queries = st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKED), max_size=6).map(" ".join)


@settings(max_examples=80)
@given(query=queries)
def test_contributions_add_up_to_the_score(index: Index, query: str) -> None:
    scores = {hit.document.id: hit.score for hit in index.search(query)}
    for document in DOCUMENTS:
        answer = index.explain(query, document.id)
        assert answer is not None
        assert answer.interpretation == interpret(query)
        assert answer.matches == (document.id in scores)
        assert sum(added.score for added in answer.contributions) == pytest.approx(scores.get(document.id, 0), abs=1e-9)
        assert answer.score == pytest.approx(scores.get(document.id, 0), abs=1e-9)
        assert bool(answer.missing) == (not answer.matches)


def leaves(node: tree.Node) -> set[tree.Node]:
    if isinstance(node, tree.Not):
        return leaves(node.child)
    if isinstance(node, tree.Or | tree.And):
        children = (*node.children, *node.maybe) if isinstance(node, tree.And) else node.children
        return set().union(*map(leaves, children))
    return {node} - {tree.Everything()}


@settings(max_examples=80)
@given(query=queries)
def test_all_that_is_asked_is_accounted_for(query: str) -> None:
    interpretation = interpret(query)
    assert {node for part in interpretation.parts for node in part.asked} | {*interpretation.together} == leaves(
        interpretation.tree
    )


def test_a_score_term_by_term(index: Index) -> None:
    answer = index.explain("IOM refugees", "return")
    assert answer is not None
    added = {(term.field, term.term): term for term in answer.contributions}
    assert list(added) == [
        ("root", "iom"),
        ("surface", "iom"),
        ("root", "refuge"),
        ("surface", "refugees"),
        ("root", "refug"),
    ]
    root, surface = added["root", "refuge"], added["surface", "refugees"]
    # Twice in the text; the title, of four words, counts twice.
    assert (root.frequency, root.length) == (2, 2 * 4 + 15)
    assert surface.score == pytest.approx(SURFACE_WEIGHT * root.score)
    assert (root.weight, surface.weight) == (1.0, SURFACE_WEIGHT)


def test_there_is_no_such_document(index: Index) -> None:
    assert index.explain("IOM", "nobody") is None


MISSING = [
    ("nobody", "return", ["it lacks the word nobody"]),
    ("nobody هرات", "return", ["it has none of: the word nobody, the word هرات"]),
    ('IOM "return voluntary"', "return", ['it lacks the phrase "return voluntary"']),
    ("title:refugees IOM", "return", ["it lacks the word refugees in its title"]),
    (
        "title:(Herat Kabul*)",
        "return",
        ["it has none of: the word Herat in its title, a word like Kabul* in its title"],
    ),
    ("IOM org:eu date:2019", "return", ["it lacks organisation:eu", "it lacks date:2019"]),
    ("IOM -refugees -Kabul", "return", ["it has what is excluded: the word refugees"]),
    ("IOM -(refugees Kabul)", "return", ["it has what is excluded: the word refugees"]),
    ("org:eu OR org:un", "return", ["it has none of: organisation:eu, organisation:un"]),
    ("عودت lang:en", "عودت", ["it lacks language:en"]),
    ("پوهنتون", "un", ["it lacks the word پوهنتون"]),
]


@pytest.mark.parametrize(("query", "id", "missing"), MISSING, ids=[query for query, *_ in MISSING])
def test_a_document_that_does_not_match_is_told_why(index: Index, query: str, id: str, missing: list[str]) -> None:
    answer = index.explain(query, id)
    assert answer is not None
    assert (answer.matches, answer.score, answer.contributions) == (False, 0, ())
    assert list(answer.missing) == missing


def test_of_the_demonstration_corpus_every_score_is_explained(corpus_index: Index) -> None:
    for query in ("IOM Turkmenistan", "بازگشت پناهندگان از ایران", '"voluntary return" OR عودت', "title:health migr*"):
        for hit in corpus_index.search(query, limit=100):
            answer = corpus_index.explain(query, hit.document.id)
            assert answer is not None
            assert sum(added.score for added in answer.contributions) == pytest.approx(hit.score, abs=1e-9)
