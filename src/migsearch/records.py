"""Documents as JSON records: how an index stores them and how programs may exchange them."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from typing import Any

from migsearch.model import Document, Mention, PartialDate, Provenance, Span


def to_record(document: Document) -> str:
    """Return a document as JSON, without what is empty."""
    fields: dict[str, Any] = {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "date": _date_fields(document.date) if document.date else None,
        "organisations": document.organisations,
        "language": document.language,
        "region": document.region,
        "source": document.source,
        "surroundings": document.surroundings,
        "provenance": _filled(asdict(document.provenance)) if document.provenance else None,
        "mentions": [(m.kind, m.ref, m.literal, m.field, *m.span, m.rule, m.evidence) for m in document.mentions],
    }
    return json.dumps(_filled(fields), ensure_ascii=False)


def from_record(record: str) -> Document:
    """Return the document of a record that :func:`to_record` made."""
    fields = json.loads(record)
    date = fields.pop("date", None)
    provenance = fields.pop("provenance", None)
    mentions = fields.pop("mentions", ())
    return Document(
        **fields,
        date=_date(date) if date else None,
        provenance=_provenance(provenance) if provenance else None,
        mentions=tuple(
            Mention(kind, ref, literal, field, Span(start, end), *how)
            for kind, ref, literal, field, start, end, *how in mentions
        ),
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


def _provenance(fields: dict[str, Any]) -> Provenance:
    return Provenance(**{**fields, "warnings": tuple(fields.get("warnings", ()))})


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
