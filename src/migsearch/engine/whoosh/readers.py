"""What Whoosh's readers read a segment by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from whoosh import reading
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length, length_to_byte

from migsearch.engine.whoosh.columnar.arrays import Array
from migsearch.engine.whoosh.columnar.columns import Column, StringColumn
from migsearch.engine.whoosh.columnar.postings import Postings
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.matcher import ArrayMatcher
from migsearch.engine.whoosh.values import stored_value


class ColumnarDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Reads lengths, columns and stored values. Lengths are rounded to a byte, as Whoosh's standard codec has them."""

    def __init__(self, data: Segment, segment: Any) -> None:
        self._data = data
        self._segment = segment

    def doc_count(self) -> int:
        """Return the number of documents that are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Return the number of documents."""
        return self._data.documents

    def has_deletions(self) -> bool:
        """Tell whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        """Return the deleted documents."""
        return list(self._segment.deleted_docs())

    def supports_columns(self) -> bool:
        """Tell that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether there is a column of a name."""
        return fieldname in self._data.columns

    def list_columns(self) -> list[str]:
        """Return the names of the columns."""
        return self._data.columns

    def column_reader(self, fieldname: str, column: Any) -> ColumnarColumn:
        """Return a column."""
        found = self._data.column(fieldname)
        if found is None:
            raise KeyError(fieldname)
        return ColumnarColumn(found)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a field of a document."""
        lengths = self._data.lengths(fieldname)
        return default if lengths is None else _rounded(int(lengths[docnum])) or default

    def field_length(self, fieldname: str) -> int:
        """Return the length of a field in all documents together."""
        lengths = self._data.lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """Return the least length of a field."""
        lengths = self._data.lengths(fieldname)
        return 0 if lengths is None else _rounded(int(lengths.min()))

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length of a field."""
        lengths = self._data.lengths(fieldname)
        return 0 if lengths is None else _rounded(int(lengths.max()))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored values of a document."""
        found = ((name, stored_value(records[docnum])) for name, records in self._data.records.items())
        return {name: value for name, value in found if value is not None}


class ColumnarColumn:
    """A column as Whoosh sorts and groups by it."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._sign = 1

    def __len__(self) -> int:
        return len(self._column.ordinals if isinstance(self._column, StringColumn) else self._column)

    def __getitem__(self, docnum: int) -> Any:
        if isinstance(self._column, StringColumn):
            return self._column.strings[int(self._column.ordinals[docnum])]
        return self._column[docnum].item()

    def __iter__(self) -> Iterator[Any]:
        return (self[document] for document in range(len(self)))

    def sort_key(self, docnum: int) -> Any:
        """Return what a document is sorted by."""
        return self[docnum] if self._sign > 0 else 0 - self[docnum]

    def set_reverse(self) -> None:
        """Sort in the other direction; raises :class:`NotImplementedError` for strings, as Whoosh's columns do."""
        if isinstance(self._column, StringColumn):
            raise NotImplementedError
        self._sign = -1

    def load(self) -> list[Any]:
        """Return all values."""
        return list(self)


class ColumnarTerms(base.TermsReader):  # type: ignore[misc]
    """Reads terms and postings."""

    def __init__(self, data: Segment) -> None:
        self._data = data

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields."""
        return self._data.fields

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms."""
        for field in sorted(self._data.fields):
            yield from self._terms_of(field, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from a place on, and those of the fields that follow."""
        for field in sorted(self._data.fields):
            if field >= fieldname:
                yield from self._terms_of(field, prefix if field == fieldname else b"")

    def _terms_of(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        postings = self._data.postings(field)
        terms = postings.terms.read(postings.terms.first_from(prefix)) if postings else ()
        return ((field, term) for term in terms)

    def items(self) -> Iterator[tuple[tuple[str, bytes], reading.TermInfo]]:
        """Yield all terms with their figures."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], reading.TermInfo]]:
        """Yield the terms from a place on with their figures."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> reading.TermInfo:
        """Return the figures of a term; raises Whoosh's ``TermNotFound``."""
        postings, number = self._found(fieldname, text)
        return figures(postings, number, self._data.lengths(fieldname))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the weight of a term in all documents together."""
        return self.term_info(fieldname, text).weight() if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents have a term, deleted ones included."""
        found = self._find(fieldname, text)
        return found[0].count(found[1]) if found else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """Return a matcher of the postings of a term."""
        postings, number = self._found(fieldname, text)
        return ArrayMatcher(postings, number, format_, scorer, (fieldname, text), self.term_info(fieldname, text))

    def cursor(self, fieldname: str, fieldobj: Any) -> TermCursor:
        """Return a cursor over the terms of a field."""
        return TermCursor(self._data.postings(fieldname), fieldobj)

    def _find(self, field: str, text: bytes) -> tuple[Postings, int] | None:
        postings = self._data.postings(field)
        number = postings.terms.find(text) if postings else None
        return (postings, number) if postings and number is not None else None

    def _found(self, field: str, text: bytes) -> tuple[Postings, int]:
        found = self._find(field, text)
        if found is None:
            raise reading.TermNotFound(f"No term {field}:{text!r}")
        return found


class TermCursor(base.FieldCursor):  # type: ignore[misc]
    """A place among the terms of a field."""

    def __init__(self, postings: Postings | None, field: Any) -> None:
        self._postings = postings
        self._field = field
        self._number = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to a term, or to the one that would follow it."""
        text = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._number = self._postings.terms.first_from(text) if self._postings else 0
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term, ``None`` behind the last."""
        if self._postings is None or not self.is_valid():
            return None
        return str(self._field.from_bytes(self._postings.terms[self._number]))

    def term_info(self) -> reading.TermInfo | None:
        """Return the figures of the term."""
        return figures(self._postings, self._number, None) if self._postings and self.is_valid() else None

    def is_valid(self) -> bool:
        """Tell whether there is a term."""
        return self._postings is not None and self._number < len(self._postings.terms)


def figures(postings: Postings, number: int, lengths: Array | None) -> reading.TermInfo:
    """Return the figures of a term."""
    documents = postings.documents(number)
    weights = postings.weights(number, number + 1)
    if weights is None:
        weights = postings.frequencies(number, number + 1)
    long = np.zeros(1, dtype=np.int64) if lengths is None else lengths[documents]
    return reading.TermInfo(
        weight=float(weights.sum()),
        df=len(documents),
        minlength=_rounded(int(long.min())),
        maxlength=_rounded(int(long.max())),
        maxweight=float(weights.max()),
        minid=int(documents[0]),
        maxid=int(documents[-1]),
    )


def _rounded(length: int) -> int:
    return int(byte_to_length(length_to_byte(length)))
