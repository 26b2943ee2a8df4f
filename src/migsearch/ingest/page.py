"""The article apart from its surroundings, on a page that is a dump of lines.

A page is read from the top: menus and labels, the title, a date line, then the article's paragraphs, until a cue
("Latest news", a contact block, the date of a teaser) says that the rest belongs to something else. Cue words are
in ``data/page_cues.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from migsearch.analysis import icu
from migsearch.data import table

# C0 and C1 controls but tab and the ends of lines: they mean nothing in a text and much to a terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\N{ZERO WIDTH NO-BREAK SPACE}]")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
SENTENCE_END = re.compile(r"[.!?:;…؟؛۔][\"'”’»)\]]*$")
_EDGE_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_BREADCRUMB = re.compile(r"\S.*?\s(?:>|»|›|/|\\|\|)\s.*\S")

# Words. A line of fewer than _LABEL is a label, not a title, if there is anything longer; one of more than _TITLE
# is a paragraph even without a full stop; one of _SENTENCE with a full stop is a paragraph.
_LABEL, _SENTENCE, _TITLE = 3, 16, 30


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart; each part holds the lines of the page in their order.

    ``head`` are the lines around the title that are neither title nor article: menus, dates, bylines, counters.
    ``tail`` is what follows the article or interrupts it.
    """

    title: str
    text: str
    head: str
    tail: str

    @property
    def surroundings(self) -> str:
        """All that is not the article."""
        return "\n\n".join(part for part in (self.head, self.tail) if part)


def clean(text: str) -> str:
    r"""Return a text without control characters, its lines ended by ``\n`` alone and free of trailing space."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def take_apart(text: str, title: str = "") -> Page:
    """Find the article of a page given as text, and its title unless it is known."""
    lines = [line.strip() for line in clean(text).split("\n")]
    top = _first_paragraph(lines)
    title, title_line = (title, _last_with(title, lines[:top])) if title else _title(lines[:top])
    end = _article_end(lines, max(top, title_line + 1))
    head: list[str] = []
    body: list[str] = []
    tail: list[str] = []
    part = head
    for number, line in enumerate(lines[:end]):
        if number < top and title and (number == title_line or folded(line) == folded(title)):
            continue
        if line:  # else it belongs to what it follows
            apart = is_noise(line) or (number < top and (number < title_line or is_label(line)))
            part = body if not apart else head if number < top else tail
        part.append(line)
    tail += lines[end:]
    return Page(title, *(joined(part) for part in (body, head, tail)))


def _first_paragraph(lines: list[str]) -> int:
    """Return the number of the line where the article's paragraphs begin.

    The first line that could be a title is never a paragraph, however much it looks like a sentence. Short sentences
    are the article if there are two of them and nothing longer before the side column.
    """
    headings: set[str] = set()
    short: list[int] = []
    for number, line in enumerate(lines):
        if len(short) > 1 and begins_surroundings(line):
            return short[0]
        if is_date_line(line):
            short.clear()  # a lead above the date
        words = len(line.split())
        if is_noise(line) or words < _LABEL:
            continue
        is_sentence = bool(headings and SENTENCE_END.search(line))
        if words > _TITLE or (is_sentence and words >= _SENTENCE):
            return number
        if is_sentence and folded(line) not in headings:
            short.append(number)
        headings.add(folded(line))
    return short[0] if len(short) > 1 else len(lines)


def _title(head: list[str]) -> tuple[str, int]:
    """Return the title and its last line's number (-1 without one): a heading that is repeated, or the first."""
    headings = [(number, line) for number, line in enumerate(head) if line and not is_noise(line)]
    headings = [item for item in headings if not is_label(item[1])] or headings
    spellings = [folded(line) for _, line in headings]
    for _, line in headings:
        if spellings.count(folded(line)) > 1:
            return line, _last_with(line, head)
    return (headings[0][1], headings[0][0]) if headings else ("", -1)


def _last_with(title: str, head: list[str]) -> int:
    """Return the number of the last line that is the title, -1 if none is."""
    return max((number for number, line in enumerate(head) if folded(line) == folded(title)), default=-1)


