"""Which line above an article is its title.

Above an article stand mastheads, slogans, tickers and leads too. A title is as long as a headline, is written more
than once, has the date beside it, and says with its words what the article says.
"""

from __future__ import annotations

import re
from collections import Counter

from migsearch.ingest.page_lines import folded, is_date_line, is_label, is_noise, spelled

_HEADLINE = 8  # words of a headline; longer lines are no more likely one
_LONG_NAME = 5  # words of an institution's name, which is often repeated too
_NEAR = 3  # lines between a title and its date
_SAID = 3  # paragraphs of the article that tell what its title says
_WORD = 4  # letters of a word that tells something
_CRUMB = re.compile(r"\s[>»›/\\\\|-]\s")

# What each kind of evidence is worth, in words of a headline.
_REPEATED, _REPEATED_NAME, _SHARED, _DATED, _SENTENCE, _COLON = 8, 3, 8, 3, -8, -8


def find_title(head: list[str], article: list[str]) -> tuple[str, int]:
    """Return the title and its last line's number (-1 without one), given the lines above an article and the rest."""
    headings = [(number, line) for number, line in enumerate(head) if line and not is_noise(line)]
    headings = [item for item in headings if not is_label(item[1])] or headings
    if not headings:
        return "", -1
    spellings = Counter(folded(part) for line in head for part in {line, *_CRUMB.split(line)} if line)
    telling = spelled(" ".join([line for line in article if line][:_SAID]))
    said = _words(telling)

    def worth(item: tuple[int, str]) -> float:
        number, line = item
        words = len(line.split())
        worth = float(min(words, _HEADLINE))
        if spellings[folded(line)] > 1:
            worth += _REPEATED if words > _LONG_NAME else _REPEATED_NAME
        own = _words(line)
        if own and folded(line) not in telling:  # an article has the name of an institution, but no title, verbatim
            worth += _SHARED * len(own & said) / len(own)
        worth += _DATED * _is_dated(head, number)
        worth += _COLON if line.endswith(":") else _SENTENCE if line.endswith(".") else 0
        return worth

    _, title = max(headings, key=worth)
    return title, last_with(title, head)


def last_with(title: str, head: list[str]) -> int:
    """Return the number of the last line that is the title, -1 if none is."""
    return max((number for number, line in enumerate(head) if folded(line) == folded(title)), default=-1)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", spelled(text)) if len(word) >= _WORD)


def _is_dated(head: list[str], number: int) -> bool:
    """Tell whether a date stands directly above a line or soon below it."""
    above = [line for line in head[:number] if line][-1:]
    below = [line for line in head[number + 1 :] if line][:_NEAR]
    return any(map(is_date_line, (*above, *below)))
