"""Pages of HTML: the article by its elements, its lines cleaned as those of a text are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migsearch.ingest.formats.content import Content, Source, with_warning
from migsearch.ingest.formats.encoding import decode, is_declared_wrongly
from migsearch.ingest.formats.html_body import Line, is_readable, page_lines, parse
from migsearch.ingest.formats.html_flat import flat_lines, has_long_tag
from migsearch.ingest.formats.html_metadata import (
    declared_address,
    declared_day,
    declared_language,
    declared_title,
)
from migsearch.ingest.page import Page, clean, joined, take_apart
from migsearch.ingest.page_lines import SENTENCE_END, begins_surroundings, is_date_line, is_label, is_noise
from migsearch.ingest.page_words import folded
from migsearch.model import Provenance

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)"
)
_LOOKED_AT = 4096  # bytes in which the encoding is declared, as browsers do; some write long heads
_TEASER = 0.8  # share of a line that is linked if it leads elsewhere
_WORDS = 4  # of a line that leads elsewhere; shorter ones are addresses or names
_LABEL = 40  # characters of a label at most, for languages that do not part their words
_SHORTEST = 100  # characters of an article; of less, the page is taken apart as a text is


def read(source: Source) -> Iterator[Content]:
    """Read a page of HTML."""
    data = source.data()
    match = _DECLARED.search(data[:_LOOKED_AT].lower())
    declared = next((name.decode() for name in match.groups() if name), "") if match else ""
    text, encoding, warnings = decode(data, declared)
    if is_declared_wrongly(declared, encoding) and not text.isascii():
        warnings += (f"it declares {declared}, and is {encoding}",)
    provenance = source.provenance(data, len(text), encoding, warnings)
    yield content_of_html(text, provenance)


def content_of_html(text: str, provenance: Provenance) -> Content:
    """Return the document on a page of HTML, or in a message that is written in it."""
    root = None if has_long_tag(text) else parse(text)
    if root is None:
        warning = "it is nested too deeply, or has too many attributes; the article was found by its lines alone"
        return Content(page=take_apart(flat_lines(text)), provenance=with_warning(provenance, warning))
    if not is_readable(root):
        warning = "it has too many elements; the article was found by its lines alone"
        provenance = with_warning(provenance, warning)
    return Content(
        published=declared_day(root),
        url=declared_address(root),
        declared_language=declared_language(root),
        page=_page(clean(declared_title(root)), page_lines(root)),  # which takes out of it what is not seen
        provenance=provenance,
    )


def _page(title: str, lines: list[Line]) -> Page:
    article = _article(title, lines)
    if sum(len(lines[number].text) for number in article) < _SHORTEST:
        return take_apart("\n".join(line.text for line in lines), title)
    chosen = frozenset(article)
    parts: dict[str, list[str]] = {"head": [], "body": [], "tail": []}
    for number, line in enumerate(lines):
        part = "body" if number in chosen else "head" if number < article[0] else "tail"
        if part == "body" or folded(line.text) != folded(title):
            parts[part].append(line.text)
    body, head, tail = (joined(parts[part]) for part in ("body", "head", "tail"))
    return Page(title, body, head, tail)


def _article(title: str, lines: list[Line]) -> list[int]:
    """Return the numbers of the lines of the article, less those that are none for what they say."""
    chosen: list[int] = []
    last = folded(title)
    for number, line in enumerate(lines):
        # A title comes again above the article, a caption below its picture.
        if line.in_article and not _is_noise(line.text, chosen) and folded(line.text) != last:
            chosen.append(number)
            last = folded(line.text)
    return _trimmed(_without_teasers(chosen, lines), lines)


def _is_noise(line: str, before: list[int]) -> bool:
    """Tell whether a line is part of no article; after its beginning, dates and numbers are rows of a table."""
    if before and is_date_line(line):
        return False
    return is_noise(line) and any(character.isalpha() for character in line)


def _without_teasers(chosen: list[int], lines: list[Line]) -> list[int]:
    """Leave out lines that only lead elsewhere, unless they are what the article consists of."""
    others = [number for number in chosen if not _is_teaser(lines[number])]
    return others if len(others) > len(chosen) / 2 else chosen


def _is_teaser(line: Line) -> bool:
    return line.linked >= _TEASER and len(line.text.split()) >= _WORDS and not SENTENCE_END.search(line.text)


def _trimmed(chosen: list[int], lines: list[Line]) -> list[int]:
    """End the article at the heading of a side column, and leave out the labels before and after it."""
    for place, number in enumerate(chosen):
        if 2 * place > len(chosen) and begins_surroundings(lines[number].text):
            chosen = chosen[:place]
            break
    while chosen and _is_label(lines[chosen[0]].text):
        chosen = chosen[1:]
    while chosen and (_is_label(lines[chosen[-1]].text) or is_date_line(lines[chosen[-1]].text)):
        chosen = chosen[:-1]
    return chosen


def _is_label(line: str) -> bool:
    return len(line) <= _LABEL and is_label(line)
