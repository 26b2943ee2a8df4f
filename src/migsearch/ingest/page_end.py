"""Where the article of a page ends.

It ends at a cue, a date or a menu that begin what belongs to something else, without the labels and headlines above
those.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from migsearch.ingest.page_closing import begins_closing, is_signed_by_office
from migsearch.ingest.page_lines import (
    ENTRY,
    SENTENCE,
    SENTENCE_END,
    STOP,
    begins_interruption,
    begins_menu,
    begins_surroundings,
    is_date_line,
    is_entry,
    is_headline,
    is_label,
    is_noise,
    was_cut,
)
from migsearch.ingest.page_words import folded

_HEADING = 13  # words that a heading has fewer of; one at the end of an article is that of what follows
_HEADLINES, _PARAGRAPHS = 5, 2  # lines of an interruption at most, and of what shows that the article goes on
_LIST = 60  # lines of a list, with empty ones


_COUNT = re.compile(r"\W*\w*(?:[ .,\N{NO-BREAK SPACE}]\d{3})*\W*")  # "345", "9 000", "1."
_TIME = re.compile(r"\d{1,2}:\d\d")
_CELLS = re.compile(r"\t\s*[\d.,% ]+$")  # of a row of a table


def article_end(lines: list[str], start: int, title: str) -> int:
    """Return the number of the line at which the article has ended."""
    sentences = going_on = 0
    for number in range(start, len(lines)):
        if number < going_on:
            continue
        if going_on := interruption_end(lines, number):
            continue
        sentences += bool(SENTENCE_END.search(lines[number]))
        is_title_again = sentences > 1 and title and folded(lines[number]) == title
        is_closed = begins_surroundings(lines[number]) or (number > start and begins_closing(lines, number))
        if is_closed or (is_title_again and not _goes_on(lines, number)):
            return _without_labels(lines, start, number)
        # A number alone counts something: a list, a table, views.
        is_date = is_date_line(lines[number]) and not _COUNT.fullmatch(lines[number])
        is_date = is_date and not (_TIME.fullmatch(lines[number]) and _goes_on(lines, number))  # that of a video
        if is_date and any(not is_noise(line) for line in lines[number + 1 :]):
            return _without_labels(lines, start, number)
        if number > start and _is_menu(lines, number) and not _is_list(lines, start, number):
            return _without_labels(lines, start, number)
    return _without_labels(lines, start, len(lines))


def interruption_end(lines: list[str], number: int) -> int:
    """Return where an article goes on below "Read more" and some headlines; 0 if that is no line that begins these.

    It goes on if paragraphs follow, one below the other: a column of other articles has a headline above each.
    """
    if not begins_interruption(lines[number]):
        return 0
    below = [*islice((later for later in range(number + 1, len(lines)) if lines[later]), _HEADLINES + _PARAGRAPHS)]
    headlines = list(takewhile(lambda later: is_headline(lines[later]) and not is_date_line(lines[later]), below))
    paragraphs = below[len(headlines) :][:_PARAGRAPHS]
    goes_on = len(paragraphs) == _PARAGRAPHS and all(_is_paragraph(lines[later]) for later in paragraphs)
    return paragraphs[0] if goes_on else 0


def _is_paragraph(line: str) -> bool:
    return len(line.split()) >= SENTENCE and STOP.search(line) is not None


def _goes_on(lines: list[str], heading: int) -> bool:
    """Tell whether a paragraph that is new follows a heading."""
    below = next(filter(None, lines[heading + 1 :]), "")
    return _is_paragraph(below) and below not in lines[:heading]


def _is_menu(lines: list[str], start: int) -> bool:
    """Tell whether short lines below a paragraph are no list of the article: it goes on below a list."""
    if not begins_menu(lines, start):
        return False
    for line in lines[start : start + _LIST]:
        if begins_surroundings(line) or (is_noise(line) and any(map(str.isalpha, line)) and not _CELLS.search(line)):
            return True
        if len(line.split()) >= SENTENCE and SENTENCE_END.search(line):
            return False
    return True


def _without_labels(lines: list[str], start: int, end: int) -> int:
    """Return the end of an article without the labels and headings of what follows it.

    A cut page ends in the middle of a line; what ends in short lines without a stop ends in labels.
    """
    end = _without_headlines(lines, start, end)
    last, *before = [line for line in reversed(lines[:end]) if line][:2] or [""]
    is_cut = end == len(lines) and not is_noise(last) and not any(map(_is_heading, before))
    while end > start:
        line = lines[end - 1]
        if end > start + 1 and is_signed_by_office(line):
            end -= 1
            continue
        if line and not is_noise(line) and (SENTENCE_END.search(line) or _is_list(lines, start, end - 1)):
            return end
        is_text = not is_label(line) or (is_cut and was_cut(line))
        if line and not is_noise(line) and is_text and (is_cut or not _is_heading(line)):
            return end
        end -= 1
    return end


def _without_headlines(lines: list[str], start: int, end: int) -> int:
    """Return the end of an article, whose paragraphs have stops, without the headlines of others below it.

    One line alone, at the end of the page, may be a sentence that was cut, unless it is as short as a label and
    does not begin as sentences do.
    """
    last, found = end, 0
    while last > start and (is_noise(lines[last - 1]) or _is_among_headlines(lines, last - 1, end)):
        last -= 1
        found += bool(lines[last])
    paragraphs = [line for line in lines[start:last] if len(line.split()) >= SENTENCE]
    have_stops = all(SENTENCE_END.search(line) for line in paragraphs) and bool(paragraphs)
    last_line = next(filter(None, reversed(lines[:end])), "")
    is_label = is_entry(last_line) and not was_cut(last_line)
    are_headlines = found > 1 or (found == 1 and (end < len(lines) or is_label))
    return last if are_headlines and have_stops and not _is_list(lines, start, last) else end


def _is_among_headlines(lines: list[str], number: int, end: int) -> bool:
    """Tell whether a line is a headline; one that asks is, if another stands directly above and below it."""
    beside = lines[number - 1 : number] + lines[number + 1 : min(number + 2, end)]
    is_asked = (
        len(beside) == 2 and lines[number].endswith(("?", "؟")) and all(map(is_headline, (*beside, lines[number][:-1])))
    )
    return is_asked or is_headline(lines[number])


def _is_heading(line: str) -> bool:
    return len(line.split()) < _HEADING and not SENTENCE_END.search(line)


def _is_list(lines: list[str], start: int, end: int) -> bool:
    """Tell whether the last of the paragraphs announces a list."""
    before = lines[max(start, end - _LIST) : end]
    said = next((line for line in reversed(before) if len(line.split()) > ENTRY or SENTENCE_END.search(line)), "")
    return said.endswith(":")
