"""The codec under Whoosh itself: its writer, readers, matchers and queries find what they find by their own codec."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import columns, fields, formats, index, qparser, query, sorting
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec import default_codec
from whoosh.filedb.filestore import RamStorage

from migsearch.engine.whoosh.codec import ColumnarCodec

WORDS = ("alfa", "bravo", "charlie", "delta", "پناهنده", "مهاجر", "al", "alfalfa")


def schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        title=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), field_boost=2.5),
        text=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), stored=True),
        tags=fields.KEYWORD(lowercase=True, commas=True),
        year=fields.NUMERIC(int, stored=True, sortable=True),
        place=fields.ID(sortable=True),
    )


texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
documents = st.fixed_dictionaries(
    {"id": st.sampled_from("abcdefgh"), "text": texts},
    optional={
        "title": texts,
        "tags": st.sampled_from(["x", "x,y", "y,z,x"]),
        "year": st.integers(-5, 2030),
        "place": st.sampled_from(["kabul", "herat"]),
        "_title_boost": st.sampled_from([2.0, 0.5]),
    },
)
words = st.sampled_from((*WORDS, "none"))
leaves: st.SearchStrategy[query.Query] = st.one_of(
    st.builds(query.Term, st.sampled_from(["text", "title"]), words),
    st.builds(query.Phrase, st.just("text"), st.lists(words, min_size=2, max_size=3), slop=st.integers(1, 2)),
    st.builds(query.Prefix, st.just("text"), st.sampled_from(["al", "b", ""])),
    st.builds(query.Wildcard, st.just("text"), st.sampled_from(["*l?a", "a*", "*i*"])),
    st.builds(query.FuzzyTerm, st.just("text"), words, maxdist=st.integers(1, 2)),
    st.builds(query.Term, st.just("tags"), st.sampled_from("xyz")),
    st.builds(query.NumericRange, st.just("year"), st.integers(-5, 10), st.integers(0, 2030)),
    st.builds(query.TermRange, st.just("text"), st.just("b"), st.just("d")),
    st.just(query.Every()),
)
queries = st.recursive(
    leaves,
    lambda children: st.one_of(
        st.builds(query.And, st.lists(children, min_size=1, max_size=3)),
        st.builds(query.Or, st.lists(children, min_size=1, max_size=3)),
        st.builds(query.AndNot, children, children),
        st.builds(query.AndMaybe, children, children),
    ),
    max_leaves=6,
)
commits = st.lists(
    st.tuples(st.lists(documents, max_size=5), st.sampled_from(["merge", "keep", "optimize"])), min_size=1, max_size=4
)


@pytest.fixture(autouse=True, scope="module")
def temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the temporary files of ``RamStorage``, whose names are always the same, from those of other processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("whoosh")))
        yield


def written(codec: Any, batches: list[tuple[list[dict[str, Any]], str]]) -> index.FileIndex:
    """Write batches of documents, each in a commit, by Whoosh's own writer."""
    opened = RamStorage().create_index(schema())
    for batch, how in batches:
        writer = opened.writer(codec=codec)
        for document in {document["id"]: document for document in batch}.values():
            writer.update_document(**document)
        writer.commit(merge=how == "merge", optimize=how == "optimize")
    return opened


ALL, SORTED, BEST = {"limit": None}, {"limit": 3, "sortedby": "year", "reverse": True}, {"limit": 2}


def can_answer(searcher: Any, one: query.Query) -> bool:
    """Tell whether Whoosh answers a query: ``AndNot`` may ask a matcher of Whoosh's own that is finished for its id."""
    try:
        for options in (ALL, SORTED, BEST):
            searcher.search(one, **options)
    except IndexError:
        return False
    return True


@settings(max_examples=25)
@given(commits, st.lists(queries, min_size=1, max_size=6))
@example(
    [([{"id": id, "text": text} for id, text in zip("abc", ("alfa", "bravo", "alfa charlie"), strict=True)], "merge")],
    [query.And([query.Term("text", "alfa"), query.AndNot(query.Term("text", "bravo"), query.Term("text", "charlie"))])],
)
def test_whoosh_finds_the_same_with_the_same_scores(batches: list[Any], asked: list[query.Query]) -> None:
    with written(ColumnarCodec(), batches).searcher() as ours, written(default_codec(), batches).searcher() as theirs:
        assert list(ours.reader().all_terms()) == list(theirs.reader().all_terms())
        for one in asked:
            if not can_answer(theirs, one):
                continue
            found, expected = ours.search(one, **ALL), theirs.search(one, **ALL)
            assert {hit["id"]: pytest.approx(hit.score, rel=1e-6) for hit in found} == {
                hit["id"]: hit.score for hit in expected
            }
            assert [hit.fields() for hit in ours.search(one, **SORTED)] == [
                hit.fields() for hit in theirs.search(one, **SORTED)
            ]
            assert {round(hit.score, 4) for hit in ours.search(one, **BEST)} == {
                round(hit.score, 4) for hit in theirs.search(one, **BEST)
            }


