"""An index follows its files: what is new, changed, the same, gone; whatever interrupts it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import migsearch
from migsearch import Document, Synced
from migsearch.engine.memory import MemoryEngine
from migsearch.index import Index

OSH = "Office opened in Osh\n\nIOM opened an office in Osh on Monday.\n"
HERAT = "گشایش دفتر در هرات\n\nسازمان بین‌المللی مهاجرت در هرات دفتر گشود.\n"
ARABIC_LETTERS = HERAT.translate({ord("ی"): "ي", ord("ک"): "ك", ord("\N{ZERO WIDTH NON-JOINER}"): " "})
KABUL = "Returns to Kabul\n\nUNHCR counted more returns to Kabul.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, in which a folder ``news`` holds two pages."""
    monkeypatch.chdir(tmp_path)
    write("news/a.txt", OSH)
    write("news/b.txt", HERAT)
    return tmp_path


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with migsearch.open(folder / "index", create=True) as opened:
        yield opened


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def sync(index: Index, *paths: str, prune: bool = False, reread: bool = False) -> Synced:
    return index.sync(migsearch.read(*paths or ("news",)), prune=prune, reread=reread)


def stored(index: Index) -> dict[str, list[str]]:
    """Return the ids of the copies of each document."""
    return {document.id: [copy.id for copy in document.copies] for document in index.documents()}


