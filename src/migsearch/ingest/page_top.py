"""Where the article of a page begins.

It begins with paragraphs below menus, leads, mottoes and the title; the rules are tried on the first lines that could
be paragraphs, and then on the next ones.
"""

from __future__ import annotations

import re
from itertools import pairwise

from migsearch.ingest.date_labels import is_stamp
from migsearch.ingest.page_lines import (
    ENTRY,
    LABEL,
    LEAD,
    NEAR,
    SENTENCE,
    SENTENCE_END,
    STOP,
    TITLE,
    begins_menu,
    begins_surroundings,
    has_credit,
    is_date_line,
    is_entry,
    is_headline,
    is_label,
    is_noise,
    is_ticker,
)
from migsearch.ingest.page_title import shares_words
from migsearch.ingest.page_words import folded

_BLURBS = 5  # paragraphs in menus
_FILED = 5  # digits at least of the number of an article
_WRAPPED = 2  # lines at least of a paragraph that is broken into lines, beside its last
_WIDTH = (50, 110)  # characters of such lines
_RAGGED = 0.8  # of the longest that the shortest has
_OPENING = 12  # words of a Persian or Pashto sentence that opens a page: hardly a headline there ends in a stop
_LEADS = 3  # lines at most between a lead and the title below it, or of a lead


def article_top(lines: list[str]) -> int:
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
        is_blurb = begins_menu(lines, top + 1) and (is_dated or begins_menu(lines, later + 1))
        is_shorter = _is_shorter(lines[top:end], lines[later:])
        is_titled = _is_titled(lines, top, end, later)
        is_below_column = any(map(begins_surroundings, lines[:top]))
        is_apart = _is_below_label(lines, top) and (is_shorter or is_titled or _has_title_again(lines[end:later]))
        is_lead_above_date = is_dated and is_shorter and _is_lead(lines[top:end]) and _is_dateline(lines, end, later)
        if is_below_date:
            is_lead_again = is_lead_above_date and shares_words(" ".join(lines[top:end]), " ".join(lines[later:]))
            if not is_lead_again:
                break
        elif not (is_blurb or is_apart or is_lead_above_date or (is_titled and is_below_column)):
            break
        top = later
    return top


def _is_titled(lines: list[str], start: int, end: int, later: int) -> bool:
    """Tell whether the last of some paragraphs and headlines above a date is the title of what stands below it."""
    above = next((line for line in reversed(lines[start:end]) if line), "")
    return is_date_line(lines[end]) and _is_title(above) and shares_words(above, " ".join(lines[later : later + NEAR]))


def _says_when(line: str) -> bool:
    """Tell whether a date line is no crawler's, and has other numbers than the long one under which it is filed."""
    numbers = re.findall(r"\d+", line)
    return is_date_line(line) and not is_stamp(line) and any(len(number) < _FILED for number in numbers)


def _is_lead(block: list[str]) -> bool:
    return sum(map(bool, block)) <= _LEADS


def _is_dateline(lines: list[str], start: int, end: int) -> bool:
    """Tell whether lines are the few among which a date stands between a lead and an article, or its title too."""
    between = [line for line in lines[start:end] if line]
    return len(between) < NEAR and all(is_noise(line) or is_label(line) or line in lines[:start] for line in between)


def below_lead(lines: list[str], top: int) -> int:
    """Return where the paragraphs begin if the first of them is a lead that stands above the title."""
    above = [line for line in lines[:top] if line and not is_noise(line) and not STOP.search(line)]
    below = [number for number in range(top + 1, len(lines)) if lines[number]][: _LEADS + 1]
    if any(map(_is_title, above)):
        return top
    for number, following in pairwise(below):
        is_title = _is_title(lines[number]) and shares_words(lines[number], lines[top])
        if is_title and len(lines[following].split()) >= SENTENCE:
            return _first_paragraph(lines, number)
    return top


def below_title(lines: list[str], top: int, title: str) -> int:
    """Return where the paragraphs begin if the first of them is the title again, which is as long as a sentence."""
    if top < len(lines) and title and folded(lines[top]) == folded(title) and any(lines[top + 1 :]):
        return top + 1
    return top


def _is_title(line: str) -> bool:
    return len(line.split()) > ENTRY and is_headline(line) and not line.endswith(":") and not is_noise(line)


