"""Roots against gold lemmas and names, and beside what others find there; only where ../shared/data is."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import Stemmer

from migsearch import analyze
from migsearch.analysis import icu, persian
from migsearch.query.equivalents import alternatives

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
GOLD = DATA / "ud_perdt" / "form_lemma_upos.tsv"
PLACES = DATA / "names_places"
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="../shared/data is not here")


class Figures(NamedTuple):
    """How well roots do in the place of lemmas; pairs of forms are weighted by the product of their counts."""

    meet: float  # of the pairs of forms of one lemma, how many share a root
    joined: float  # of the pairs of forms that share a root, how many are of different lemmas
    wrong: int  # the weight of those


# Measured once on the same forms and lemmas. Hazm 0.10.0 (hazm.Lemmatizer, and hazm.Stemmer before it), Snowball's
# Persian stemmer, version 3.1, on forms without ZWNJ, which it does better on.
HAZM = {
    "nouns and adjectives": Figures(0.292, 0.024, 378),
    "nouns": Figures(0.308, 0.013, 186),
    "adjectives": Figures(0.134, 0.003, 2),
    "verbs": Figures(0.557, 0.001, 667),
}
HAZM_STEMS = {"nouns and adjectives": Figures(0.648, 0.361, 22072)}
SNOWBALL = {
    "nouns and adjectives": Figures(0.370, 0.311, 8947),
    "nouns": Figures(0.391, 0.235, 5582),
    "adjectives": Figures(0.158, 0.365, 428),
    "verbs": Figures(0.106, 0.002, 519),
}
PARTS_OF_SPEECH = {
    "nouns and adjectives": {"NOUN", "ADJ"},
    "nouns": {"NOUN"},
    "adjectives": {"ADJ"},
    "verbs": {"VERB", "AUX"},
}


@cache
def gold() -> tuple[tuple[str, str, str, int], ...]:
    """Return form, lemma, part of speech and count; lemmas that differ in the seat of hamza alone are one."""
    rows = (line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines()[1:])
    return tuple((form, icu.fold(lemma), part, int(count)) for form, lemma, part, count in rows)


def roots(text: str) -> tuple[str, ...]:
    return tuple(token.root for token in analyze(text)) or (text,)


def figures(parts: set[str], root: Callable[[str], object]) -> Figures:
    by_lemma: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    by_form: dict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma, part, count in gold():
        if part in parts:
            by_lemma[lemma, part][form] += count
            by_form[form][lemma] += count
    found = {form: root(form) for form in by_form}
    met = of = 0
    for forms in by_lemma.values():
        for (first, m), (second, n) in itertools.combinations(forms.items(), 2):
            of += m * n
            met += m * n if found[first] == found[second] else 0
    by_root: dict[object, list[str]] = defaultdict(list)
    for form in by_form:
        by_root[found[form]].append(form)
    right = wrong = 0
    for alike in by_root.values():
        for first, second in itertools.combinations(alike, 2):
            weight = by_form[first].total() * by_form[second].total()
            if by_form[first].keys() & by_form[second].keys():
                right += weight
            else:
                wrong += weight
    return Figures(met / of, wrong / max(wrong + right, 1), wrong)


@pytest.mark.parametrize("peer", [HAZM, SNOWBALL], ids=["Hazm", "Snowball"])
def test_forms_of_a_lemma_meet_more_often_than_with_others(peer: Mapping[str, Figures]) -> None:
    for name, theirs in peer.items():
        ours = figures(PARTS_OF_SPEECH[name], roots)
        print(f"{name}: {ours}, theirs {theirs}")
        assert ours.meet > theirs.meet


@pytest.mark.parametrize("peer", [HAZM, HAZM_STEMS, SNOWBALL], ids=["Hazm", "Hazm's stems", "Snowball"])
def test_lemmas_are_joined_less_often_than_with_others(peer: Mapping[str, Figures]) -> None:
    ours, theirs = figures(PARTS_OF_SPEECH["nouns and adjectives"], roots), peer["nouns and adjectives"]
    assert ours.joined < theirs.joined
    assert ours.wrong < theirs.wrong


def test_nine_forms_in_ten_of_nouns_and_adjectives_meet() -> None:
    ours = figures(PARTS_OF_SPEECH["nouns and adjectives"], roots)
    assert ours.meet > 0.92
    assert ours.joined < 0.01
    assert figures(PARTS_OF_SPEECH["verbs"], roots).meet > 0.92


def test_snowball_still_is_what_was_measured() -> None:
    """The figures above stand for the Snowball that is installed."""
    stem = Stemmer.Stemmer("persian").stemWord
    ours = figures(PARTS_OF_SPEECH["nouns and adjectives"], roots)
    theirs = figures(
        PARTS_OF_SPEECH["nouns and adjectives"],
        lambda form: " ".join(stem(word.replace(ZWNJ, "")) for word in form.split()),
    )
    assert theirs.meet < ours.meet
    assert theirs.joined > ours.joined


def names(file: str, *keys: str) -> Iterator[str]:
    """Yield the names of one Persian word of a file, folded; regions of the world have numbers and are left out."""
    for line in (PLACES / file).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for key in keys:
            name = icu.fold(row.get(key) or "")
            if len(name) > 2 and re.fullmatch("[آ-ی]+", name) and not str(row["id"]).isdigit():
                yield name


@cache
def countries() -> frozenset[str]:
    found = {*names("cldr_territories.jsonl", "fa", "fa_AF"), *names("countries_mledoze.jsonl", "fa")}
    return frozenset(found - {icu.fold("لیتوانیاییها")})  # the Lithuanians, in place of their country


@cache
def cities() -> frozenset[str]:
    return frozenset(names("cities_dr5hn.jsonl", "fa"))


def lost(all_names: Iterable[str], endings: Iterable[str]) -> list[str]:
    return [name + ending for name in all_names for ending in endings if roots(name + ending) != roots(name)]


PLURALS = ("ها", "های", "هایی", "هایشان")
CLITICS = ("ام", "اش", "شان", "مان")
APART = tuple(f"{ZWNJ}{ending}" for ending in (*PLURALS, *CLITICS))
SPACED = (" ها", " های", " هایی", " هایشان")
EZAFE = f"{ZWNJ}ی"


def with_yeh(name: str) -> str:
    """Return a name with the yeh of an ezafe, or of what comes from there; after heh and yeh it is written ``ای``."""
    return f"{name}یی" if name.endswith(("ا", "و")) else f"{name}ی"


def consonantal(all_names: Iterable[str]) -> list[str]:
    return [name for name in all_names if not name.endswith(("ی", "ه"))]


def test_no_name_of_a_country_is_changed() -> None:
    assert {name: persian.root(name) for name in countries() if persian.root(name) != name} == {}


def test_no_country_is_lost_with_an_ending() -> None:
    assert lost(countries(), (*PLURALS, *APART, *SPACED, "شان", "مان")) == []
    assert [name for name in countries() if roots(f"{name} را")[:-1] != roots(name)] == []
    assert [name for name in consonantal(countries()) if roots(with_yeh(name)) != roots(name)] == []
    assert lost(consonantal(countries()), ("ی", EZAFE)) == []


def test_a_city_is_changed_only_if_its_name_is_written_like_other_words() -> None:
    """Towns that bear an ordinary word in the plural or with an ending, or two words written in one."""
    changed = {name: roots(name) for name in cities() if roots(name) != (name,)}
    print(changed)
    assert len([name for name, found in changed.items() if not any(map(persian.is_form, found))]) <= 1
    assert len(changed) < 0.03 * len(cities())


def test_no_city_is_lost_with_an_ending_that_is_set_apart() -> None:
    # But where the whole is another name: "اسکو‌اش", "شال‌اش", "کهک‌شان".
    assert len(lost(cities(), (*APART, *SPACED))) <= 6
    assert lost(consonantal(cities()), (EZAFE,)) == []


def test_hardly_a_city_is_lost_with_an_ending_that_is_joined() -> None:
    """Those that are end in ``های`` as a word in heh does before ``ای``: "بهانهای" is of an excuse, not of Bahan."""
    assert len(lost(cities(), PLURALS)) < 0.004 * len(cities()) * len(PLURALS)


def test_a_query_for_a_city_finds_it_with_a_joined_yeh() -> None:
    """As the same root, or as another that a word of no list may have; else the form is a word of its own (آبادی)."""
    missed = [
        name for name in consonantal(cities()) if not finds(name, with_yeh(name)) or not finds(with_yeh(name), name)
    ]
    print(missed)
    assert len(missed) < 0.07 * len(cities())


def finds(query: str, form: str) -> bool:
    asked, there = roots(query), roots(form)
    return asked == there or (len(asked) == 1 and any(other.roots == there for other in alternatives(asked[0])))


@pytest.mark.parametrize("ending", ["'s", "’s", "s"])
def test_no_country_is_lost_with_an_ending_in_english(ending: str) -> None:
    english = {*english_names("cldr_territories.jsonl"), *english_names("countries_mledoze.jsonl")}
    assert {name: roots(name) for name in english if roots(name) != (name,)} == {}
    assert [
        name
        for name in english
        if ending != "s" or not name.endswith(("s", "y", "au", "france"))  # "Frances" is a given name
        if roots(name + ending) != (name,)
    ] == []


def test_hardly_a_city_is_changed_in_english() -> None:
    """Small towns with a last e, y or s, which no other word loses its own to."""
    english = set(english_names("cities_dr5hn.jsonl"))
    changed = [name for name in english if roots(name) != (name,)]
    assert len(changed) < 0.04 * len(english), changed
    assert [name for name in english if roots(f"{name}'s") != roots(name)] == []


def english_names(file: str) -> Iterator[str]:
    for line in (PLACES / file).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = icu.fold(row["en"])
        if re.fullmatch("[a-z]{3,}", name) and not str(row["id"]).isdigit():
            yield name


def test_organisations_keep_their_roots() -> None:
    """The names of organisations in Persian letters, with and without endings."""
    organisations = ("یونیسف", "یوناما", "یونسکو", "ناتو", "اوپک", "طالبان", "داعش", "پارلمان")
    assert [persian.root(name) for name in organisations] == list(organisations)
    assert lost(organisations, (*PLURALS, *APART, *SPACED)) == []
