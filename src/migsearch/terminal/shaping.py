"""Joins Arabic letters, for terminals that draw each character alone.

The tables are those of ``arabic_reshaper``. Its ``reshape`` is not used: it returns a string without saying
which letters went into which glyph, and styles must follow them.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise
from typing import NamedTuple

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
    joins = [_reaches(left)[1] and _reaches(right)[0] for left, right in pairwise(letters)]
    joined: list[Glyph] = []
    i = 0
    while i < len(apart):
        letter, marks, start, end = apart[i]
        before, after = i > 0 and joins[i - 1], i < len(joins) and joins[i]
        ligature = _lam_alefs().get(letters[i + 1]) if letter == _LAM and i < len(joins) else None
        if ligature:
            alef = apart[i + 1]
            joined.append(Glyph(ligature[before], marks + alef.marks, start, alef.end))
            i += 1
        elif letter != _ZWJ:  # which has no shape of its own
            joined.append(Glyph(_form(letter, before, after), marks, start, end))
        i += 1
    return joined


def clusters(text: str, *, joiners: bool = False) -> list[Glyph]:
    """Return a glyph for each character of ``text``, with the marks that follow it, or the rest of an emoji.

    With ``joiners`` these are marks, too: they stay on their letter, for a terminal that joins letters itself.
    """
    glyphs: list[Glyph] = []
    on_emoji = False
    for i, character in enumerate(text):
        kind = unicodedata.category(character)
        if glyphs and (
            kind in ("Mn", "Me")
            or (on_emoji and _is_of_emoji(glyphs[-1], character))
            or (joiners and character in _JOINERS)
        ):
            letter, marks, start, _ = glyphs[-1]
            glyphs[-1] = Glyph(letter, marks + character, start, i + 1)
        else:
            glyphs.append(Glyph(character, "", i, i + 1))
            on_emoji = kind == "So"
    return glyphs


def _is_of_emoji(emoji: Glyph, character: str) -> bool:
    """Whether a character is drawn in the cells of the emoji before it, one of several (UTS 51, ED-16)."""
    return character == _ZWJ or character in _SKIN_TONES or emoji.marks.endswith(_ZWJ)


def _form(letter: str, before: bool, after: bool) -> str:
    """Return the form of a letter by whether it is joined to those before and after it."""
    forms = _forms().get(letter)
    if forms is None:
        return letter
    isolated, initial, medial, final = forms
    if before and after:
        return medial
    return (final if before else initial if after else isolated) or letter


@cache
def _reaches(letter: str) -> tuple[bool, bool]:
    """Return whether a letter can join the one before it, and the one after it."""
    forms = _joining_forms(letter)
    return (bool(forms[2] or forms[3]), bool(forms[1] or forms[2])) if forms else (False, False)


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
