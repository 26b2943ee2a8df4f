"""Changes of files below folders, as they happen; the only home of watchfiles."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from migsearch.errors import SourceError
from migsearch.ingest.files import PathLike, printable

_IDLE_MILLISECONDS = 300  # how long nothing happens until that is told, the first time before what is there is read
_GATHERED_MILLISECONDS = 1_600  # how long changes are gathered while more of them follow


def follow(*folders: PathLike, besides: PathLike) -> Iterator[set[Path]]:
    """Yield absolute paths, again and again, of files and folders below ``folders`` that were made, changed or removed.

    An empty set says that nothing happened for a while; with the first of these, following has begun. What is at and
    below ``besides`` is left out.

    Raises :class:`~migsearch.errors.SourceError` if the extra ``migsearch[watch]`` is not installed or a path is no
    folder.
    """
    try:
        from watchfiles import watch
    except ModuleNotFoundError:
        raise SourceError(
            "watchfiles is not installed, which follows folders: pip install 'migsearch[watch]'"
        ) from None
    # Some systems tell of what happens by real paths only.
    given = {os.path.realpath(folder): Path(os.path.abspath(folder)) for folder in folders}  # noqa: PTH100
    for folder in folders:
        if not Path(folder).is_dir():
            raise SourceError(f"only folders can be followed, and {printable(os.fspath(folder))} is none")
    ours = os.path.realpath(besides)
    for changes in watch(
        *given,
        watch_filter=lambda _, path: not Path(path).is_relative_to(ours),
        debounce=_GATHERED_MILLISECONDS,
        rust_timeout=_IDLE_MILLISECONDS,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        yield {_as_given(Path(path), given) for _, path in changes}


def _as_given(path: Path, given: dict[str, Path]) -> Path:
    return next((root / path.relative_to(real) for real, root in given.items() if path.is_relative_to(real)), path)
