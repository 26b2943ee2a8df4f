"""Search English and Persian press releases and news on migration.

>>> import migsearch
>>> results = migsearch.search("IOM Turkmenistan")
>>> for hit in results:
...     print(hit.document.date, hit.document.title)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migsearch.analysis.analyzer import analyze
    from migsearch.analysis.tokens import Tokens
    from migsearch.data.keeping import keep_in
    from migsearch.engine.base import Change
    from migsearch.errors import (
        DocumentError,
        GazetteerError,
        IndexDamagedError,
        IndexLockedError,
        IndexNotFoundError,
        IndexPathError,
        IndexVersionError,
        MigsearchError,
        QueryError,
        SourceError,
        StoreError,
    )
    from migsearch.explanation import Explanation
    from migsearch.index import Index, IndexInfo
    from migsearch.ingest.display_names import display_name
    from migsearch.ingest.gazetteer import Gazetteer, read_gazetteer
    from migsearch.ingest.organisations import find_organisations
    from migsearch.ingest.read import Reading, Skip, read
    from migsearch.library import default_index_path, open, search
    from migsearch.mirror import Synced
    from migsearch.model import (
        Copy,
        Correction,
        Document,
        Facet,
        Hit,
        Mention,
        Note,
        PartialDate,
        Provenance,
        Results,
        Snippet,
        Span,
        Token,
    )

__version__ = "0.1.0"

# Where each public name is. They are imported when first used, so that `migsearch --version` does not wait for ICU and
# Whoosh.
_HOMES = {
    "analysis.analyzer": ("analyze",),
    "analysis.tokens": ("Tokens",),
    "data.keeping": ("keep_in",),
    "engine.base": ("Change",),
    "errors": (
        "DocumentError",
        "GazetteerError",
        "IndexDamagedError",
        "IndexLockedError",
        "IndexNotFoundError",
        "IndexPathError",
        "IndexVersionError",
        "MigsearchError",
        "QueryError",
        "SourceError",
        "StoreError",
    ),
    "explanation": ("Explanation",),
    "index": ("Index", "IndexInfo"),
    "ingest.display_names": ("display_name",),
    "ingest.gazetteer": ("Gazetteer", "read_gazetteer"),
    "ingest.organisations": ("find_organisations",),
    "ingest.read": ("Reading", "Skip", "read"),
    "library": ("default_index_path", "open", "search"),
    "mirror": ("Synced",),
    "model": (
        "Copy",
        "Correction",
        "Document",
        "Facet",
        "Hit",
        "Mention",
        "Note",
        "PartialDate",
        "Provenance",
        "Results",
        "Snippet",
        "Span",
        "Token",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})


__all__ = [
    "Change",
    "Copy",
    "Correction",
    "Document",
    "DocumentError",
    "Explanation",
    "Facet",
    "Gazetteer",
    "GazetteerError",
    "Hit",
    "Index",
    "IndexDamagedError",
    "IndexInfo",
    "IndexLockedError",
    "IndexNotFoundError",
    "IndexPathError",
    "IndexVersionError",
    "Mention",
    "MigsearchError",
    "Note",
    "PartialDate",
    "Provenance",
    "QueryError",
    "Reading",
    "Results",
    "Skip",
    "Snippet",
    "SourceError",
    "Span",
    "StoreError",
    "Synced",
    "Token",
    "Tokens",
    "analyze",
    "default_index_path",
    "display_name",
    "find_organisations",
    "keep_in",
    "open",
    "read",
    "read_gazetteer",
    "search",
]
