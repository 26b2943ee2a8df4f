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

_POSSESSIVE = "(?:مان|تان|شان)"


class _Ending(NamedTuple):
    """An ending, what may stand in its place in the base form, and how many letters must be left before it."""

    pattern: re.Pattern[str]
    places: tuple[str, ...]
    least: int


def _ending(pattern: str, *places: str, least: int = 3) -> _Ending:
    return _Ending(re.compile(f"(?:{pattern})$"), places or ("",), least)


_PLURAL = _ending(f"ها(?:یی|یم|یت|یش|ی{_POSSESSIVE}|ی|ست|ییست)?", least=2)
# Arabic participles, of the forms that begin with meem and of the form of "حاضر", and no other words.
_SOUND_PLURAL = _Ending(re.compile("(?<=^.ا..)ین$|(?:(?<=^م.{2})|(?<=^م.{3})|(?<=^م.{4})|(?<=^م.{5}))ین$"), ("",), 3)
_SUPERLATIVE = _ending("ترین")
_AFTER_HEH = _ending("(?<=ه)(?:ای|ام|ات|اش|ایم|اید|اند|یی)")

# Tried in this order: "کارهای" is more often affairs, کارها, than a thing to do, کاره‌ای.
_ENDINGS = (
    _ending("(?<=[او])ی"),
    _PLURAL,
    _AFTER_HEH,
    _SUPERLATIVE,
    _ending("تر(?:ی|ها|های)?"),
    _ending("(?<=ه)گان"),
    _ending("گان", "ه"),
    _ending("جات", "", "ه"),
    _ending("ات", "", "ه", "ت"),
    _ending("یات", "یت", "یه", "ی"),
    _ending("(?<=[او])یان"),
    _ending("ان"),
    _ending("(?<=ی)ون"),
    _SOUND_PLURAL,
    _ending(f"(?<=[او])ی(?:ی|م|ت|ش|{_POSSESSIVE})"),
    _ending(_POSSESSIVE),
    # "مقابلت", "مراجعت" are verbal nouns.
    _ending("(?<=ی)(?:ام|اش)|(?<=[او])ست"),
    _ending("اند|[مش]|(?<!^م.ا..)ت"),
    _ending("ی"),
)
# Cut from a word that is not known too: no other word ends so.
_TELLING = (
    _PLURAL,
    _SUPERLATIVE,
    _ending("(?<=نده)گان"),
    _ending("(?<=ند)گان", "ه"),
    _ending("(?<=[ختفسش]ت)گان", "ه"),
    _ending("شان", least=5),
    _ending("(?<=[او])یی", least=4),
    _ending("(?:(?<=آباد)|(?<=اباد)|(?<=ستان)|(?<=پور)|(?<=کند)|(?<=کوه))ی", least=5),
)

_OF_PLACE = (_ending("(?<=[او])یی?"), _ending("ی"))
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
    return next(_without(word, (_PLURAL,)), word)


def is_known(word: str) -> bool:
    """Tell whether a word is a name or a base form."""
    return word in names() or word in base_forms()


def _known(word: str, layers: int) -> str | None:
    """Return the known word that a word is a form of."""
    if word in irregular():
        return irregular()[word]
    if word in names():
        return word
    place = next((shorter for shorter in _without(word, _OF_PLACE) if shorter in places()), None)
    if place is not None:
        return place
    if word in base_forms():
        return word
    return _known_without_ending(word, layers) if layers else None


def _known_without_ending(word: str, layers: int) -> str | None:
    in_question = list(_without(word, _ENDINGS))
    for shorter in in_question:
        if shorter in names() or (shorter in in_heh() and _AFTER_HEH.pattern.search(word)):
            return shorter
    # What is known is preferred to what becomes known: "رایانهای" is of a computer, not of opinions.
    for deeper in (0, layers - 1):
        for shorter in in_question:
            base = _known(shorter, deeper)
            if base is not None:
                return base
    return None


def _without(word: str, endings: tuple[_Ending, ...]) -> Iterator[str]:
    """Yield what remains of a word without each of the endings that it has."""
    for ending in endings:
        match = ending.pattern.search(word)
        if match and match.start() >= ending.least:
            for place in ending.places:
                yield word[: match.start()] + place
