"""The lines of HTML that no tree can be made of: nested more deeply than libxml2 allows, or with tags of no page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_UNSEEN = ("script", "style", "noscript", "template", "head")
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "td", "th", "u",
))  # fmt: skip


# An attribute has two pieces or three. libxml2 compares each with all before it: 100,000 take minutes.
_MOST_PIECES = 4_000
_PIECE = r"""[^>"'\s]+|\s+|"[^"]*"|'[^']*'"""
# It always matches, and so goes through a page once; a piece that was matched is not tried again in another way.
_TAG = re.compile(
    r"<script\b[^>]*>(?:[^<]+|<(?!/script))*|<!--(?:[^-]+|-(?!->))*"
    rf"|<[a-z](?:(?=({_PIECE}))\1){{0,{_MOST_PIECES}}}((?=({_PIECE}))\3)?",
    re.IGNORECASE,
)


def has_long_tag(text: str) -> bool:
    """Tell whether a tag has more attributes than any page needs."""
    return any(tag[2] is not None for tag in _TAG.finditer(text))


class _Lines(HTMLParser):
    """Collects the text of a page, with the ends of its lines; it keeps no stack that could grow."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        self.pieces.append("" if tag in _INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self.pieces.append("" if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))


def flat_lines(text: str) -> str:
    """Return the text of a page, one line for each of its blocks."""
    parser = _Lines()
    parser.feed(text)
    parser.close()
    return "".join(parser.pieces)
