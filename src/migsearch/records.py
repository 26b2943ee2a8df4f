"""Documents as records, which an index stores: a line of key words, a line of JSON, and then the text as it is.

The key words are the roots that a document is known by, and the share of each in a digit: to read no more of the best
hits is quick. The JSON is a list of a document's fields in their order, the last ones left out where they are empty.
The text is most of a document; apart from the JSON, nothing in it has to be escaped, nor to be looked for escapes.
Documents are made of records without checking their fields again, which was half the time of a search, and all their
fields are set at once, which is sooner done than setting one slot after the other.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from types import MappingProxyType
from typing import Any

from migsearch.model import Copy, Document, Mention, PartialDate, Provenance, Span

_DOCUMENT = tuple(field.name for field in fields(Document))
_TEXT = _DOCUMENT.index("text")
_EMPTY = {field.name: field.default for field in fields(Document)}

_NONE: Mapping[str, float] = MappingProxyType({})

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FINENESS = 200  # the digits in a whole: they tell half a hundredth from the next, and up to 17 of them
_SHARES = {digit: number / _FINENESS for number, digit in enumerate(_DIGITS)}


def to_record(document: Document, key_words: Mapping[str, float] = _NONE) -> str:
    """Return a document as a record, with its key words: roots, and the share of each in all."""
    first = " ".join((*key_words, "".join(map(_digit, key_words.values()))))
    values = [_STORED.get(name, _as_it_is)(getattr(document, name)) for name in _DOCUMENT]
    values[_TEXT] = ""
    while not values[-1]:
        values.pop()
    return f"{first}\n{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}\n{document.text}"


def from_record(record: str) -> Document:
    """Return the document of a record that :func:`to_record` made."""
    values, end = _read(record, record.index("\n") + 1)
    made = object.__new__(Document)
    made.__dict__.update(_EMPTY)
    made.__dict__.update(zip(_DOCUMENT, values), text=record[end + 1 :])  # noqa: B905 - the last ones may be left out
    for name, place, restored in _RESTORED:
        if place >= len(values):
            break
        made.__dict__[name] = restored(values[place]) if values[place] else _EMPTY[name]
    return made


def id_of(record: str) -> str:
    """Return the id of the document of a record."""
    return str(_read(record, record.index("\n[") + 2)[0])


def key_words(record: str) -> Mapping[str, float]:
    """Return the key words of a record."""
    *roots, digits = record[: record.index("\n")].split(" ")
    return dict(zip(roots, map(_SHARES.__getitem__, digits), strict=True))


def _digit(share: float) -> str:
    """Return a share as a digit; few words make up more of a document than the largest says."""
    return _DIGITS[min(round(share * _FINENESS), len(_DIGITS) - 1)]


_read = json.JSONDecoder().raw_decode


def _date_values(date: PartialDate | None) -> list[Any] | None:
    if date is None:
        return None
    moment = date.moment.isoformat() if date.moment else None
    return [date.first.isoformat(), date.last.isoformat(), date.literal, date.rule, date.flags, moment]


def _date(values: list[Any]) -> PartialDate:
    first, last, literal, rule, flags, moment = values
    day = datetime.date.fromisoformat(first)
    made = object.__new__(PartialDate)
    made.__dict__.update(
        first=day,
        last=day if first == last else datetime.date.fromisoformat(last),
        literal=literal,
        rule=rule,
        flags=tuple(flags),
        moment=datetime.datetime.fromisoformat(moment) if moment else None,
    )
    return made


def _mention_values(mentions: Iterable[Mention]) -> list[Any]:
    return [(m.kind, m.ref, m.literal, m.field, *m.span, m.rule, m.evidence) for m in mentions]


def _mentions(given: Iterable[Any]) -> tuple[Mention, ...]:
    return tuple(_mention(*values) for values in given)


def _mention(kind: str, ref: str, literal: str, field: str, start: int, end: int, rule: str, evidence: str) -> Mention:
    made = object.__new__(Mention)
    made.__dict__.update(
        kind=kind, ref=ref, literal=literal, field=field, span=Span(start, end), rule=rule, evidence=evidence
    )
    return made


def _provenance_fields(provenance: Provenance | None) -> dict[str, Any] | None:
    return {name: value for name, value in asdict(provenance).items() if value} if provenance else None


def _provenance(fields: dict[str, Any]) -> Provenance:
    return Provenance(**{**fields, "warnings": tuple(fields.get("warnings", ()))})


def _copy_values(copies: Iterable[Copy]) -> list[Any]:
    return [(copy.id, copy.source, _provenance_fields(copy.provenance)) for copy in copies]


def _copies(given: Iterable[Any]) -> tuple[Copy, ...]:
    return tuple(Copy(id, source, _provenance(read_from)) for id, source, read_from in given)


def _as_it_is(value: Any) -> Any:
    return value


_STORED: Mapping[str, Callable[[Any], Any]] = {
    "date": _date_values,
    "mentions": _mention_values,
    "provenance": _provenance_fields,
    "copies": _copy_values,
}
"""How fields become JSON that are not what JSON has values for."""

_RESTORED = tuple(
    (name, _DOCUMENT.index(name), restored)
    for name, restored in (
        ("date", _date),
        ("organisations", tuple),
        ("mentions", _mentions),
        ("provenance", _provenance),
        ("copies", _copies),
        ("alike", tuple),
    )
)
"""Fields that are restored from JSON, in the order of their places, and how."""
