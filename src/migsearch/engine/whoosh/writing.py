"""Entries written to an index by Whoosh's writer, and Whoosh's errors in migsearch's own terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh import index
from whoosh.reading import ReaderClosed
from whoosh.writing import IndexingError

from migsearch import errors
from migsearch.engine.base import Change, Entry
from migsearch.engine.whoosh.commits import ColumnarIndex, ColumnarWriter
from migsearch.engine.whoosh.deleting import Committed
from migsearch.engine.whoosh.errors import TranslatedErrors, damaged


def write(path: Path, entries: Iterable[Entry], delete: Iterable[str], *, seconds: float) -> Change:
    """Add, replace and delete in one commit, waiting some seconds for another writer to finish.

    See :class:`~migsearch.engine.base.Engine`.
    """
    with _translated(path):
        writer = ColumnarIndex(path).writer(timeout=seconds)
    try:
        change = _fill(path, writer, entries, delete)
        with _translated(path):
            writer.commit()
    except BaseException:
        # Also after an error of the caller's: else words attach to the wrong document.
        with suppress(Exception):
            writer.cancel()
        raise
    return change


def _fill(path: Path, writer: ColumnarWriter, entries: Iterable[Entry], delete: Iterable[str]) -> Change:
    added = replaced = 0
    with _translated(path):
        committed = Committed(writer)
        deleted = sum(map(committed.delete, set(delete)))
    for entry in entries:  # whose own errors are not the index's
        with _translated(path):
            is_first = writer.add_entry(entry)
            was_there = committed.delete(entry.id)
        if is_first:
            added, replaced = added + (not was_there), replaced + was_there
    return Change(added, replaced, deleted)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Raise what goes wrong inside as an error of migsearch's tree that names the index."""
    try:
        with TranslatedErrors(path):
            yield
    except index.LockError:
        raise errors.IndexLockedError(f"another program is writing to {path}; try again when it has finished") from None
    except index.EmptyIndexError:
        raise errors.IndexNotFoundError(f"there is no index at {path}") from None
    except (index.IndexError, IndexingError, ReaderClosed) as error:
        raise damaged(path, error) from error
