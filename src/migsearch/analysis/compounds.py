"""Persian compounds: words of two or three parts that are written with ZWNJ, with a space, or joined.

A compound is one of ``data/persian_compounds.toml``, or a known word before a second part that builds compounds
freely, such as "کننده". All words here are folded.
"""

from __future__ import annotations

import re
from functools import cache

from migsearch.analysis import icu
from migsearch.analysis.persian_nouns import is_known, known_root
from migsearch.analysis.persian_words import lines, names_in_parts
from migsearch.data import table

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_MIN_HEAD = 3
_NO_HEADS = frozenset(
    {"این", "همین", "همان", "هیچ", "چنین", "برای", "است", "هست", "شده", "کرده", "بود", "اما", "ولی", "اگر"}
)
# The last part may carry endings: "برنامهریزیهای", "دانشآموزانشان".
_ENDINGS = re.compile("(?:ان|یان|گان|ی)?(?:ها|های)?(?:یی|ی|م|ت|ش|مان|تان|شان|ام|ات|اش|ای|تر|ترین)?")


def parts(surface: str) -> tuple[str, ...]:
    """Return the parts of a compound that is written as one word; any other word as it is.

    ``بینالمللی`` gives ``بین`` and ``المللی``, ``عودتکنندگان`` gives ``عودت`` and ``کنندگان``.
    """
    if surface not in _joined() and is_known(surface):
        return (surface,)
    for length in range(len(surface), 3, -1):
        words = _joined().get(surface[:length])
        if words and _ENDINGS.fullmatch(surface[length:]):
            return (*words[:-1], words[-1] + surface[length:])
    match = _second_part().fullmatch(surface)
    if match and _is_head(match[1]):
        return (match[1], match[2])
    return (surface,)


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
    """Return the listed compounds, those of the lexicon, and names of several parts, by how they are written joined."""
    adverbs = icu.fold_each(table("persian_compounds")["adverbs"])
    compounds = [*lines("persian_compounds.txt"), *adverbs]
    known = {compound.replace(_ZWNJ, ""): tuple(compound.split(_ZWNJ)) for compound in compounds}
    return known | {"".join(parts): parts for parts in (*_listed(), *names_in_parts())}


@cache
def _second_part() -> re.Pattern[str]:
    return re.compile(f"(.+?)({_second_part_alone().pattern})")


@cache
def _second_part_alone() -> re.Pattern[str]:
    seconds = icu.fold_each(table("persian_compounds")["second_parts"])
    forms = [form for second in seconds for form in _forms_in_heh(second)]
    return re.compile(f"(?:{'|'.join(sorted(forms, key=len, reverse=True))}){_ENDINGS.pattern}")


def _forms_in_heh(second: str) -> tuple[str, ...]:
    # Before "گان" the last letter may stay: "کنندهگان".
    if not second.endswith("ه"):
        return (second,)
    return (second, f"{second[:-1]}گان", f"{second}گان", f"{second[:-1]}گی")
