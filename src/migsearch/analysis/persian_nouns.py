"""Persian nouns and adjectives: the base form of an inflected one.

A word that is known stays as it is. Of any other word an ending is cut if what remains is known, or becomes known
when another ending is cut: ``سخنانشان``, ``سخنان``, ``سخن``. Some endings are so telling that they need no known
word before them. All words here are folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from migsearch.analysis.persian_words import base_forms, in_heh, irregular, names, places

_POSSESSIVES = ("مان", "تان", "شان")


class _Ending(NamedTuple):
    """An ending in its forms, what must stand before it, what may take its place, and how many letters must be left.

    Of several forms the longest counts. They share nothing with the forms of another ending but the last letters.
    """

    forms: tuple[str, ...]
    before: re.Pattern[str] | None
    places: tuple[str, ...]
    least: int

    def place_in(self, word: str) -> int | None:
        """Return where the ending begins in a word, ``None`` if it has none such."""
        if not word.endswith(self.forms):  # mostly
            return None
        for form in self.forms:
            if word.endswith(form):
                start = len(word) - len(form)
                if self.before is None or self.before.search(word, 0, start):
                    return start
        return None


def _ending(*forms: str, before: str = "", places: tuple[str, ...] = ("",), least: int = 3) -> _Ending:
    longest_first = tuple(sorted(forms, key=len, reverse=True))
    return _Ending(longest_first, re.compile(f"(?:{before})$") if before else None, places, least)


_Endings = dict[str, tuple[_Ending, ...]]


def _by_last_letters(*endings: _Ending) -> _Endings:
    """Return the endings in their order by the two letters that a word must end with, or the one: few are to try."""
    lasts = {form[-2:] for ending in endings for form in ending.forms}
    return {
        last: tuple(
            ending._replace(forms=forms)
            for ending in endings
            if (forms := tuple(form for form in ending.forms if form[-2:] == last or last.endswith(form)))
        )
        for last in lasts
    }


_OF_YEH = ("ی", "یی", "یم", "یت", "یش", *(f"ی{possessive}" for possessive in _POSSESSIVES))
_PLURAL = _ending("ها", "هاست", "هاییست", *(f"ها{ending}" for ending in _OF_YEH), least=2)
# Arabic participles, of the forms that begin with meem and of the form of "حاضر", and no other words.
_SOUND_PLURAL = _ending("ین", before="^.ا..|^م.{2,5}")
_SUPERLATIVE = _ending("ترین")
_AFTER_HEH = _ending("ای", "ام", "ات", "اش", "ایم", "اید", "اند", "یی", before="ه")

# Tried in this order: "کارهای" is more often affairs, کارها, than a thing to do, کاره‌ای.
_ENDINGS = _by_last_letters(
    _ending("ی", before="[او]"),
    _PLURAL,
    _AFTER_HEH,
    _SUPERLATIVE,
    _ending("تر", "تری", "ترها", "ترهای"),
    _ending("گان", before="ه"),
    _ending("گان", places=("ه",)),
    _ending("جات", places=("", "ه")),
    _ending("ات", places=("", "ه", "ت")),
    _ending("یات", places=("یت", "یه", "ی")),
    _ending("یان", before="[او]"),
    _ending("ان"),
    _ending("ون", before="ی"),
    _SOUND_PLURAL,
    _ending("یی", "یم", "یت", "یش", *(f"ی{possessive}" for possessive in _POSSESSIVES), before="[او]"),
    _ending(*_POSSESSIVES),
    # "مقابلت", "مراجعت" are verbal nouns.
    _ending("ام", "اش", before="ی"),
    _ending("ست", before="[او]"),
    _ending("اند", "م", "ش"),
    _ending("ت", before="(?<!^م.ا..)"),
    _ending("ی"),
)
# Cut from a word that is not known too: no other word ends so.
_TELLING = _by_last_letters(
    _PLURAL,
    _SUPERLATIVE,
    _ending("گان", before="نده"),
    _ending("گان", before="ند", places=("ه",)),
    _ending("گان", before="[ختفسش]ت", places=("ه",)),
    _ending("شان", least=5),
    _ending("یی", before="[او]", least=4),
    _ending("ی", before="آباد|اباد|ستان|پور|کند|کوه", least=5),
)
_PLURALS = _by_last_letters(_PLURAL)
_OF_PLACE = _by_last_letters(_ending("ی", "یی", before="[او]"), _ending("ی"))
# Layers of endings: "خواننده‌هایشان" has one, "بزرگترهایشان" two, "ایرانیانی" three.
_LAYERS = 3


@lru_cache(maxsize=1 << 14)  # compounds and roots ask for the same words, one soon after the other
def known_root(word: str) -> str | None:
    """Return the name or base form that a word is a form of, if it is known."""
    return _known(word, _LAYERS)


def without_telling_ending(word: str) -> str:
    """Return a word without the ending that shows it to be inflected even if no part of it is known."""
    return next(_without(word, _TELLING), word)


def without_plural(word: str) -> str:
    """Return a word without ``ها`` and what follows it."""
    return next(_without(word, _PLURALS), word)


def is_known(word: str) -> bool:
    """Tell whether a word is a name or a base form."""
    return word in names() or word in base_forms()


def _known(word: str, layers: int) -> str | None:
    """Return the known word that a word is a form of."""
    if word in irregular():
        return irregular()[word]
    if word in names():
        return word
    place = _place(word)
    if place is not None:
        return place
    if word in base_forms():
        return word
    return _known_without_ending(word, layers) if layers else None


def _place(word: str) -> str | None:
    """Return the place that a word is of: ``تهران`` for ``تهرانی``."""
    if not word.endswith("ی"):
        return None
    return next((shorter for shorter in _without(word, _OF_PLACE) if shorter in places()), None)


def _known_without_ending(word: str, layers: int) -> str | None:
    in_question = list(_without(word, _ENDINGS))
    for shorter in in_question:
        if shorter in names() or (shorter in in_heh() and _AFTER_HEH.place_in(word) is not None):
            return shorter
    # What is known is preferred to what becomes known: "رایانهای" is of a computer, not of opinions.
    for deeper in (0, layers - 1):
        for shorter in in_question:
            base = _known(shorter, deeper)
            if base is not None:
                return base
    return None


def _without(word: str, endings: _Endings) -> Iterator[str]:
    """Yield what remains of a word without each of the endings that it has."""
    for ending in endings.get(word[-2:]) or endings.get(word[-1:], ()):
        start = ending.place_in(word)
        if start is not None and start >= ending.least:
            for place in ending.places:
                yield word[:start] + place
