"""A bound on what the compressed streams of one PDF become, which pdfminer has not: a kilobyte can fill the memory.

pdfminer calls ``zlib`` in its module ``pdftypes``; there stands this class in its place.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pdfminer import pdftypes

MOST_UNPACKED = 100_000_000
"""Bytes of all streams of a document that are unpacked: its text and fonts; pictures are left as they are."""

_left = ContextVar("left", default=MOST_UNPACKED)


class TooLargeError(Exception):
    """A document unpacks to more than :data:`MOST_UNPACKED` bytes."""


@contextmanager
def bounded() -> Iterator[None]:
    """Let streams be unpacked up to the bound, all together, while the context lasts."""
    token = _left.set(MOST_UNPACKED)
    try:
        yield
    finally:
        _left.reset(token)


class _Unpacker:
    """A ``zlib.decompressobj`` whose output counts."""

    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj()

    @property
    def eof(self) -> bool:
        return self._unpacker.eof

    def decompress(self, data: bytes) -> bytes:
        left = _left.get()
        unpacked = self._unpacker.decompress(data, left + 1)
        if len(unpacked) > left:
            raise TooLargeError
        _left.set(left - len(unpacked))
        return unpacked


class _BoundedZlib:
    """What pdfminer uses of ``zlib``."""

    error = zlib.error
    decompressobj = _Unpacker

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacker = _Unpacker()
        unpacked = unpacker.decompress(data)
        if not unpacker.eof:
            raise zlib.error("incomplete or truncated stream")
        return unpacked


vars(pdftypes)["zlib"] = _BoundedZlib
