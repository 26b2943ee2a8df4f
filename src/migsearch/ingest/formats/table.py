"""Tables whose first row names the columns: values parted by commas, semicolons, bars or tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from migsearch.ingest.formats.columns import assigned
from migsearch.ingest.formats.content import MAX_PAGE_BYTES, Broken, Content, NotReadableError, Source
from migsearch.ingest.formats.rows import content_of_row, text_lines

_DELIMITERS = ",;\t|"


def read(source: Source) -> Iterator[Content | Broken]:
    """Read one document a row; a table without a column for the text is none of documents."""
    lines, encoding = text_lines(source)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(MAX_PAGE_BYTES)  # of the whole program; the default is less than a long article
    names = next(csv.reader([header], delimiter=delimiter), [])
    if assigned(names, source.columns).get("text") not in names:
        raise NotReadableError("none of its columns is the text; name it, as in --column text=story", failed=False)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for values in rows:
            if any(values):
                yield _document(source, dict(zip(names, values, strict=False)), rows.line_num + 1, delimiter, encoding)
    except csv.Error as error:
        raise NotReadableError(f"line {rows.line_num + 1:,}: {error}") from None


def _document(source: Source, row: dict[str, str], line: int, delimiter: str, encoding: str) -> Content | Broken:
    try:
        return content_of_row(source, row, delimiter.join(row.values()), encoding)
    except NotReadableError as error:
        return Broken(f"line {line:,}", str(error))
