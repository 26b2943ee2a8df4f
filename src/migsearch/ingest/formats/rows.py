"""Rows of tables and records, each a document whose fields have names."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from migsearch.ingest.formats.columns import FIELDS, assigned
from migsearch.ingest.formats.content import MAX_PAGE_BYTES, Content, NotReadableError, Source
from migsearch.ingest.formats.declared_date import declared_date
from migsearch.ingest.formats.encoding import decode
from migsearch.ingest.page import Page, clean, take_apart

Row = Mapping[str, Any]

_SAMPLE = 65_536  # bytes by which the encoding is told
_LISTED = re.compile(r"\s*[;,|،؛]\s*")
_LANGUAGES = {"prs": ("fa", "AF"), "dari": ("fa", "AF"), "pes": ("fa", "IR"), "farsi": ("fa", "")}
_LANGUAGES |= {"persian": ("fa", ""), "english": ("en", ""), "pashto": ("ps", "")}


def text_lines(source: Source) -> tuple[Iterator[str], str]:
    """Return the lines of a file, their ends kept, and its encoding; a file of any size is read line by line.

    Raises :class:`NotReadableError` where a line is longer than a page.
    """
    with source.open() as file:
        sample = file.read(_SAMPLE)
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    encoding = decode(whole_lines).encoding
    return _lines(source, encoding), encoding


def _lines(source: Source, encoding: str) -> Iterator[str]:
    with source.open() as file, io.TextIOWrapper(file, encoding, errors="replace", newline="") as lines:
        number = 0
        while line := lines.readline(MAX_PAGE_BYTES + 1):
            number += 1
            if len(line) > MAX_PAGE_BYTES:
                raise NotReadableError(f"line {number:,} has more than {MAX_PAGE_BYTES / 1e6:,.0f} MB, as no page has")
            yield line.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}") if number == 1 else line


def content_of_row(source: Source, row: Row, raw: str, encoding: str) -> Content:
    """Return the document of a row; ``raw`` is the row as it stands in the file.

    Raises :class:`NotReadableError` for a row that has neither a title nor a text.
    """
    columns = assigned(row, source.columns)
    values = {field: row.get(column) for field, column in columns.items()}
    title, text = (clean(_text(values.get(field))).strip() for field in ("title", "text"))
    if not title and not text:
        raise NotReadableError(f"it has no {' and no '.join(_named(field, columns) for field in ('title', 'text'))}")
    date = declared_date(values.get("date"), f"column {columns.get('date')}")
    warnings = (
        () if date or not _text(values.get("date")) else (f"the date {str(values['date'])[:40]!r} cannot be read",)
    )
    language, region = _language(_text(values.get("language")))
    url, id = _text(values.get("url")), _text(values.get("id"))
    return Content(
        page=Page(title, text, "", "") if title else take_apart(text),
        provenance=source.provenance(raw.encode(encoding, "replace"), len(raw), encoding, warnings),
        part=hashlib.sha256(f"{title}\n{text}".encode(errors="replace")).hexdigest()[:12],
        id=id or url,
        published=date,
        organisations=_list(values.get("organisations")),
        language=language,
        region=region,
        url=url,
    )


def _named(field: str, columns: Mapping[str, str]) -> str:
    return columns.get(field) or FIELDS[field][0]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""


def _list(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else _LISTED.split(_text(value))
    return tuple(name for name in map(str.strip, chain(map(str, values))) if name)


def _language(tag: str) -> tuple[str, str]:
    """Return the language and region of a tag such as ``fa-AF``, ``prs`` or ``English``."""
    language, _, region = tag.strip().replace("_", "-").partition("-")
    return _LANGUAGES.get(language.lower(), (language.lower(), region.upper()))
