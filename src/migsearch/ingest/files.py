"""The files that paths, folders and patterns name, and the name of each as text."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator
from pathlib import Path

from migsearch.errors import SourceError

PathLike = str | os.PathLike[str]

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")


class Files:
    """The files found at and below paths, each once, and the ``unlisted`` folders with the reason."""

    def __init__(self, *paths: PathLike) -> None:
        roots = [found for path in paths for found in _expanded(path)]
        # One file has one path, however it is given: a page must not be read twice under one id.
        files: dict[Path, Path] = {}
        self.unlisted: list[tuple[Path, str]] = []
        for root in roots:
            found = list(self._below(root))
            if not found:
                self.unlisted.append((root, "the folder is empty"))
            for file in found:
                files.setdefault(_absolute(file), file)
        self.paths: tuple[Path, ...] = tuple(files.values())
        folders = [root if root.is_dir() else root.parent for root in roots]
        # Ids are paths below what the given paths have in common, so that two folders cannot share one.
        self._base = Path(os.path.commonpath([_absolute(folder) for folder in folders])) if folders else Path()

    def name(self, file: Path) -> str:
        """Return the path of a file below what the given paths have in common, with slashes."""
        return printable(_absolute(file).relative_to(self._base).as_posix())

    def _below(self, root: Path) -> Iterator[Path]:
        """Yield the files at and below a path; folders that cannot be listed are noted."""
        if not root.is_dir():
            yield root
            return

        def note(error: OSError) -> None:
            self.unlisted.append((Path(error.filename), error.strerror or str(error)))

        for folder, subfolders, names in os.walk(root, onerror=note):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def printable(path: str) -> str:
    r"""Return a path as text, bytes that are not UTF-8 and control characters written as ``\xff``."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - unlike Path.absolute, it takes out ".."


def _expanded(path: PathLike) -> list[Path]:
    name = os.fspath(path)
    if name and Path(name).exists():
        return [Path(name)]
    if _REMOTE.match(name):
        raise SourceError(f"remote addresses are not fetched: download {name} and give the file")
    matches = glob.glob(name, recursive=True) if glob.has_magic(name) else []  # noqa: PTH207 - Path takes no absolute one
    if not matches:
        raise SourceError(f"there is no file or folder {printable(name)}")
    return [Path(match) for match in sorted(matches)]
