"""The contract of an engine: the searches of contract.toml, and generated ones that all engines answer alike.

Run against the memory engine, which is the oracle, and Whoosh, once with segments and the runs of a commit merged all
the time, and once with every commit left in a segment of its own.
"""

from __future__ import annotations

import datetime
import math
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migsearch.engine.base import (
    FACETS,
    KEYWORD_FIELDS,
    POSITION_FIELDS,
    TERM_FIELDS,
    Change,
    Engine,
    Entry,
    Found,
    Terms,
    idf,
    saturation,
)
from migsearch.engine.judging import Judged
from migsearch.engine.memory import MemoryEngine
from migsearch.engine.whoosh import WhooshEngine, commits, merging
from migsearch.model import BY_TIME, ORDERS, Order
from migsearch.query.expansion import MAX_EXPANSIONS, MAX_FUZZY
from migsearch.query.tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Keyword,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
    simplify,
)

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Row = dict[str, Any]
Reopen = Callable[[Engine], Engine]

CONTRACT: dict[str, list[Row]] = tomllib.loads(Path(__file__).with_name("contract.toml").read_text(encoding="utf-8"))
ENGINES = ("memory", "whoosh, merging", "whoosh in many segments")


@contextmanager
def opened(name: str) -> Iterator[tuple[Engine, Reopen]]:
    """Yield a new engine, and what closes it and opens it again."""
    if name == "memory":
        yield MemoryEngine(), lambda engine: engine
        return
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        is_merging = name == "whoosh, merging"
        patch.setattr(merging, "TIER", 2 if is_merging else sys.maxsize)
        patch.setattr(commits, "SPILLED", 0 if is_merging else sys.maxsize)
        engines = [WhooshEngine(Path(folder, "index"), create=True)]

        def reopen(engine: Engine) -> Engine:
            engine.close()
            engines.append(WhooshEngine(Path(folder, "index")))
            return engines[-1]

        try:
            yield engines[0], reopen
        finally:
            engines[-1].close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with opened(request.param) as (engine, _):
        yield engine


def ids(found: Found) -> list[str]:
    """Return the ids on a page: in these tests a record is the id of its document."""
    return [record for record, _ in found.page]


# ----------------------------------------------------------------------------------------------------------------------
# contract.toml
# ----------------------------------------------------------------------------------------------------------------------


def entry(row: Row) -> Entry:
    first, last = map(day, row.get("dates", ("", "")))
    return Entry(
        row["id"],
        {field: [None if t == "|" else t for t in row[field].split()] for field in TERM_FIELDS if field in row},
        {field: row[field] for field in KEYWORD_FIELDS if field in row and field != "id"},
        first,
        last,
        record=row["id"],
    )


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def node(row: Row) -> Node:
    """Build a tree from its notation, which is described in contract.toml."""
    row = dict(row)
    field, weight = row.pop("in", "root"), row.pop("weight", 1.0)
    maybe = tuple(map(node, row.pop("maybe", ())))
    ((kind, value),) = row.items()
    build: dict[str, Callable[[], Node]] = {
        "term": lambda: Term(field, value, weight),
        "phrase": lambda: Phrase(field, tuple(value.split()), weight),
        "prefix": lambda: Prefix(field, value, weight),
        "wildcard": lambda: Wildcard(field, value, weight),
        "fuzzy": lambda: Fuzzy(field, value.rstrip("~"), value.count("~"), weight),
        "near": lambda: Near(field, tuple(value.rstrip("+").split()), value.count("+"), weight),
        "keyword": lambda: Keyword(field, value),
        "dates": lambda: DateRange(*map(day, value)),
        "all": Everything,
        "or": lambda: Or(tuple(map(node, value))),
        "and": lambda: And(tuple(map(node, value)), maybe),
        "not": lambda: Not(node(value)),
    }
    return build[kind]()


DOCUMENTS = [entry(row) for row in CONTRACT["documents"]]


def in_one_commit(engine: Engine) -> None:
    engine.write(DOCUMENTS)


def one_by_one(engine: Engine) -> None:
    for document in reversed(DOCUMENTS):
        engine.write([document])


