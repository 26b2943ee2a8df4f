"""Persian verbs: which verb a form is of.

The root of a form is the past stem of its verb, whatever its person, tense, mood and negation; the stems are those
of ``data/persian_verbs.toml``. All words here are folded.
"""

from __future__ import annotations

import re
from functools import cache

from migsearch.analysis import icu
from migsearch.analysis.derived import derived
from migsearch.analysis.persian_words import ALEF, ALEF_WITH_MADDA
from migsearch.data import table

_PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
_PAST_ENDINGS = ("", "م", "ی", "یم", "ید", "ند")
_PERFECT_ENDINGS = ("ه", "هام", "های", "هاست", "هایم", "هاید", "هاند")
PREVERBS = ("بر", "باز", "در", "فرا", "فرو", "وا")
# After "ب" and "ن" alef with madda is written yeh and alef, and so are other alefs: "بیاید", "نیامد", "بیندازد".
_PREFIX = re.compile(f"({'|'.join(PREVERBS)})?(نمی|می)(.+)")
_NEGATION = re.compile("^(?:نمی|می|نی(?=ا)|ن)")
_PLAIN_ALEF = re.compile(f"^{ALEF}")
_LETTER = re.compile("([بن])(.+)")


def verb_root(word: str) -> str | None:
    """Return the root of a form that only a verb can have: with ``می``, or one of the table."""
    if word in _forms():
        return _forms()[word]
    match = _PREFIX.fullmatch(word)
    if match is None or word in _nouns():
        return None
    preverb, _, form = match.groups()
    found = _prefixed().get(form) or _prefixed().get(_PLAIN_ALEF.sub(ALEF_WITH_MADDA, form))  # "میاید"
    return found if found is None or preverb is None else preverb + found


def likely_verb_root(word: str) -> str | None:
    """Return the root of a form that a noun can have as well: ``کردند``, ``خواهد``, ``شده``, ``نکرد``, ``بیاید``."""
    if word in _nouns():
        return None
    if word in _bare():
        return _bare()[word]
    match = _LETTER.fullmatch(word)
    if match is None:
        return None
    rest = match[2]
    found = _prefixed_once().get(rest)
    if found is None and rest.startswith("ی"):
        # "بیاید", "بیندازد", and "بیاندازد", as many write.
        verbs = ("آ" + rest[2:] if rest[1:2] == "ا" else "", "ا" + rest[1:], rest[1:] if rest[1:2] == "ا" else "")
        found = next((_prefixed_once()[verb] for verb in verbs if verb in _prefixed_once()), None)
    return found


@cache
def _stems() -> tuple[tuple[str, tuple[str, ...]], ...]:
    verbs = table("persian_verbs")
    regular = ((past, past[:-2] if past.endswith("ید") else past[:-1]) for past in verbs["regular"])
    stems = [*regular, *verbs["irregular"].items()]
    return tuple((icu.fold(past), tuple(icu.fold(present).split())) for past, present in stems)


def is_participle(word: str) -> bool:
    """Tell whether a word is a past participle, which forms of the perfect begin with: ``رفته است``, ``نرفته است``."""
    if not word.endswith("ه"):
        return False
    return _NEGATION.sub("", word) in _past_participles() or word in _past_participles()


@cache
def _past_participles() -> frozenset[str]:
    return frozenset(form + "ه" for past, _ in _stems() for form in (past, past.replace("آ", "ا", 1)))


@cache
def _roots() -> dict[str, str]:
    return {icu.fold(past): icu.fold(root) for past, root in table("persian_verbs")["homographs"].items()}


@cache
def _bare() -> dict[str, str]:
    """Return the forms without a prefix; past stems that are nouns of another meaning have none."""
    return derived("verbs_bare", _made_bare)


def _made_bare() -> dict[str, str]:
    found: dict[str, str] = {}
    for past, presents in reversed(_stems()):
        if past in _roots():
            continue
        found |= {present + ending: past for present in presents if len(present) > 1 for ending in _PRESENT_ENDINGS}
        found |= {past + ending: past for ending in _PAST_ENDINGS}
        # "گفته" is a saying as well: a root of its own, also in "گفته‌اند".
        participle = past + "ه"
        root = participle if participle in _participles() else past
        found |= {past + ending: root for ending in _PERFECT_ENDINGS}
    return found


@cache
def _prefixed() -> dict[str, str]:
    """Return what can stand after ``می``."""
    return derived("verbs_prefixed", _made_prefixed)


def _made_prefixed() -> dict[str, str]:
    found: dict[str, str] = {}
    for past, presents in reversed(_stems()):
        root = _roots().get(past, past)
        found |= {present + ending: root for present in presents for ending in _PRESENT_ENDINGS}
        found |= {past + ending: root for ending in (*_PAST_ENDINGS, *_PERFECT_ENDINGS)}
    return found


@cache
def _prefixed_once() -> dict[str, str]:
    """Return what can stand after a single letter, ``ب`` or ``ن``: short stems would make verbs of nouns there."""
    return derived("verbs_prefixed_once", _made_prefixed_once)


def _made_prefixed_once() -> dict[str, str]:
    imperatives = {present: past for past, presents in reversed(_stems()) for present in presents}
    return {form: root for form, root in (imperatives | _prefixed()).items() if len(form) > 2}


@cache
def _forms() -> dict[str, str]:
    return {icu.fold(form): icu.fold(root) for form, root in table("persian_verbs")["forms"].items()}


@cache
def _nouns() -> frozenset[str]:
    return frozenset(icu.fold_each(table("persian_verbs")["nouns"]["words"]))


@cache
def _participles() -> frozenset[str]:
    return frozenset(icu.fold_each(table("persian_verbs")["nouns"]["participles"]))
