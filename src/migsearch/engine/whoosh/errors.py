"""The errors of Whoosh and of the file system, in migsearch's own terms."""

from __future__ import annotations

import errno
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh import index
from whoosh.reading import ReaderClosed
from whoosh.writing import IndexingError

from migsearch import errors

# What reading a file that is cut, overwritten or missing comes to, in one place or another.
_DAMAGE = (
    index.IndexError,
    IndexingError,
    ReaderClosed,
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
    except index.LockError:
        raise errors.IndexLockedError(f"another program is writing to {path}; try again when it has finished") from None
    except index.EmptyIndexError:
        raise errors.IndexNotFoundError(f"there is no index at {path}") from None
    except index.IndexVersionError as error:
        raise errors.IndexVersionError(
            f"the index at {path} was made by another version ({error}); index again"
        ) from error
    except PermissionError as error:
        raise errors.IndexPathError(f"no permission to use the index at {path}: {error}") from error
    except _DAMAGE as error:
        raise _damaged(path, error) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place before the beginning of a file
            raise _damaged(path, error) from error
        raise errors.StoreError(f"the index at {path} cannot be used: {error}") from error


def _damaged(path: Path, error: Exception) -> errors.IndexDamagedError:
    return errors.IndexDamagedError(
        f"the index at {path} is damaged ({type(error).__name__}: {error}); "
        "it holds nothing of its own: delete it and index again"
    )