class Written:
    """Counts what an engine is given to write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[list[str]] = []
        add = Index.add

        def counting(index: Index, documents: list[Document], **more: set[str]) -> migsearch.Change:
            documents = list(documents)
            self.batches.append([document.id for document in documents])
            return add(index, documents, **more)

        monkeypatch.setattr(Index, "add", counting)


def test_new_changed_unchanged_and_gone(index: Index) -> None:
    assert sync(index) == Synced(new=2)
    assert sync(index) == Synced(unchanged=2)
    write("news/2021/c.txt", KABUL)
    write("news/a.txt", OSH.replace("Monday", "Tuesday"))
    Path("news/b.txt").unlink()
    assert sync(index) == Synced(new=1, replaced=1)
    assert list(stored(index)) == ["2021/c.txt", "a.txt", "b.txt"]
    assert sync(index, prune=True) == Synced(unchanged=2, removed=1)
    assert list(stored(index)) == ["2021/c.txt", "a.txt"]
    assert index.search("Tuesday").total == 1
    assert index.search("Monday").total == 0


def test_what_did_not_change_is_neither_parsed_nor_written(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    write("news/rows.jsonl", '{"id": "r1", "text": "Row one."}\n{"id": "r2", "text": "Row two."}\n')
    sync(index)
    written = Written(monkeypatch)

    def never(*_: object, **__: object) -> Document:
        raise AssertionError("an unchanged document was completed")

    with monkeypatch.context() as patched:
        patched.setattr("migsearch.ingest.formats.text.take_apart", never)
        patched.setattr("migsearch.ingest.file_reader.document_of", never)
        assert sync(index) == Synced(unchanged=4)
    assert written.batches == []
    write("news/rows.jsonl", '{"id": "r1", "text": "Row one."}\n{"id": "r2", "text": "Row 2."}\n')
    assert sync(index) == Synced(replaced=1, unchanged=3)
    assert written.batches == [["r2"]]
    assert sync(index, reread=True) == Synced(replaced=4)


def test_only_what_lay_below_the_paths_is_pruned(index: Index) -> None:
    write("news-2/z.txt", KABUL)
    sync(index, "news", "news-2")
    index.add([Document(id="by-hand", text="A note.")])
    Path("news/a.txt").unlink()
    Path("news-2/z.txt").unlink()
    write("news-2/y.txt", "Another page\n\nOn migration in Osh.\n")
    assert sync(index, "news-2", prune=True) == Synced(new=1, removed=1)
    assert list(stored(index)) == ["by-hand", "news/a.txt", "news/b.txt", "y.txt"]


def test_a_folder_of_the_same_name_elsewhere_is_another(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(index)
    write("elsewhere/news/c.txt", KABUL)
    monkeypatch.chdir("elsewhere")
    assert sync(index, prune=True) == Synced(new=1)
    assert list(stored(index)) == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("news/*.txt", ["keep.txt", "sub/d.txt"]),
        ("news/**/*.txt", ["keep.txt"]),
        ("news/s*", ["c.txt", "keep.txt"]),
        ("news/[!c]*", ["c.txt", "keep.txt"]),
        ("news/*.html", ["c.txt", "keep.txt", "sub/d.txt"]),
    ],
)
def test_a_pattern_prunes_what_it_would_have_found(folder: Path, index: Index, pattern: str, left: list[str]) -> None:
    shutil.rmtree("news")
    for name, text in (("c.txt", OSH), ("sub/d.txt", HERAT), ("keep.txt", KABUL)):
        write(f"news/{name}", text)
    sync(index)
    Path("news/c.txt").unlink()
    Path("news/sub/d.txt").unlink()
    write("news/page.html", "<p>Something else is in the folder now, of more than a few words.</p>")
    write("news/sub/page.html", "<p>Something else is in this folder too, of more than a few words.</p>")
    reading = migsearch.read(pattern)
    index.sync(reading, prune=True)
    assert [id for id in stored(index) if id.endswith(".txt")] == left


def test_what_could_not_be_read_is_not_taken_for_gone(index: Index) -> None:
    write("news/rows.jsonl", '{"id": "r1", "text": "Row one."}\n{"id": "r2", "text": "Row two."}\n')
    sync(index)
    write("news/rows.jsonl", '{"id": "r1", "text": "Row one."}\n{"id": "r2", "text": \n')
    reading = migsearch.read("news")
    assert index.sync(reading, prune=True).removed == 0
    assert [failure.path.name for failure in reading.failed] == ["rows.jsonl"]
    write("news/rows.jsonl", '{"id": "r1", "text": "Row one."}\n')
    assert sync(index, prune=True).removed == 1
    assert "r2" not in stored(index)


class TestCopies:
    def test_what_reads_the_same_is_stored_once_with_all_its_places(self, index: Index) -> None:
        write("news/c.txt", ARABIC_LETTERS)
        write("news/d.txt", HERAT)
        assert sync(index) == Synced(new=4, copies=2)
        assert stored(index) == {"a.txt": [], "b.txt": ["c.txt", "d.txt"]}
        document = index.document("b.txt")
        assert document is not None
        assert document.text in HERAT
        assert [copy.source for copy in document.copies] == [os.path.join("news", name) for name in ("c.txt", "d.txt")]  # noqa: PTH118
        assert index.search("هرات").total == 1
        assert sync(index) == Synced(unchanged=4)

    def test_a_notice_of_another_day_is_no_copy(self, index: Index) -> None:
        for day in (3, 4):
            write(
                f"daily/{day}.txt",
                f"Border open\n\nPublished {day} May 2021\n\nThe crossing of Torkham is open today.\n",
            )
        assert sync(index, "daily") == Synced(new=2)
        assert {str(document.date) for document in index.documents()} == {"2021-05-03", "2021-05-04"}
        assert len({document.text for document in index.documents()}) == 1

    def test_a_file_given_by_another_path_is_a_copy_of_itself(self, index: Index) -> None:
        write("news/2021/c.txt", KABUL)
        sync(index)
        assert sync(index, "news/2021") == Synced(new=1, copies=1)
        assert stored(index) == {"2021/c.txt": ["c.txt"], "a.txt": [], "b.txt": []}

    def test_a_headline_alone_makes_no_copy(self, index: Index) -> None:
        write("teasers/1.txt", "Returns to Kabul\n")
        write("teasers/2.txt", "Returns to Kabul!\n")
        assert sync(index, "teasers") == Synced(new=2)

    def test_a_copy_takes_the_place_of_a_document_that_changed(self, index: Index) -> None:
        write("news/c.txt", ARABIC_LETTERS)
        sync(index)
        write("news/b.txt", KABUL)
        assert sync(index) == Synced(replaced=1, unchanged=2)
        assert stored(index) == {"a.txt": [], "b.txt": [], "c.txt": []}
        document = index.document("c.txt")
        assert document is not None
        assert document.source == str(Path("news/c.txt"))
        write("news/b.txt", HERAT)
        assert sync(index) == Synced(replaced=1, unchanged=2, copies=1)
        assert stored(index) == {"a.txt": [], "c.txt": ["b.txt"]}

    def test_what_a_changed_copy_said_is_no_longer_here(self, index: Index) -> None:
        sync(index)
        write("news/a.txt", ARABIC_LETTERS)  # reads as b.txt does
        sync(index)
        assert stored(index) == {"b.txt": ["a.txt"]}
        for changed in ("a.txt", "b.txt"):
            write(f"news/{changed}", KABUL)
        write("news/c.txt", ARABIC_LETTERS)
        assert sync(index) == Synced(new=1, replaced=2, copies=1)
        assert stored(index) == {"a.txt": ["b.txt"], "c.txt": []}

    def test_a_page_that_was_moved_is_found_under_its_new_name(self, index: Index) -> None:
        sync(index)
        Path("news/a.txt").rename("news/moved.txt")
        assert sync(index, prune=True) == Synced(new=1, unchanged=1, removed=1, copies=1)
        assert stored(index) == {"b.txt": [], "moved.txt": []}

    def test_ids_stay_when_all_is_read_again(self, index: Index) -> None:
        write("news/c.txt", OSH)
        sync(index)
        before = list(index.documents())
        assert sync(index, reread=True) == Synced(replaced=3, copies=1)
        assert list(index.documents()) == before
        assert stored(index) == {"a.txt": ["c.txt"], "b.txt": []}


TEXTS = st.sampled_from([OSH, HERAT, ARABIC_LETTERS, KABUL])
STATES = st.dictionaries(st.sampled_from(["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]), TEXTS, min_size=1)


@settings(max_examples=40)
@given(st.lists(st.tuples(STATES, st.booleans()), min_size=2, max_size=5))
def test_whatever_happens_to_the_files_each_is_found_once(states: list[tuple[dict[str, str], bool]]) -> None:
    with TemporaryDirectory() as folder, Index(MemoryEngine(), Path(folder)) as index:
        for files, reread in states:
            shutil.rmtree(Path(folder, "news"), ignore_errors=True)
            for name, text in files.items():
                write(f"{folder}/news/{name}", text)
            synced = sync(index, f"{folder}/news", prune=True, reread=reread)
            assert synced.new + synced.replaced + synced.unchanged == len(files)
            read_alone = {document.id: document for document in migsearch.read(f"{folder}/news")}
            found: dict[str, str] = {}
            for document in index.documents():
                assert document.provenance is not None
                for id, read_from in (
                    (document.id, document.provenance),
                    *((copy.id, copy.provenance) for copy in document.copies),
                ):
                    assert id not in found
                    assert read_from == read_alone[id].provenance
                    found[id] = document.provenance.content_sha256
            assert found.keys() == files.keys()
            # As many documents as there are texts.
            assert len(index) == len(set(found.values()))
            assert sync(index, f"{folder}/news", prune=True) == Synced(unchanged=len(files))


SYNC = """
import sys, migsearch, migsearch.mirror
migsearch.mirror.BATCH_DOCUMENTS = 3
add = migsearch.Index.add
def telling(*arguments, **more):
    change = add(*arguments, **more)
    print("committed", flush=True)
    return change
