"""The words of lines, in one spelling, and the cue words with which they are compared.

Cue words are in ``data/page_cues.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from migsearch.analysis import icu
from migsearch.data import table

_LONGEST = 300  # characters of a line that may be a cue
_EDGE_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_APOSTROPHES = str.maketrans("", "", "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")


@lru_cache(maxsize=4096)
def spelled(text: str) -> str:
    """Return a text in one spelling, ZWNJ as a space."""
    return " ".join(icu.fold(text).replace("\N{ZERO WIDTH NON-JOINER}", " ").split())


@lru_cache(maxsize=4096)
def folded(line: str) -> str:
    """Return a line in one spelling, without apostrophes and signs at its ends; a long one, no cue, as it is."""
    return _EDGE_SIGNS.sub("", spelled(line).translate(_APOSTROPHES)) if len(line) < _LONGEST else line


def opening(line: str) -> str:
    """Return the beginning of a line in one spelling, without commas."""
    return re.sub("[,\N{ARABIC COMMA}]", "", spelled(line))


@cache
def cues(name: str) -> frozenset[str]:
    """Return a list of cues that are whole lines, folded."""
    return frozenset(folded(cue) for cue in table("page_cues")[name])


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return a pattern of the phrases of a list of cues."""
    return re.compile("|".join(map(re.escape, table("page_cues")[name])))


@cache
def openings(name: str, ending: str = "") -> tuple[str, ...]:
    """Return a list of cues with which lines begin, as :func:`opening` writes them."""
    return tuple(opening(cue) + ending for cue in table("page_cues")[name])
