"""The stretch of a page that has the most prose, for pages whose layout no rule knows.

Maximum subsequence segmentation (Pasternack and Roth, "Extracting Article Text from the Web with Maximum Subsequence
Segmentation", 2009), a line being worth its words if it is prose, and a little less than nothing otherwise: of all
stretches the one is chosen whose lines are worth most together. So a quotation or a heading within an article does not
end it, and a sentence in a menu is no article.
"""

from __future__ import annotations

from collections.abc import Sequence

from migsearch.ingest.page_lines import LABEL, STOP, TITLE, begins_surroundings, has_credit, is_noise, is_ticker

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


def elsewhere(lines: Sequence[str], article: slice) -> slice | None:
    """Return the stretch that must be the article if what was found of it has too little prose, else ``None``."""
    words = _prose(lines[article])
    if words >= _LITTLE:  # mostly
        return None
    found = densest(lines)
    most = _prose(lines[found])
    return _with_last(lines, found) if most >= _LITTLE and words < _PART * most else None


def _with_last(lines: Sequence[str], found: slice) -> slice:
    """Return a stretch with the short sentences that follow it."""
    stop = found.stop
    for number in range(found.stop, len(lines)):
        line = lines[number]
        if line and (not STOP.search(line) or begins_surroundings(line) or is_noise(line)):
            break
        stop = number + 1 if line else stop
    return slice(found.start, stop)


def _prose(lines: Sequence[str]) -> int:
    return sum(max(0, _worth(line)) for line in lines)


def _worth(line: str) -> int:
    """Return how many words of prose a line is worth, below zero if it is none."""
    words = len(line.split())
    if words > TITLE or STOP.search(line):
        is_other = begins_surroundings(line) or is_noise(line) or is_ticker(line) or has_credit(line)
        return -_OTHER if is_other else words if words >= _FEWEST else 0
    return -_OTHER if words and not (words >= LABEL and line.endswith(":")) else 0
