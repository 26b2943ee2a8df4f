"""An index as a program uses it: what was added is there, once, whole, and stays there whatever happens."""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import migsearch
from migsearch import Document, entries
from migsearch.analysis import analyzer
from migsearch.engine.whoosh.errors import TranslatedErrors


@pytest.fixture
def index(tmp_path: Path) -> Iterator[migsearch.Index]:
    with migsearch.open(tmp_path / "index", create=True) as opened:
        yield opened


def ids(index: migsearch.Index, query: str = "") -> list[str]:
    return [hit.document.id for hit in index.search(query, limit=100)]


def in_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


class TestDocuments:
    def test_a_document_comes_back_as_it_was_given(self, index: migsearch.Index) -> None:
        given = Document(
            id="a/1",
            title="عنوان 😀",
            text="یک متن\nwith two lines",
            date="2021-04",  # type: ignore[arg-type]
            organisations=("iom", "our-own"),
            language="fa",
            region="AF",
            source="somewhere",
            surroundings="Home",
        )
        index.add([given])
        assert index.document("a/1") == given
        assert index.document("a") is None

    def test_what_a_document_leaves_empty_is_read_from_its_text(self, index: migsearch.Index) -> None:
        index.add([Document(id="a", title="IOM opens an office", text="Ashgabat, 5 May 2021 – The office is open.")])
        document = index.document("a")
        assert document is not None
        assert (document.language, str(document.date), document.organisations) == ("en", "2021-05-05", ("iom",))
        assert ids(index, "org:iom date:2021-05") == ["a"]

    def test_the_same_id_replaces(self, index: migsearch.Index) -> None:
        assert index.add([Document(id="a", text="first"), Document(id="b", text="other")]).added == 2
        change = index.add([Document(id="a", text="second")])
        assert (change.added, change.replaced, len(index)) == (0, 1, 2)
        assert ids(index, "first") == []
        assert ids(index, "second") == ["a"]

    def test_the_same_id_twice_at_once_is_one_document(self, index: migsearch.Index) -> None:
        index.add([Document(id="a", text="first"), Document(id="a", text="second")])
        assert (len(index), ids(index, "first"), ids(index, "second")) == (1, [], ["a"])

    def test_delete(self, index: migsearch.Index) -> None:
        index.add([Document(id="a", text="word"), Document(id="b", text="word")])
        assert index.delete(["a", "never there"]) == 1
        assert (ids(index, "word"), len(index), index.document("a")) == (["b"], 1, None)
        assert index.find_ids("") == ["b"]

    def test_several_processes_index_the_same(self, tmp_path: Path) -> None:
        documents = [
            Document(id=f"{n}", title=f"برنامه‌های {n}", text=f"IOM opened {n} offices on {n % 28 + 1} May 2021.")
            for n in range(120)
        ]
        with migsearch.open(tmp_path / "one", create=True) as one, migsearch.open(tmp_path / "two", create=True) as two:
            assert one.add(documents) == two.add(documents, processes=2)
            for query in ("IOM offices", '"opened 7"', "برنامه"):
                expected, found = one.search(query), two.search(query)
                assert (found.total, found.hits, found.facets) == (expected.total, expected.hits, expected.facets)
            with pytest.raises(ValueError, match="processes must be 1 or more"):
                two.add(documents, processes=0)

    def test_many_commits_leave_few_segments(self, index: migsearch.Index) -> None:
        index.add(Document(id=f"first {number}", text="word") for number in range(60))
        for number in range(30):
            index.add([Document(id=f"{number}", text="word"), Document(id="again", text=f"word number{number}")])
        assert len(list(index.path.glob("*.seg"))) <= 12
        assert (len(index), ids(index, "number29"), ids(index, "number28")) == (91, ["again"], [])

    def test_reopen(self, index: migsearch.Index) -> None:
        index.add([Document(id="a", text="word")])
        index.close()
        with migsearch.open(index.path) as again:
            assert ids(again, "word") == ["a"]

    def test_an_error_while_adding_leaves_the_index_as_it_was(self, index: migsearch.Index) -> None:
        index.add([Document(id="a", text="kept")])

        def documents() -> Iterator[Document]:
            yield Document(id="a", text="lost")
            yield Document(id="b", text="lost")
            raise RuntimeError("the caller's own trouble")

        with pytest.raises(RuntimeError, match="the caller's own trouble"):
            index.add(documents())
        assert (ids(index, "kept"), ids(index, "lost")) == (["a"], [])
        index.add([Document(id="b", text="kept too")])
        assert ids(index, "kept") == ["b", "a"] or ids(index, "kept") == ["a", "b"]

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"id": ""}, "needs an id"),
            ({"id": "   "}, "needs an id"),
            ({"id": "x" * 5_000}, "5,000 characters"),
            ({"id": "a\x1b[31m"}, "control characters"),
            ({"id": "a\nb"}, "control characters"),
            ({"id": "a", "text": "\ud800"}, "lone surrogate at character 0"),
            ({"id": "a", "text": "x" * 50_000_000}, "50,000,000 characters"),
            ({"id": "a", "date": "yesterday"}, "cannot read the date 'yesterday'"),
            ({"id": "a", "date": "2021-02-30"}, "no date 2021-2-30"),
            ({"id": "a", "organisations": "iom"}, "list of ids"),
            ({"id": "a", "title": None}, "title must be a string"),
        ],
        ids=lambda value: value if isinstance(value, str) else ",".join(value),
    )
    def test_a_document_that_cannot_be_stored_says_why(self, fields: dict[str, str], message: str) -> None:
        with pytest.raises(migsearch.DocumentError, match=message):
            Document(**fields)  # type: ignore[arg-type]


