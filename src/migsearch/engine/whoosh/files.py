"""The files of segments in a storage of Whoosh's: written whole before they are named in a commit, and opened."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from migsearch.engine.whoosh import folder
from migsearch.engine.whoosh.columnar.arrays import ArrayFile, ArrayWriter, DamagedFileError
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.folder import EXTENSION


def save(arrays: ArrayWriter, storage: Any, segment: Any) -> None:
    """Write the file of a segment, and see it on the disk if the storage is one."""
    file = segment.create_file(storage, EXTENSION)
    try:
        arrays.save(file)
        if isinstance(storage, FileStorage):
            file.flush()
            os.fsync(file.fileno())
    finally:
        file.close()


def opened(storage: Any, segment: Any) -> Segment:
    """Open the file of a segment; raises :class:`DamagedFileError` with its name."""
    name, documents = segment.make_filename(EXTENSION), segment.doc_count_all()
    if isinstance(storage, FileStorage):
        return folder.opened(Path(storage.folder, name), documents)
    try:
        with storage.open_file(name) as file:
            return folder.checked(Segment(ArrayFile(bytes(file.read()))), documents)
    except DamagedFileError as error:
        raise DamagedFileError(f"{name}: {error}") from None
