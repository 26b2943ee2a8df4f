"""The words with which a page says what a date beside them is: published, updated, the clock of today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from migsearch.data import table
from migsearch.ingest.date_words import key, spelled, tokens

_AGO = {"today": 0, "yesterday": 1, "tomorrow": -1}  # days
_NUMBER = re.compile(r"\d")
_STAMP = re.compile(r"\s*date \d{4}-\d\d-\d\d\s*")
_NAMES = 5  # other words between a label and its date at most: an author


def has_label(name: str, before: str, above: str) -> bool:
    """Tell whether a label stands before a date: directly, at the start of the line, or alone on the line above."""
    before = _plain(before)
    if not before:
        is_bare = not _NUMBER.search(above) or is_stamp(above)
        return bool(is_bare and _label_alone(name).fullmatch(_plain(above)))
    if name == "date" and not before.endswith(":"):
        return False
    return _label(name).fullmatch(before) is not None


def is_stamp(line: str) -> bool:
    """Tell whether a crawler has written a line: its word has neither capital nor colon."""
    return _STAMP.fullmatch(line) is not None


def is_clock(line: str) -> bool:
    """Tell whether a line says that its date is that of today."""
    return _phrases("clock").search(_plain(line)) is not None


def names_masthead(line: str) -> bool:
    """Tell whether a line names who makes a paper: that of today stands below it."""
    return _phrases("masthead").match(_plain(line)) is not None


def days_ago(before: str) -> int | None:
    """Return how many days ago a date was when its text was written, by the word before it: 1 for yesterday.

    There is nothing but joining words between them; ``None`` without such a word.
    """
    words = _plain(before)
    return next((ago for name, ago in _AGO.items() if _just_before(name).fullmatch(words)), None)


@cache
def _just_before(name: str) -> re.Pattern[str]:
    lists = table("months")
    words = (*lists["relative"].get(name, ()), *lists["told"].get(name, ()))
    return re.compile(rf"(?:.* )?{_any_of(words)}(?: {_phrases('joining').pattern})*")


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
    return re.compile(_any_of(table("months")["page"][name]))


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(map(_plain, phrases), key=len, reverse=True)
    return rf"(?<![^ ])(?:{'|'.join(map(re.escape, longest_first))})(?![^ :])"


@cache
def _label(name: str) -> re.Pattern[str]:
    phrases, joining = _phrases(name).pattern, _phrases("joining").pattern
    # "Published on", "News, published on"; "Posted by the editor on", but not "Date of the accident:".
    author = "" if name == "date" else rf"|{phrases}(?: [^ ]+){{1,{_NAMES}}}"
    return re.compile(rf".*{phrases}(?: {joining})*:?{author}")


@cache
def _label_alone(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_phrases(name).pattern}(?: {_phrases('joining').pattern})*:?")
