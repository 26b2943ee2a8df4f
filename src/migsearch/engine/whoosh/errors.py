"""What goes wrong with the files of an index, in migsearch's own terms."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise what goes wrong inside as an error of migsearch's tree that names the index."""
    try:
        yield
    except errors.MigsearchError:
        raise
    except PermissionError as error:
        raise errors.IndexPathError(f"no permission to use the index at {path}: {_reason(error)}") from error
    except _DAMAGE as error:
        if not path.exists():
            raise errors.IndexNotFoundError(f"there is no index at {path}") from error
        raise damaged(path, error) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place before the beginning of a file
            raise damaged(path, error) from error
        raise errors.StoreError(f"the index at {path} cannot be used: {_reason(error)}") from error


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
