"""A segment in the making: what is added to it, and the segments that it takes in."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np

from migsearch.engine.whoosh import files
from migsearch.engine.whoosh.columnar.arrays import ArrayFile, ArrayWriter
from migsearch.engine.whoosh.columnar.builder import SegmentBuilder
from migsearch.engine.whoosh.columnar.merge import Source, merged
from migsearch.engine.whoosh.columnar.segment import Segment


class Assembly:
    """Gathers what becomes one segment: others to merge, runs that were spilled, and what was added since."""

    def __init__(self) -> None:
        self.added = SegmentBuilder()
        self._sources: list[Source] = []

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        return not self._sources and not self.added.documents

    def take(self, source: Source) -> None:
        """Take in a segment; its documents come after those of the ones before, and before what is added."""
        self._sources.append(source)

    def spill(self, folder: Path | None = None) -> None:
        """Turn what was added into a segment in a temporary file, which is taken in: a run."""
        with TemporaryFile(dir=folder) as file:
            self.added.write().save(file)
            file.flush()
            run = Segment(ArrayFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
        self.take(Source(run, np.arange(run.documents)))
        self.added = self.added.following()

    def drop(self, documents: Sequence[int], folder: Path) -> None:
        """Leave out documents that were added, by their numbers in that order, before any segment is taken in."""
        if self.added.documents:
            self.spill(folder)
        first, sources = 0, []
        for source in self._sources:
            kept = np.setdiff1d(source.kept + first, documents) - first
            first += source.segment.documents
            if len(kept):
                sources.append(Source(source.segment, kept))
        self._sources = sources

    def clear(self) -> None:
        """Forget everything."""
        self.added = SegmentBuilder()
        self._sources.clear()

    def save(self, storage: Any, segment: Any) -> None:
        """Write the segment."""
        files.save(self._arrays(), storage, segment)

    def _arrays(self) -> ArrayWriter:
        if not self._sources:
            return self.added.write()
        if self.added.documents:
            self.spill()
        return merged(self._sources)
