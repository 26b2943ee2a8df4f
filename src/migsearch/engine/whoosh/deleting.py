"""Documents of earlier commits found by id and marked as deleted."""

from __future__ import annotations

from typing import Any

from migsearch.engine.whoosh import files
from migsearch.engine.whoosh.lexicon import storable


class Committed:
    """What was committed before a writer began."""

    def __init__(self, writer: Any) -> None:
        self._segments = [
            (segment, files.opened(writer.storage, segment).postings("id")) for segment in writer.segments
        ]

    def delete(self, id: str) -> bool:
        """Mark the document of an id as deleted; tells whether there was one."""
        if not storable(id):
            return False
        was_there = False
        for segment, ids in self._segments:
            number = ids.terms.find(id.encode()) if ids else None
            if ids and number is not None:
                for document in ids.documents(number).tolist():
                    was_there |= not segment.is_deleted(document)
                    segment.delete_document(document)
        return was_there
