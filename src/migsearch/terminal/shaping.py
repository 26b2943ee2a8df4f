"""Joins Arabic letters, for terminals that draw each character alone.

The tables are those of ``arabic_reshaper``. Its ``reshape`` is not used: it returns a string without saying
which letters went into which glyph, and styles must follow them.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAM = "\N{ARABIC LETTER LAM}"
_ALEFS = (
    "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER ALEF WITH MADDA ABOVE}"
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\N{ARABIC LETTER ALEF WITH HAMZA BELOW}"
)
_YEH_WITH_TAIL = "\N{ARABIC LETTER YEH WITH TAIL}"
_ZWJ = "\N{ZERO WIDTH JOINER}"
_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


class Glyph(NamedTuple):
    """What one cell shows, and the half-open range of characters that it stands for.

    ``letter`` is what is drawn without ``marks``, the harakat and accents above and below it, or the rest of an emoji.
    """

    letter: str
    marks: str
    start: int
    end: int


def shape(text: str) -> list[Glyph]:
    """Return the glyphs of ``text`` in logical order: letters joined, lam-alef as one, marks kept on them."""
    apart = clusters(text)
    letters = [glyph.letter for glyph in apart]
    joined: list[Glyph] = []
    i = 0
    while i < len(apart):
        glyph, ligature = apart[i], _ligature(letters, i)
        if ligature:
            alef = apart[i + 1]
            joined.append(Glyph(ligature, glyph.marks + alef.marks, glyph.start, alef.end))
        elif glyph.letter != _ZWJ:  # which has no shape of its own
            joined.append(glyph._replace(letter=_form(letters, i)))
        i += 2 if ligature else 1
    return joined


def clusters(text: str, *, joiners: bool = False) -> list[Glyph]:
    """Return a glyph for each character of ``text``, with the marks that follow it, or the rest of an emoji.

    With ``joiners`` these are marks, too: they stay on their letter, for a terminal that joins letters itself.
    """
    glyphs: list[Glyph] = []
    for i, character in enumerate(text):
        last = glyphs[-1] if glyphs else None
        if last and (_stays_on(last, character) or (joiners and character in _JOINERS)):
            glyphs[-1] = last._replace(marks=last.marks + character, end=i + 1)
        else:
            glyphs.append(Glyph(character, "", i, i + 1))
    return glyphs


def _stays_on(glyph: Glyph, character: str) -> bool:
    """Whether a character is drawn in the same cells: a mark, or what makes one emoji of several (UTS 51, ED-16)."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return True
    is_emoji = unicodedata.category(glyph.letter) == "So"
    return is_emoji and (character == _ZWJ or character in _SKIN_TONES or glyph.marks.endswith(_ZWJ))


def _form(letters: Sequence[str], i: int) -> str:
    letter = letters[i]
    forms = _forms().get(letter)
    if forms is None:
        return letter
    isolated, initial, medial, final = forms
    before, after = _joins(letters, i - 1), _joins(letters, i)
    if before and after:
        return medial
    return (final if before else initial if after else isolated) or letter


def _ligature(letters: Sequence[str], i: int) -> str:
    if letters[i] != _LAM or i + 1 == len(letters):
        return ""
    isolated, final = _lam_alefs().get(letters[i + 1], ("", ""))
    return final if _joins(letters, i - 1) else isolated


def _joins(letters: Sequence[str], i: int) -> bool:
    """Whether letter ``i`` joins the next one."""
    if not 0 <= i < len(letters) - 1:
        return False
    left, right = _joining_forms(letters[i]), _joining_forms(letters[i + 1])
    return bool(left and right and (left[1] or left[2]) and (right[2] or right[3]))


@cache
def _joining_forms(letter: str) -> tuple[str, str, str, str] | None:
    """Return forms by which to see on which sides a letter joins: its own, or those of what it is made of.

    SEEN WITH DOT BELOW AND DOT ABOVE, as in پښتو, has no forms in Unicode: it is drawn as it stands, but its
    neighbours reach out to it as to SEEN.
    """
    forms = _forms().get(letter)
    if forms or letter == _YEH_WITH_TAIL:
        return forms or ("", "", "", letter)  # which ends a word
    base, _, rest = unicodedata.name(letter, "").partition(" WITH ")
    if not rest or not base.startswith("ARABIC LETTER "):
        return None
    try:
        return _forms().get(unicodedata.lookup(base))
    except KeyError:  # a base that is no letter by itself
        return None


@cache
def _forms() -> dict[str, tuple[str, str, str, str]]:
    """Return the isolated, initial, medial and final forms; an empty string where a letter has none."""
    from arabic_reshaper.letters import LETTERS_ARABIC

    return dict(LETTERS_ARABIC)


@cache
def _lam_alefs() -> dict[str, tuple[str, str]]:
    """Return the isolated and final ligature of lam with each kind of alef."""
    from arabic_reshaper.ligatures import LETTERS_LIGATURES

    return {
        match[1]: (forms[0], forms[3])
        for _, (match, forms) in LETTERS_LIGATURES
        if len(match) == 2 and match[0] == _LAM and match[1] in _ALEFS
    }
