"""An index kept as its files are: what is new is added, what changed replaced, what is the same stored once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from migsearch.analysis.analyzer import analyze
from migsearch.engine.base import Change
from migsearch.ingest.alike import Sketches, are_alike
from migsearch.ingest.read import Reading
from migsearch.model import Copy, Document

BATCH_DOCUMENTS = 1_000
"""Documents in one commit at most: what an interruption may cost."""

BATCH_CHARACTERS = 20_000_000
"""Code points of text after which a commit is made, however few the documents: what may be held in memory."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a synchronisation did, in documents as they were found, copies included.

    ``copies`` are those of the new and replaced that read like another document and are stored with it, ``alike`` those
    that read nearly like another one, which they name.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    copies: int = 0
    alike: int = 0


class Store(Protocol):
    """What is needed of an index."""

    def add(self, documents: Iterable[Document], *, delete: Iterable[str] = ()) -> Change:
        """Delete ids and add documents in one atomic commit."""
        ...

    def document(self, id: str) -> Document | None:
        """Return the document of an id."""
        ...

    def documents(self) -> Iterator[Document]:
        """Iterate over all documents."""
        ...


class Mirror:
    """What an index holds, as far as one must know it to compare it with files: for each document some 1,000 bytes.

    It reads the whole index once, when it is made. As long as it is in use nobody else should write to the index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hashes: dict[str, str] = {}  # of each document and copy, by its id; empty if it was made by hand
        self._files: dict[str, str] = {}  # the full name of its file
        self._homes: dict[str, str] = {}  # of each copy, the id of the document that it is stored with
        self._same: dict[str, str] = {}  # the id of the document that has this hash of its file, or of its content
        self._sketches = Sketches()
        self._alike_to: dict[str, set[str]] = {}  # the ids of the documents that name it as alike
        self._changed: dict[str, Document] = {}
        self._deleted: set[str] = set()
        self._characters = 0
        for document in store.documents():
            self._learn(document)

    def update(self, reading: Reading, *, prune: bool = False, reread: bool = False) -> Synced:
        """Bring the index up to date with files; see :meth:`migsearch.Index.sync`."""
        new = replaced = copies = alike = removed = 0
        for document in reading.changed({} if reread else self._hashes):
            was_there = document.id in self._hashes
            copies += self._take(document)
            alike += document.id in self._changed and bool(self._changed[document.id].alike)
            new, replaced = new + (not was_there), replaced + was_there
            self._commit_if_large()
        for id in reading.gone(self._files) if prune else ():
            self._release(id)
            removed += 1
            self._commit_if_large()
        self._commit()
        return Synced(new, replaced, len(reading.ids) - new - replaced, removed, copies, alike)

    def _take(self, document: Document) -> bool:
        """Store a document, or add it to the copies of one that reads the same; tells whether it is a copy."""
        successor = self._release(document.id)
        twin = next((self._current(self._same[key]) for key in _keys(document) if key in self._same), None)
        if twin is None:
            self._put(document)
        elif twin.id == successor:  # it had copies and still has: ids are to stay
            self._drop(twin)
            self._put(replace(document, copies=(*_as_copy(twin), *twin.copies)))
        else:
            self._put(replace(twin, copies=(*twin.copies, *_as_copy(document))))
            return True
        return False

    def _release(self, id: str) -> str:
        """Take away what was found under an id: a copy, or a document.

        Of the document's copies the first takes its place; returns its id, empty if there is none.
        """
        home = self._homes.get(id, id)
        document = self._current(home) if id in self._hashes else None
        for known in (self._hashes, self._files, self._homes):
            known.pop(id, None)
        if document is None:
            return ""
        if home != id:
            self._forget_keys(document)
            self._put(replace(document, copies=tuple(copy for copy in document.copies if copy.id != id)))
            return ""
        self._drop(document)
        if not document.copies:
            return ""
        first, *others = document.copies
        self._homes.pop(first.id)
        self._put(replace(document, **first._asdict(), copies=tuple(others)))
        return first.id

    def _drop(self, document: Document) -> None:
        self._forget_keys(document)
        self._changed.pop(document.id, None)
        self._deleted.add(document.id)
        self._sketches.remove(document.id, _sketch(document))
        for id in self._alike_to.pop(document.id, ()):
            if id in self._hashes and id not in self._deleted and (other := self._current(id)):
                self._put(other)

    def _forget_keys(self, document: Document) -> None:
        for key in _keys(document):
            if self._same.get(key) == document.id:
                del self._same[key]

    def _current(self, id: str) -> Document | None:
        return self._changed.get(id) or self._store.document(id)

    def _put(self, document: Document) -> None:
        document = replace(document, alike=self._alike(document))
        self._learn(document)
        self._deleted.discard(document.id)
        self._changed[document.id] = document
        self._characters += len(document.text) + len(document.surroundings)

    def _alike(self, document: Document) -> tuple[str, ...]:
        """Return the ids of the documents that read nearly like one."""
        near = [id for id in self._sketches.near(_sketch(document)) if id != document.id]
        words = analyze(document.text).surfaces if near else ()
        others = ((id, self._current(id)) for id in near)
        return tuple(id for id, other in others if other and are_alike(words, analyze(other.text).surfaces))

    def _learn(self, document: Document) -> None:
        self._hashes[document.id] = document.provenance.sha256 if document.provenance else ""
        if document.provenance:
            self._files[document.id] = document.provenance.file
        for copy in document.copies:
            self._hashes[copy.id] = copy.provenance.sha256
            self._files[copy.id] = copy.provenance.file
            self._homes[copy.id] = document.id
        for key in _keys(document):
            self._same[key] = document.id
        self._sketches.add(document.id, _sketch(document))
        for id in document.alike:
            self._alike_to.setdefault(id, set()).add(document.id)

    def _commit_if_large(self) -> None:
        changes = len(self._changed) + len(self._deleted)
        if changes >= BATCH_DOCUMENTS or self._characters >= BATCH_CHARACTERS:
            self._commit()

    def _commit(self) -> None:
        if self._changed or self._deleted:
            self._store.add(self._changed.values(), delete=self._deleted)
        self._changed, self._deleted, self._characters = {}, set(), 0


def _as_copy(document: Document) -> tuple[Copy, ...]:
    return (Copy(document.id, document.source, document.provenance),) if document.provenance else ()


def _sketch(document: Document) -> str:
    return document.provenance.sketch if document.provenance else ""


def _keys(document: Document) -> set[str]:
    """Return the hashes by which documents are the same: of what was read, and of what it says."""
    read_from = [document.provenance, *(copy.provenance for copy in document.copies)]
    return {key for each in read_from if each for key in (each.sha256, each.content_sha256) if key}
