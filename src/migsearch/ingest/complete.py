"""What a document leaves empty, read from its own words."""

from __future__ import annotations

import datetime
from dataclasses import replace
from hashlib import sha256

from migsearch.analysis.analyzer import analyze
from migsearch.ingest.alike import sketch
from migsearch.ingest.formats.content import Content
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.language import detect_language
from migsearch.ingest.organisations import find_organisations
from migsearch.ingest.page import take_apart
from migsearch.ingest.publication import page_dates
from migsearch.ingest.teasers import Teaser
from migsearch.model import Document, Mention


def complete(
    document: Document,
    gazetteer: Gazetteer | None = None,
    *,
    head: str = "",
    tail: str = "",
    declared_language: str = "",
    crawled: datetime.date | None = None,
) -> Document:
    """Return the document with its language, date and organisations, each read from the text if it was empty.

    ``head`` are the lines around the title on the page, where a date is looked for first, with two empty ones in the
    place of the title; ``tail`` are those below the article; ``declared_language`` is the tag that the page declares,
    such as ``fa-AF``, for what its words do not tell; ``crawled`` is the day on which the page was fetched. The days
    that the text tells become mentions. With a ``gazetteer`` of one's own, organisations that were read from the text
    before are read anew: those with a mention for each.
    """
    language, region = document.language, document.region
    if not language:
        language, region, _ = detect_language(document.title, document.text)
        language, region = _as_declared(language, region, declared_language)
    organisations, mentions = document.organisations, document.mentions
    named = _of_kind("organisation", mentions)
    if not organisations or (gazetteer and set(organisations) == {mention.ref for mention in named}):
        # Pashto pages of this kind are Afghan.
        named = find_organisations(
            document.title, document.text, region or ("AF" if language == "ps" else ""), gazetteer
        )
        organisations = tuple(mention.ref for mention in named)
    published, told = document.date, _of_kind("date", mentions)
    if not (published and told):
        dates = page_dates(
            document.title,
            head,
            document.text,
            tail=tail,
            address=document.source,
            published=published,
            crawled=crawled,
        )
        published, told = dates.published, told or dates.mentions
    others = (mention for mention in mentions if mention.kind not in ("organisation", "date"))
    return replace(
        document,
        language=language,
        region=region,
        date=published,
        organisations=organisations,
        mentions=(*named, *told, *others),
    )


def document_of(content: Content, id: str, *, source: str = "", crawled: datetime.date | None = None) -> Document:
    """Return the document whose content was found in a file, which was fetched on a day if that is known.

    ``source`` is where it was found, if it does not say. A date of publication that the file declares comes before any
    that its words tell.
    """
    document = Document(
        id=id,
        title=content.page.title,
        text=content.page.text,
        date=content.published,
        organisations=content.organisations,
        language=content.language,
        region=content.region,
        source=content.url or source,
        surroundings=content.page.surroundings,
    )
    head, tail, declared = content.page.placed_head, content.page.tail, content.declared_language
    document = complete(document, head=head, tail=tail, declared_language=declared, crawled=crawled)
    read_from = replace(
        content.provenance, content_sha256=_content_sha256(document), sketch=sketch(analyze(document.text).surfaces)
    )
    return replace(document, provenance=read_from)


def stub_of(teaser: Teaser, content: Content, id: str, *, source: str) -> Document:
    """Return a document of the headline and the day of a teaser, which was found beside the content of a file."""
    said = "\n".join((*analyze(teaser.title).surfaces, str(teaser.date)))
    own = sha256(f"{content.provenance.sha256}\n{id}\n{said}".encode()).hexdigest()
    # On many pages the same headline stands beside the article: it is stored once.
    read_from = replace(content.provenance, sha256=own, content_sha256=sha256(said.encode()).hexdigest(), warnings=())
    document = Document(id=id, title=teaser.title, date=teaser.date, source=source, provenance=read_from)
    return complete(document)


def read_page(text: str, *, id: str, source: str = "", crawled: datetime.date | None = None) -> Document:
    """Return the document on a page that is given as text, and was fetched on a day if that is known."""
    page = take_apart(text)
    document = Document(id=id, title=page.title, text=page.text, source=source, surroundings=page.surroundings)
    return complete(document, head=page.placed_head, tail=page.tail, crawled=crawled)


def language_confidence(document: Document) -> float | None:
    """Return how sure the words of a document are of its language, ``None`` where something else told it.

    From 0 to 1, as :class:`~migsearch.ingest.language.Language` says.
    """
    found = detect_language(document.title, document.text)
    return found.confidence if found.code == document.language else None


def _content_sha256(document: Document) -> str:
    """Return the hash of what a document says, whatever the spelling, spaces and signs; empty if it has no text.

    Notices of many days say the same but for their dates, and teasers share a headline: none of these is a copy.
    """
    title, text = (" ".join(analyze(part).surfaces) for part in (document.title, document.text))
    return sha256("\n".join((title, text, str(document.date or ""))).encode()).hexdigest() if text else ""


def _of_kind(kind: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if mention.kind == kind)


def _as_declared(language: str, region: str, tag: str) -> tuple[str, str]:
    """Return the language and region of a text, what its words leave open from the tag that its page declares."""
    declared, _, rest = tag.lower().replace("_", "-").partition("-")
    if declared == "prs":
        declared, rest = "fa", "af"
    if language == "und" and declared in ("en", "fa", "ps"):
        language = declared
    # "fa-IR" is what every template for Persian declares; who declares "fa-AF" means it.
    if (language, declared, rest, region) == ("fa", "fa", "af", ""):
        region = "AF"
    return language, region
