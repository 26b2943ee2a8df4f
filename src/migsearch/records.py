"""Documents as records, which an index stores: a line of JSON, and then the text as it is.

The text is most of a document. Apart from the JSON, nothing in it has to be escaped, nor to be looked for escapes.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from migsearch.model import Copy, Document, Mention, PartialDate, Provenance, Span


def to_record(document: Document) -> str:
    """Return a document as a record, without what is empty."""
    fields: dict[str, Any] = {
        "id": document.id,
        "title": document.title,
        "date": _date_fields(document.date) if document.date else None,
        "organisations": document.organisations,
        "language": document.language,
        "region": document.region,
        "source": document.source,
        "surroundings": document.surroundings,
        "provenance": _provenance_fields(document.provenance) if document.provenance else None,
        "copies": [(copy.id, copy.source, _provenance_fields(copy.provenance)) for copy in document.copies],
        "alike": document.alike,
        "mentions": [(m.kind, m.ref, m.literal, m.field, *m.span, m.rule, m.evidence) for m in document.mentions],
    }
    return f"{json.dumps(_filled(fields), ensure_ascii=False)}\n{document.text}"


def from_record(record: str) -> Document:
    """Return the document of a record that :func:`to_record` made."""
    end = record.index("\n")  # JSON has no end of line but between its parts
    fields, _ = _read(record[:end])
    fields["text"] = record[end + 1 :]
    for name in fields.keys() & _RESTORED.keys():
        fields[name] = _RESTORED[name](fields[name])
    return _restored(fields)


_read = json.JSONDecoder().raw_decode
_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Document)}
_SETTERS = tuple(getattr(Document, name).__set__ for name in _DEFAULTS)


def _restored(fields: dict[str, Any]) -> Document:
    """Return a document without checking its fields again: that was half the time of a search."""
    values = _DEFAULTS | fields
    if len(values) > len(_DEFAULTS):
        raise ValueError(f"a record has fields that no document has: {sorted(fields.keys() - _DEFAULTS.keys())}")
    document = object.__new__(Document)
    for set_, value in zip(_SETTERS, values.values(), strict=True):  # both are in the order of the defaults
        set_(document, value)
    return document


def _copies(given: Iterable[Any]) -> tuple[Copy, ...]:
    return tuple(Copy(id, source, _provenance(read_from)) for id, source, read_from in given)


def _mentions(given: Iterable[Any]) -> tuple[Mention, ...]:
    return tuple(
        Mention(kind, ref, literal, field, Span(start, end), *how)
        for kind, ref, literal, field, start, end, *how in given
    )


def _date_fields(date: PartialDate) -> dict[str, Any]:
    return {
        "first": date.first.isoformat(),
        "last": date.last.isoformat(),
        "literal": date.literal,
        "rule": date.rule,
        "flags": date.flags,
        **({"moment": date.moment.isoformat()} if date.moment else {}),
    }


def _date(fields: dict[str, Any]) -> PartialDate:
    return PartialDate(
        datetime.date.fromisoformat(fields["first"]),
        datetime.date.fromisoformat(fields["last"]),
        fields["literal"],
        fields["rule"],
        tuple(fields["flags"]),
        datetime.datetime.fromisoformat(fields["moment"]) if "moment" in fields else None,
    )


def _provenance_fields(provenance: Provenance) -> dict[str, Any]:
    return _filled(asdict(provenance))


def _provenance(fields: dict[str, Any]) -> Provenance:
    return Provenance(**{**fields, "warnings": tuple(fields.get("warnings", ()))})


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


_RESTORED: Mapping[str, Callable[[Any], Any]] = {
    "date": _date,
    "organisations": tuple,
    "provenance": _provenance,
    "copies": _copies,
    "mentions": _mentions,
    "alike": tuple,
}
"""How the fields are read that JSON has no values for."""
