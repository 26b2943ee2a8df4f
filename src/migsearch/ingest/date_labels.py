"""The words with which a page says what a date beside them is: published, updated, the clock of today."""

from __future__ import annotations

import re
from functools import cache

from migsearch.data import table
from migsearch.ingest.date_words import key, spelled, tokens

_NAMES = 4  # other words between a label and its date at most: an author


def has_label(name: str, before: str, above: str) -> bool:
    """Tell whether a label stands before a date: directly, at the start of the line, or alone on the line above."""
    before = _plain(before)
    if not before:
        return _label_alone(name).fullmatch(_plain(above)) is not None
    if name == "date" and not before.endswith(":"):
        return False
    return _label(name).fullmatch(before) is not None


def is_clock(line: str) -> bool:
    """Tell whether a line says that its date is that of today."""
    return _phrases("clock").search(_plain(line)) is not None


def says_today(before: str) -> bool:
    """Tell whether the word for today stands before a date, with nothing but joining words between them."""
    return _today().fullmatch(_plain(before)) is not None


@cache
def _today() -> re.Pattern[str]:
    words = sorted({_plain(word) for word in table("months")["relative"]["today"]}, key=len, reverse=True)
    return re.compile(rf"(?:.* )?(?:{'|'.join(map(re.escape, words))})(?: {_phrases('joining').pattern})*")


@cache
def label_words() -> frozenset[str]:
    """Return every word that stands in a label."""
    lists = table("months")["page"]
    return frozenset(word for phrases in lists.values() for phrase in phrases for word in _plain(phrase).split())


def _plain(text: str) -> str:
    """Return the words of a piece of a line, without numbers and weekdays, and the colon after them."""
    text = spelled(text)
    line = tokens(text)
    words = (
        key(text[slice(*span)])
        for kind, span in zip(line.kinds, line.spans, strict=True)
        if kind.isalpha() and kind not in "DYnWp"
    )
    return " ".join(words) + ":" * text.rstrip().endswith(":")


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for the words of a list, as whole words."""
    phrases = sorted((_plain(phrase) for phrase in table("months")["page"][name]), key=len, reverse=True)
    return re.compile(rf"(?<![^ ])(?:{'|'.join(map(re.escape, phrases))})(?![^ :])")


@cache
def _label(name: str) -> re.Pattern[str]:
    phrases, joining = _phrases(name).pattern, _phrases("joining").pattern
    # "Published on", "News, published on"; "Posted by the editor on".
    return re.compile(rf".*{phrases}(?: {joining})*:?|{phrases}(?: [^ ]+){{1,{_NAMES}}}")


@cache
def _label_alone(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_phrases(name).pattern}(?: {_phrases('joining').pattern})*:?")
