"""The day of publication on whole pages: menus, clocks, columns, deadlines and all.

Each file of dated_pages/ begins with the day, month or ``-`` for none, and why the page is there; then comes the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from migsearch.ingest.complete import read_page


class DatedPage(NamedTuple):
    """A page and the date that a careful reader would give it."""

    date: str
    why: str
    page: str


def dated_page(path: Path) -> DatedPage:
    opening, page = path.read_text(encoding="utf-8").split("\n===\n", 1)
    return DatedPage(*opening.split("\t"), page)


PAGES = {path.stem: dated_page(path) for path in sorted(Path(__file__).with_name("dated_pages").glob("*.txt"))}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_dated_as_a_reader_would(name: str) -> None:
    date, why, page = PAGES[name]
    found = read_page(page, id=name).date
    assert (str(found) if found else "-") == date, why


@pytest.mark.parametrize("name", PAGES)
def test_dates_of_the_text_are_mentions_in_their_places(name: str) -> None:
    document = read_page(PAGES[name].page, id=name)
    fields = {"title": document.title, "text": document.text}
    for mention in document.mentions:
        assert fields[mention.field][slice(*mention.span)] == mention.literal
