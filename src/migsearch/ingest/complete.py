"""What a document leaves empty, read from its own words."""

from __future__ import annotations

from dataclasses import replace

from migsearch.ingest.formats.content import Content
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.language import detect_language
from migsearch.ingest.organisations import find_organisations
from migsearch.ingest.publication import publication_date
from migsearch.model import Document


def complete(
    document: Document, head: str = "", gazetteer: Gazetteer | None = None, *, declared_language: str = ""
) -> Document:
    """Return the document with its language, date and organisations, each read from the text if it was empty.

    ``head`` are the lines around the title on the page, where a date is looked for first; ``declared_language`` is
    the tag that the page declares, such as ``fa-AF``, for what its words do not tell. With a ``gazetteer`` of
    one's own, organisations that were read from the text before are read anew: those with a mention for each.
    """
    language, region = document.language, document.region
    if not language:
        language, region, _ = detect_language(document.title, document.text)
        language, region = _as_declared(language, region, declared_language)
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


def document_of(content: Content, id: str) -> Document:
    """Return the document whose content was found in a file.

    A date of publication that the file declares comes before any that its words tell.
    """
    page = content.page
    document = Document(
        id=id,
        title=page.title,
        text=page.text,
        date=content.published,
        organisations=content.organisations,
        language=content.language,
        region=content.region,
        source=content.url or content.provenance.file,
        surroundings="\n\n".join(part for part in (page.head, page.tail) if part),
        provenance=content.provenance,
    )
    return complete(document, page.head, declared_language=content.declared_language)


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
