"""The document that is meant by its id, or by the beginning of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migsearch.errors import MigsearchError

if TYPE_CHECKING:
    from migsearch.index import Index
    from migsearch.model import Document

_MOST_CANDIDATES = 10


class DocumentNotFoundError(MigsearchError):
    """No document is meant by what was typed."""


def find_document(index: Index, id: str) -> Document:
    """Return the document with this id, or the only one whose id begins so."""
    document = index.document(id)
    if document is not None:
        return document
    candidates = index.find_ids(id, limit=_MOST_CANDIDATES + 1)
    if not candidates:
        raise DocumentNotFoundError(f"no document has the id {id!r}, nor an id that begins so")
    if len(candidates) > 1:
        more = " and more" if len(candidates) > _MOST_CANDIDATES else ""
        listed = ", ".join(candidates[:_MOST_CANDIDATES])
        raise MigsearchError(f"{id!r} is the beginning of more than one id: {listed}{more}")
    found = index.document(candidates[0])
    if found is None:  # deleted by another program in between
        raise gone(candidates[0])
    return found


def gone(id: str) -> DocumentNotFoundError:
    """Return the error for a document that was there a moment ago."""
    return DocumentNotFoundError(f"the document {id!r} is gone")
