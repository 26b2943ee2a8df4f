"""Files that are written whole or not at all: an interruption leaves what was there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str, *, private: bool = True) -> None:
    """Write a file in UTF-8, in the place of what was there; if ``private`` nobody else may read it.

    Raises :class:`OSError` with the name of the file.
    """
    temporary: Path | None = None
    try:
        # Readable for its owner alone, and beside the file: only within a file system it can take its place.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".migsearch-")
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not private:
            temporary.chmod(0o666 & ~_umask())  # as any file that a program makes
        temporary.replace(path)
    except BaseException as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, str(path)) from None  # of the temporary one nobody knows
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
