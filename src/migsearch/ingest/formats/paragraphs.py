"""Blocks of letters on a page as lines, and these as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from migsearch.ingest.formats.visual_order import Glyph, is_right_to_left, written

Block = Sequence[Glyph]

_FULL = 0.8  # of the widest line of a block: a line that ends before is the last of its paragraph
_FARTHER = 1.4  # of the usual distance of two lines: what parts paragraphs
_SAME_SIZE = 0.15  # by which letters of one paragraph differ in height
_HYPHENATED = re.compile(r"(?<=[a-z])-$")
_UNKNOWN = re.compile(r"\(cid:\d+\)")


def written_paragraphs(pages: Sequence[Sequence[Block]]) -> list[list[str]]:
    """Return the paragraphs of each page of a document."""
    blocks = [[list(_lines(block)) for block in page] for page in pages]
    lines = [line for page in blocks for block in page for line in block]
    texts = iter(written(lines, right_to_left=is_right_to_left(chain.from_iterable(lines))))
    return [[text for block in page for text in _joined(block, [next(texts) for _ in block])] for page in blocks]


def _lines(block: Block) -> Iterator[list[Glyph]]:
    """Yield the lines of a block from its top: letters at one height, or small ones beside them."""
    line: list[Glyph] = []
    for glyph in sorted(block, key=lambda glyph: -(glyph.bottom + glyph.top)):
        if _UNKNOWN.fullmatch(glyph.text):
            continue
        if line and (line[0].bottom + line[0].top) / 2 - (glyph.bottom + glyph.top) / 2 > _height(line) / 2:
            yield line
            line = []
        line.append(glyph)
    if line:
        yield line


def _height(line: Sequence[Glyph]) -> float:
    return max(glyph.top - glyph.bottom for glyph in line)


def _width(line: Sequence[Glyph]) -> float:
    return max(glyph.right for glyph in line) - min(glyph.left for glyph in line)


def _joined(lines: Sequence[Sequence[Glyph]], texts: Sequence[str]) -> Iterator[str]:
    """Yield paragraphs: a line goes on in the next if it is full, and that as large and no farther than others are."""
    widest = max(map(_width, lines), default=0.0)
    steps = [_top(line) - _top(following) for line, following in pairwise(lines)]
    usual = min((step for step in steps if step > 0), default=0.0)
    goes_on = [
        _width(line) >= _FULL * widest and _is_as_large(line, following) and step < _FARTHER * usual
        for (line, following), step in zip(pairwise(lines), steps, strict=True)
    ]
    paragraph = ""
    for text, more in zip(texts, [*goes_on, False], strict=True):
        paragraph = _HYPHENATED.sub("", paragraph) + text if _HYPHENATED.search(paragraph) else f"{paragraph} {text}"
        if not more:
            yield paragraph.strip()
            paragraph = ""


def _top(line: Sequence[Glyph]) -> float:
    return max(glyph.top for glyph in line)


def _is_as_large(line: Sequence[Glyph], following: Sequence[Glyph]) -> bool:
    return abs(_height(line) - _height(following)) < _SAME_SIZE * _height(line)
