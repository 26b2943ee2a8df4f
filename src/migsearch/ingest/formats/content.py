"""What readers of formats get and give: a file to read, and the documents found in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from migsearch.ingest.page import Page
from migsearch.model import PartialDate, Provenance

MAX_PAGE_BYTES = 10_000_000
"""Size of a page above which it is none of news: of a file, or of one of the many documents in a file."""

MAX_FILE_BYTES = 100_000_000
"""Size of a file that holds more than text: a PDF or an office document with its pictures."""

_PART_BYTES = 1 << 20  # read at once, of a file that is only hashed


class NotReadableError(Exception):
    """A file, or a part of one, that cannot be read; ``failed`` tells a broken one from one that is no page."""

    def __init__(self, reason: str, *, failed: bool = True) -> None:
        super().__init__(reason)
        self.failed = failed


def _none_repeated(file: Path, text: str) -> Set[str]:  # noqa: ARG001 - as it is called
    return frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    ``name`` is its absolute path as text that can be printed and stored, whatever its bytes. ``columns`` are the names
    of columns that the user gave for the fields of a document. ``repeated`` tells which lines of a page of text,
    folded, other pages of its source have too.
    """

    path: Path
    format: str
    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    repeated: Callable[[Path, str], Set[str]] = _none_repeated

    def data(self, limit: int = MAX_PAGE_BYTES) -> bytes:
        """Return all of the file; raises :class:`NotReadableError` if it has more bytes than ``limit``."""
        size = self.path.stat().st_size
        if size <= limit:
            with self.open() as file:  # never more, whatever a special file says of its size
                data = file.read(limit + 1)
            size = len(data)
        if size > limit:
            raise NotReadableError(
                f"it has {size / 1e6:,.1f} MB; {self.format} is read up to {limit / 1e6:,.0f} MB", failed=False
            )
        return data

    def open(self) -> BinaryIO:
        """Open the file, for formats that hold many documents."""
        return self.path.open("rb")

    def sha256(self) -> str:
        """Return the hash of all of the file, of any size."""
        digest = hashlib.sha256()
        with self.open() as file:
            while part := file.read(_PART_BYTES):
                digest.update(part)
        return digest.hexdigest()

    def provenance(
        self, data: bytes, characters: int, encoding: str = "", warnings: tuple[str, ...] = ()
    ) -> Provenance:
        """Return the provenance of a document that was read from ``data``, all of the file or a part."""
        digest = hashlib.sha256(data).hexdigest()
        return Provenance(
            file=self.name,
            format=self.format,
            encoding=encoding,
            size=len(data),
            characters=characters,
            sha256=digest,
            warnings=warnings,
        )


def with_warning(provenance: Provenance, warning: str) -> Provenance:
    """Return a provenance with one more warning."""
    return replace(provenance, warnings=(*provenance.warnings, warning))


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A document as it was found in a file, before what it leaves empty is read from its words.

    ``part`` names the part of a file that holds many, ``id`` is the document's own id, if it has one. ``published``,
    ``organisations``, ``language``, ``region`` and ``url`` are what the file says. ``declared_language`` is a tag such
    as ``fa-AF`` that stands in many a page for no better reason than its template: the words decide before it.
    """

    page: Page
    provenance: Provenance
    part: str = ""
    id: str = ""
    published: PartialDate | None = None
    organisations: tuple[str, ...] = ()
    language: str = ""
    region: str = ""
    declared_language: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of a file that holds many documents, which could not be read, and why."""

    part: str
    reason: str


Reader = Callable[[Source], Iterator[Content | Broken]]
"""Reads one format. Raises :class:`NotReadableError` and :class:`OSError`."""
