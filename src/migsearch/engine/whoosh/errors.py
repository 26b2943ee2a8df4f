"""What goes wrong with the files of an index, in migsearch's own terms."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from migsearch import errors

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
        raise errors.IndexPathError(f"no permission to use the index at {path}: {error}") from error
    except _DAMAGE as error:
        raise damaged(path, error) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place before the beginning of a file
            raise damaged(path, error) from error
        raise errors.StoreError(f"the index at {path} cannot be used: {error}") from error


def damaged(path: Path, error: Exception) -> errors.IndexDamagedError:
    """Return what says that an index cannot be read, because of another error."""
    return errors.IndexDamagedError(
        f"the index at {path} is damaged ({type(error).__name__}: {error}); "
        "it holds nothing of its own: delete it and index again"
    )