def after_others(engine: Engine) -> None:
    """Write documents that are then replaced or deleted, so that no trace of them may be left."""
    others = ["migrat migrat unhcr safe migrat", "holiday seminar offic", "regular migrat safe مهاجر zz"]
    drafts = [
        Entry(
            document.id, {"root": words.split(), "title_root": ["border"]}, {"organisation": ["iom", "eu"]}, record="?"
        )
        for document, words in zip(DOCUMENTS, others * len(DOCUMENTS), strict=False)
    ]
    extra = [
        Entry(f"extra {draft.id}", draft.terms, draft.keywords, day("2021-05-05"), day("2021-05-05"))
        for draft in drafts
    ]
    engine.write(drafts[::2])
    engine.write([*drafts[1::2], *extra])
    engine.write(DOCUMENTS[:5], delete=[document.id for document in extra[:7]])
    engine.write(DOCUMENTS[5:], delete=[document.id for document in extra[7:]])


@pytest.fixture(scope="module", params=[in_one_commit, one_by_one, after_others], ids=lambda write: write.__name__)
def history(request: pytest.FixtureRequest) -> Callable[[Engine], None]:
    write: Callable[[Engine], None] = request.param
    return write


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, history: Callable[[Engine], None]) -> Iterator[Engine]:
    with opened(request.param) as (engine, _):
        history(engine)
        yield engine


