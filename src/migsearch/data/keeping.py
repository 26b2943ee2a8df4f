"""What is derived from the tables, kept on disk between runs of a program that wants to answer at once.

Nothing is kept unless a program asks for it by :func:`keep_in`, as the command line does. What is kept is JSON, found
by a key that changes with what it was derived from, and derived again if it is missing or damaged.
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_SOURCES = (
    "analysis/*.py",
    "query/*.py",
    "ingest/listing.py",
    "ingest/gazetteer.py",
    "data/*.py",
    "data/*.toml",
    "data/*.txt",
    "data/organisations/*.toml",
)

_folder: Path | None = None


def keep_in(folder: str | os.PathLike[str] | None) -> None:
    """Keep what is derived from the tables in a folder, so that the next run of a program answers sooner.

    The folder is made when it is needed; what is in it may be deleted at any time. With ``None`` nothing is kept any
    longer.
    """
    global _folder
    _folder = None if folder is None else Path(folder)


def kept(name: str, key: str, derive: Callable[[], Any]) -> Any:
    """Return what ``derive`` returns, which must be JSON, or what it returned in an earlier run under the same key."""
    if _folder is None:
        return derive()
    # A checksum, since what can digest takes long to import. The key itself is compared.
    path = _folder / f"{name}-{zlib.crc32(key.encode()):08x}.json"
    try:
        its_key, value = json.loads(path.read_bytes())
        if its_key == key:
            return value
    except (OSError, ValueError, TypeError):  # missing, or damaged
        pass
    text = json.dumps([key, derive()], ensure_ascii=False)
    with contextlib.suppress(OSError):  # a home that cannot be written to, as in a container
        _write(path, text)
        for older in _folder.glob(f"{name}-*.json"):
            if older != path:
                older.unlink()
    return json.loads(text)[1]


@cache
def code_key() -> str:
    """Return a key that changes with our code and tables: their sizes and times, since reading them would take long."""
    package = Path(__file__).parents[1]
    files = sorted(path for pattern in _SOURCES for path in package.glob(pattern))
    return repr([(file.name, status.st_size, status.st_mtime_ns) for file in files for status in (file.stat(),)])


def _write(path: Path, text: str) -> None:
    import tempfile  # takes long to import, and is seldom needed

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".kept")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)  # another process may write the same
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