class TestSearch:
    @pytest.fixture(autouse=True)
    def documents(self, index: migsearch.Index) -> None:
        index.add(
            [
                Document(id="both", text="returnees reach Herat", date="2021-05-01", organisations=["iom"]),  # type: ignore[arg-type]
                Document(id="one", text="returnees returnees returnees", date="2021", language="en"),  # type: ignore[arg-type]
                Document(id="title", title="Herat", text="A note.", date="2022-06-30", organisations=["eu", "iom"]),  # type: ignore[arg-type]
                Document(id="fa", text="بازگشت به هرات", date="2023-01-15", language="fa", region="AF"),  # type: ignore[arg-type]
            ]
        )

    def test_without_snippets_the_hits_are_the_same(self, index: migsearch.Index) -> None:
        found, bare = index.search("returnees Herat"), index.search("returnees Herat", snippets=False)
        assert [(hit.document, hit.score) for hit in bare] == [(hit.document, hit.score) for hit in found]
        assert [hit.snippets for hit in bare] == [()] * len(found)
        assert all(hit.snippets for hit in found)

    def test_more_matching_words_rank_higher(self, index: migsearch.Index) -> None:
        assert ids(index, "returnees Herat")[0] == "both"

    def test_a_word_in_the_title_weighs_more(self, index: migsearch.Index) -> None:
        assert ids(index, "Herat") == ["title", "both"]

    def test_an_empty_query_lists_everything_from_the_latest(self, index: migsearch.Index) -> None:
        assert ids(index) == ["fa", "title", "both", "one"]

    def test_by_date_the_latest_comes_first_whatever_its_score(self, index: migsearch.Index) -> None:
        assert [hit.document.id for hit in index.search("Herat", sort="date")] == ["title", "both"]
        assert ids(index, "returnees") == ["one", "both"]
        assert [hit.document.id for hit in index.search("returnees", sort="date")] == ["both", "one"]
        second = index.search("returnees", sort="date", limit=1, offset=1)
        assert [hit.document.id for hit in second] == ["one"]
        # The scores are those of the other order.
        scores = {hit.document.id: hit.score for hit in index.search("returnees")}
        assert {hit.document.id: hit.score for hit in index.search("returnees", sort="date")} == scores

    def test_pages_follow_one_another(self, index: migsearch.Index) -> None:
        pages = [index.search("", limit=2, offset=offset) for offset in (0, 2, 4)]
        assert [[hit.document.id for hit in page] for page in pages] == [["fa", "title"], ["both", "one"], []]
        assert {page.total for page in pages} == {4}
        assert index.search("", limit=0).hits == ()

    @pytest.mark.parametrize(
        ("filters", "matching"),
        [
            ({"since": "2022"}, {"title", "fa"}),
            ({"until": "2021"}, {"both", "one"}),
            ({"since": "2021-05", "until": "2022-06"}, {"both", "one", "title"}),
            ({"since": 2023}, {"fa"}),
            ({"organisations": ["iom"]}, {"both", "title"}),
            ({"organisations": ["International Organization for Migration"]}, {"both", "title"}),
            ({"organisations": ["eu", "iom"]}, {"both", "title"}),
            ({"languages": ["fa"]}, {"fa"}),
            ({"languages": ["fa-AF"]}, {"fa"}),
            ({"languages": ["fa-IR"]}, set()),
            ({"languages": "en", "since": "2022"}, {"title"}),
        ],
    )
    def test_filters(self, index: migsearch.Index, filters: dict[str, object], matching: set[str]) -> None:
        assert {hit.document.id for hit in index.search("", **filters)} == matching  # type: ignore[arg-type]

    def test_an_organisation_that_is_not_listed_is_noted(self, index: migsearch.Index) -> None:
        [note] = index.search("", organisations=["iom", "nowhere"]).notes
        assert (note.message, note.span) == ("no organisation is listed as 'nowhere'; taken as an id", None)
        assert index.search("", organisations=["iom", "UNHCR"], languages=["fa"]).notes == ()

    def test_facets_count_all_matches_not_the_page(self, index: migsearch.Index) -> None:
        facets = index.search("", limit=1, facets=("year", "organisation", "language", "region")).facets
        assert list(facets["year"].items()) == [("2023", 1), ("2022", 1), ("2021", 2)]
        assert facets["year"][2021] == 2
        assert dict(facets["organisation"]) == {"iom": 2, "eu": 1}
        assert dict(facets["language"]) == {"en": 3, "fa": 1}
        assert dict(facets["region"]) == {"AF": 1}

    @pytest.mark.parametrize(
        "arguments",
        [
            {"limit": -1},
            {"offset": -1},
            {"facets": ("colour",)},
            {"sort": "title"},
            {"since": "soon"},
            {"since": "2022", "until": "2021"},
        ],
        ids=str,
    )
    def test_an_argument_that_makes_no_sense_is_refused(
        self, index: migsearch.Index, arguments: dict[str, object]
    ) -> None:
        with pytest.raises(migsearch.QueryError):
            index.search("word", **arguments)  # type: ignore[arg-type]


