"""The article apart from its surroundings, on a page that is a dump of lines.

A page is read from the top: menus and labels, the title, a date line, then the article's paragraphs, until a cue
("Latest news", a contact block, the date of a teaser) says that the rest belongs to something else. Cue words are
in ``data/page_cues.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from itertools import pairwise

from migsearch.ingest.page_lines import (
    ENTRY,
    LABEL,
    SENTENCE_END,
    STOP,
    begins_surroundings,
    credits_picture,
    folded,
    is_date_line,
    is_entry,
    is_item,
    is_label,
    is_lead,
    is_noise,
    is_ticker,
    opens_article,
    parted,
)
from migsearch.ingest.page_title import find_title, last_with, shares_words, title_below

# C0 and C1 controls but tab and the ends of lines: they mean nothing in a text and much to a terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\N{ZERO WIDTH NO-BREAK SPACE}]")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_CUT = re.compile(r"[,،]$|^[\"“«]")  # signs by which a sentence is known that has no end, or is no label

# Words. A line of more than _TITLE is a paragraph even without a full stop; one of _SENTENCE with a full stop is a
# paragraph; one of fewer than _HEADING without a stop, at the end of an article, is the heading of what follows; so are
# several of fewer than _HEADLINE.
_SENTENCE, _TITLE, _HEADING, _HEADLINE = 16, 30, 13, 21
# Lines: that make a menu; among which they stand, with empty ones; of a list; and paragraphs in menus.
_RUN, _NEAR, _LIST, _BLURBS = 4, 12, 60, 5
_FILED = 5  # digits at least of the number of an article
_LEADS = 3  # lines at most between a lead and the title below it, or of a lead


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
    top = _below_lead(own, _article_top(own))
    if title:
        title_line = last_with(title, own[:top])
    else:
        title, title_line = find_title(own[:top], own[top:])
    top = _below_title(own, top, title)
    end = _article_end(own, max(top, title_line + 1), folded(title))
    title = title or title_below(own[top:end], own[end:])
    head: list[str] = []
    body: list[str] = []
    tail: list[str] = []
    part = head
    for number, line in enumerate(lines[:end]):
        if number < top and title and (number == title_line or folded(line) == folded(title)):
            continue
        if line:  # else it belongs to what it follows
            apart = (
                is_noise(line)
                or _is_caption(lines, number, top)
                or (number < top and (number < title_line or not is_lead(line)))
                or (repeated[number] and (number < top or not any(own[number:end])))
            )
            part = body if not apart else head if number < top else tail
        part.append(line)
    tail += lines[end:]
    return Page(title, *(joined(part) for part in (body, head, tail)))


def _is_caption(lines: list[str], number: int, top: int) -> bool:
    """Tell whether a line says what a picture shows.

    It stands below a credit, with an empty line after it; or above the article, twice, as the picture's text too.
    """
    beside = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    if number < top and lines[number] in beside:
        return True
    is_last = number + 1 < len(lines) and not lines[number + 1]
    return is_last and number > 0 and credits_picture(lines[number - 1]) and len(lines[number].split()) < _TITLE


def _article_top(lines: list[str]) -> int:
    """Return the number of the line where the article's paragraphs begin.

    Paragraphs that are followed by menu entries belong to the menu, if there is another below the first date, or more
    of them. A few that are followed by the first date of the page, among labels, and by more paragraphs are a lead or a
    motto: the article begins below the date, and has a lead that stands below its title, too.
    """
    top = _first_paragraph(lines, 0)
    for _ in range(_BLURBS):
        end = _block_end(lines, top)
        if end == len(lines):
            break
        is_below_date = any(map(_says_when, lines[:top]))
        later = _first_paragraph(lines, end)
        between = lines[top:later]
        if later == len(lines) or any(map(begins_surroundings, between)):
            break
        is_dated = any(map(is_date_line, between))
        is_blurb = _begins_menu(lines, top + 1) and (is_dated or _begins_menu(lines, later + 1))
        is_shorter = _is_shorter(lines[top:end], lines[later:])
        is_apart = _is_below_label(lines, top) and (is_shorter or _has_title_again(lines[end:later]))
        is_lead_above_date = is_dated and is_shorter and _is_lead(lines[top:end]) and _is_dateline(lines[end:later])
        if is_below_date:
            is_lead_again = is_lead_above_date and shares_words(" ".join(lines[top:end]), " ".join(lines[later:]))
            if not is_lead_again:
                break
        elif not is_blurb and not is_apart and not is_lead_above_date:
            break
        top = later
    return top


def _says_when(line: str) -> bool:
    """Tell whether a date line has other numbers than the long one under which an article is filed."""
    return is_date_line(line) and any(len(number) < _FILED for number in re.findall(r"\d+", line))


def _is_lead(block: list[str]) -> bool:
    return sum(map(bool, block)) <= _LEADS


def _is_dateline(lines: list[str]) -> bool:
    """Tell whether lines are the few among which a date stands between a lead and an article."""
    lines = [line for line in lines if line]
    return len(lines) < _NEAR and all(is_noise(line) or is_label(line) for line in lines)


def _below_lead(lines: list[str], top: int) -> int:
    """Return where the paragraphs begin if the first of them is a lead that stands above the title."""
    above = [line for line in lines[:top] if line and not is_noise(line) and not STOP.search(line)]
    below = [number for number in range(top + 1, len(lines)) if lines[number]][: _LEADS + 1]
    if any(map(_is_title, above)):
        return top
    for number, following in pairwise(below):
        is_title = _is_title(lines[number]) and shares_words(lines[number], lines[top])
        if is_title and len(lines[following].split()) >= _SENTENCE:
            return _first_paragraph(lines, number)
    return top


def _below_title(lines: list[str], top: int, title: str) -> int:
    """Return where the paragraphs begin if the first of them is the title again, which is as long as a sentence."""
    if top < len(lines) and title and folded(lines[top]) == folded(title) and any(lines[top + 1 :]):
        return top + 1
    return top


def _is_title(line: str) -> bool:
    return len(line.split()) > ENTRY and _is_headline(line) and not line.endswith(":") and not is_noise(line)


def _block_end(lines: list[str], top: int) -> int:
    """Return the number of the first line below a paragraph that is a date, or begins a menu; else that of the end."""
    ends = (
        number
        for number in range(top + 1, len(lines))
        if is_date_line(lines[number]) or (lines[number] and _begins_menu(lines, number))
    )
    return next(ends, len(lines))


def _is_below_label(lines: list[str], top: int) -> bool:
    """Tell whether an entry of a menu stands above a paragraph, and no headline."""
    above = next(filter(None, reversed(lines[:top])), "")
    return bool(above) and (is_noise(above) or is_entry(above))


def _has_title_again(lines: list[str]) -> bool:
    headings = [folded(line) for line in lines if len(line.split()) > ENTRY]
    return len(set(headings)) < len(headings)


def _is_shorter(block: list[str], later: list[str]) -> bool:
    """Tell whether paragraphs have fewer words than those with which the lines after them begin."""
    return _words_in(block) < _words_in(later[: _block_end(later, 0)])


def _words_in(lines: list[str]) -> int:
    return sum(words for line in lines if (words := len(line.split())) >= _SENTENCE)


def _begins_menu(lines: list[str], start: int) -> bool:
    following = [line for line in lines[start : start + _NEAR] if line][:_RUN]
    # Dumps mark some entries of a menu as items of a list.
    are_entries = all(len(line.split()) <= ENTRY + 1 and not SENTENCE_END.search(line) for line in following)
    return len(following) == _RUN and are_entries and (is_entry(following[0]) or is_noise(following[0]))


def _first_paragraph(lines: list[str], start: int) -> int:
    """Return the number of the first line, from one on, that begins paragraphs.

    The first line that could be a title is never a paragraph, however much it looks like a sentence. Short sentences
    are the article if there are two of them and nothing longer before the side column.
    """
    headings: set[str] = set()
    short: list[int] = []
    for number, line in enumerate(lines[start:], start):
        if len(short) > 1 and begins_surroundings(line):
            return short[0]
        if is_date_line(line):
            short.clear()  # a lead above the date
        words = len(line.split())
        if is_noise(line) or words < LABEL or (not headings and _is_ticker_above(lines, number)):
            continue
        if words >= _SENTENCE and line in lines[number + 1 : number + _NEAR]:
            headings.add(folded(line))  # a lead, which comes again below the date
            continue
        if not headings and opens_article(line):
            return number
        is_sentence = bool(headings and SENTENCE_END.search(line))
        if words > _TITLE or (is_sentence and words >= _SENTENCE):
            return number
        if is_sentence and folded(line) not in headings:
            short.append(number)
        headings.add(folded(line))
    return short[0] if len(short) > 1 else len(lines)


def _is_ticker_above(lines: list[str], number: int) -> bool:
    """Tell whether a row of headlines stands above a title and the first sentence of its article."""
    if not is_ticker(lines[number]):
        return False
    below = [line for line in lines[number + 1 :] if line and not is_noise(line)][:2]
    return len(below) == 2 and _is_title(below[0]) and len(below[1].split()) >= _SENTENCE


def _article_end(lines: list[str], start: int, title: str) -> int:
    """Return the number of the line at which the article has ended."""
    sentences = 0
    for number in range(start, len(lines)):
        sentences += bool(SENTENCE_END.search(lines[number]))
        is_title_again = sentences > 1 and title and folded(lines[number]) == title
        if (is_title_again and not _goes_on(lines, number)) or begins_surroundings(lines[number]):
            return _without_labels(lines, start, number)
        # One number alone counts something: a list, a table, views.
        is_date = is_date_line(lines[number]) and len(re.findall(r"\w+", lines[number])) > 1
        if is_date and any(not is_noise(line) for line in lines[number + 1 :]):
            return _without_labels(lines, start, number)
        if number > start and _is_menu(lines, number) and not _is_list(lines, start, number):
            return _without_labels(lines, start, number)
    return _without_labels(lines, start, len(lines))


def _goes_on(lines: list[str], heading: int) -> bool:
    """Tell whether a paragraph that is new follows a heading."""
    below = next(filter(None, lines[heading + 1 :]), "")
    return len(below.split()) >= _SENTENCE and STOP.search(below) is not None and below not in lines[:heading]


def _is_menu(lines: list[str], start: int) -> bool:
    """Tell whether short lines below a paragraph are no list of the article: it goes on below a list."""
    if not _begins_menu(lines, start):
        return False
    for line in lines[start : start + _LIST]:
        if begins_surroundings(line) or (is_noise(line) and any(map(str.isalpha, line))):
            return True
        if len(line.split()) >= _SENTENCE and SENTENCE_END.search(line):
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
        if line and not is_noise(line) and (SENTENCE_END.search(line) or _is_list(lines, start, end - 1)):
            return end
        if line and not is_noise(line) and not is_label(line) and (is_cut or not _is_heading(line)):
            return end
        end -= 1
    return end


def _without_headlines(lines: list[str], start: int, end: int) -> int:
    """Return the end of an article, whose paragraphs have stops, without the headlines of others below it.

    One line alone, at the end of the page, may be a sentence that was cut, unless it is as short as a label; what ends
    in a comma, or begins with a quotation mark, is one.
    """
    last, found = end, 0
    while last > start and (is_noise(lines[last - 1]) or _is_headline(lines[last - 1])):
        last -= 1
        found += bool(lines[last])
    paragraphs = [line for line in lines[start:last] if len(line.split()) >= _SENTENCE]
    have_stops = all(SENTENCE_END.search(line) for line in paragraphs) and bool(paragraphs)
    last_line = next(filter(None, reversed(lines[:end])), "")
    is_label = is_entry(last_line) and not _CUT.search(last_line)
    are_headlines = found > 1 or (found == 1 and (end < len(lines) or is_label))
    return last if are_headlines and have_stops and not _is_list(lines, start, last) else end


def _is_headline(line: str) -> bool:
    return len(line.split()) < _HEADLINE and not STOP.search(line) and not is_item(line)


def _is_heading(line: str) -> bool:
    return len(line.split()) < _HEADING and not SENTENCE_END.search(line)


def _is_list(lines: list[str], start: int, end: int) -> bool:
    """Tell whether the last of the paragraphs announces a list."""
    before = lines[max(start, end - _LIST) : end]
    said = next((line for line in reversed(before) if len(line.split()) > ENTRY or SENTENCE_END.search(line)), "")
    return said.endswith(":")


def joined(lines: list[str]) -> str:
    """Return lines as one text, with one empty line where there were several."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
