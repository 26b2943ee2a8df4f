"""The article apart from its surroundings, on a page that is a dump of lines.

A page is read from the top: menus and labels, the title, a date line, then the article's paragraphs, until a cue
("Latest news", a contact block, the date of a teaser) says that the rest belongs to something else. Cue words are
in ``data/page_cues.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from migsearch.ingest.date_places import TITLE_PLACE
from migsearch.ingest.page_breaks import parted
from migsearch.ingest.page_end import article_end, interruption_end
from migsearch.ingest.page_lines import (
    SENTENCE_END,
    STOP,
    TITLE,
    begins_interruption,
    credits_picture,
    greets,
    is_lead,
    is_noise,
)
from migsearch.ingest.page_prose import elsewhere
from migsearch.ingest.page_title import find_title, has_title, has_word_of, last_with, title_below
from migsearch.ingest.page_top import article_top, below_lead, below_title
from migsearch.ingest.page_words import folded

_CAPTION = 12  # words of a caption without its credit

# C0 and C1 controls but tab and the ends of lines: they mean nothing in a text and much to a terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\N{ZERO WIDTH NO-BREAK SPACE}]")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart; each part holds the lines of the page in their order.

    ``head`` are the lines around the title that are neither title nor article: menus, dates, bylines, counters.
    ``tail`` is what follows the article or interrupts it. ``above`` is as much of the head as stands above the title.
    """

    title: str
    text: str
    head: str
    tail: str
    above: str = field(default="", compare=False)

    @property
    def surroundings(self) -> str:
        """All that is not the article."""
        return "\n\n".join(part for part in (self.head, self.tail) if part)

    @property
    def placed_head(self) -> str:
        """The head, with two empty lines in the place of the title if there is one."""
        return f"{self.above}{TITLE_PLACE}{self.head[len(self.above) :].lstrip()}" if self.title else self.head


def clean(text: str) -> str:
    r"""Return a text without control characters, its lines ended by ``\n`` alone and free of trailing space."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def take_apart(text: str, title: str = "", repeated: Set[str] = frozenset()) -> Page:
    """Find the article of a page given as text, and its title unless it is known.

    ``repeated`` are lines, folded, that other pages of the source have too: before and after the article they belong to
    its surroundings. Within it they stay, and so they do where they are most of it, as of one that is published again.
    """
    lines = [part for line in clean(text).split("\n") for part in parted(line.strip())]
    page = _taken_apart(lines, title, [False] * len(lines))
    if not repeated:
        return page
    marked = [folded(line) in repeated for line in lines]
    narrower = _taken_apart(lines, title, marked) if any(marked) else page
    return narrower if 2 * len(narrower.text) > len(page.text) else page


def _taken_apart(lines: list[str], title: str, repeated: list[bool]) -> Page:
    own = ["" if again else line for line, again in zip(lines, repeated, strict=True)]
    top, end, title, title_line = _bounds(own, title)
    below = "" if title else title_below(own[top:end], own[end:])
    title = title or below
    head: list[str] = []
    body: list[str] = []
    tail: list[str] = []
    part = head
    above, going_on = None, 0
    column = next((number for number in range(title_line + 1, top) if begins_interruption(own[number])), top)
    for number, line in enumerate(lines[:end]):
        going_on = max(going_on, interruption_end(own, number))
        if number < top and title and (number == title_line or folded(line) == folded(title)):
            above = joined(head) if above is None else above
            continue
        if line:  # else it belongs to what it follows
            apart = (
                top <= number < going_on
                or is_noise(line)
                or _is_caption(lines, number, top)
                or (number < top and (not is_lead(line) or has_title(line, title)))
                or (number < min(top, title_line) and not _is_lead_between(lines, number, title))
                or (number < top and _says_nothing(line, title, own[top:end]))
                or (column <= number < top and not STOP.search(line))
                or (repeated[number] and (number < top or not any(own[number:end])))
            )
            part = body if not apart else head if number < top else tail
        part.append(line)
    tail += [line for line in lines[end:] if not line or line != below]
    return Page(title, joined(body), joined(head), joined(tail), above or "")


def _bounds(lines: list[str], given: str) -> tuple[int, int, str, int]:
    """Return where the article begins and ends, its title, and the last line that is the title, -1 without one."""
    top = below_lead(lines, article_top(lines))
    title, title_line = _title(lines, top, given)
    top = below_title(lines, top, title)
    end = article_end(lines, max(top, title_line + 1), folded(title))
    if prose := elsewhere(lines, slice(top, end)):
        top, end = prose.start, prose.stop
        title, title_line = _title(lines, top, given)
    return top, end, title, title_line


def _title(lines: list[str], top: int, given: str) -> tuple[str, int]:
    return (given, last_with(given, lines[:top])) if given else find_title(lines[:top], lines[top:])


def _is_lead_between(lines: list[str], number: int, title: str) -> bool:
    """Tell whether a sentence that stands directly below the title, which comes again later, comes nowhere else."""
    above = next(filter(None, reversed(lines[:number])), "")
    is_sentence = STOP.search(lines[number]) is not None and folded(above) == folded(title)
    return is_sentence and lines.count(lines[number]) == 1


def _says_nothing(line: str, title: str, article: list[str]) -> bool:
    """Tell whether a line without a stop has no word of its title and article: it says what a picture shows."""
    is_short = len(line.split()) <= _CAPTION and not SENTENCE_END.search(line) and not greets(line)
    return bool(is_short and title and not has_word_of(line, f"{title} {' '.join(article)}"))


def _is_caption(lines: list[str], number: int, top: int) -> bool:
    """Tell whether a line says what a picture shows.

    It stands below a credit, with an empty line after it or above the article; or there, twice, as the picture's text.
    """
    beside = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    if number < top and lines[number] in beside:
        return True
    if number == 0 or not credits_picture(lines[number - 1]):
        return False
    words = len(lines[number].split())
    is_last = number + 1 < len(lines) and not lines[number + 1]
    return words < TITLE if is_last else number < top and words <= _CAPTION and not STOP.search(lines[number])


def joined(lines: list[str]) -> str:
    """Return lines as one text, with one empty line where there were several."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
