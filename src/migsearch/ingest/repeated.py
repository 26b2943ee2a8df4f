"""Lines that come again on the pages of one source: menus, banners and footers that no cue word tells.

A source is the pages of one folder that name the same site, or none. Of each folder the first pages are looked at, in
the order of their names, so that the answer is the same whatever is read first. What three of them share, and a third
of them at least, is no line of an article, unless the article itself comes again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from migsearch.ingest.formats.encoding import decode
from migsearch.ingest.page_words import folded

_LOOKED_AT = 40  # pages of a folder
_BYTES = 200_000  # of each of them
_PAGES, _SHARE = 3, 1 / 3
_HEAD = 20  # lines among which a page names its address
_ADDRESS = re.compile(r"https?://\S+")


class RepeatedLines:
    """The lines that pages share with others of their source; ``neighbours`` tells which pages a file stands among."""

    def __init__(self, neighbours: Callable[[Path], Iterable[Path]]) -> None:
        self._neighbours = neighbours
        self._found: dict[Path, dict[str, frozenset[str]]] = {}

    def on(self, file: Path, text: str) -> frozenset[str]:
        """Return the lines, folded, that the text of a file shares with those beside it."""
        if file.parent not in self._found:
            try:
                self._found[file.parent] = _repeated(islice(self._neighbours(file), _LOOKED_AT))
            except OSError:  # a folder that may be entered and not listed
                self._found[file.parent] = {}
        return self._found[file.parent].get(_site(text.split("\n")), frozenset())


def _repeated(files: Iterable[Path]) -> dict[str, frozenset[str]]:
    """Return the repeated lines of each site whose pages are among some files."""
    counts: dict[str, Counter[str]] = {}
    pages: Counter[str] = Counter()
    for file in files:
        lines = _lines(file)
        site = _site(lines)
        pages[site] += 1
        counts.setdefault(site, Counter()).update({folded(line) for line in lines} - {""})
    return {
        site: frozenset(line for line, count in lines.items() if count >= max(_PAGES, _SHARE * pages[site]))
        for site, lines in counts.items()
    }


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            return decode(opened.read(_BYTES))[0].splitlines()
    except Exception:  # the reader will tell, when it comes to this file
        return []


def _site(lines: Sequence[str]) -> str:
    """Return the host of the address that a page names in its first lines, empty if it names none."""
    named = (_ADDRESS.fullmatch(line.strip()) for line in lines[:_HEAD])
    address = next((found[0] for found in named if found), "")
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