@pytest.mark.parametrize("search", CONTRACT["searches"], ids=lambda search: search["name"].replace(" ", "_"))
def test_contract(filled: Engine, search: Row) -> None:
    for query in (node(search["query"]), simplify(node(search["query"]))):
        found = filled.find(query, limit=100, facets=FACETS, order=search.get("order", "relevance"))
        assert ids(found) == search["ids"]
        assert found.total == len(search["ids"])
        for name, counts in search.get("facets", {}).items():
            assert dict(found.facets[name]) == counts


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (
            "2021-03-20",
            "2021-03-20",
            {"year": "2021", "month": "2021-03", "solar_year": "1399", "solar_month": "1399-12"},
        ),
        (
            "2021-03-21",
            "2021-03-21",
            {"year": "2021", "month": "2021-03", "solar_year": "1400", "solar_month": "1400-01"},
        ),
        (
            "2020-03-20",
            "2020-03-20",
            {"year": "2020", "month": "2020-03", "solar_year": "1399", "solar_month": "1399-01"},
        ),
        ("2021-03-20", "2021-03-21", {"year": "2021", "month": "2021-03"}),
        ("2021-03-21", "2021-04-20", {"year": "2021", "solar_year": "1400", "solar_month": "1400-01"}),
        ("2021-03-21", "2022-03-20", {"solar_year": "1400"}),
        ("2021-01-01", "2021-12-31", {"year": "2021"}),
        ("0001-01-01", "0001-01-01", {"year": "0001", "month": "0001-01"}),
        (
            "9999-12-31",
            "9999-12-31",
            {"year": "9999", "month": "9999-12", "solar_year": "9378", "solar_month": "9378-10"},
        ),
    ],
)
def test_periods(engine: Engine, first: str, last: str, periods: dict[str, str]) -> None:
    days = (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    engine.write([Entry("a", {}, {}, *days)])
    counts = engine.find(Everything(), limit=1, facets=BY_TIME).facets
    assert {name: value for name in BY_TIME for value in counts[name]} == periods


@pytest.mark.parametrize("row", CONTRACT["explanations"], ids=lambda row: row["name"].replace(" ", "_"))
def test_explanations(filled: Engine, row: Row) -> None:
    for query in (node(row["query"]), simplify(node(row["query"]))):
        judged = filled.explain(query, row["id"])
        assert judged is not None
        assert judged.matches == row["matches"]
        assert [[added.field, added.term, added.frequency, added.length] for added in judged.contributions] == [
            [*term[:4]] for term in row["terms"]
        ]
        for added, (*_, containing) in zip(judged.contributions, row["terms"], strict=True):
            fields = [list(document.terms.get(added.field, ())) for document in DOCUMENTS]
            assert added.average_length == pytest.approx(sum(len(f) - f.count(None) for f in fields) / len(fields))
            assert added.idf == pytest.approx(idf(len(DOCUMENTS), containing))
            share = saturation(added.frequency, added.length, added.average_length)
            assert added.score == pytest.approx(added.weight * added.idf * share)
        found = dict(filled.find(query, limit=100).page)
        assert found.get(row["id"]) == (pytest.approx(judged.score, abs=1e-9) if row["matches"] else None)
        assert filled.explain(query, "nobody") is None


@pytest.mark.parametrize("order", ORDERS)
def test_a_page_is_a_slice_of_the_matches(filled: Engine, order: Order) -> None:
    everything = filled.find(Everything(), limit=100, order=order)
    for offset in range(0, 15, 4):
        page = filled.find(Everything(), limit=4, offset=offset, order=order)
        assert page.page == everything.page[offset : offset + 4]
        assert page.total == everything.total
    nothing = filled.find(Everything(), limit=0, facets=["language"])
    assert (nothing.page, nothing.facets["language"]["en"]) == ((), 5)


def test_ids_in_the_order_of_code_points(filled: Engine) -> None:
    assert filled.ids("", 100) == sorted(document.id for document in DOCUMENTS)
    assert filled.ids("notice", 2) == ["notice 0", "notice a"]
    assert filled.ids("ع", 10) == ["عودت-هرات"]
    assert filled.ids("nobody", 10) == []


def test_frequencies_of_documents(filled: Engine) -> None:
    assert list(filled.frequencies("root", ["migrat", "iom", "holiday", "nobody", "zz"])) == [
        sum(term in document.terms.get("root", ()) for document in DOCUMENTS)
        for term in ("migrat", "iom", "holiday", "nobody", "zz")
    ]


def test_terms_with_their_documents(filled: Engine) -> None:
    terms = sorted({term for document in DOCUMENTS for term in document.terms.get("root", ()) if term})
    assert list(filled.terms("root")) == terms
    assert list(filled.terms("root").values()) == list(filled.frequencies("root", terms))
    assert list(filled.terms("root", "migra")) == [term for term in terms if term.startswith("migra")]
    assert filled.terms("root", "nobody") == filled.terms("surface", "\ud800") == {}


def test_records(filled: Engine) -> None:
    assert [filled.read(document.id) for document in DOCUMENTS] == [document.id for document in DOCUMENTS]
    assert filled.read("extra blank") is None


# ----------------------------------------------------------------------------------------------------------------------
# Scores, writing
# ----------------------------------------------------------------------------------------------------------------------


def test_the_score_is_bm25(engine: Engine) -> None:
    texts = {"long": ["iom", "iom", None, "un"], "short": ["iom"], "other": ["eu", "eu"]}
    engine.write(Entry(id, {"root": terms}, record=id) for id, terms in texts.items())
    # ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = 0.4700036; the mean length is 2.
    # long: 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2)); short: 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / 2)).
    scores = engine.find(Term("root", "iom"), limit=9).page
    assert scores == (("short", pytest.approx(0.5908617)), ("long", pytest.approx(0.5665797)))
    assert engine.find(Term("root", "iom", 2.0), limit=9).page[0][1] == pytest.approx(2 * 0.5908617)
    # "un" is in one document: ln(1 + 2.5 / 1.5) * 2.2 / (1 + 1.2 * 1.375) = 0.8142733, both words together.
    both = Or((Term("root", "iom"), Term("root", "un")))
    assert engine.find(both, limit=9).page[0] == ("long", pytest.approx(0.5665797 + 0.8142733))
    # A phrase scores as its words do, though one stands there twice; a prefix as one word; a filter adds nothing.
    assert engine.find(Phrase("root", ("iom", "iom")), limit=9).page == (("long", pytest.approx(2 * 0.5665797)),)
    # "iom" twice and "in" once: 3 * 2.2 / (3 + 1.2 * 1.375), with the same rarity.
    engine.write([Entry("long", {"root": ["iom", "iom", None, "in"]}, record="long")])
    begun = engine.find(Prefix("root", "i"), limit=9).page
    assert begun == (("long", pytest.approx(0.4700036 * 6.6 / 4.65)), ("short", pytest.approx(0.5908617)))
    assert engine.find(Not(Term("root", "eu")), limit=9).page == (("long", 0.0), ("short", 0.0))


def test_changes_are_counted(engine: Engine) -> None:
    def entries(*ids: str) -> list[Entry]:
        return [Entry(id, {}, record=id) for id in ids]

    assert engine.write(entries("a", "b", "c")) == Change(added=3)
    assert engine.write(entries("c", "d")) == Change(added=1, replaced=1)
    assert engine.write(entries("e"), delete=["a", "a", "nobody"]) == Change(added=1, deleted=1)
    assert engine.write((), delete=["nobody"]) == Change()
    assert engine.write(entries("b"), delete=["b"]) == Change(added=1, deleted=1)
    assert engine.ids("", 9) == ["b", "c", "d", "e"]


def test_an_error_among_the_entries_changes_nothing(engine: Engine) -> None:
    engine.write([Entry("a", {"root": ["old"]}, record="old")])

    def broken() -> Iterator[Entry]:
        yield Entry("a", {"root": ["new"]}, record="new")
        yield Entry("b", {"root": ["new"]}, record="new")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        engine.write(broken(), delete=["a"])
    assert (engine.ids("", 9), engine.read("a"), engine.find(Term("root", "new"), limit=9).total) == (["a"], "old", 0)
    engine.write([Entry("c", {"root": ["old"]}, record="c")])
    assert ids(engine.find(Term("root", "old"), limit=9)) == ["old", "c"]


def test_an_empty_engine(engine: Engine) -> None:
    for query in (
        Everything(),
        Term("root", "a"),
        Phrase("root", ("a", "b")),
        Prefix("root", ""),
        DateRange(None, None),
    ):
        assert engine.find(query, limit=9, facets=["year"]) == Found(0, (), {"year": {}})
        assert engine.explain(query, "a") is None
    assert (engine.ids("", 9), engine.read("a")) == ([], None)


def test_what_is_asked_at_one_commit_sees_no_later_one(tmp_path: Path) -> None:
    with closing(WhooshEngine(tmp_path / "index", create=True)) as reader, closing(WhooshEngine(reader.path)) as writer:
        with reader.one_commit():
            writer.write([Entry("a", {"root": ["new"]}, record="a")])
            with reader.one_commit():
                assert reader.find(Everything(), limit=9).total == 0
            assert list(reader.frequencies("root", ["new"])) == [0]
        assert ids(reader.find(Term("root", "new"), limit=9)) == ["a"]


def test_what_has_no_encoding_is_not_there(engine: Engine) -> None:
    """A lone surrogate, which is what Python makes of a broken byte in an argument."""
    engine.write([Entry("a", {"root": ["a"]}, record="a")])
    broken = "a\udcff"
    queries = (
        Term("root", broken),
        Phrase("root", ("a", broken)),
        Prefix("root", broken),
        Keyword("organisation", broken),
    )
    assert [engine.find(query, limit=9).total for query in queries] == [0, 0, 0, 0]
    assert [engine.explain(query, "a").matches for query in queries] == [False] * 4  # type: ignore[union-attr]
    assert (engine.read(broken), engine.ids(broken, 9), engine.write((), delete=[broken])) == (None, [], Change())
    assert engine.explain(Everything(), broken) is None


def test_what_is_deleted_takes_no_place_of_what_is_left(engine: Engine) -> None:
    """More documents deleted than a prefix may stand for, all of them before the others in the lexicon."""
    many = [Entry(f"{n:04}", {"root": [f"w{n:04}"]}, record=f"{n:04}") for n in range(MAX_EXPANSIONS + 200)]
    engine.write(many)
    assert engine.find(Prefix("root", "w"), limit=1).total == MAX_EXPANSIONS
    assert engine.find(Prefix("root", "w"), limit=1).capped == {Prefix("root", "w")}
    engine.write((), delete=[document.id for document in many[:-3]])
    assert not engine.find(Prefix("root", "w"), limit=1).capped
    assert ids(engine.find(Prefix("root", "w"), limit=9)) == ["1197", "1198", "1199"]
    assert engine.ids("", 2) == ["1197", "1198"]


def test_a_pattern_stands_for_the_terms_of_most_documents(engine: Engine) -> None:
    terms = [f"w{n:04}" for n in range(MAX_EXPANSIONS + 200)]
    often, early, late = terms[-250:], terms[: MAX_EXPANSIONS - 250], terms[MAX_EXPANSIONS - 250 : -250]
    texts = {"often": often, "again": often, "early": early, "late": late}
    engine.write(Entry(id, {"root": words}, record=id) for id, words in texts.items())
    every = Wildcard("root", "*")
    assert (sorted(ids(engine.find(every, limit=9))), engine.find(every, limit=9).capped) == (
        ["again", "early", "often"],
        {every},
    )
    added = engine.explain(every, "early")
    assert added
    assert added.contributions[0].frequency == len(early)
    engine.write((), delete=["early"])
    assert sorted(ids(engine.find(every, limit=9))) == ["again", "late", "often"]
    assert not engine.find(every, limit=9).capped


def test_a_misspelt_word_stands_for_the_nearest_terms(engine: Engine) -> None:
    letters = [chr(ord("a") + n) for n in range(26)]
    near = [f"migrant{letter}" for letter in letters]
    far = [f"migran{one}{other}" for one in letters[1:4] for other in letters if one != "t"]
    engine.write(Entry(term, {"root": [term]}, record=term) for term in (*near, *far, "unlike"))
    engine.write(Entry(f"{term} again", {"root": [term]}, record=term) for term in far[-18:])
    found = engine.find(Fuzzy("root", "migrant", 2), limit=500)
    assert {*near, *far[-18:]} <= set(ids(found))
    assert len(set(ids(found))) == MAX_FUZZY
    assert found.capped == {Fuzzy("root", "migrant", 2)}
    one_edit = set(ids(engine.find(Fuzzy("root", "migrant", 1), limit=500)))
    assert one_edit == {*near, *(term for term in far if term.endswith("t"))}


def test_a_pattern_takes_no_time_by_its_length(engine: Engine) -> None:
    engine.write([Entry("a", {"root": ["a" * 5_000]}, record="a")])
    assert engine.find(Wildcard("root", "*a" * 60 + "*b"), limit=9).total == 0
    assert engine.find(Wildcard("root", "*a" * 60 + "*"), limit=9).total == 1


# ----------------------------------------------------------------------------------------------------------------------
# All engines answer alike
# ----------------------------------------------------------------------------------------------------------------------

TERMS = ("a", "ab", "abc", "b", "b😀", "مهاجر", "مهاجرت", "عودت‌کننده")
NUMBERED = ("", *TERMS)
VALUES = ("iom", "un", "en", "fa", "AF")
DAYS = tuple(map(datetime.date.fromisoformat, ("0001-01-01", "2020-12-31", "2021-01-01", "2021-06-01", "9999-12-31")))
IDS = ("1", "10", "B", "a", "ab", "é", "مهاجر", "😀")

term_fields = st.sampled_from(TERM_FIELDS)
weights = st.sampled_from([0.2, 1.0, 2.5])
aparts, edits = st.integers(1, 4), st.integers(1, 2)
days = st.none() | st.sampled_from(DAYS)
intervals = st.none() | st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted)
several = st.lists(st.sampled_from(TERMS[:3]), min_size=1, max_size=3).map(tuple)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, term_fields, st.sampled_from((*TERMS, "zz")), weights),
    st.builds(Phrase, st.sampled_from(POSITION_FIELDS), several, weights),
    st.builds(Near, st.sampled_from(POSITION_FIELDS), several, aparts, weights),
    st.builds(Prefix, term_fields, st.sampled_from(["", "a", "ab", "مها", "zz"]), weights),
    st.builds(Wildcard, term_fields, st.sampled_from(["*", "a*b*", "*b", "*b*", "م*ر", "a*", "*😀", "ab"]), weights),
    st.builds(Fuzzy, term_fields, st.sampled_from(["ab", "ba", "abcd", "b", "مهاجرت", "ماهجر"]), edits, weights),
    st.builds(Keyword, st.sampled_from(KEYWORD_FIELDS), st.sampled_from((*VALUES, *IDS))),
    st.builds(DateRange, days, days),
    st.just(Everything()),
)


def branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, max_size=4).map(tuple)
    return st.one_of(st.builds(Or, several), st.builds(And, several, several), st.builds(Not, children))


queries = st.recursive(leaves, branches, max_leaves=12)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    terms = st.lists(st.none() | st.sampled_from(TERMS[:3]) | st.sampled_from(TERMS), max_size=9)
    terms |= st.lists(st.integers(0, len(TERMS)), max_size=9).map(lambda numbers: Terms(array("I", numbers), NUMBERED))
    values = st.lists(st.sampled_from(VALUES), max_size=3)
    first, last = draw(intervals) or (None, None)
    id = draw(st.sampled_from(IDS))
    return Entry(
        id,
        draw(st.dictionaries(term_fields, terms)),
        draw(st.dictionaries(st.sampled_from([field for field in KEYWORD_FIELDS if field != "id"]), values)),
        first,
        last,
        record=id,
    )


several_entries = st.lists(entries(), max_size=6)
operations = st.just("reopen") | st.tuples(several_entries, st.lists(st.sampled_from(IDS), max_size=3))


@pytest.mark.parametrize("name", ENGINES[1:])
@settings(max_examples=40)
@given(st.lists(operations, max_size=5), st.lists(queries, min_size=1, max_size=8))
@example(  # equal words, added up
    operations=[([Entry("a", {"root": ["a"]}, record="a")], [])],
    asked=[Or((Prefix("root", "a"), Prefix("root", "a"))), Or((Phrase("root", ("a",)), Phrase("root", ("a",))))],
)
def test_every_engine_answers_as_the_memory_engine(name: str, operations: list[Any], asked: list[Node]) -> None:
    memory = MemoryEngine()
    stored: dict[str, Entry] = {}
    with opened(name) as (engine, reopen):
        for operation in operations:
            if operation == "reopen":
                engine = reopen(engine)
                continue
            new, deleted = operation
            assert engine.write(new, delete=deleted) == memory.write(new, delete=deleted)
            stored = {id: document for id, document in stored.items() if id not in deleted}
            stored |= {document.id: document for document in new}
            assert_same(asked[0], engine, memory, stored)
        for query in asked:
            assert_same(query, engine, memory, stored)
        assert engine.ids("", 99) == memory.ids("", 99) == sorted(stored)
        for field in TERM_FIELDS:
            assert list(engine.terms(field).items()) == list(memory.terms(field).items())
        assert engine.ids("a", 1) == memory.ids("a", 1)
        assert [engine.read(id) for id in IDS] == [memory.read(id) for id in IDS]


