"""What goes wrong with the files of an index, in migsearch's own terms."""

from __future__ import annotations

import errno
import struct
import zlib
from pathlib import Path
from types import TracebackType

from migsearch import errors
from migsearch.engine.whoosh.columnar.arrays import DamagedFileError

# What reading a file that is cut, overwritten or missing comes to, in one place or another.
_DAMAGE = (
    struct.error,
    zlib.error,
    EOFError,
    FileNotFoundError,
    IndexError,
    KeyError,
    ValueError,
)


class TranslatedErrors:
    """Raises what goes wrong inside ``with`` as an error of migsearch's tree that names the index.

    It may be entered again and again: each search does, so it is no generator, which takes five times as long.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is not None and (translated := _translated(self._path, error)):
            raise translated from error


def _translated(path: Path, error: BaseException) -> errors.MigsearchError | None:
    """Return the error of migsearch's tree for another, ``None`` for one that is of it or no failure of the index."""
    if isinstance(error, errors.MigsearchError):
        return None
    if isinstance(error, PermissionError):
        return errors.IndexPathError(f"no permission to use the index at {path}: {_reason(error)}")
    if isinstance(error, _DAMAGE):
        return damaged(path, error) if path.exists() else errors.IndexNotFoundError(f"there is no index at {path}")
    if isinstance(error, OSError):
        if error.errno == errno.EINVAL:  # a place before the beginning of a file
            return damaged(path, error)
        return errors.StoreError(f"the index at {path} cannot be used: {_reason(error)}")
    return None


def damaged(path: Path, error: Exception) -> errors.IndexDamagedError:
    """Return what says that an index cannot be read, because of another error."""
    return errors.IndexDamagedError(
        f"the index at {path} is damaged ({_reason(error)}); it holds nothing of its own: delete it and index again"
    )


def _reason(error: Exception) -> str:
    """Return what an error says, without the number that the system has for it, or the name that Python has."""
    if isinstance(error, DamagedFileError):
        return str(error)
    if not isinstance(error, OSError) or not error.strerror:
        return f"{type(error).__name__}: {error}"
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
