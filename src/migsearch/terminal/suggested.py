"""Suggested organisations as a file of organisations: what a person leaves in it, migsearch knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from migsearch.ingest.suggestions import Context, Suggestion


def gazetteer_lines(suggestions: Iterable[Suggestion]) -> Iterator[str]:
    """Yield the lines of a gazetteer file, each entry with its count and some of its places as comments."""
    for suggestion in suggestions:
        times = "once" if suggestion.count == 1 else f"{suggestion.count:,} times"
        documents = "1 document" if suggestion.documents == 1 else f"{suggestion.documents:,} documents"
        yield f"# {times} in {documents}"
        yield from (f"#   {_line(context)}" for context in suggestion.contexts)
        yield f"[bodies.{suggestion.id}]"
        names = [suggestion.name, suggestion.acronym] if suggestion.acronym else [suggestion.name]
        yield f"{suggestion.language} = {_list(names)}"
        yield ""


def suggestion_objects(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Return suggestions as ``migsearch organisations suggest --json`` prints them."""
    return [
        {
            "id": suggestion.id,
            "name": suggestion.name,
            "language": suggestion.language,
            "acronym": suggestion.acronym,
            "count": suggestion.count,
            "documents": suggestion.documents,
            "contexts": [
                {"document": each.document, "before": each.before, "literal": each.literal, "after": each.after}
                for each in suggestion.contexts
            ],
        }
        for suggestion in suggestions
    ]


def _line(context: Context) -> str:
    return clean(f"{context.document}: … {context.before} [{context.literal}] {context.after} …")


def _list(names: Sequence[str]) -> str:
    # A string of JSON is one of TOML.
    return f"[{', '.join(json.dumps(clean(name), ensure_ascii=False) for name in names)}]"
