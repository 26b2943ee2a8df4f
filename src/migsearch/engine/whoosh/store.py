"""A Whoosh index in a folder: made, opened, written to and followed as others write to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from whoosh import index as whoosh_index

from migsearch import errors
from migsearch.engine.base import Change, Entry, Found
from migsearch.engine.judging import Judged
from migsearch.engine.whoosh.errors import translated
from migsearch.engine.whoosh.evaluate import find
from migsearch.engine.whoosh.explain import explain
from migsearch.engine.whoosh.schema import document, schema
from migsearch.engine.whoosh.snapshot import Snapshot, storable
from migsearch.model import Order
from migsearch.query.tree import Node

FORMAT = 1
"""The number of the format on disk; another number is another version's index."""

_MANIFEST = "migsearch.json"
_LOCK_SECONDS = 5.0  # how long a writer waits for another to finish
_TRIES = 5  # a reader can list a file that a commit then removes
_MEMORY_MB = 128

_T = TypeVar("_T")


class WhooshEngine:
    """The engine on disk. One instance may be used by several threads, one folder by several processes.

    Opening an index unpickles files in it (Whoosh's schema and table of contents): open only what you trust.
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._generation = -1  # of the snapshot
        with translated(path):
            self._index = _open(path, create=create)

    def write(self, entries: Iterable[Entry], delete: Iterable[str] = ()) -> Change:
        """Add, replace and delete in one commit; see :class:`~migsearch.engine.base.Engine`."""
        with self._lock:
            with translated(self.path):
                writer = self._index.writer(timeout=_LOCK_SECONDS, limitmb=_MEMORY_MB)
            try:
                change = self._fill(writer, entries, delete)
                with translated(self.path):
                    writer.commit()
            except BaseException:
                # Also after an error of the caller's: else words attach to the wrong document.
                with suppress(Exception):
                    writer.cancel()
                raise
        return change

    def _fill(self, writer: Any, entries: Iterable[Entry], delete: Iterable[str]) -> Change:
        added = replaced = 0
        with translated(self.path):
            committed = writer.reader()
        try:
            deleted = sum(_delete(writer, committed, id) for id in set(delete))
            for entry in entries:  # whose own errors are not the index's
                with translated(self.path):
                    was_there = _delete(writer, committed, entry.id)
                    writer.add_document(**document(entry))
                added, replaced = added + (not was_there), replaced + was_there
        finally:
            committed.close()
        return Change(added, replaced, deleted)

    def find(
        self, query: Node, *, limit: int, offset: int = 0, facets: Sequence[str] = (), order: Order = "relevance"
    ) -> Found:
        """Find the matches; see :class:`~migsearch.engine.base.Engine`."""
        return self._reading(partial(find, query=query, limit=limit, offset=offset, facets=facets, order=order))

    def explain(self, query: Node, id: str) -> Judged | None:
        """Tell whether and by what a document matches; see :class:`~migsearch.engine.base.Engine`."""
        return self._reading(partial(explain, query=query, id=id))

    def read(self, id: str) -> str | None:
        """Return the record of an id."""

        def record(snapshot: Snapshot) -> str | None:
            documents = snapshot.with_keyword("id", id)
            return snapshot.record(documents[-1]) if documents else None

        return self._reading(record)

    def ids(self, prefix: str, limit: int) -> list[str]:
        """Return the first ids that begin so."""
        return self._reading(lambda snapshot: snapshot.expand("id", prefix, limit))

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._release()
            self._index.close()

    def _reading(self, read: Callable[[Snapshot], _T]) -> _T:
        """Read the latest commit; again, if a writer removed its files meanwhile."""
        with self._lock, translated(self.path):
            for attempt in range(_TRIES):
                try:
                    return read(self._latest())
                except FileNotFoundError:
                    self._release()
                    if attempt == _TRIES - 1:
                        raise
        raise AssertionError("unreachable")

    def _latest(self) -> Snapshot:
        generation = self._index.latest_generation()
        if self._snapshot is None or generation != self._generation:
            self._release()
            self._snapshot, self._generation = Snapshot(self._index.searcher()), generation
        return self._snapshot

    def _release(self) -> None:
        if self._snapshot:
            self._snapshot.searcher.close()
            self._snapshot = None


def _delete(writer: Any, committed: Any, id: str) -> bool:
    """Mark the document of an id as deleted; tells whether there was one."""
    if not storable(id) or ("id", id) not in committed:
        return False
    numbers = [number for number in committed.postings("id", id).all_ids() if not writer.is_deleted(number)]
    for number in numbers:
        writer.delete_document(number)
    return bool(numbers)


def _open(path: Path, *, create: bool) -> Any:
    if path.exists() and not path.is_dir():
        raise errors.IndexPathError(f"{path} is a file; an index needs a folder of its own")
    manifest = path / _MANIFEST
    if manifest.exists():
        _check_format(path, manifest)
    if whoosh_index.exists_in(str(path)):
        if not manifest.exists():
            raise errors.IndexVersionError(
                f"the index at {path} was not made by migsearch, or by another version; index into another folder"
            )
        return whoosh_index.open_dir(str(path))
    if not create:
        raise errors.IndexNotFoundError(
            f"there is no index at {path}; make one with `migsearch index PATH... --index {path}` or create=True"
        )
    return _create(path, manifest)


def _create(path: Path, manifest: Path) -> Any:
    if path.exists() and any(file != manifest for file in path.iterdir()):
        raise errors.IndexPathError(f"{path} is not empty and holds no index; choose another folder")
    path.mkdir(parents=True, exist_ok=True)
    # First of all, so that what a crash leaves behind is recognised as ours and finished the next time.
    manifest.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
    return whoosh_index.create_in(str(path), schema())


def _check_format(path: Path, manifest: Path) -> None:
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise errors.IndexDamagedError(f"{manifest} cannot be read: delete {path} and index again") from error
    if found != FORMAT:
        raise errors.IndexVersionError(
            f"the index at {path} has format {found}, this version of migsearch reads format {FORMAT}: "
            "index again into another folder, or use the version that made it"
        )
