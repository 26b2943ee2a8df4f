"""Results, documents and facts about an index as JSON, for other programs.

The text is logical and unshaped, in the order in which it is read.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from migsearch.engine.judging import Contribution
    from migsearch.errors import QueryError
    from migsearch.explanation import Explanation
    from migsearch.index import IndexInfo
    from migsearch.ingest.read import Reading
    from migsearch.model import Document, Hit, Note, PartialDate, Results, Snippet
    from migsearch.query.interpretation import Asked, Interpretation, Part

# What JSON allows unescaped and a terminal, a line reader or an encoder trips over: DEL, C1 controls, the
# bidirectional controls, line separators, lone surrogates.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


SEARCH_VERSION = 1
"""The version of the object of a search: keys may be added within it; it changes where one changes or goes."""


def dumps(value: Mapping[str, Any], *, indent: int | None = 2) -> str:
    """Return ``value`` as JSON, other scripts as they are, whatever controls a terminal escaped.

    With ``indent=None`` it is one line.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def results_object(results: Results) -> dict[str, Any]:
    """Return the object that ``migsearch search --json`` prints; spans are of code points, end exclusive."""
    return {
        "version": SEARCH_VERSION,
        "query": results.query,
        "total": results.total,
        "offset": results.offset,
        "hits": [_hit_object(hit) for hit in results.hits],
        "facets": {name: dict(facet) for name, facet in results.facets.items()},
        "notes": _notes(results.notes),
    }


def error_object(query: str, error: QueryError) -> dict[str, Any]:
    """Return the object that ``migsearch search --batch`` prints for a query that cannot be read."""
    span = list(error.span) if error.span else None
    return {"version": SEARCH_VERSION, "query": query, "error": {"message": str(error), "span": span}}


def interpretation_object(interpretation: Interpretation) -> dict[str, Any]:
    """Return how a query was read, as ``migsearch explain --json`` prints it."""
    return {
        "query": interpretation.query,
        "parts": [_part_object(part) for part in interpretation.parts],
        "together": [_asked_object(node) for node in interpretation.together],
        "shared": [_asked_object(node) for node in interpretation.shared],
        "notes": _notes(interpretation.notes),
    }


def explanation_object(explanation: Explanation, document: Document) -> dict[str, Any]:
    """Return why a document matches or does not, as ``migsearch explain --json`` prints it."""
    return {
        "id": document.id,
        "title": document.title,
        "matches": explanation.matches,
        "score": explanation.score,
        "contributions": [_contribution_object(contribution) for contribution in explanation.contributions],
        "missing": list(explanation.missing),
    }


def document_object(document: Document) -> dict[str, Any]:
    """Return the object that ``migsearch show --json`` prints."""
    provenance = asdict(document.provenance) if document.provenance else None
    copies = [{"id": copy.id, "source": copy.source, "provenance": asdict(copy.provenance)} for copy in document.copies]
    alike = list(document.alike)
    return {**_facts(document), "text": document.text, "provenance": provenance, "copies": copies, "alike": alike}


def inspection_object(document: Document) -> dict[str, Any]:
    """Return one of the documents that ``migsearch inspect --json`` prints; spans are of its title or its text."""
    from migsearch.ingest.complete import language_confidence

    shown = document_object(document)
    del shown["copies"]  # which only an index knows
    return {
        **shown,
        "language_confidence": language_confidence(document),
        "published": _date_object(document.date) if document.date else None,
        "mentions": [{**asdict(mention), "span": list(mention.span)} for mention in document.mentions],
        "surroundings": document.surroundings,
    }


def unread_object(reading: Reading) -> dict[str, Any]:
    """Return what could not be read, as ``migsearch inspect --json`` prints it."""
    return {
        name: [{"file": str(skip.path), "reason": skip.reason} for skip in skips]
        for name, skips in (("skipped", reading.skipped), ("failed", reading.failed))
    }


def info_object(info: IndexInfo) -> dict[str, Any]:
    """Return the object that ``migsearch info --json`` prints."""
    return {
        "path": str(info.path),
        "documents": info.documents,
        "languages": dict(info.languages),
        "years": dict(info.years),
        "size_bytes": info.size_bytes,
    }


def _date_object(date: PartialDate) -> dict[str, Any]:
    return {
        "first": date.first.isoformat(),
        "last": date.last.isoformat(),
        "precision": date.precision,
        "literal": date.literal,
        "rule": date.rule,
        "flags": list(date.flags),
        "moment": date.moment.isoformat() if date.moment else None,
    }


def _hit_object(hit: Hit) -> dict[str, Any]:
    return {
        **_facts(hit.document),
        "title_highlights": [list(span) for span in hit.title_highlights],
        "score": hit.score,
        "snippets": [_snippet_object(snippet) for snippet in hit.snippets],
    }


def _part_object(part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind,
        "role": part.role,
        "text": part.text,
        "span": list(part.span),
        "surface": part.surface,
        "root": part.root,
        "asked": [_asked_object(node) for node in part.asked],
    }


def _asked_object(node: Asked) -> dict[str, Any]:
    from migsearch.query.interpretation import asked_field, asked_text

    return {"field": asked_field(node), "text": asked_text(node), "weight": getattr(node, "weight", None)}


def _contribution_object(contribution: Contribution) -> dict[str, Any]:
    from migsearch.query.interpretation import asked_text

    return {
        "field": contribution.field,
        "term": contribution.term,
        "asked": asked_text(contribution.asked),
        "weight": contribution.weight,
        "idf": contribution.idf,
        "frequency": contribution.frequency,
        "length": contribution.length,
        "average_length": contribution.average_length,
        "score": contribution.score,
    }


def _notes(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [{"message": note.message, "span": list(note.span) if note.span else None} for note in notes]


def _snippet_object(snippet: Snippet) -> dict[str, Any]:
    return {"text": snippet.text, "highlights": [list(span) for span in snippet.highlights]}


def _facts(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "date_inferred": bool(document.date and document.date.inferred),
        "organisations": list(document.organisations),
        "language": document.language,
        "region": document.region,
        "source": document.source,
    }