@settings(max_examples=15)
@given(commits)
def test_whoosh_reads_the_same(batches: list[Any]) -> None:
    ours, theirs = written(ColumnarCodec(), batches).reader(), written(default_codec(), batches).reader()
    assert ours.doc_count() == theirs.doc_count()
    for term in theirs.all_terms():
        text = term[1]
        mine, other = ours.term_info(*term), theirs.term_info(*term)
        assert (mine.doc_frequency(), mine.weight()) == (other.doc_frequency(), pytest.approx(other.weight()))
        assert (mine.min_id(), mine.max_id()) == (other.min_id(), other.max_id())
        assert walked(ours, *term) == walked(theirs, *term)
        assert text in ours.lexicon(term[0])
    for number in theirs.all_doc_ids():
        assert ours.stored_fields(number) == theirs.stored_fields(number)
        for name in ("title", "text"):
            assert ours.doc_field_length(number, name, 0) == (theirs.doc_field_length(number, name, 0) or 0)
    if theirs.doc_count():
        assert ours.field_length("text") == theirs.field_length("text")
        assert sorted(ours.terms_within("text", "alfb", 1)) == sorted(theirs.terms_within("text", "alfb", 1))


def walked(reader: Any, field: str, text: bytes) -> list[Any]:
    """Return the postings of a term."""
    matcher = reader.postings(field, text)
    found = []
    while matcher.is_active():
        positions = matcher.value_as("positions") if matcher.supports("positions") else None
        found.append((matcher.id(), matcher.weight(), positions))
        matcher.next()
    return found


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[index.FileIndex]:
    """An index in a folder, with Whoosh's own table of contents."""
    made = index.create_in(str(tmp_path), schema())
    with made.writer(codec=ColumnarCodec()) as writer:
        for number in range(300):
            writer.add_document(id=str(number), text="alfa bravo " * (number % 7 + 1) + WORDS[number % 5], year=number)
    yield made
    made.close()


def test_an_index_in_a_folder_is_reopened_by_whoosh(opened: index.FileIndex) -> None:
    with opened.writer(codec=ColumnarCodec()) as writer:
        writer.delete_by_term("id", "7")
    again = index.open_dir(opened.storage.folder)
    with again.searcher() as searcher:
        parser = qparser.QueryParser("text", again.schema)
        assert len(searcher.search(parser.parse('"alfa bravo" charlie'), limit=None)) == 59
        assert searcher.document(id="7") is None
        assert searcher.document(id="8")["year"] == 8
        counts = searcher.search(query.Every(), groupedby=sorting.FieldFacet("year"), limit=1).groups()
        assert len(counts) == 299


def test_no_file_of_a_segment_is_a_pickle(opened: index.FileIndex) -> None:
    for path in Path(opened.storage.folder).glob("*.seg"):
        with pytest.raises((pickle.UnpicklingError, ValueError, EOFError, KeyError, IndexError)):
            pickle.loads(path.read_bytes())
        assert b"cpickle" not in path.read_bytes()


@pytest.mark.parametrize(
    "field",
    [
        lambda: fields.TEXT(chars=True),
        lambda: fields.TEXT(vector=formats.Frequency()),
        lambda: fields.STORED(),
        lambda: fields.COLUMN(columns.PickleColumn(columns.VarBytesColumn())),
    ],
    ids=["characters", "vectors", "a value that is no JSON", "a pickled column"],
)
def test_what_it_does_not_store_is_refused(field: Callable[[], Any]) -> None:
    value: Any = "some words" if isinstance(field(), fields.TEXT) else {1, 2}
    writer = RamStorage().create_index(fields.Schema(a=field())).writer(codec=ColumnarCodec())

    def write() -> None:
        writer.add_document(a=value)
        writer.commit()

    with pytest.raises(TypeError):
        write()
