"""Which columns of a table, or keys of a record, are which fields of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migsearch.errors import SourceError

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "docid", "document_id", "uid", "guid", "_id"),
    "title": ("title", "headline", "subject", "عنوان", "تیتر"),
    "text": ("text", "body", "content", "article", "article_body", "articlebody", "full_text", "متن"),
    "date": (
        "date",
        "published",
        "published_at",
        "publication_date",
        "date_published",
        "datepublished",
        "pubdate",
        "تاریخ",
    ),
    "organisations": ("organisations", "organizations", "organisation", "organization", "orgs"),
    "url": ("url", "link", "href", "source_url", "source"),
    "language": ("language", "lang", "زبان"),
}
"""The fields, and what their columns are usually called, the best name first."""


def checked(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns a user named; raises :class:`SourceError` for a field that there is not."""
    for field in columns:
        if field not in FIELDS:
            raise SourceError(f"a document has no field {field!r}; a column can be named for {', '.join(FIELDS)}")
    return dict(columns)


def assigned(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each field that has one: the one that the user named, or one of the usual names."""
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(_plain(name), name)
    found = {
        field: next((by_name[usual] for usual in usuals if usual in by_name), "") for field, usuals in FIELDS.items()
    }
    return {field: column for field, column in {**found, **columns}.items() if column}


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")
