"""Tables derived from others by analysis, kept between the runs of a program that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from migsearch.analysis import icu
from migsearch.data.keeping import code_key, kept

_T = TypeVar("_T")


def derived(name: str, derive: Callable[[], _T]) -> _T:
    """Return what ``derive`` returns, which must be JSON, anew only if our code, our tables or ICU changed."""
    found: _T = kept(name, f"{code_key()} {icu.version()}", derive)
    return found
