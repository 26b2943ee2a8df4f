"""Which line above an article is its title.

Above an article stand mastheads, slogans, tickers and leads too. A title is as long as a headline, is written more
than once, has the date beside it, and says with its words what the article says.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise

from migsearch.ingest.page_lines import (
    KICKER,
    LABEL,
    STOP,
    TITLE,
    begins_interruption,
    begins_surroundings,
    has_credit,
    is_date_line,
    is_label,
    is_lead,
    is_noise,
    is_ticker,
    is_timed,
)
from migsearch.ingest.page_words import folded, spelled

_HEADLINE = 8  # words of a headline; longer lines are no more likely one
_LONGEST = 20  # words of a headline mostly; longer lines are leads
_LONGEST_OF_ALL = 40
_LONG_NAME = 5  # words of an institution's name, which is often repeated too
_NEAR = 3  # lines between a title and its date
_LOOKED_AT = 100  # headings next to the article
_SPELLINGS = 500  # lines among which a heading comes again
_BELOW = 40  # lines below a title in which the article begins
_SAID = 3  # paragraphs of the article that tell what its title says
_TELLING = 4  # words that tell something in a headline at least
_WORD = 4  # letters of a word that tells something

# What each kind of evidence is worth, in words of a headline.
_REPEATED, _REPEATED_NAME, _SHARED, _DATED, _SENTENCE, _COLON, _RELATED, _LONG, _MENU = 8, 3, 8, 3, -8, -8, -8, -3, 0.4

_STOPS = (".", "\N{HORIZONTAL ELLIPSIS}")  # of a sentence, and of its beginning
_BULLET = re.compile(r"^[*#\N{BULLET}]\s+|(?:\s*\|){4,}$")  # or the empty cells of a table
_SITE = re.compile(r"\s(?:::|[|»])\s")  # what parts a title from the name of the site


def find_title(head: list[str], article: list[str]) -> tuple[str, int]:
    """Return the title and its last line's number (-1 without one), given the lines above an article and the rest."""
    headings = [(number, line) for number, line in enumerate(head) if line and not is_noise(line)]
    headings = [item for item in headings if not is_label(item[1]) and not is_ticker(item[1])] or headings
    headings = [item for item in headings if not has_credit(item[1]) and not is_timed(item[1])] or headings
    headings = [item for item in headings if not begins_surroundings(item[1])] or headings  # "Tags: ..."
    headings = [item for item in headings if len(item[1].split()) <= TITLE or not has_credit(item[1])]
    headings = [item for item in headings if len(item[1].split()) <= _LONGEST_OF_ALL] or headings  # captions
    if not headings:
        return "", -1
    headings = headings[-_LOOKED_AT:] if any(article) else headings[:_LOOKED_AT]
    spellings = [folded(line) for line in head[headings[0][0] :][:_SPELLINGS] if line]
    entries = [bool(line) and (is_noise(line) or is_label(line)) for line in head]
    column = next((number for number, line in enumerate(head) if begins_interruption(line)), len(head))
    leads, first_leads = [_lead(line) for line in head], [_lead(line) for line in article[:_BELOW]]

    def worth(item: tuple[int, str]) -> float:
        number, line = item
        words = len(line.split())
        worth = float(min(words, _HEADLINE))
        spelling = folded(line)
        is_repeated = sum(other.startswith(spelling) or other.endswith(spelling) for other in spellings) > 1
        if is_repeated and not _is_caption(number, head):
            worth += _REPEATED if words > _LONG_NAME else _REPEATED_NAME
        worth += _RELATED * (number > column)
        worth -= _MENU * sum(entries[number + 1 :][:_BELOW])
        own, said = _words(line), _said(line, [*leads[number + 1 :][:_BELOW], *first_leads])
        if own and spelling not in said:  # an article has the name of an institution, but no title, verbatim
            worth += _SHARED * len(own & _words(said)) / max(len(own), _TELLING)
        worth += _DATED * _is_dated(head, number) + _LONG * (words > _LONGEST)
        worth += _COLON if line.endswith(KICKER) else _SENTENCE if line.endswith(_STOPS) else 0
        return worth

    title = max(headings, key=worth)[1]
    title = _above_each(head, title) or title
    return _BULLET.sub("", title), last_with(title, head)


def last_with(title: str, head: list[str]) -> int:
    """Return the number of the last line that is the title, -1 if none is."""
    return max((number for number, line in enumerate(head) if folded(line) == folded(title)), default=-1)


def _is_caption(number: int, head: list[str]) -> bool:
    """Tell whether a line and the same below it are what a picture shows: a headline stands above them."""
    lines = [folded(line) for line in head if line]
    spelling = folded(head[number])
    first = lines.index(spelling)
    together = lines.count(spelling) == 2 and lines[first : first + 2] == [spelling, spelling]
    above = (line for line in head[:number] if line and not folded(line).endswith(spelling) and not is_noise(line))
    fewest = LABEL if STOP.search(head[number]) else _LONG_NAME + 1  # a sentence is hardly a title
    return together and any(fewest <= len(line.split()) <= 2 * _HEADLINE for line in above)


def _above_each(head: list[str], subtitle: str) -> str:
    """Return the headline directly above a line that stands there several times, with it above it each time."""
    lines = [line for line in head if line]
    above = [before for before, line in pairwise(lines) if line == subtitle]
    is_each = len(above) > 1 and len(above) == lines.count(subtitle) and len(set(above)) == 1
    headline = above[0] if is_each and above[0] != subtitle else ""
    return headline if len(headline.split()) >= LABEL and not is_noise(headline) else ""


def has_title(line: str, title: str) -> bool:
    """Tell whether a line is the title with names beside it: "COUNTRY: Title", "Home / Title", "Title :: Site"."""
    words, spelling = len(title.split()), folded(title)
    if _SITE.match(line.removeprefix(title)) and line != title:
        return words >= LABEL
    return words > _LONG_NAME and len(line.split()) <= words + _LONG_NAME and folded(line).endswith(spelling)


def title_below(article: list[str], below: list[str]) -> str:
    """Return the title of an article that stands below it with its date, on sites that print both there."""
    lines = [line for line in below if line]
    if len(lines) != 2 or not is_date_line(lines[1]) or is_noise(lines[0]):
        return ""
    return lines[0] if shares_words(lines[0], " ".join(article[:_SAID])) else ""


def shares_words(title: str, text: str) -> bool:
    """Tell whether a text has half of the words of a title that tell something, or more."""
    own = _words(title)
    return len(own & _words(text)) >= max(len(own) / 2, 1)


def has_word_of(line: str, text: str) -> bool:
    """Tell whether a line has one of the words of a text that tell something, or hardly any such word at all."""
    words = _words(line)
    return len(words) < LABEL or not words.isdisjoint(_words(text))


def _lead(line: str) -> str:
    """Return a line that tells something, empty for one that does not."""
    return line if is_lead(line) and not is_noise(line) else ""


def _said(title: str, leads: list[str]) -> str:
    """Return the first lines below a title that tell something, in one spelling."""
    telling = (line for line in leads if line and folded(line) != folded(title))
    return " ".join(map(spelled, islice(telling, _SAID)))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", spelled(text)) if len(word) >= _WORD)


def _is_dated(head: list[str], number: int) -> bool:
    """Tell whether a date stands above a line, at most with buttons between them, or soon below it."""
    above = [line for line in head[:number] if line and (is_date_line(line) or not is_noise(line))][-1:]
    below = [line for line in head[number + 1 :] if line][:_NEAR]
    return any(map(is_date_line, (*above, *below)))
