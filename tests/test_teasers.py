"""Headlines of other articles become documents on request only, each with its own day."""

from __future__ import annotations

from pathlib import Path

import pytest

import migsearch
from migsearch.ingest.teasers import find_teasers

PAGE = """\
Office opened in Osh

12 May 2021

IOM opened an office in Osh on Monday, and ten people from the city and the villages around it work there now.

Latest news
Border post at Islam Qala gets new scanners
3 May 2021
کمک زمستانی به ده هزار خانواده در هرات رسید
۱۰ ثور ۱۴۰۰
Read more
"""


@pytest.mark.parametrize(
    ("surroundings", "found"),
    [
        ("New scanners at the border\n3 May 2021\nFamilies get winter aid again\n2 May 2021", 2),
        ("3 May 2021\nNew scanners at the border\n2 May 2021\nFamilies get winter aid again", 2),
        ("New scanners at the border | 3 May 2021", 1),
        ("3 May - New scanners at the border", 0),  # of which year?
        ("Contact us\n3 May 2021\nHome", 0),
        ("New scanners at the border", 0),
    ],
)
def test_headlines_with_their_day(surroundings: str, found: int) -> None:
    teasers = list(find_teasers(surroundings))
    assert len(teasers) == found
    for teaser, (title, day) in zip(
        teasers,
        (("New scanners at the border", "2021-05-03"), ("Families get winter aid again", "2021-05-02")),
        strict=False,
    ):
        assert (teaser.title, str(teaser.date)) == (title, day)


def test_they_are_documents_on_request_only(tmp_path: Path) -> None:
    (tmp_path / "osh.txt").write_text(PAGE, encoding="utf-8")
    assert [document.id for document in migsearch.read(tmp_path)] == ["osh.txt"]
    found = list(migsearch.read(tmp_path, teasers=True))
    assert [(document.id, document.title, str(document.date), document.language) for document in found] == [
        ("osh.txt", "Office opened in Osh", "2021-05-12", "en"),
        ("osh.txt#teaser-1", "Border post at Islam Qala gets new scanners", "2021-05-03", "en"),
        ("osh.txt#teaser-2", "کمک زمستانی به ده هزار خانواده در هرات رسید", "2021-04-30", "fa"),
    ]


def test_a_teaser_on_many_pages_is_stored_once_and_stays(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(PAGE.replace("Osh", name * 4), encoding="utf-8")
    with migsearch.open(tmp_path / "index", create=True) as index:
        synced = index.sync(migsearch.read(tmp_path / "*.txt", teasers=True))
        assert (synced.new, synced.copies, len(index)) == (6, 2, 4)
        again = index.sync(migsearch.read(tmp_path / "*.txt", teasers=True), prune=True)
        assert (again.unchanged, again.removed) == (6, 0)
        without = index.sync(migsearch.read(tmp_path / "*.txt"), prune=True)
        assert (without.removed, len(index)) == (4, 2)
