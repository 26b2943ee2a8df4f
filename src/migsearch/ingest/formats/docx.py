"""Documents of word processors in Office Open XML, by python-docx, which this module alone knows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from migsearch.ingest.formats.content import MAX_FILE_BYTES, Content, NotReadableError, Source
from migsearch.ingest.page import clean, take_apart
from migsearch.ingest.page_words import folded

_MOST_UNPACKED = 300_000_000  # bytes of all parts; a news page with its pictures has a hundredth
_MOST_TEXT = 50_000_000  # bytes of one part in XML, which is held in memory as a tree
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADINGS = ("Title", "Heading 1")
_TOP = 5  # paragraphs among which a title stands


def read(source: Source) -> Iterator[Content]:
    """Read a document; its headers, footers and notes are left out."""
    data = source.data(MAX_FILE_BYTES)
    _check(data)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = [block for item in document.iter_inner_content() for block in _lines(item)]
        title = _title(document, blocks)
    except Exception as error:  # KeyError, ValueError, XMLSyntaxError, PackageNotFoundError...
        raise NotReadableError(f"it is no document that python-docx can read: {error}") from None
    text = "\n\n".join(text for text, _ in blocks)
    yield Content(page=take_apart(text, title), provenance=source.provenance(data, len(text)))


def _check(data: bytes) -> None:
    """Refuse what is no archive of XML, or one that would fill the memory."""
    if data.startswith(_OLE):
        raise NotReadableError("it is locked with a password, or is of an old format: save it as .docx without one")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotReadableError(f"it is no .docx: {error}") from None
    largest = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or largest > _MOST_TEXT:
        raise NotReadableError(f"unpacked it would have {unpacked / 1e6:,.0f} MB, as no page has")


def _lines(item: Paragraph | Table) -> Iterator[tuple[str, str]]:
    """Yield each paragraph, and each row of a table, with the name of its style."""
    if isinstance(item, Paragraph):
        style = item.style.name if item.style is not None else ""
        yield item.text, style or ""
        return
    for row in item.rows:
        cells = {id(cell._tc): cell for cell in row.cells}  # a merged cell stands in each of its columns
        yield "\t".join(" ".join(cell.text.split()) for cell in cells.values()), ""


def _title(document: docx.document.Document, blocks: list[tuple[str, str]]) -> str:
    """Return the title: what is formatted as one, or what the file declares if it stands at the top."""
    top = [(clean(text).strip(), style) for text, style in blocks if text.strip()][:_TOP]
    for heading in _HEADINGS:
        for text, style in top:
            if style == heading:
                return text
    declared = folded(document.core_properties.title or "")
    return next((text for text, _ in top if declared and folded(text) == declared), "")
