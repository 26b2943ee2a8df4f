"""What a document leaves empty, read from its own words."""

from __future__ import annotations

from dataclasses import replace

from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.language import detect_language
from migsearch.ingest.organisations import find_organisations
from migsearch.ingest.page import take_apart
from migsearch.ingest.publication import publication_date
from migsearch.model import Document


def complete(document: Document, head: str = "", gazetteer: Gazetteer | None = None) -> Document:
    """Return the document with its language, date and organisations, each read from the text if it was empty.

    ``head`` are the lines around the title on the page, where a date is looked for first. With a ``gazetteer`` of
    one's own, organisations that were read from the text before are read anew: those with a mention for each.
    """
    language, region = document.language, document.region
    if not language:
        language, region, _ = detect_language(document.title, document.text)
    date = document.date or publication_date(head, document.text)
    organisations, mentions = document.organisations, document.mentions
    if not organisations or (gazetteer and set(organisations) == {mention.ref for mention in mentions}):
        # Pashto pages of this kind are Afghan.
        mentions = find_organisations(
            document.title, document.text, region or ("AF" if language == "ps" else ""), gazetteer
        )
        organisations = tuple(mention.ref for mention in mentions)
    return replace(
        document,
        language=language,
        region=region,
        date=date,
        organisations=organisations,
        mentions=mentions,
    )


def read_page(text: str, *, id: str, source: str = "") -> Document:
    """Return the document on a page that is given as text."""
    page = take_apart(text)
    surroundings = "\n\n".join(part for part in (page.head, page.tail) if part)
    document = Document(id=id, title=page.title, text=page.text, source=source, surroundings=surroundings)
    return complete(document, page.head)
