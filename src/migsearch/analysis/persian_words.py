"""The Persian words that are known: names, base forms, plurals that no ending tells.

They stand in ``data/persian.toml``, ``persian_lexicon.txt``, ``persian_places.toml`` and ``persian_plurals.toml``;
names of countries and languages come from CLDR. All words here are folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from migsearch.analysis import icu
from migsearch.analysis.derived import derived
from migsearch.data import lines, table

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
ALEF, ALEF_WITH_MADDA = "\N{ARABIC LETTER ALEF}", "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}"
_NAME_PARTS = re.compile(r"[\s\N{ZERO WIDTH NON-JOINER}()\-،]+")
# In "آفریقای جنوبی" the first word carries an ezafe.
_EZAFE = re.compile("(?<=[او])ی$")
_OF_PLACE = re.compile("(?<=[او])یی$|ی$")
_CITY = re.compile("[آ-ی]{4,}")


@cache
def names() -> frozenset[str]:
    """Return the names that no ending is cut from: places, languages, peoples, people."""
    return frozenset(derived("names", lambda: [*_names()]))


def _names() -> Iterator[str]:
    languages = {*icu.language_names("fa").values(), *icu.language_names("fa_AF").values()}
    # "آلمانی" is German and of Germany: as with "تهرانی", the name is that of the place.
    own = {name for name in _words_of(languages) if not _is_of_place(name)}
    parts = (word for word in _words_of(_countries()) if not _is_of_place(word))
    listed = (name for name in icu.fold_each(table("persian")["names"]) if _ZWNJ not in name)
    yield from (*places(), *own, *parts, *listed, *_given_names())


def _given_names() -> Iterator[str]:
    return (name for names in table("given_names").values() for name in icu.fold_each(names))


@cache
def places() -> frozenset[str]:
    """Return the names of countries and places, which keep their root before "ی" as well."""
    return frozenset(derived("places", lambda: [*_places()]))


def _places() -> Iterator[str]:
    whole = {name for name in _full_names() if not _NAME_PARTS.search(name) and len(name) > 2}
    last_parts = {parts[-1] for parts in names_in_parts()} - base_forms()
    yield from (*(whole - {"".join(parts) for parts in names_in_parts()}), *last_parts)


@cache
def names_in_parts() -> frozenset[tuple[str, ...]]:
    """Return the names whose parts are set apart by ZWNJ, such as ``عشق‌آباد``, part by part."""
    parted = (name for name in _full_names() if _ZWNJ in name and " " not in name)
    return frozenset(tuple(_NAME_PARTS.split(name)) for name in parted)


@cache
def _full_names() -> tuple[str, ...]:
    # CLDR takes long to list them.
    return tuple(derived("full_names", lambda: [*_listed_places(), *_cities()]))


def _listed_places() -> Iterable[str]:
    return icu.fold_each((*_countries(), *table("persian_places")["places"]))


def _cities() -> Iterator[str]:
    """Yield the cities of CLDR whose names are no other words."""
    for name in icu.fold_each(icu.city_names("fa").values()):
        if _CITY.fullmatch(name) and name not in base_forms():
            yield name


def _countries() -> set[str]:
    return {*icu.territory_names("fa").values(), *icu.territory_names("fa_AF").values()}


def _is_of_place(name: str) -> bool:
    return _OF_PLACE.sub("", name) in places()


def _words_of(full_names: Iterable[str]) -> Iterator[str]:
    """Yield the words that names are made of, but not their common nouns in the plural or before an ezafe."""
    for name in icu.fold_each(full_names):
        words = [word for word in _NAME_PARTS.split(name) if len(word) > 2]
        for word in words:
            if len(words) == 1 or (word not in irregular() and not _EZAFE.search(word)):
                yield word


@cache
def base_forms() -> frozenset[str]:
    """Return the words that are no inflected form of another one, names not included."""
    return frozenset(derived("base_forms", lambda: [*map(_join, _listed_base_forms())]))


def _listed_base_forms() -> Iterable[str]:
    compounds = table("persian_compounds")
    listed = icu.fold_each((*table("persian")["words"], *compounds["agents"], *compounds["second_parts"]))
    return (*lines("persian_lexicon.txt"), *towns(), *listed)


@cache
def with_madda() -> dict[str, str]:
    """Return the words that many type with a plain alef by that spelling: ``اغاز`` gives ``آغاز``.

    A spelling that is a word of its own is not among them, such as that of ``آسم`` (``اسم``).
    """
    return derived("with_madda", _with_madda)


def _with_madda() -> dict[str, str]:
    same = frozenset(icu.fold_each(table("madda")["same"]))
    known = base_forms() | irregular().keys()
    pairs = {without_madda(word): word for word in (*known, *same) if ALEF_WITH_MADDA in word}
    others = known | names() | other_without_madda()
    return {
        plain: word
        for plain, word in pairs.items()
        if word in same or (plain not in others and not _is_of_place(plain))
    }


@cache
def other_without_madda() -> frozenset[str]:
    """Return what is another word than the one with madda, though no word of the lexicon."""
    return frozenset(map(without_madda, icu.fold_each(table("madda")["apart"])))


def without_madda(word: str) -> str:
    """Write a plain alef for alef with madda."""
    return word.replace(ALEF_WITH_MADDA, ALEF)


@cache
def towns() -> frozenset[str]:
    """Return the names of towns, which are cut and kept like any other base form."""
    return frozenset(word for word in lines("towns.txt") if not word.isascii())


def is_name(word: str) -> bool:
    """Tell whether a word is the name of a place, a people, a person or an organisation."""
    return word in names() or word in towns()


@cache
def in_heh() -> frozenset[str]:
    """Return the words in heh that are meant where the letters before it are a word as well."""
    return frozenset(icu.fold_each(table("persian")["heh"]))


@cache
def irregular() -> dict[str, str]:
    """Return the base form of each word that no ending tells."""
    return derived("irregular", _irregular)


def _irregular() -> dict[str, str]:
    data = table("persian_plurals")
    forms = {
        plural: singular
        for singular, plurals in zip(
            icu.fold_each(data["plurals"]), icu.fold_each(data["plurals"].values()), strict=True
        )
        for plural in plurals.split()
    }
    return forms | dict(zip(icu.fold_each(data["forms"]), icu.fold_each(data["forms"].values()), strict=True))


def _join(word: str) -> str:
    return word.replace(_ZWNJ, "")
