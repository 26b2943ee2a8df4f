"""The article in a tree of HTML, by lxml and readability, which this module alone knows.

Readability chooses elements; what they hold is taken from the tree as it was, line by line, so that the article and
its surroundings together are the page. It was made for English: it takes commas for a sign of prose, and knows one.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree, html
from readability import Document as Readable

from migsearch.ingest.formats.content import NotReadableError
from migsearch.ingest.page import clean

Element: TypeAlias = html.HtmlElement
"""An element of a page, and with it the tree below."""

_UNSEEN = ("script", "style", "noscript", "template", "svg", "math", "object", "embed", "iframe", "canvas", "head")
_FURNITURE = ("nav", "aside", "footer", "form", "button", "select", "textarea", "figcaption", "dialog", "menu")
# Words of the class and id of what stands within an article and is no part of it, whole words only: "ad", not "add".
_FURNITURE_WORDS = re.compile(
    r"(?<![a-z])(?:share|shar(?:es|ing)|socials?|related|recommend(?:ed|ations?)|newsletter|subscri(?:be|ption)|promos?"
    r"|adverts?|advertisement|ads?|sponsor(?:ed)?|captions?|credits?|copyright|by-?line|breadcrumbs?|tags|tagcloud"
    r"|comments?|respond|sidebar|widgets?|popular|trending|most-read|outbrain|taboola|paginat(?:ion|or)|pager|gallery"
    r"|slideshow|carousel|tooltip|popup|modal|cookies?|screen-reader-text|sr-only|visually-hidden|author-(?:bio|box))"
    r"(?![a-z])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LARGEST_FURNITURE = 0.3  # of the article's characters: what holds more is the article, whatever it is called
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_CELLS = ("td", "th")  # of one row, which is a line
_MARK = "data-migsearch"
_MOST_ELEMENTS = 50_000
_DEEPEST = 200  # elements within each other; real pages have some thirty
logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs the errors that it raises


@dataclass(slots=True)
class Line:
    """A line of a page as a browser shows it; ``linked`` is the share of its characters that are links."""

    text: str
    in_article: bool
    linked: float


def parse(text: str) -> Element | None:
    """Return the tree of a page, ``None`` if it is nested too deeply to have one.

    Raises :class:`NotReadableError` if there is nothing in it.
    """
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise NotReadableError(f"there is no page in it: {error}", failed=False) from None
    # What came before the limit is in the tree, the rest is lost.
    return None if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log) else root


def page_lines(root: Element) -> list[Line]:
    """Return the lines of a page, each with whether it belongs to the article; none does if there is none."""
    for element in list(root.iter(*_UNSEEN)):
        if element.getparent() is not None:
            element.drop_tree()
    return list(_lines(root, _article_elements(root)))


def is_readable(root: Element) -> bool:
    """Tell whether a page is small and flat enough; readability takes quadratic time for what no page is."""
    depth = deepest = elements = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        elements += event == "start"
    return elements <= _MOST_ELEMENTS and deepest <= _DEEPEST


def _article_elements(root: Element) -> set[Element]:
    """Return the elements that hold the article, less the furniture within."""
    if not is_readable(root):
        return set()
    elements = list(root.iter())
    for number, element in enumerate(elements):
        element.set(_MARK, str(number))
    chosen = _chosen(copy.deepcopy(root))
    for element in elements:
        del element.attrib[_MARK]
    kept = {elements[number] for number in chosen}
    return kept - _furniture(root, kept)


def _chosen(root: Element) -> set[int]:
    """Return the numbers of the elements that readability chooses."""
    for element in root.iter():
        element.text, element.tail = _with_commas(element.text), _with_commas(element.tail)
        if element.tag == "blockquote":  # a quoted message is thrown out for its class, "twitter"
            element.attrib.pop("class", None)
    try:
        summary = Readable(root).summary(html_partial=True)
    except Exception:  # Unparseable is one of many
        return set()
    return {int(number) for number in re.findall(rf'{_MARK}="(\d+)"', summary)}


def _with_commas(text: str | None) -> str | None:
    return text and text.replace("\N{ARABIC COMMA}", ",")


def _furniture(root: Element, kept: set[Element]) -> set[Element]:
    """Return the elements within the article that are captions, buttons, teasers and the like."""
    most = _LARGEST_FURNITURE * sum(len(element.text or "") for element in kept)
    found: set[Element] = set()
    for element in root.iter():
        if element.getparent() in found or (
            element in kept and _is_furniture(element) and len(element.text_content()) < most
        ):
            found.add(element)
    return found


def _is_furniture(element: Element) -> bool:
    if element.tag in ("body", "main", "article") or element.find(".//blockquote") is not None:
        return False  # what embeds a message of a social medium is named after it, and quotes it
    names = _CAMEL.sub("-", f"{element.get('class', '')} {element.get('id', '')}").lower()
    return element.tag in _FURNITURE or _FURNITURE_WORDS.search(names.replace("_", "-")) is not None


@dataclass(slots=True)
class _Pieces:
    """What has been met of a line: its article's pieces, the others, and how much of each is linked."""

    texts: dict[bool, list[str]] = field(default_factory=lambda: {True: [], False: []})
    linked: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})

    def add(self, text: str | None, in_article: bool, in_link: bool) -> None:
        if text:
            self.texts[in_article].append(text)
            self.linked[in_article] += len(text) * in_link

    def flush(self) -> Iterator[Line]:
        for in_article, texts in self.texts.items():
            if text := " ".join(clean("".join(texts)).split()):
                yield Line(text, in_article, self.linked[in_article] / len(text))
            texts.clear()
            self.linked[in_article] = 0


def _lines(root: Element, article: set[Element]) -> Iterator[Line]:
    pieces, links = _Pieces(), 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from pieces.flush()
        if event == "start":
            links += element.tag == "a"
            pieces.add(" " if element.tag in _CELLS else "", element in article, links > 0)
            pieces.add(element.text, element in article, links > 0)
        else:
            links -= element.tag == "a"
            pieces.add(element.tail, element.getparent() in article, links > 0)
    yield from pieces.flush()
