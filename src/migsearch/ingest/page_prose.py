"""The stretch of a page that has the most prose, for pages whose layout no rule knows.

Maximum subsequence segmentation (Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence
Segmentation", 2009), a line being worth its words if it is prose, and a little less than nothing otherwise: of all
stretches the one is chosen whose lines are worth most together. So a quotation or a heading within an article does not
end it, and a sentence in a menu is no article.
"""

from __future__ import annotations

from collections.abc import Sequence

from migsearch.ingest.page_lines import LABEL, STOP, TITLE, begins_surroundings, is_noise, is_ticker

_FEWEST = 8  # words of a line of prose that has a full stop
_OTHER = 10  # words of prose that a line outweighs which is none; 3 to 12 measure alike
_LITTLE = 80  # words of prose in what may be something else than the article: a caption, a notice, a teaser
_PART = 0.4  # of the most prose in one stretch of a page, which is the article if what was found has less


def densest(lines: Sequence[str]) -> slice:
    """Return the stretch of lines that has the most prose, an empty one if there is none."""
    best, together, first = 0, 0, 0
    found = slice(0, 0)
    for number, line in enumerate(lines):
        together += _worth(line)
        if together <= 0:
            together, first = 0, number + 1
        elif together > best:
            best, found = together, slice(first, number + 1)
    return found


def is_little(article: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether an article has so little prose that another stretch of its page must be the article."""
    words, most = _prose(article), _prose(other)
    return words < _LITTLE <= most and words < _PART * most


def _prose(lines: Sequence[str]) -> int:
    return sum(max(0, _worth(line)) for line in lines)


def _worth(line: str) -> int:
    """Return how many words of prose a line is worth, below zero if it is none."""
    words = len(line.split())
    if not words:
        return 0
    if begins_surroundings(line) or is_noise(line) or is_ticker(line):
        return -_OTHER
    if words > TITLE or STOP.search(line):
        return words if words >= _FEWEST else 0
    return 0 if line.endswith(":") and words >= LABEL else -_OTHER