def assert_same(query: Node, engine: Engine, memory: Engine, stored: dict[str, Entry]) -> None:
    expected = memory.find(query, limit=99, facets=FACETS)
    assert_explained(query, engine, memory, dict(expected.page))
    for order in ORDERS:
        expected = memory.find(query, limit=99, facets=FACETS, order=order)
        assert_ordered(expected, stored, order)
        for found in (
            engine.find(query, limit=99, facets=FACETS, order=order),
            engine.find(simplify(query), limit=99, facets=FACETS, order=order),
            memory.find(simplify(query), limit=99, facets=FACETS, order=order),
        ):
            assert_ordered(found, stored, order)
            assert (found.total, found.capped) == (expected.total, expected.capped)
            assert {n: dict(found.facets[n]) for n in FACETS} == {n: dict(expected.facets[n]) for n in FACETS}
            if order == "relevance":
                assert runs(found.page) == runs(expected.page)
            wanted = dict(expected.page)
            assert dict(found.page).keys() == wanted.keys()
            for id, score in found.page:
                assert math.isclose(score, wanted[id], rel_tol=1e-9)


def assert_explained(query: Node, engine: Engine, memory: Engine, scores: dict[str, float]) -> None:
    """Check that contributions add up to the score, and that the engines name the same ones."""
    found = dict(engine.find(query, limit=99).page)
    for id in IDS:
        judged, expected = engine.explain(query, id), memory.explain(query, id)
        if judged is None or expected is None:
            assert judged is expected is None
            continue
        assert judged.matches == (id in found)
        assert sum(added.score for added in judged.contributions) == pytest.approx(found.get(id, 0.0), abs=1e-9)
        assert sum(added.score for added in expected.contributions) == pytest.approx(scores.get(id, 0.0), abs=1e-9)
        assert_judged_alike(judged, expected)


