"""Lines of a page, known by where each letter stands, as text in the order in which it is read.

A page is drawn; which letters belong together, and in what order, is told by their places alone. Letters are sorted
from left to right and put into logical order by the bidirectional algorithm reversed. Some programs draw Persian from
left to right, letter by letter: the words tell which of the two it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from migsearch.analysis.icu import logical_order
from migsearch.ingest.formats.known_words import known_share

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›"))
_ENDS = re.compile("[.:!؟،؛]")
_GAP = 0.15  # of the height of the letters: what parts words
_SAMPLE = 3_000  # characters by whose words the order is told
_BETTER = 0.2  # share of known words by which the unusual order must be better
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


class Glyph(NamedTuple):
    """A letter, or several in one sign, and its box on the page; y grows upwards."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


Line = Sequence[Glyph]


def is_right_to_left(glyphs: Iterable[Glyph]) -> bool:
    """Tell whether most letters are of a script that is written from right to left."""
    text = "".join(glyph.text for glyph in glyphs)
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > len(_LETTER.findall(text))


def written(lines: Sequence[Line], *, right_to_left: bool) -> list[str]:
    """Return lines as they were written; ``right_to_left`` is the direction of most of them."""
    seen = [_spaced(_attached(line)) for line in lines]
    ordered = [_reordered(line, right_to_left) for line in seen]
    if right_to_left:
        sample = "\n".join(map(_plain, ordered))[:_SAMPLE]
        as_drawn = "\n".join(map(_plain, seen))[:_SAMPLE]
        if known_share(as_drawn) > known_share(sample) + _BETTER:
            return [_plain(line) for line in seen]
    return [_with_pairs(_plain(line)) if _is_mixed(line) else _plain(line) for line in ordered]


def _attached(line: Line) -> list[Glyph]:
    """Sort a line from left to right, each mark with the letter over which it stands."""
    letters = sorted((glyph for glyph in line if not _is_mark(glyph)), key=lambda glyph: glyph.left + glyph.right)
    for mark in filter(_is_mark, line):
        places = [place for place, letter in enumerate(letters) if not letter.text.isspace()]
        if places:
            middle = mark.left + mark.right
            place = min(places, key=lambda n: abs(letters[n].left + letters[n].right - middle))
            letters[place] = letters[place]._replace(text=letters[place].text + mark.text)
    return letters


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.text[0]) == "Mn"


def _spaced(line: Sequence[Glyph]) -> list[str]:
    """Return the texts of a line from left to right, with a space where a gap parts them."""
    texts: list[str] = []
    end, height = 0.0, 0.0
    for glyph in line:
        if texts and glyph.left - end > _GAP * max(height, glyph.top - glyph.bottom) and not texts[-1].isspace():
            texts.append(" ")
        if not (glyph.text.isspace() and texts and texts[-1].isspace()):
            texts.append(" " if glyph.text.isspace() else glyph.text)
        end, height = max(end, glyph.right), glyph.top - glyph.bottom
    return texts


def _reordered(texts: Sequence[str], right_to_left: bool) -> list[str]:
    if not _is_mixed(texts):
        return list(texts)
    # What stands for a letter in several must have its direction: a ligature's is that of its first letter.
    visual = "".join(unicodedata.normalize("NFKC", text)[:1] or " " for text in texts)
    if _ENDS.match(visual[-1:]) and not _ENDS.match(visual):  # no line begins with a full stop
        right_to_left = False
    elif not right_to_left:
        right_to_left = 2 * len(_RIGHT_TO_LEFT.findall(visual)) > len(_LETTER.findall(visual))
    order = logical_order(visual, right_to_left=right_to_left)
    return [texts[place] for place in order]


def _is_mixed(texts: Sequence[str]) -> bool:
    return any(_RIGHT_TO_LEFT.search(text) for text in texts)


def _plain(texts: Sequence[str]) -> str:
    """Return the text of signs in logical order, presentation forms as the letters that they show."""
    parts: list[str] = []
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        parts.append(_FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text))
        if _ends_within(text) and _RIGHT_TO_LEFT.match(following) and following[0].isalpha():
            parts.append(_ZWNJ)
    return "".join(parts).strip()


def _ends_within(text: str) -> bool:
    """Tell whether a letter has the form that it has at the end of a word, though it could join the next one.

    Where the word goes on, a zero-width non-joiner stood there.
    """
    tag, _, letters = unicodedata.decomposition(text[-1:]).partition(" ")
    return tag in ("<final>", "<isolated>") and letters in _joining()


@cache
def _joining() -> frozenset[str]:
    """Return the letters that join what follows, as their decompositions: those that have an initial form."""
    forms = map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
    found = (unicodedata.decomposition(form).partition(" ") for form in forms)
    return frozenset(letters for tag, _, letters in found if tag == "<initial>")


def _with_pairs(line: str) -> str:
    """Return a line with its brackets the right way round, whichever the file has: as seen, or as written."""
    for opening, closing in _PAIRS:
        places = [place for place, letter in enumerate(line) if letter in (opening, closing)]
        if len(places) % 2 == 0:
            letters = list(line)
            for number, place in enumerate(places):
                letters[place] = (opening, closing)[number % 2]
            line = "".join(letters)
    return line
