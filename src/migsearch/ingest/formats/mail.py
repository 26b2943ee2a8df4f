"""Messages of electronic mail (RFC 5322): a message is a document, its subject the title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart

from migsearch.ingest.formats.content import MAX_FILE_BYTES, Content, NotReadableError, Source
from migsearch.ingest.formats.declared_date import declared_date
from migsearch.ingest.formats.encoding import decode
from migsearch.ingest.page import Page, clean, joined, take_apart

try:
    from migsearch.ingest.formats.html_page import content_of_html
except ModuleNotFoundError:  # the extra is not installed; most messages have a plain text as well
    content_of_html = None  # type: ignore[assignment]

_SIGNATURE = "\n-- \n"  # what follows is a signature (RFC 3676, section 4.3)


def read(source: Source) -> Iterator[Content]:
    """Read a file that holds one message."""
    yield content_of_message(source, source.data(MAX_FILE_BYTES))


def content_of_message(source: Source, data: bytes) -> Content:
    """Return the document that a message is; raises :class:`NotReadableError` for what is none."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        title = clean(_header(message, "subject"))
        body = message.get_body(("plain", "html"))
        content = _content(source, data, body, title)
        attached = [part.get_filename() for part in message.iter_attachments()]
    except (MessageError, LookupError, ValueError, AttributeError) as error:  # the email package on bad headers
        raise NotReadableError(f"it is no message that can be read: {error}") from None
    if not len(message) and not title:
        raise NotReadableError("it is no message: it has no headers", failed=False)
    names = [clean(name or "without a name") for name in attached]
    warnings = (f"not read: {len(names):,} attached, {', '.join(names)}",) if names else ()
    return replace(
        content,
        published=declared_date(_header(message, "date"), "mail Date") or content.published,
        provenance=replace(content.provenance, warnings=(*content.provenance.warnings, *warnings)),
        part=clean(_header(message, "message-id")).strip("<> \t\n"),
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _content(source: Source, data: bytes, body: MIMEPart | None, title: str) -> Content:
    if body is None:  # nothing but attachments
        return Content(page=Page(title, "", "", ""), provenance=source.provenance(data, len(title)))
    payload = body.get_payload(decode=True)
    text, encoding, warnings = decode(payload if isinstance(payload, bytes) else b"", body.get_content_charset(""))
    provenance = source.provenance(data, len(text), encoding, warnings)
    if body.get_content_subtype() == "plain":
        article, _, signature = text.replace("\r\n", "\n").partition(_SIGNATURE)
        page = take_apart(article, title)
        return Content(page=replace(page, tail=joined([page.tail, clean(signature)])), provenance=provenance)
    if content_of_html is None:
        raise NotReadableError("its text is HTML, which needs: pip install 'migsearch[html]'")
    found = content_of_html(text, provenance)
    return replace(found, page=replace(found.page, title=title or found.page.title))