def _article_end(lines: list[str], start: int) -> int:
    """Return the number of the line at which the article has ended."""
    for number in range(start, len(lines)):
        if begins_surroundings(lines[number]):
            return number
        # One number alone counts something: a list, a table, views.
        is_date = is_date_line(lines[number]) and len(re.findall(r"\w+", lines[number])) > 1
        if is_date and any(not is_noise(line) for line in lines[number + 1 :]):
            return number
    end = len(lines)
    # A cut page ends in the middle of a long line; what ends in short lines without a stop ends in labels.
    while end > start and (not lines[end - 1] or is_noise(lines[end - 1]) or is_label(lines[end - 1])):
        end -= 1
    return end


def begins_surroundings(line: str) -> bool:
    """Tell whether a line is the heading of a side column, or the first of the contacts."""
    return folded(line) in _cues("side_columns") or _opening(line[:80]).startswith(_openings())


def is_label(line: str) -> bool:
    """Tell whether a line is too short for a title or a sentence."""
    return len(line.split()) < _LABEL and not SENTENCE_END.search(line)


@lru_cache(maxsize=1024)
def is_noise(line: str) -> bool:
    """Tell whether a line is part of no article: empty, signs, numbers, a menu entry, a button, a date."""
    spelling = folded(line)
    if not any(map(str.isalpha, spelling)):
        return True
    return spelling in _cues("noise") or _is_menu(line) or is_date_line(line)


def _is_menu(line: str) -> bool:
    """Tell whether a line is a breadcrumb, a row of buttons, or a date among labels."""
    entries = re.split(r"\s[>»›/\\|]\s|\s{2,}|\t", line)
    if any(map(is_date_line, entries)) and len(entries) > 1:
        return all(len(entry.split()) < _LABEL for entry in entries if not is_date_line(entry))
    known = sum(folded(entry) in _cues("noise") for entry in entries)
    return len(entries) > 1 and (known == len(entries) or (known > 0 and bool(_BREADCRUMB.fullmatch(line))))


@lru_cache(maxsize=1024)
def is_date_line(line: str) -> bool:
    """Tell whether a line says a date, or a number under a label, and nothing else."""
    if len(line) > 100 or not _DIGIT.search(line):
        return False
    words = [word for word in re.split(r"[\W_]+", _spelled(line)) if word]
    return all(word in _date_words() or not word.strip("0123456789") or _ORDINAL.fullmatch(word) for word in words)


_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|am|pm)")


@lru_cache(maxsize=4096)
def _spelled(text: str) -> str:
    """Return a text in one spelling, ZWNJ as a space."""
    return " ".join(icu.fold(text).replace("\N{ZERO WIDTH NON-JOINER}", " ").split())


def folded(line: str) -> str:
    """Return a line in one spelling, without signs at its ends; empty for a long one, which is no cue."""
    return _EDGE_SIGNS.sub("", _spelled(line)) if len(line) < 300 else line


@cache
def _cues(name: str) -> frozenset[str]:
    return frozenset(folded(cue) for cue in table("page_cues")[name])


@cache
def _openings() -> tuple[str, ...]:
    return tuple(_opening(cue) for cue in table("page_cues")["contacts"])


def _opening(line: str) -> str:
    return re.sub("[,\N{ARABIC COMMA}]", "", _spelled(line))


@cache
def _date_words() -> frozenset[str]:
    """Return the words of which date lines consist."""
    names = list(table("page_cues")["labels"])
    for locale in ("en", "fa", "fa_AF", "ps_AF", "ru"):
        for group in (
            *icu.weekday_names(locale),
            *icu.month_names("gregorian", locale),
            *icu.month_names("solar", locale),
            *icu.month_names("lunar", locale),
        ):
            names += group
    dates = table("months")
    names += [
        *dates["zones"],
        *(name for part in ("times", "eras") for words in dates[part].values() for name in words),
    ]
    names += ["sept", "tues", "thur", "thurs", "دوشنبه", "سه", "شنبه", "پنج", "چهار", "یک", "دو"]
    return frozenset(word for name in names for word in re.split(r"[\W_]+", _spelled(name)) if word)


def joined(lines: list[str]) -> str:
    """Return lines as one text, with one empty line where there were several."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
