"""The files of segments: written whole before they are named in a commit, read by mapping them into memory."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from migsearch.engine.whoosh.columnar.arrays import ArrayFile, ArrayWriter, DamagedFileError
from migsearch.engine.whoosh.columnar.segment import Segment

EXTENSION = ".seg"


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
    name = segment.make_filename(EXTENSION)
    try:
        if isinstance(storage, FileStorage):
            read = Segment(ArrayFile(_mapped(Path(storage.folder, name))))
        else:
            with storage.open_file(name) as file:
                read = Segment(ArrayFile(bytes(file.read())))
    except DamagedFileError as error:
        raise DamagedFileError(f"{name}: {error}") from None
    if read.documents != segment.doc_count_all():
        raise DamagedFileError(f"{name} has {read.documents} documents, not {segment.doc_count_all()}")
    return read


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # a file of no length cannot be mapped
            raise DamagedFileError(str(error)) from None


def sync_folder(path: Path) -> None:
    """See the names of files on the disk, where folders can be synchronised."""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
