"""What closes an article by its form: a sign of the end, what is told of its writer or an organisation, a signature."""

from __future__ import annotations

import re

from migsearch.ingest.page_lines import SENTENCE_END, STOP
from migsearch.ingest.page_words import phrases, spelled

_SIGNATURE = 10  # words of a press office's signature at most
_PARAGRAPH = 8  # words of what is told of a writer or an organisation at least
_END = re.compile(r"(?:#\s?){3,}|-\s?30\s?-")
_NOTE = re.compile(r"\[1\]\s\S")  # the first footnote
_CAPITALISED = r"[A-Z][\w.\N{RIGHT SINGLE QUOTATION MARK}'-]*"
_ABOUT = re.compile(
    rf"(?:About|ABOUT)(?: (?:the|THE))? {_CAPITALISED}(?: (?:{_CAPITALISED}|of|for|and|on|the|in)){{0,8}}:?"
)
_NAME = re.compile(rf"{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}")
_IS_SOMEBODY = re.compile(r" (?:is|was|has been|works|writes|reports|covers) ")


def begins_closing(lines: list[str], number: int) -> bool:
    """Tell whether at a line the article has ended, and what follows tells who wrote it or whom it is about.

    ``###``; "[1] Data of the service"; "About the Example Fund"; "Anna Writer", and below that "Anna Writer is a
    journalist in Osh."
    """
    line = lines[number]
    if _END.fullmatch(line) or _NOTE.match(line):
        return True
    below = next(filter(None, lines[number + 1 :]), "")
    is_told = len(below.split()) >= _PARAGRAPH and STOP.search(below) is not None
    if is_told and _ABOUT.fullmatch(line):
        return True
    return is_told and _NAME.fullmatch(line) is not None and _is_told_of(below, line)


def _is_told_of(paragraph: str, name: str) -> bool:
    return paragraph.startswith(name) and _IS_SOMEBODY.match(paragraph, len(name)) is not None


def is_signed_by_office(line: str) -> bool:
    """Tell whether the last line of an article is the signature of a press office."""
    is_short = 1 < len(line.split()) <= _SIGNATURE and not SENTENCE_END.search(line)
    return is_short and phrases("press_offices").search(spelled(line)) is not None
