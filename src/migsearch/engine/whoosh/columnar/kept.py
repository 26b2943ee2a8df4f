"""What was asked for lately, kept as long as there is room for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_OVERHEAD = 500  # bytes of what is kept besides, about
_ROOM = 4  # of as large ones that there must be room for

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


class Kept(Generic[_K, _V]):
    """Values that were asked for lately, by their keys, in ``limit`` bytes at most.

    Queries share their words: a few words make up most of a text, and of what is asked for; and who narrows a search or
    turns a page is shown the same documents. What was not asked for longest makes room.
    """

    def __init__(self) -> None:
        self.limit = 0
        self._size = 0
        self._kept: OrderedDict[_K, tuple[_V, int]] = OrderedDict()

    def __contains__(self, key: _K) -> bool:
        return key in self._kept

    def __getitem__(self, key: _K) -> _V:
        value, _ = self._kept[key]
        self._kept.move_to_end(key)
        return value

    def keep(self, key: _K, value: _V, size: int) -> None:
        """Keep what was not there and takes so many bytes, if there is room for several as large."""
        size += _OVERHEAD
        if size * _ROOM > self.limit:
            return
        self._kept[key] = value, size
        self._size += size
        while self._size > self.limit:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._size -= dropped
