"""A Whoosh index in a folder: made, opened, written to and followed as others write to it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from migsearch import errors
from migsearch.engine.base import Change, Entry, Found
from migsearch.engine.whoosh import lexicon
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.errors import TranslatedErrors
from migsearch.engine.whoosh.evaluate import find
from migsearch.engine.whoosh.folder import Folder
from migsearch.engine.whoosh.snapshot import Snapshot
from migsearch.model import Order
from migsearch.query.tree import Node, TermField

if TYPE_CHECKING:
    from migsearch.engine.judging import Judged

FORMAT = 5
"""The number of the format on disk; another number is another version's index."""

_MANIFEST = "migsearch.json"
_LOCK_SECONDS = 5.0  # how long a writer waits for another to finish
_TRIES = 5  # a reader can list a file that a commit then removes

_T = TypeVar("_T")


class WhooshEngine:
    """The engine on disk. One instance may be used by several threads, one folder by several processes."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._held: Snapshot | None = None  # what is asked meanwhile is answered from it
        self._generation = -1  # of the snapshot
        self._segments: dict[str, Segment] = {}  # those of the snapshot, by name
        self._translated = TranslatedErrors(path)
        with self._translated:
            self._folder = _open(path, create=create)

    def write(self, entries: Iterable[Entry], delete: Iterable[str] = ()) -> Change:
        """Add, replace and delete in one commit; see :class:`~migsearch.engine.base.Engine`."""
        # With what of Whoosh writes: a search does not wait for its import.
        from migsearch.engine.whoosh.writing import write

        with self._lock:
            return write(self.path, entries, delete, seconds=_LOCK_SECONDS)

    def find(
        self, query: Node, *, limit: int, offset: int = 0, facets: Sequence[str] = (), order: Order = "relevance"
    ) -> Found:
        """Find the matches; see :class:`~migsearch.engine.base.Engine`."""
        return self._reading(partial(find, query=query, limit=limit, offset=offset, facets=facets, order=order))

    def frequencies(self, field: TermField, terms: Sequence[str]) -> Sequence[int]:
        """Return in how many documents each term stands."""
        return self._reading(lambda snapshot: snapshot.frequencies(field, terms))

    def terms(self, field: TermField, prefix: str = "") -> Mapping[str, int]:
        """Return the terms that begin so, with the number of documents that have each."""
        return self._reading(lambda snapshot: lexicon.counted(snapshot.parts, field, prefix))

    def explain(self, query: Node, id: str) -> Judged | None:
        """Tell whether and by what a document matches; see :class:`~migsearch.engine.base.Engine`."""
        from migsearch.engine.whoosh.explain import explain

        return self._reading(partial(explain, query=query, id=id))

    def read(self, id: str) -> str | None:
        """Return the record of an id."""

        def record(snapshot: Snapshot) -> str | None:
            documents = snapshot.with_keyword("id", id).tolist()
            return snapshot.record(documents[-1]) if documents else None

        return self._reading(record)

    def ids(self, prefix: str, limit: int) -> list[str]:
        """Return the first ids that begin so."""
        return self._reading(lambda snapshot: snapshot.expand("id", prefix, limit))

    @contextmanager
    def one_commit(self) -> Iterator[None]:
        """Answer what is asked inside from one commit; see :class:`~migsearch.engine.base.Engine`."""
        with self._lock:
            outer = self._held
            self._held = self._reading(lambda snapshot: snapshot)
            try:
                yield
            finally:
                self._held = outer

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._release()

    def _reading(self, read: Callable[[Snapshot], _T]) -> _T:
        """Read the latest commit; again, if a writer removed its files meanwhile."""
        with self._lock, self._translated:
            if self._held:
                return read(self._held)
            for attempt in range(_TRIES):
                try:
                    return read(self._latest())
                except FileNotFoundError:
                    self._release()
                    if attempt == _TRIES - 1:
                        raise
        raise AssertionError("unreachable")

    def _latest(self) -> Snapshot:
        if self._snapshot is None or not self._folder.is_latest(self._generation):
            generation = self._folder.latest()
            listed = self._folder.segments(generation)
            # A segment never changes: those that are open stay so.
            self._segments = {one.id: self._segments.get(one.id) or self._folder.opened(one) for one in listed}
            self._snapshot = Snapshot([(self._segments[one.id], one.deleted) for one in listed])
            self._generation = generation
        return self._snapshot

    def _release(self) -> None:
        self._snapshot = None
        self._segments.clear()


def _open(path: Path, *, create: bool) -> Folder:
    if path.exists() and not path.is_dir():
        raise errors.IndexPathError(f"{path} is a file; an index needs a folder of its own")
    manifest = path / _MANIFEST
    if manifest.exists():
        _check_format(path, manifest)
    folder = Folder(path)
    if folder.latest() >= 0:
        if not manifest.exists():
            raise errors.IndexVersionError(
                f"the index at {path} was not made by migsearch, or by another version; index into another folder"
            )
        return folder
    if not create:
        raise errors.IndexNotFoundError(
            f"there is no index at {path}; open it with create=True, or run `migsearch index PATH... --index {path}`"
        )
    _create(path, manifest)
    folder.write(0, [])
    return folder


def _create(path: Path, manifest: Path) -> None:
    if path.exists() and any(file != manifest for file in path.iterdir()):
        raise errors.IndexPathError(f"{path} is not empty and holds no index; choose another folder")
    path.mkdir(parents=True, exist_ok=True)
    # First of all, so that what a crash leaves behind is recognised as ours and finished the next time.
    manifest.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")


def _check_format(path: Path, manifest: Path) -> None:
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))["format"]
    except (ValueError, TypeError, KeyError) as error:
        raise errors.IndexDamagedError(f"{manifest} cannot be read: delete {path} and index again") from error
    if found != FORMAT:
        raise errors.IndexVersionError(
            f"the index at {path} has format {found}, this version of migsearch reads format {FORMAT}: "
            "delete it and index its documents again, or use the version that made it"
        )
