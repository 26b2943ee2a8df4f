"""The five real pages of the kind that migsearch serves."""

from __future__ import annotations

import pytest

import migsearch

PAGES = {
    # seed: language, region, date, inferred, organisations at least, organisations never
    "000": ("en", "", "2021-06-06", False, {"morr-af", "mfa-af", "moi-tr"}, {"unhcr", "irc"}),
    "001": ("fa", "AF", "2021-04-15", False, {"morr-af", "iom", "eu", "icmpd"}, {"unhcr"}),
    "002": ("en", "", "2021-03-02", False, {"iom", "mfa-tm"}, {"imo"}),
    "003": ("en", "", "2017-03-27", True, {"eu"}, set()),
    "004": ("en", "", "2022-12-09", False, {"iom", "smst-tm"}, set()),
}


def found(index: migsearch.Index, query: str) -> list[str]:
    return [hit.document.id[:3] for hit in index.search(query)]


@pytest.mark.parametrize("seed", PAGES)
def test_what_stands_on_a_page(seeds_index: migsearch.Index, seed: str) -> None:
    language, region, date, inferred, organisations, never = PAGES[seed]
    (id,) = seeds_index.find_ids(seed)
    document = seeds_index.document(id)
    assert document is not None
    assert (document.language, document.region) == (language, region)
    assert document.date is not None
    assert (str(document.date), document.date.inferred) == (date, inferred)
    assert organisations <= set(document.organisations)
    assert never.isdisjoint(document.organisations)


def test_iom_turkmenistan(seeds_index: migsearch.Index) -> None:
    assert found(seeds_index, "IOM Turkmenistan")[:2] == ["004", "002"]


@pytest.mark.parametrize(
    "query",
    [
        "سازمان بين المللي مهاجرت",  # ARABIC LETTER YEH
        "كاكر",  # ARABIC LETTER KAF
        "مهاجر",
        "برنامه ها",
        "برنامه‌ها",
        "1400",
        "۱۴۰۰",
        "بین‌المللی",
    ],
)
def test_every_spelling_finds_the_persian_page(seeds_index: migsearch.Index, query: str) -> None:
    assert found(seeds_index, query)[0] == "001"


def test_a_phrase_finds_its_page_alone(seeds_index: migsearch.Index) -> None:
    assert found(seeds_index, '"Sendai Framework"') == ["002"]


@pytest.mark.parametrize("query", ["Uruzgan", "بغلان", "SCRMET", "auctions"])
def test_a_word_of_a_side_column_finds_nothing(seeds_index: migsearch.Index, query: str) -> None:
    assert found(seeds_index, query) == []


def test_facets(seeds_index: migsearch.Index) -> None:
    assert sorted(found(seeds_index, "org:iom")) == ["001", "002", "004"]
    everything = seeds_index.search("")
    assert dict(everything.facets["year"]) == {"2022": 1, "2021": 3, "2017": 1}
    assert dict(everything.facets["language"]) == {"en": 4, "fa": 1}
