"""Persian words: affixes that stand apart, roots.

A root is the base form of a noun or adjective (see :mod:`migsearch.analysis.persian_nouns`) or the past stem of a verb
(:mod:`migsearch.analysis.persian_verbs`); a name is its own. All words here are folded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from migsearch.analysis.pashto import pashto_root
from migsearch.analysis.persian_nouns import known_root, without_telling_ending
from migsearch.analysis.persian_verbs import PREVERBS, is_participle, likely_verb_root, verb_root
from migsearch.analysis.persian_words import (
    ALEF,
    ALEF_WITH_MADDA,
    base_forms,
    irregular,
    names,
    other_without_madda,
    with_madda,
    without_madda,
)

_CLITICS = "(?:ی|یی|ای|ایی|ام|ات|اش|م|ت|ش|مان|تان|شان|یم|یت|یش|یمان|یتان|یشان|ند|اند|ایم|اید)"

# Suffixes that are also written apart, after a space or ZWNJ.
_LOOSE_SUFFIX = re.compile(f"ها(?:{_CLITICS}|ست|یست|ییست)?|گان|تر|تری|ترین|ترها|ترهای|شان|مان|تان")
# Suffixes that are written apart only after ZWNJ: with a space before them they are words of their own.
_BOUND_SUFFIX = re.compile(f"{_CLITICS}|ان|ین|ات|گانی|ترینها|ترینهای")
_AFTER_HEH = re.compile("ی|ای|اند|ایم|اید|اش|ات|ام")
_AUXILIARY = re.compile("اند|ایم|اید|ای|ام")
_COPULA = "است"
_PLURAL_COPULA = "اند"
# "که", "به", "راه" may stand before a word of these letters.
_IN_HEH = re.compile(r"\w{3,}ه|\w[^\Wاوی]ه")
_MAX_LETTER_NAME = 2
_MIN_GUESSED = 3
_PERSIAN = re.compile(r"[^\W\da-z]+")
_FIRST_ALEF = re.compile(f"^{ALEF}")
_PARTICIPLES = re.compile("(.+?)ه?گان(?:ی|شان|مان|تان)?")
# Alone, or after a preverb: "برمی‌گردد", "بازنمی‌گشت".
VERB_PREFIXES = frozenset(f"{before}{prefix}" for before in ("", *PREVERBS) for prefix in ("می", "نمی"))
_FINITE_VERB = re.compile(r"\w{2,}(?:م|ی|د|یم|ید|ند)|\w{2,}(?:ست|شت|خت|فت)")
# "۲۵ می کمیساریای عالی ..." is a day in May, "به ۲۵ می رسد" is a number that was reached.
_DAY = re.compile(r"\d{1,2}|ماه")
_AFTER_NUMBERS = re.compile("رس(?:د|ند|ید|یدند)|(?:شو|باش|گرد|کن)(?:د|ند)")


def is_suffix(word: str, after_zwnj: bool, before: str | None = None) -> bool:
    """Tell whether a word is an ending of the word ``before`` it, from which a space or ZWNJ parts it.

    Without ``before``: whether it can be one.
    """
    if _LOOSE_SUFFIX.fullmatch(word):
        return True
    if before is None:
        return after_zwnj and (word == _COPULA or bool(_BOUND_SUFFIX.fullmatch(word)))
    if word == _COPULA:
        return is_participle(before)
    if after_zwnj:
        # The letters of an acronym as they are spoken are no endings: "آی‌او‌ام".
        return len(before) > _MAX_LETTER_NAME and bool(_BOUND_SUFFIX.fullmatch(word))
    if word == _PLURAL_COPULA or (is_participle(before) and _AUXILIARY.fullmatch(word)):
        return len(before) > 1  # "سی و اند سال"
    # "خانه ای", "عده ای", "خانواده اش": after heh these are written with a space as often as with ZWNJ.
    return bool(_IN_HEH.fullmatch(before)) and bool(_AFTER_HEH.fullmatch(word))


def is_day(word: str) -> bool:
    """Tell whether a word may be the number of a day."""
    return bool(_DAY.fullmatch(word))


def is_verb_prefix(word: str, following: str, before: str = "") -> bool:
    """Tell whether ``می`` or ``نمی`` belongs to the word after it; else it is May, as it mostly is after a day."""
    may = word == "می" and is_day(before) and not _AFTER_NUMBERS.fullmatch(following)
    if word not in VERB_PREFIXES or may:
        return False
    if verb_root(word + following) is not None:
        return True
    return word in {"می", "نمی"} and bool(_FINITE_VERB.fullmatch(following))


def root(surface: str) -> str:
    """Return what the inflected forms of a word share: the base form of a noun, the past stem of a verb."""
    surface = with_madda().get(surface, surface)
    if surface in names():
        return surface
    found = _root(surface)
    if found is None and surface.startswith(ALEF) and surface not in other_without_madda():
        found = _root(ALEF_WITH_MADDA + surface[1:])  # "اغازین", "امدند"
    if found is None:
        found = pashto_root(surface)
    if found is None:
        shorter = without_telling_ending(surface)
        found = surface if shorter == surface else root(shorter)
    return with_madda().get(found, found)


def is_form(surface: str) -> bool:
    """Tell whether a word is known, or a form of one that is."""
    surface = with_madda().get(surface, surface)
    return surface in names() or _root(surface) is not None


def guesses(root: str) -> tuple[str, ...]:
    """Return the other roots that a word may have which is in no list, mostly a name.

    No rule can tell whether its last ``ی`` is an ending ("آنتالیای", "برنی") or its alef has lost a madda.
    """
    if len(root) < _MIN_GUESSED or not _PERSIAN.fullmatch(root) or is_form(root):
        return ()
    other_ending = root[:-1] if root.endswith("ی") and len(root) > _MIN_GUESSED else root + "ی"
    plain = without_madda(root)
    other_alef = plain if plain != root else _FIRST_ALEF.sub(ALEF_WITH_MADDA, root)
    return tuple(dict.fromkeys(guess for guess in (other_alef, other_ending) if guess != root))


@lru_cache(maxsize=1 << 12)  # compounds ask for a word, and soon after it is asked for its root
def _root(surface: str) -> str | None:
    """Return the root of a word if the word or what remains without its endings is known."""
    found = verb_root(surface)
    if found is None and surface not in base_forms() and surface not in irregular():
        found = _likely_verb_root(surface)
    return found or _root_of_participles(surface) or known_root(surface)


def _root_of_participles(surface: str) -> str | None:
    """Return the root of participles in the plural: ``زدگان``, also written ``زدهگان``, as ``زده``."""
    match = _PARTICIPLES.fullmatch(surface)
    return _root(match[1] + "ه") if match and surface not in base_forms() and is_participle(match[1] + "ه") else None


def _likely_verb_root(surface: str) -> str | None:
    # "زنی" is a woman and "you hit", "کاری" a work and "you sow": "ی" is more often an ending of nouns.
    if surface.endswith("ی") and known_root(surface) is not None:
        return None
    return likely_verb_root(surface)


def keeps_suffix(surface: str, suffix: str) -> bool:
    """Tell whether a word that is written in one with a suffix is not a form of the word before it, such as ``آنها``.

    An ``ی`` that is set apart is no part of a word: ``قانون‌ی`` is a law, ``قانونی`` legal.
    """
    if suffix == "ی":
        return False
    return surface in names() or (suffix != "یی" and surface in base_forms())