def assert_judged_alike(judged: Judged, expected: Judged) -> None:
    assert (judged.node, judged.matches) == (expected.node, expected.matches)
    for added, wanted in zip(judged.contributions, expected.contributions, strict=True):
        assert (added.asked, added.term, added.frequency, added.length) == (
            (wanted.asked, wanted.term, wanted.frequency, wanted.length)
        )
        figures = (added.idf, added.average_length, added.score)
        assert figures == pytest.approx((wanted.idf, wanted.average_length, wanted.score), rel=1e-9)
    for child, other in zip(judged.children, expected.children, strict=True):
        assert_judged_alike(child, other)


def assert_ordered(found: Found, stored: dict[str, Entry], order: Order) -> None:
    """Check that the hits are in order: equal scores by date and equal dates by score, then by id."""

    def rank(hit: tuple[str, float]) -> tuple[float, float, str]:
        first = stored[hit[0]].first
        by_score, by_date = -hit[1], -first.toordinal() if first else 0
        return (by_score, by_date, hit[0]) if order == "relevance" else (by_date, by_score, hit[0])

    assert list(found.page) == sorted(found.page, key=rank)


def runs(page: Sequence[tuple[str, float]]) -> list[set[str]]:
    """Return the ids in order; those whose scores the order of additions may decide, in one set."""
    sets: list[set[str]] = []
    previous = math.inf
    for id, score in page:
        if not math.isclose(score, previous, rel_tol=1e-9):
            sets.append(set())
        sets[-1].add(id)
        previous = score
    return sets
