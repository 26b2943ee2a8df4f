"""What a page of HTML declares of itself: its title, day of publication, language, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from migsearch.ingest.formats.declared_date import declared_date
from migsearch.ingest.formats.html_body import Element
from migsearch.ingest.page_words import folded
from migsearch.model import PartialDate

# Names of meta elements that give the day of publication, the surest first; none that may be that of a change.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date", "parsely-pub-date",
    "sailthru.date", "publication_date", "publish-date", "publishdate", "pubdate", "article_date_original",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
_ARTICLES = re.compile("Article|NewsArticle|BlogPosting|Report|WebPage")
_SITE = re.compile(
    r"\s+[|\-\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\N{BULLET}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}:]+\s+"
)
_DEEPEST = 20
_WORDS = 4  # of a title, which the name of a site or of a section seldom has


def declared_day(root: Element) -> PartialDate | None:
    """Return the day of publication that a page declares, by JSON-LD, meta elements or a time element."""
    for rule, value in _dates(root):
        if date := declared_date(value, rule):
            return date
    return None


def _dates(root: Element) -> Iterator[tuple[str, object]]:
    for node in _linked_data(root):
        yield "json-ld datePublished", node.get("datePublished")
    named = _metas(root)
    for name in _PUBLISHED:
        yield f"meta {name}", named.get(name)
    for element in root.iter("time", "meta", "span", "abbr"):
        if "datePublished" in (element.get("itemprop") or "") or element.get("pubdate") is not None:
            yield "itemprop datePublished", element.get("datetime") or element.get("content") or element.text_content()
    times = [element.get("datetime") for element in root.iterfind(".//article//time[@datetime]")]
    # A list of teasers has many; the article's own stands alone.
    if len(times) == 1:
        yield "time", times[0]


def _linked_data(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of JSON-LD that describe an article, those of a page after them."""
    found = []
    for script in root.iterfind('.//script[@type="application/ld+json"]'):
        try:
            found += list(_objects(json.loads(script.text or "", strict=False)))
        except (ValueError, RecursionError):
            continue
    yield from sorted(found, key=lambda node: "WebPage" in str(node.get("@type")))


def _objects(node: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the descriptions of articles in a piece of JSON-LD, but not of those that an article only mentions."""
    if depth > _DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            yield from _objects(item, depth + 1)
    elif isinstance(node, dict):
        if _ARTICLES.search(str(node.get("@type"))):
            yield node
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(node.get(name), depth + 1)


def _metas(root: Element) -> dict[str, str]:
    """Return the contents of the meta elements by name, the first of a name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            found.setdefault(name.strip().lower(), element.get("content").strip())
    return found


def declared_title(root: Element) -> str:
    """Return the title of a page: the heading that its title element contains, else what it declares, less the site."""
    metas = _metas(root)
    whole = _text(root.find(".//title"))
    declared = [metas.get("og:title", ""), metas.get("twitter:title", ""), whole]
    declared += [str(node.get("headline") or "") for node in _linked_data(root)]
    spellings = [folded(text) for text in declared if text]
    headings = [text for element in root.iter("h1", "h2") if (text := _text(element))]
    shown = [heading for heading in headings if any(folded(heading) in spelling for spelling in spellings)]
    site = metas.get("og:site_name", "")
    title = max((heading for heading in shown if folded(heading) != folded(site)), key=len, default="")
    if len(title.split()) >= _WORDS or folded(title) in {folded(_SITE.split(text)[0]) for text in declared if text}:
        return title
    first = [text for element in root.iter("h1") if (text := _text(element))]
    if len(first) == 1 and len(first[0].split()) >= _WORDS:
        return first[0]
    return max(title, _without_site(next((text for text in declared if text), ""), site), key=len)


def _text(element: Element | None) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of the site that stands before or after it: its longest part."""
    parts = [part for part in _SITE.split(title) if part and folded(part) != folded(site)]
    longest = max(parts, key=len, default="")
    return longest if len(longest.split()) >= _WORDS else title


def declared_language(root: Element) -> str:
    """Return the tag of the language that a page declares, such as ``fa-AF``."""
    return (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()


def declared_address(root: Element) -> str:
    """Return the address of a page, which it declares as canonical."""
    link = root.find('.//link[@rel="canonical"]')
    address = (link.get("href") if link is not None else "") or _metas(root).get("og:url", "")
    return address.strip() if re.match("https?://", address.strip()) else ""
