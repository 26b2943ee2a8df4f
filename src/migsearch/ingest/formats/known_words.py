"""Which words are Persian: evidence that a text was decoded, or put into order, as it was written."""

from __future__ import annotations

import re
from functools import cache

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.analysis.persian_words import base_forms, irregular, names
from migsearch.data import table

_WORD = re.compile("[\u0620-\u06ff\u200c]+")


def is_known(word: str) -> bool:
    """Tell whether a word is Persian: a common one, a name, or a form of a word of the lexicon."""
    return all(token.surface in _common() or token.root in base_forms() for token in analyze(word))


def known_share(text: str) -> float:
    """Return the share of the letters of a text in Arabic script that stand in words which are Persian."""
    words = _WORD.findall(text)
    return sum(len(word) for word in words if is_known(word)) / max(1, sum(map(len, words)))


@cache
def _common() -> frozenset[str]:
    return frozenset((*icu.fold_each(table("stop_words")["fa"]), *names(), *irregular()))
