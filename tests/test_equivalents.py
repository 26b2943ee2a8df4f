"""Words of two countries that mean one thing find each other, and those that only look so do not."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from migsearch import analyze
from migsearch.analysis import icu, persian
from migsearch.data import table
from migsearch.query.equivalents import Alternative, alternatives, phrase_alternatives

EQUIVALENTS = table("equivalents")
SECTIONS = ("spellings", "regional", "other_meanings")
CLDR = EQUIVALENTS["cldr"]


def roots(words: str) -> tuple[str, ...]:
    return tuple(token.root for token in analyze(words))


def found(words: str) -> dict[tuple[str, ...], float]:
    """Return what a query of these words alone also finds, with its weight."""
    asked = roots(words)
    whole = [other for start, length, other in phrase_alternatives(asked) if (start, length) == (0, len(asked))]
    single = alternatives(asked[0]) if len(asked) == 1 else ()
    return {other.roots: other.weight for other in (*whole, *single)}


def meet(one: str, other: str) -> bool:
    """Tell whether the words find each other: by their roots, as equivalents, or because one holds the other."""
    first, second = roots(one), roots(other)
    shorter, longer = sorted((f" {' '.join(first)} ", f" {' '.join(second)} "), key=len)
    return shorter in longer or (second in found(one) and first in found(other))


def groups(*sections: str) -> list[Any]:
    return [pytest.param(group, id=" ".join(group)) for name in sections for group in EQUIVALENTS[name]["groups"]]


@pytest.mark.parametrize("group", groups(*SECTIONS))
def test_every_word_of_a_group_finds_the_others(group: list[str]) -> None:
    for one, other in itertools.combinations(group, 2):
        assert meet(one, other), (one, other)


@pytest.mark.parametrize("apart", EQUIVALENTS["apart"], ids=lambda apart: " ".join(apart["words"]))
def test_what_only_looks_alike_stays_apart(apart: dict[str, Any]) -> None:
    assert apart["reason"]
    for one, other in itertools.combinations(apart["words"], 2):
        assert roots(one) != roots(other), (one, other)
        assert roots(other) not in found(one), (one, other)
        assert roots(one) not in found(other), (one, other)


def test_the_tables_are_large_and_hold_no_group_twice() -> None:
    listed = [frozenset(group) for name in SECTIONS for group in EQUIVALENTS[name]["groups"]]
    assert len(listed) >= 120
    assert len(listed) == len(set(listed))
    assert all(len(group) > 1 for group in listed)


def test_equivalents_are_weighed_mutual_and_never_the_word_itself() -> None:
    for name in SECTIONS:
        for word in itertools.chain(*EQUIVALENTS[name]["groups"]):
            for other, weight in found(word).items():
                assert other != roots(word)
                assert 0 < weight <= 1


@pytest.mark.parametrize(
    ("asked", "other", "weight"),
    [
        pytest.param("پولیس", "پلیس", 1.0, id="a spelling of one loan word"),
        pytest.param("پوهنتون", "دانشگاه", 0.7, id="a word of each country"),
        pytest.param("مدرسه", "مکتب", 0.5, id="a word that is also another in Iran"),
        pytest.param("کمشنری", "کمیساریا", 0.7, id="a spelling of a word of one country"),
        pytest.param("ویزه", "روادید", 0.7, id="the same for a visa"),
        pytest.param("شفاخانه‌های", "بیمارستان", 0.7, id="a plural with its ezafe"),
        pytest.param("شفاخانه ها", "بیمارستان", 0.7, id="a plural written apart"),
        pytest.param("پولیس", "پليس", 1.0, id="Arabic yeh"),
        pytest.param("تمویل", "تأمین مالی", 0.7, id="a phrase for a word"),
        pytest.param("تامین مالی", "تمویل", 0.7, id="a word for a phrase"),
        pytest.param("وزارت معارف", "وزارت آموزش و پرورش", 0.7, id="a phrase with a stop word in it"),
    ],
)
def test_a_query_also_finds(asked: str, other: str, weight: float) -> None:
    assert found(asked).get(roots(other), 0) == weight


@pytest.mark.parametrize("month", range(12))
@pytest.mark.parametrize("calendar", ["gregorian", "solar"])
def test_a_month_of_one_country_finds_that_of_the_other_beside_a_number(calendar: str, month: int) -> None:
    iranian, afghan = (icu.month_names(calendar, locale)[month][0] for locale in ("fa", "fa_AF"))
    for asked, other in ((iranian, afghan), (afghan, iranian)):
        query = roots(f"۲۵ {asked} ۱۴۰۰")
        assert len(query) == 3
        beside = [month for start, length, month in phrase_alternatives(query) if (start, length) == (1, 1)]
        assert roots(other) in {month.roots for month in (*beside, *alternatives(query[1]))}


@pytest.mark.parametrize("words", ["میزان مهاجرت", "حمل بار", "سرطان خون", "مبارزه جدی", "بشار اسد", "می‌خواهد"])
def test_a_month_that_is_also_another_word_is_read_as_that_word(words: str) -> None:
    assert phrase_alternatives(roots(words)) == []


@pytest.mark.parametrize("word", CLDR["also_words"])
def test_a_name_of_a_month_that_is_also_another_word_finds_nothing_else_alone(word: str) -> None:
    assert found(word) == {}


def test_a_month_is_known_by_the_word_month() -> None:
    assert phrase_alternatives(roots("در ماه سرطان")) == [(2, 1, Alternative(roots("تیر"), CLDR["solar_weight"]))]


def test_countries_that_the_two_countries_name_differently_meet() -> None:
    iranian, afghan = icu.territory_names("fa"), icu.territory_names("fa_AF")
    codes = [code for code in iranian if iranian[code].isalpha() and afghan[code].isalpha()]
    missed = {code for code in codes if not meet(iranian[code], afghan[code])}
    assert missed == set(CLDR["skip_territories"])
    assert meet("جاپان", "ژاپن")
    assert meet("کوریای جنوبی", "کرهٔ جنوبی")


def test_a_phrase_is_found_where_it_stands_in_a_query_and_the_longest_wins() -> None:
    query = roots("گزارش وزارت صحت عامه در کابل")
    places = {(start, length, other.roots) for start, length, other in phrase_alternatives(query)}
    assert places == {(1, 3, roots("وزارت بهداشت"))}


@pytest.mark.parametrize("query", ["", "هرات", "the", "۱۴۰۰", "ک", "xyzzy plugh"])
def test_other_words_have_no_equivalents(query: str) -> None:
    assert phrase_alternatives(roots(query)) == []
    assert [alternatives(root) for root in roots(query)] == [()] * len(roots(query))


@pytest.mark.parametrize(
    ("query", "form"),
    [("گرونینگن", "گرونینگنی"), ("گرونینگنی", "گرونینگن"), ("ارکایم", "آرکایم"), ("آرکایم", "ارکایم")],
)
def test_a_word_of_no_list_is_also_looked_for_in_forms_that_no_rule_tells(query: str, form: str) -> None:
    [asked], [there] = analyze(query), analyze(form)
    assert asked.root != there.root
    assert any(other.roots == (there.root,) and other.weight < 1 for other in alternatives(asked.root))


@pytest.mark.parametrize("word", ["پناهنده", "هراتی", "آموزش", "اموزش", "IOM", "1400"])
def test_nothing_is_guessed_of_a_word_that_is_known(word: str) -> None:
    assert persian.guesses(analyze(word)[0].root) == ()