def _block_end(lines: list[str], top: int) -> int:
    """Return the number of the first line below a paragraph that is a date, or begins a menu; else that of the end."""
    ends = (
        number
        for number in range(top + 1, len(lines))
        if is_date_line(lines[number]) or (lines[number] and begins_menu(lines, number))
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
    return sum(words for line in lines if (words := len(line.split())) >= SENTENCE)


def _first_paragraph(lines: list[str], start: int) -> int:
    """Return the number of the first line, from one on, that begins paragraphs.

    The first line that could be a title is never a paragraph, however much it looks like a sentence. Short sentences
    are the article if there are two of them and nothing longer before the side column; so are long ones without stops.
    """
    headings: set[str] = set()
    short: list[int] = []
    unstopped: list[int] = []
    for number, line in enumerate(lines[start:], start):
        if (len(short) > 1 or len(unstopped) > 1) and begins_surroundings(line):
            return min([*short[:1], *unstopped[:1]])
        if is_date_line(line):
            short.clear()  # a lead above the date
            unstopped.clear()
        words = len(line.split())
        if (
            is_noise(line)
            or words < LABEL
            or has_credit(line)
            or _is_glued_to_entry(lines, number)
            or (not headings and _is_ticker_above(lines, number))
        ):
            continue
        # A lead comes again below the date, a caption at once.
        if words >= SENTENCE and line in (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + NEAR]):
            headings.add(folded(line))
            continue
        if (not headings and _opens_article(line)) or _is_wrapped(lines[number : number + NEAR]):
            return number
        is_sentence = bool(headings and SENTENCE_END.search(line))
        goes_on = "".join(lines[number + 1 : number + 2])[:1].islower()
        if words > TITLE or ((is_sentence or goes_on) and words >= SENTENCE):
            return number
        if is_sentence and folded(line) not in headings:
            short.append(number)
        if headings and words >= SENTENCE and folded(line) not in headings:
            unstopped.append(number)
        headings.add(folded(line))
    return next((long[0] for long in (short, unstopped) if len(long) > 1), len(lines))


_STOP_OF_SENTENCE = re.compile(r"[.?…؟۔][\"'”’»)\]]*(?:\s?\([A-Z]{2,9}\))?$")  # headlines exclaim, too
# "DUSHANBE, November 17, 2014, Asia-Plus – ", "BRUSSELS (Agency) - ", "Kabul – ", "به گزارش خبرنگار ما، ".
_DATELINE = re.compile(
    r"[A-Z]{4,}(?:[ /][A-Z]{3,})*(?:,[^.:]{3,40}|\s*\([^)]{2,50}\))?\s*[-\N{EN DASH}\N{EM DASH}:]"
    r"|[A-Z][a-z]+(?:,[^.:]{3,30})?\s*[\N{EN DASH}\N{EM DASH}]\s"
)
_PERSIAN = re.compile("[\N{ARABIC LETTER ALEF}-\N{ARABIC LETTER YEH}]")
_REPORTED = re.compile("به گزارش ")


def _opens_article(line: str) -> bool:
    """Tell whether the first line of a page is the first sentence of an article without a title."""
    words = len(line.split())
    if words >= LEAD and _REPORTED.match(line) and SENTENCE_END.search(line):
        return True
    return _STOP_OF_SENTENCE.search(line) is not None and (
        words >= (_OPENING if _PERSIAN.search(line) else SENTENCE) or (words >= LEAD and bool(_DATELINE.match(line)))
    )


def _is_glued_to_entry(lines: list[str], number: int) -> bool:
    """Tell whether a paragraph says what the entry of a menu above it leads to: "Our work", "Our workFrom camps to"."""
    entry = next(filter(None, reversed(lines[:number])), "")
    follows = lines[number][len(entry) : len(entry) + 1]
    return (
        bool(entry) and is_noise(entry) and follows.isupper() and lines[number].casefold().startswith(entry.casefold())
    )


def _is_wrapped(lines: list[str]) -> bool:
    """Tell whether a paragraph begins that is broken into lines of one length, the last of which ends in a stop."""
    block = lines[: lines.index("")] if "" in lines else lines
    end = next((number for number, line in enumerate(block, start=1) if STOP.search(line)), 0)
    lengths = [len(line) for line in block[: max(end - 1, 0)]]
    if len(lengths) < _WRAPPED or not _WIDTH[0] < max(lengths) < _WIDTH[1]:
        return False
    is_even = _RAGGED * max(lengths) < min(lengths) and _RAGGED * len(block[end - 1]) < max(lengths)
    return is_even and not any(map(is_noise, block[: end - 1]))


def _is_ticker_above(lines: list[str], number: int) -> bool:
    """Tell whether a row of headlines stands above a title and the first sentence of its article."""
    if not is_ticker(lines[number]):
        return False
    below = [line for line in lines[number + 1 :] if line and not is_noise(line)][:2]
    return len(below) == 2 and _is_title(below[0]) and len(below[1].split()) >= SENTENCE
