"""A Whoosh codec whose segments are flat arrays: ``index.writer(codec=ColumnarCodec())``.

Whoosh's own writer, readers, matchers and queries work on it unchanged, and give the documents and scores that they
give with Whoosh's standard codec. It stores what the formats ``Existence``, ``Frequency`` and ``Positions`` hold,
columns of numbers and of strings, and stored values that JSON can express; nothing is pickled.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec import base

from migsearch.engine.whoosh import files
from migsearch.engine.whoosh.assembly import Assembly
from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.folder import unpacked
from migsearch.engine.whoosh.readers import ColumnarDocuments, ColumnarTerms
from migsearch.engine.whoosh.writers import ColumnarDocumentWriter, ColumnarFieldWriter


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """Makes the writers and readers of segments."""

    length_stats = False  # lengths are kept with the documents; the writer of postings needs none

    def new_segment(self, storage: Any, indexname: str) -> ColumnarSegment:
        """Return a segment that is to be written."""
        return ColumnarSegment(indexname)

    def per_document_writer(self, storage: Any, segment: ColumnarSegment) -> ColumnarDocumentWriter:
        """Return what takes columns, lengths and stored values."""
        return ColumnarDocumentWriter(segment.assembly)

    def field_writer(self, storage: Any, segment: ColumnarSegment) -> ColumnarFieldWriter:
        """Return what takes postings, and saves the segment when it is closed."""
        return ColumnarFieldWriter(segment.assembly, storage, segment)

    def per_document_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarDocuments:
        """Return what reads columns, lengths and stored values."""
        return ColumnarDocuments(files.opened(storage, segment), segment)

    def terms_reader(self, storage: Any, segment: ColumnarSegment) -> ColumnarTerms:
        """Return what reads terms and postings."""
        return ColumnarTerms(files.opened(storage, segment))


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """The name of a segment, its number of documents, and which of them are deleted."""

    def __init__(
        self, indexname: str, segid: str | None = None, documents: int = 0, deleted: Array | None = None
    ) -> None:
        super().__init__(indexname)
        self.segid: str = segid or self._random_id()
        self.documents = documents
        self.deleted = deleted  # by document; no document is, if there is none

    @cached_property
    def assembly(self) -> Assembly:
        """What the segment is made of, while it is written."""
        return Assembly()

    def __getstate__(self) -> dict[str, Any]:
        """Return what Whoosh's own table of contents pickles."""
        deleted = None if self.deleted is None else np.packbits(self.deleted).tobytes()
        return {"indexname": self.indexname, "segid": self.segid, "documents": self.documents, "deleted": deleted}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["indexname"], state["segid"], state["documents"])  # type: ignore[misc]
        if state["deleted"] is not None:
            self.deleted = unpacked(state["deleted"], self.documents)

    def codec(self) -> ColumnarCodec:
        """Return the codec that reads the segment."""
        return ColumnarCodec()

    def should_assemble(self) -> bool:
        """Tell that the segment is one file already."""
        return False

    def set_doc_count(self, documents: int) -> None:
        """Set the number of documents."""
        self.documents = documents

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self.documents

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return 0 if self.deleted is None else int(np.count_nonzero(self.deleted))

    def deleted_docs(self) -> list[int]:
        """Return the deleted documents."""
        return [] if self.deleted is None else list(np.flatnonzero(self.deleted).tolist())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or as not deleted after all."""
        if self.deleted is None:
            self.deleted = np.zeros(self.documents, dtype=bool)
        self.deleted[docnum] = delete

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return self.deleted is not None and bool(self.deleted[docnum])

    def kept(self) -> Array:
        """Return the documents that are not deleted."""
        return np.arange(self.documents) if self.deleted is None else np.flatnonzero(~self.deleted)
