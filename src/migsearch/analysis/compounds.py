"""Persian compounds: words of two or three parts that are written with ZWNJ, with a space, or joined.

A compound is one of ``data/persian_compounds.toml``, a known word before a second part that builds compounds freely,
such as "کننده", or, where it is joined, any two words of which neither is short. All words here are folded.
"""

from __future__ import annotations

import re
from functools import cache

from migsearch.analysis import icu, persian
from migsearch.analysis.derived import derived
from migsearch.analysis.persian_nouns import is_known, known_root, without_plural
from migsearch.analysis.persian_verbs import is_participle
from migsearch.analysis.persian_words import is_name, names_in_parts, without_madda
from migsearch.data import lines, table

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_MIN_HEAD = 3
_MIN_PART = 2
_MIN_WORD = 4  # letters, of a word that any other may follow
_MIN_JOINED = 6
_LEAST_JOINED = 4  # letters of a listed compound
_LAST_WORD = re.compile(r"(\w{3,}(?=است$)|\w{3,}ی(?=که$))(است|که)")
_YEH = re.compile("یی?$")
_TO = "به"
_EZAFE = re.compile("(?<=[او])ی$")
_SECOND_PARTS = ("agents", "second_parts", "participles")
_NO_HEADS = frozenset(
    {"این", "همین", "همان", "هیچ", "چنین", "برای", "است", "هست", "شده", "کرده", "بود", "اما", "ولی", "اگر"}
)
# The last part may carry endings: "برنامهریزیهای", "دانشآموزانشان".
_ENDINGS = re.compile("(?:ان|یان|گان|ی)?(?:ها|های)?(?:یی|ی|م|ت|ش|مان|تان|شان|ام|ات|اش|ای|ست|تر|ترین)?")


def parts(surface: str) -> tuple[str, ...]:
    """Return the parts of a compound that is written as one word; any other word as it is.

    ``بینالمللی`` gives ``بین`` and ``المللی``, ``عودتکنندگان`` gives ``عودت`` and ``کنندگان``.
    """
    agent = _agent().fullmatch(surface)
    if agent and _is_head(agent[1]):
        return (agent[1], agent[2])
    plain, base = without_madda(surface), known_root(surface)
    if plain not in _joined() and is_known(surface):
        return (surface,)
    if base and is_name(base) and without_madda(base) not in _joined():
        return (surface,)
    if plain[:_LEAST_JOINED] in _joined_beginnings():
        for length in range(len(surface), _LEAST_JOINED - 1, -1):
            words = _joined().get(plain[:length])
            if words and _ENDINGS.fullmatch(surface[length:]):
                return (*words[:-1], words[-1] + surface[length:])
    if persian.is_form(surface):
        return (surface,)
    match = _second_part().fullmatch(surface)
    if match and _is_head(match[1]):
        return (match[1], match[2])
    singular = without_plural(surface)
    words = _two_words(singular)
    return (words[0], words[1] + surface[len(singular) :]) if words else (surface,)


def _two_words(surface: str) -> tuple[str, str] | None:
    """Part two words with a forgotten space or ZWNJ between them: ``شدهبود``, ``ایجادکرده``, ``غیرانسانی``."""
    if len(surface) < _MIN_JOINED:
        return None
    match = _LAST_WORD.fullmatch(surface) or _first_part().fullmatch(surface)
    if match and _has_parts(match[1], match[2]):
        return match[1], match[2]
    splits = ((surface[:end], surface[end:]) for end in range(len(surface) - _MIN_HEAD, _MIN_HEAD - 1, -1))
    return next((split for split in splits if _are_words(*split)), None)


def _has_parts(first: str, second: str) -> bool:
    if first == _TO:  # "بهکندان" is a name
        return is_known(second) or is_known(_EZAFE.sub("", second)) or is_participle(second)
    return persian.is_form(first) and persian.is_form(second)


def _are_words(first: str, second: str) -> bool:
    # Short words are found by chance within longer ones: "پارامونت", "استراتفورد".
    bare = _YEH.sub("", second)
    by_chance = min(len(first), len(bare)) < _MIN_WORD
    is_one = is_name(first) or bare.endswith(_of_places())  # "احمدلی" and "نصیرآباد" are names
    if (by_chance or is_one) and not _joined_second_part().fullmatch(second):
        return False
    if not (is_known(first) or is_participle(first)):
        return False
    return persian.is_form(second) and (len(second) > _MIN_WORD or is_known(second) or known_root(second) is None)


