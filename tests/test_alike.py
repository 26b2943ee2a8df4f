"""Documents that read nearly the same are marked, in an index and by inspect; others are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import migsearch
from migsearch import Synced
from migsearch.ingest.alike import are_alike, marked, sketch

FLOOD = (
    "The office of the organisation in Herat gave tents, blankets and food to families who had lost their houses in "
    "the flood of last week. Its staff went to each village with lists that the elders had written, and came back "
    "after three days. More than forty families still wait for help in the hills above the river, the head of the "
    "office said, and roads to them are open only in the morning.\n"
)
AGAIN = FLOOD.replace("forty", "fifty").replace("three days", "four days")
SCHOOL = (
    "A school for the children of returnees was opened in Mashhad with teachers who had come from both countries. The "
    "ministry paid for the house and the books, and parents built the wall around its garden with their own hands in a "
    "month. Lessons are held in two shifts so that boys and girls who work can come as well, said its first director.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a.txt", FLOOD), ("b.txt", SCHOOL), ("c.txt", AGAIN)):
        (tmp_path / name).write_text(f"News of the day from {name}\n\n{text}", encoding="utf-8")
    return tmp_path


def test_an_index_marks_what_is_nearly_the_same(folder: Path, tmp_path: Path) -> None:
    with migsearch.open(tmp_path / "index", create=True) as index:
        assert index.sync(migsearch.read(folder)) == Synced(new=3, alike=1)
        assert {document.id: document.alike for document in index.documents()} == {
            "a.txt": (),
            "b.txt": (),
            "c.txt": ("a.txt",),
        }


def test_a_mark_goes_with_the_document_that_it_names(folder: Path, tmp_path: Path) -> None:
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.sync(migsearch.read(folder))
        (folder / "a.txt").unlink()
        index.sync(migsearch.read(folder), prune=True)
        assert {document.id: document.alike for document in index.documents()} == {"b.txt": (), "c.txt": ()}


def test_pages_that_are_inspected_together_are_compared(folder: Path) -> None:
    assert [document.alike for document in marked(migsearch.read(folder))] == [(), (), ("a.txt",)]


WORDS = st.lists(st.sampled_from([f"word{number}" for number in range(300)]), min_size=60, max_size=120)


@settings(max_examples=50)
@given(WORDS, st.integers(0, 50))
def test_what_differs_in_a_word_is_found_by_its_sketch(words: list[str], place: int) -> None:
    changed = [*words[:place], "another", *words[place + 1 :]]
    if are_alike(words, changed):
        parts = [{found[start : start + 8] for start in range(0, 64, 8)} for found in map(sketch, (words, changed))]
        assert parts[0] & parts[1]


@pytest.mark.parametrize("text", ["", "one two three", "word " * 500])
def test_too_little_text_is_like_nothing(text: str) -> None:
    assert sketch(text.split()) == ""