class TestPaths:
    def test_there_is_no_index(self, tmp_path: Path) -> None:
        with pytest.raises(migsearch.IndexNotFoundError, match="no index at"):
            migsearch.open(tmp_path / "none")
        assert not (tmp_path / "none").exists()

    def test_the_path_is_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_text("mine")
        with pytest.raises(migsearch.IndexPathError, match="is a file"):
            migsearch.open(path, create=True)
        assert path.read_text() == "mine"

    def test_the_folder_holds_other_things(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("mine")
        with pytest.raises(migsearch.IndexPathError, match="not empty"):
            migsearch.open(tmp_path, create=True)
        assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]

    @pytest.mark.parametrize(
        ("failure", "message"),
        [
            (PermissionError(13, "Permission denied", "ix/a.seg"), "ix/a.seg: Permission denied"),
            (OSError(28, "No space left on device"), "No space left on device"),
        ],
    )
    def test_the_system_is_quoted_without_its_numbers(self, failure: OSError, message: str) -> None:
        with pytest.raises(migsearch.StoreError, match=f"the index at ix.*: {message}$"), TranslatedErrors(Path("ix")):
            raise failure

    def test_another_version_made_it(self, index: migsearch.Index) -> None:
        (index.path / "migsearch.json").write_text(json.dumps({"format": 999}))
        with pytest.raises(migsearch.IndexVersionError, match="format 999"):
            migsearch.open(index.path, create=True)

    def test_nothing_is_unpickled(self, index: migsearch.Index, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("something was unpickled")

        index.add([Document(id="a", text="first word"), Document(id="b", text="second word")])
        index.delete(["b"])
        for name in ("load", "loads", "Unpickler"):
            monkeypatch.setattr(pickle, name, refuse)
        monkeypatch.setattr("whoosh.index.pickle.loads", refuse)
        with migsearch.open(index.path) as again:
            again.add([Document(id="c", text="third word")])
            assert ids(again, '"third word"') == ["c"]

    def test_the_first_format_is_to_be_built_again(self, index: migsearch.Index) -> None:
        (index.path / "migsearch.json").write_text(json.dumps({"format": 1}))
        with pytest.raises(migsearch.IndexVersionError, match=r"format 1.*index its documents again"):
            migsearch.open(index.path)

    def test_another_program_made_it(self, tmp_path: Path) -> None:
        made = in_python(
            "import sys; from whoosh import fields, index; index.create_in(sys.argv[1], fields.Schema(a=fields.TEXT))",
            tmp_path,
        )
        assert made.returncode == 0
        with pytest.raises(migsearch.IndexVersionError, match="not made by migsearch"):
            migsearch.open(tmp_path, create=True)

    # Whoosh leaves the file open that it fails to read.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    @pytest.mark.parametrize("damage", ["cut", "overwritten", "removed"])
    def test_damage_is_reported_as_such(self, index: migsearch.Index, damage: str) -> None:
        index.add([Document(id="a", text="word")])
        index.close()
        for file in index.path.glob("*.seg"):
            if damage == "cut":
                file.write_bytes(file.read_bytes()[:100])
            elif damage == "overwritten":
                file.write_bytes(b"\xff" * file.stat().st_size)
            else:
                file.unlink()
        with migsearch.open(index.path) as opened, pytest.raises(migsearch.IndexDamagedError, match="damaged"):
            opened.search("word")
        gc.collect()  # what it left open is closed within this test


WRITER = """
import sys, migsearch
with migsearch.open(sys.argv[1]) as index:
    for number in range(int(sys.argv[2])):
        index.add(migsearch.Document(id=f"{number}-{copy}", text=f"word number {number}") for copy in range(5))
        print(number, flush=True)
"""

HOLDER = """
import pathlib, sys
from migsearch.engine.whoosh.commits import ColumnarIndex
held = ColumnarIndex(pathlib.Path(sys.argv[1])).writer()
input(print())
"""


class TestProcesses:
    def test_readers_see_whole_commits_while_another_process_writes(self, index: migsearch.Index) -> None:
        seen = []
        command = [sys.executable, "-c", WRITER, str(index.path), "8"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for line in writer.stdout:
                total = index.search("word").total
                assert total % 5 == 0
                assert total >= 5 * (int(line) + 1)
                seen.append(total)
        assert writer.returncode == 0
        assert index.search("word").total == 40
        assert seen == sorted(seen)

    def test_kill_9_leaves_the_last_commit(self, index: migsearch.Index) -> None:
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(index.path), "500"], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        committed = [int(writer.stdout.readline()) for _ in range(3)][-1] + 1
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(timeout=60)
        writer.stdout.close()
        with migsearch.open(index.path) as again:
            total = again.search("word").total
            assert total % 5 == 0
            assert total >= 5 * committed
            again.add([Document(id="after", text="word")])
            assert again.search("word").total == total + 1

    def test_a_second_writer_is_told_that_the_index_is_locked(
        self, index: migsearch.Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("migsearch.engine.whoosh.store._LOCK_SECONDS", 0.0)

        def documents() -> Iterator[Document]:
            yield Document(id="a", text="word")

        command = [sys.executable, "-u", "-W", "ignore", "-c", HOLDER, str(index.path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            with pytest.raises(migsearch.IndexLockedError, match="another program is writing"):
                index.add(documents())
            holder.communicate("\n")
        assert index.add(documents()).added == 1


def test_entries_travel_between_processes_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the vocabulary is full within a document, or between two."""
    documents = [
        Document(id=f"{n}", title=f"برنامه‌های {n}", text=" ".join(f"word{n} other{m} کتاب ها" for m in range(n % 9)))
        for n in range(60)
    ]

    def here(processes: int, work: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        return (pickle.loads(pickle.dumps(work(task))) for task in tasks)

    monkeypatch.setattr(entries, "in_processes", here)
    monkeypatch.setattr(entries, "_CHUNK", 7)
    monkeypatch.setattr(analyzer, "_FORMS", 20)
    monkeypatch.setattr(analyzer, "_REMEMBERED", 10)
    alone, together = (
        [
            (entry.id, entry.record, {field: list(terms) for field, terms in entry.terms.items()})
            for entry in entries.entries(documents, None, processes)
        ]
        for processes in (1, 2)
    )
    assert together == alone
    analyzer.forget()