def joins(first: str, second: str) -> bool:
    """Tell whether words that ZWNJ parts are one that nearly all write joined: ``گذر‌نامه``, ``خبر‌نگاران``."""
    whole = first + second
    if first in persian.VERB_PREFIXES or min(len(first), len(second)) < _MIN_PART or persian.is_suffix(second, True):
        return False
    base = known_root(whole)
    return (
        base is not None
        and is_known(base)
        and whole.startswith(base)
        and len(base) > len(first) + 1  # "کم‌کم" is not "کمک" and an ending
        and parts(whole) == (whole,)
    )


def is_compound(words: tuple[str, ...]) -> bool:
    """Tell whether words that are written apart, as surface forms or roots, are the parts of one compound."""
    if len(words) < 2:
        return False
    if words in _listed() or (*words[:-1], known_root(words[-1])) in _listed():
        return True
    return len(words) == 2 and bool(_second_part_alone().fullmatch(words[1])) and _is_head(words[0])


def _is_head(word: str) -> bool:
    return len(word) >= _MIN_HEAD and word not in _NO_HEADS and known_root(word) is not None


@cache
def _listed() -> frozenset[tuple[str, ...]]:
    compounds = icu.fold_each(table("persian_compounds")["compounds"])
    return frozenset(tuple(compound.split(_ZWNJ)) for compound in compounds)


@cache
def _joined() -> dict[str, tuple[str, ...]]:
    """Return all listed compounds and names of several parts by how they are written joined, with plain alefs."""
    found = derived("joined", _joined_anew)
    return {joined: tuple(parts) for joined, parts in found.items()}


@cache
def _joined_beginnings() -> frozenset[str]:
    return frozenset(joined[:_LEAST_JOINED] for joined in _joined())


def _joined_anew() -> dict[str, tuple[str, ...]]:
    adverbs = icu.fold_each(table("persian_compounds")["adverbs"])
    compounds = [*lines("persian_compounds.txt"), *adverbs]
    known = {compound.replace(_ZWNJ, ""): tuple(compound.split(_ZWNJ)) for compound in compounds}
    known |= {"".join(parts): parts for parts in names_in_parts()}
    known |= {
        "".join((*parts[:-1], form)): (*parts[:-1], form) for parts in _listed() for form in _forms_in_heh(parts[-1])
    }
    return {without_madda(joined): parts for joined, parts in known.items()}


@cache
def _agent() -> re.Pattern[str]:
    return re.compile(f"(.+?)({_any_form_of('agents')})")


@cache
def _second_part() -> re.Pattern[str]:
    return re.compile(f"(.+?)({_any_form_of(*_SECOND_PARTS)})")


@cache
def _second_part_alone() -> re.Pattern[str]:
    return re.compile(_any_form_of(*_SECOND_PARTS))


@cache
def _joined_second_part() -> re.Pattern[str]:
    return re.compile(_any_form_of("joined_second_parts"))


@cache
def _first_part() -> re.Pattern[str]:
    firsts = icu.fold_each(table("persian_compounds")["joined_first_parts"])
    return re.compile(rf"({'|'.join(firsts)})(\w{{{_MIN_WORD},}}|(?<=\w{{3}})\w{{{_MIN_HEAD},}})")


@cache
def _of_places() -> tuple[str, ...]:
    return tuple(icu.fold_each(table("persian_compounds")["of_places"]))


def _any_form_of(*keys: str) -> str:
    """Return the pattern of the parts that are listed under some keys, with any endings."""
    listed = icu.fold_each(part for key in keys for part in table("persian_compounds")[key])
    forms = [form for part in listed for form in _forms_in_heh(part)]
    return f"(?:{'|'.join(sorted(forms, key=len, reverse=True))}){_ENDINGS.pattern}"


def _forms_in_heh(second: str) -> tuple[str, ...]:
    # Before "گان" the last letter may stay: "کنندهگان".
    if not second.endswith("ه"):
        return (second,)
    return (second, f"{second[:-1]}گان", f"{second}گان", f"{second[:-1]}گی")