migsearch.Index.add = telling
with migsearch.open(sys.argv[1], create=True) as index:
    print(index.sync(migsearch.read(sys.argv[2])))
"""


def test_killed_in_the_middle_it_goes_on_where_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(300):
        write(f"many/page{number:03}.txt", f"Notice {number}\n\nReturns were counted in district {number}.\n")
    command = [sys.executable, "-c", SYNC, "index", "many"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert [killed.stdout.readline() for _ in range(3)] == ["committed\n"] * 3
        os.kill(killed.pid, signal.SIGKILL)
    with migsearch.open("index") as index:
        kept = len(index)
        assert 9 <= kept < 300
        assert kept % 3 == 0  # whole batches
        written = Written(monkeypatch)
        assert sync(index, "many") == Synced(new=300 - kept, unchanged=kept)
        assert [len(batch) for batch in written.batches] == [300 - kept]
        assert len(index) == index.search("returns").total == 300
    assert (
        sync_in_another_process(command) == "Synced(new=0, replaced=0, unchanged=300, removed=0, copies=0, alike=0)\n"
    )


def sync_in_another_process(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_it_is_committed_in_batches(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migsearch.mirror.BATCH_DOCUMENTS", 2)
    for number in range(3):
        write(f"news/{number}.txt", f"Notice {number}\n\nReturns were counted in district {number}.\n")
    written = Written(monkeypatch)
    sync(index)
    assert written.batches == [["0.txt", "1.txt"], ["2.txt", "a.txt"], ["b.txt"]]
    shutil.rmtree("news")
    Path("news").mkdir()
    assert sync(index, prune=True) == Synced(removed=5)
    assert len(index) == 0
