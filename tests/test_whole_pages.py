"""Whole pages as the sites of ministries, agencies and newspapers look when they are dumped to text.

Each file of whole_pages/ begins with what a careful reader finds on it; then comes the page, menus, banners, credits,
related news, comment forms and all. The sentences are our own, in the manner of such sites.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from migsearch.ingest.complete import read_page


class WholePage(NamedTuple):
    """A page, and what stands on it by name: title, date, how the article begins and ends, organisations."""

    expected: dict[str, str]
    page: str


def whole_page(path: Path) -> WholePage:
    opening, page = path.read_text(encoding="utf-8").split("\n===\n", 1)
    return WholePage(dict(line.split(": ", 1) for line in opening.split("\n")), page)


PAGES = {path.stem: whole_page(path) for path in sorted(Path(__file__).with_name("whole_pages").glob("*.txt"))}


@pytest.mark.parametrize("name", PAGES)
def test_a_whole_page_is_read_as_a_reader_would(name: str) -> None:
    expected, page = PAGES[name]
    document = read_page(page, id=name)
    assert document.title == expected["title"]
    assert str(document.date) == expected["date"]
    assert document.text.startswith(expected["begins"]), document.text[:200]
    assert document.text.endswith(expected["ends"]), document.text[-200:]
    assert " ".join(sorted(document.organisations)) == expected["organisations"]
