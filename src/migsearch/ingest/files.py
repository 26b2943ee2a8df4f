"""The files that paths, folders and patterns name, and the name of each as text."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from migsearch.errors import SourceError

PathLike = str | os.PathLike[str]

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")


class Files:
    """The files found at and below paths, each once, the ``empty`` folders, and the ``unlisted`` ones with the reason.

    Of all these, ``among`` leaves what is at or below one of some paths: those that changed. The folder ``besides`` is
    passed over.
    """

    def __init__(
        self, *paths: PathLike, among: Collection[PathLike] | None = None, besides: PathLike | None = None
    ) -> None:
        self._besides = None if besides is None else _absolute(Path(besides))
        self._patterns = [_pattern(path) for path in paths]
        self._among = None if among is None else [_pattern(path, literal=True) for path in among]
        roots = [found for path in paths for found in _expanded(path)]
        # One file has one path, however it is given: a page must not be read twice under one id.
        files: dict[Path, Path] = {}
        self.unlisted: list[tuple[Path, str]] = []
        self.empty: list[Path] = []
        for root in roots:
            known = len(self.unlisted)
            found = list(self._below(root))
            if not found and len(self.unlisted) == known:
                self.empty.append(root)
            for file in found:
                files.setdefault(_absolute(file), file)
        self.paths = tuple(path for path in files.values() if self._among is None or self.covers(full_name(path)))
        folders = [root if root.is_dir() else root.parent for root in roots]
        # Ids are paths below what the given paths have in common, so that two folders cannot share one.
        self._base = Path(os.path.commonpath([_absolute(folder) for folder in folders])) if folders else Path()

    def name(self, file: Path) -> str:
        """Return the path of a file below what the given paths have in common, with slashes."""
        return printable(_absolute(file).relative_to(self._base).as_posix())

    def covers(self, name: str) -> bool:
        """Tell whether a file of this full name, there or not, is one of those that the paths ask for."""
        parts = PurePath(name).parts
        return self._is_given(name) and (
            self._among is None or any(_matches(parts, pattern) for pattern in self._among)
        )

    def beside(self, file: Path) -> Iterator[Path]:
        """Yield the files of the same folder and suffix that the paths ask for, changed or not, by their names."""
        named = (beside for beside in sorted(file.parent.iterdir()) if beside.suffix.lower() == file.suffix.lower())
        given = (beside for beside in named if not beside.name.startswith(".") and self._is_given(full_name(beside)))
        return (beside for beside in given if beside.is_file())

    def _is_given(self, name: str) -> bool:
        return any(_matches(PurePath(name).parts, pattern) for pattern in self._patterns)

    def _below(self, root: Path) -> Iterator[Path]:
        """Yield the files at and below a path; folders that cannot be listed are noted."""
        if not root.is_dir():
            yield root
            return

        def note(error: OSError) -> None:
            self.unlisted.append((Path(error.filename), error.strerror or str(error)))

        for folder, subfolders, names in os.walk(root, onerror=note):
            subfolders[:] = sorted(name for name in subfolders if self._is_asked_for(Path(folder, name)))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))

    def _is_asked_for(self, folder: Path) -> bool:
        return not folder.name.startswith(".") and _absolute(folder) != self._besides


def printable(path: str) -> str:
    r"""Return a path as text, bytes that are not UTF-8 and control characters written as ``\xff``."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def full_name(path: PathLike) -> str:
    """Return the absolute path as text, see :func:`printable`."""
    return printable(os.fspath(_absolute(Path(path))))


def _pattern(path: PathLike, *, literal: bool = False) -> tuple[str, ...]:
    """Return the parts of an absolute path as patterns."""
    name = full_name(path)
    is_pattern = not literal and glob.has_magic(name) and not Path(path).exists()
    return PurePath(name if is_pattern else glob.escape(name)).parts


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a path is what a pattern names, or below it."""
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_matches(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


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
