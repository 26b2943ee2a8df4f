"""From files and folders to documents. Nothing is lost silently: what is not read is reported with its reason."""

from __future__ import annotations

import codecs
import glob
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from migsearch.errors import DocumentError, SourceError
from migsearch.ingest.complete import read_page
from migsearch.model import Document

MAX_PAGE_BYTES = 10_000_000
"""Size of a file above which it is no page of news."""

TEXT_SUFFIXES = (".txt", ".text")

_BOMS = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_log = logging.getLogger(__name__)

PathLike = str | os.PathLike[str]


class Skip(NamedTuple):
    """A file, or a part of one, that was not read, and why."""

    path: Path
    reason: str


class Reading:
    """Documents read from files, one after another, as it is iterated.

    ``files`` are the files found. When it has been iterated, ``skipped`` lists those that were not read, and
    ``warnings`` those of which a part was not.
    """

    def __init__(self, *paths: PathLike) -> None:
        roots = [found for path in paths for found in _expanded(path)]
        # One file has one path, however it is given: a page must not be read twice under one id.
        files: dict[Path, Path] = {}
        self._unlisted: list[Skip] = []
        for root in roots:
            found = list(_files(root, self._unlisted))
            if not found:
                self._unlisted.append(Skip(root, "the folder is empty"))
            for file in found:
                files.setdefault(_absolute(file), file)
        self.files: tuple[Path, ...] = tuple(files.values())
        self.skipped: list[Skip] = []
        self.warnings: list[Skip] = []
        folders = [root if root.is_dir() else root.parent for root in roots]
        # Ids are paths below what the given paths have in common, so that two folders cannot share one.
        self._base = Path(os.path.commonpath([_absolute(folder) for folder in folders])) if folders else Path()

    def __iter__(self) -> Iterator[Document]:
        self.skipped.clear()
        self.warnings.clear()
        for folder, reason in self._unlisted:
            self._skip(folder, reason)
        for file in self.files:
            try:
                yield self._document(file)
            except (_NotReadableError, DocumentError) as error:
                self._skip(file, str(error))
            except OSError as error:
                self._skip(file, error.strerror or str(error))

    def _document(self, file: Path) -> Document:
        text = _decoded(file, self.warnings)
        name = _absolute(file).relative_to(self._base).as_posix()
        document = read_page(text, id=name, source=str(file))
        if not document.title and not document.text:
            raise _NotReadableError("there is no text in it")
        return document

    def _skip(self, path: Path, reason: str) -> None:
        self.skipped.append(Skip(path, reason))
        _log.info("skipped %s: %s", path, reason)


class _NotReadableError(Exception):
    """A file that is no page that can be read."""


def read(*paths: PathLike) -> Reading:
    """Read files, folders (with all below them) and glob patterns.

    Today pages of text are read (``.txt``), in UTF-8, or in UTF-16 with a byte order mark. A document's id is its
    path below the given folder. Hidden files, and folders that are symbolic links, are passed over.

    Raises :class:`SourceError` if a path does not exist or a pattern matches nothing.
    """
    return Reading(*paths)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - unlike Path.absolute, it takes out ".."


def _expanded(path: PathLike) -> list[Path]:
    name = os.fspath(path)
    if name and Path(name).exists():
        return [Path(name)]
    matches = glob.glob(name, recursive=True) if glob.has_magic(name) else []  # noqa: PTH207 - Path takes no absolute one
    if not matches:
        raise SourceError(f"there is no file or folder {name}")
    return [Path(match) for match in sorted(matches)]


def _files(root: Path, unlisted: list[Skip]) -> Iterator[Path]:
    """Yield the files at and below a path; folders that cannot be listed are noted."""
    if not root.is_dir():
        yield root
        return

    def note(error: OSError) -> None:
        unlisted.append(Skip(Path(error.filename), error.strerror or str(error)))

    for folder, subfolders, names in os.walk(root, onerror=note):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _decoded(file: Path, warnings: list[Skip]) -> str:
    if file.suffix.lower() not in TEXT_SUFFIXES:
        raise _NotReadableError(f"{file.suffix or 'no suffix'} is no format that is read; .txt is")
    if not file.is_file():
        raise _NotReadableError("it is no regular file")
    size = file.stat().st_size
    if size > MAX_PAGE_BYTES:
        raise _NotReadableError(f"it has {size / 1e6:,.1f} MB; a page has at most {MAX_PAGE_BYTES / 1e6:,.0f} MB")
    data = file.read_bytes()
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        raise _NotReadableError("it is a binary file: it holds zero bytes")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason in ("unexpected end of data", "truncated data"):  # cut in the middle of a character
            warnings.append(Skip(file, f"the page was cut: at byte {error.start} it ends in a part of a character"))
            return data[: error.start].decode(encoding)
        raise _NotReadableError(
            f"it is not {encoding.upper()}: byte 0x{data[error.start]:02x} at {error.start} cannot be decoded"
        ) from None
