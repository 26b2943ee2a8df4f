"""Pages of plain text, as a browser or a crawler dumps them."""

from __future__ import annotations

from collections.abc import Iterator

from migsearch.ingest.formats.content import Content, Source
from migsearch.ingest.formats.encoding import decode
from migsearch.ingest.page import take_apart


def read(source: Source) -> Iterator[Content]:
    """Read a page of text."""
    data = source.data()
    text, encoding, warnings = decode(data)
    page = take_apart(text, repeated=source.repeated(source.path, text))
    yield Content(page=page, provenance=source.provenance(data, len(text), encoding, warnings))
