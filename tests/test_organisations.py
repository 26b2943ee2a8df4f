"""Organisations: what pages name, where, and that the gazetteer is sound."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from migsearch import Document, analyze, display_name
from migsearch.analysis import icu
from migsearch.ingest.complete import complete
from migsearch.ingest.gazetteer import default_gazetteer
from migsearch.ingest.listing import Entry, shipped_listing
from migsearch.ingest.organisations import find_organisations, organisation_ids

TABLE = Path(__file__).with_name("organisations.tsv")


def rows() -> list[Any]:
    """Return the rows of the table as parameters: the ids expected, title, text."""
    parameters = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "ids\t")):
            continue
        ids, page, why = line.split("\t")
        title, _, text = page.replace("\\n", "\n").rpartition(" | ")
        parameters.append(pytest.param(set(ids.split()) - {"-"}, title, text, id=f"{ids} {why}"))
    return parameters


@pytest.mark.parametrize(("ids", "title", "text"), rows())
def test_a_page_names_these_organisations_and_no_others(ids: set[str], title: str, text: str) -> None:
    mentions = find_organisations(title, text)
    assert {mention.ref for mention in mentions} == ids
    for mention in mentions:
        field = title if mention.field == "title" else text
        assert mention.kind == "organisation"
        assert field[slice(*mention.span)] == mention.literal
        assert mention.literal


@pytest.mark.parametrize(("ids", "title", "text"), rows())
def test_what_stands_around_a_name_makes_no_difference(ids: set[str], title: str, text: str) -> None:
    """Emoji move the offsets of ICU; a name may stand at either end of a text."""
    page = f"😀 «{text}» 😀"
    mentions = find_organisations(f"😀 {title}", page)
    assert {mention.ref for mention in mentions} == ids
    assert all(page[slice(*mention.span)] == mention.literal for mention in mentions if mention.field == "text")


def test_mentions_say_where_each_name_stands() -> None:
    title = "IOM and the Turkish Interior Ministry"
    text = "The Interior Ministry of Türkiye met the International Organization for\nMigration (IOM)."
    assert [(mention.field, mention.ref, mention.literal) for mention in find_organisations(title, text)] == [
        ("title", "iom", "IOM"),
        ("title", "moi-tr", "Turkish Interior Ministry"),
        ("text", "moi-tr", "Interior Ministry of Türkiye"),
        ("text", "iom", "International Organization for\nMigration"),
        ("text", "iom", "IOM"),
    ]


@pytest.mark.parametrize(
    ("text", "ref", "rule", "evidence"),
    [
        ("The World Bank agreed.", "wb", "name", ""),
        ("WFP agreed.", "wfp", "acronym", ""),
        ("The Internatonal Organization for Migration", "iom", "misspelt", "International Organization for Migration"),
        ("IRC and the International Rescue Committee", "irc", "also-named", "International Rescue Committee"),
        ("IRC helped refugees.", "irc", "context", "refugees"),
        ("Turkish Interior Ministry", "moi-tr", "with-its-country", "Turkish"),
        ("وزارت کشور ایران گفت. وزارت کشور افزود.", "moi-ir", "country-as-before", "IR"),
        ("در بحرین، وزارت کشور این کشور گفت.", "moi-bh", "country-referred", "BH"),
        ("In Kyrgyzstan, a reform gave refugees to the Interior Ministry.", "moi-kg", "country-of-sentence", "KG"),
        ("Kabul is calm. In the Netherlands, too, the Interior Ministry", "moi-nl", "country-of-sentence", "NL"),
        ("از کابل. در تاجیکستان، وزارت داخله گفت.", "moi-tj", "country-of-sentence", "TJ"),
        ("Kabul, Kabul. In Iran, police received the Interior Minister.", "moi-af", "country-of-page", "AF"),
        ("Kabul, Kabul. In Iran the police said. The Interior Ministry agreed.", "moi-af", "country-of-page", "AF"),
        ("The Interior Ministry and BAFIA met.", "moi-ir", "country-beside", "IR"),
        ("Interior Ministry: Kabul is calm.", "moi-af", "country-of-page", "AF"),
    ],
)
def test_a_mention_says_why_it_counts(text: str, ref: str, rule: str, evidence: str) -> None:
    assert (ref, rule, evidence) in [(m.ref, m.rule, m.evidence) for m in find_organisations("", text)]


_LONG_NAMES = {
    "International Organization for Migration": "iom",
    "Ministry of Refugees and Repatriations": "morr-af",
    "Norwegian Refugee Council": "nrc",
    "کمیساریای عالی سازمان ملل متحد برای پناهندگان": "unhcr",
    "وزارت امور مهاجرین و عودت‌کنندگان": "morr-af",
}


@settings(max_examples=150)
@given(st.sampled_from(sorted(_LONG_NAMES)), st.data())
def test_one_wrong_letter_in_a_long_word_of_a_name_does_no_harm(name: str, data: st.DataObject) -> None:
    words = name.split()
    number = data.draw(st.sampled_from([number for number, word in enumerate(words) if len(word) > 6]))
    word = words[number]
    place = data.draw(st.integers(0, len(word) - 2))
    missing = word[:place] + word[place + 1 :]
    exchanged = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    words[number] = data.draw(st.sampled_from([missing, exchanged]))
    assume(len(analyze(words[number])) == 1)  # what looks like a compound of two words is not mended
    assert {mention.ref for mention in find_organisations("", " ".join(words))} == {_LONG_NAMES[name]}


@pytest.mark.parametrize(
    ("region", "ids"), [("AF", {"moi-af"}), ("IR", {"moi-ir"}), ("", set())], ids=["Dari", "Iranian", "unknown"]
)
def test_a_ministry_without_a_country_is_that_of_the_language(region: str, ids: set[str]) -> None:
    mentions = find_organisations("", "وزارت داخله مقررات تازه را اعلام کرد.", region)
    assert {mention.ref for mention in mentions} == ids


def test_a_country_named_often_outweighs_the_language() -> None:
    text = "در ترکیه، مقامات ترکیه گفتند که ترکیه به مهاجرین در ترکیه کمک می‌کند. وزارت داخله مقررات را اعلام کرد."
    assert [mention.ref for mention in find_organisations("", text, "AF")] == ["moi-af"]
    assert [mention.ref for mention in find_organisations("", f"{text} {text} {text}", "AF")] == ["moi-tr"] * 3


def test_given_organisations_are_not_read_again() -> None:
    document = complete(Document(id="a", text="IOM and UNHCR met.", organisations=("own-id",)))
    assert document.organisations == ("own-id",)
    assert document.mentions == ()


def test_a_document_has_each_organisation_once() -> None:
    document = complete(Document(id="a", title="IOM", text="IOM (IOM) and UNHCR. The UN Refugee Agency and IOM."))
    assert document.organisations == ("iom", "unhcr")
    assert len(document.mentions) == 6


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("iom", ["iom"]),
        ("IOM", ["iom"]),
        ("Iom", ["iom"]),
        ("moi-tr", ["moi-tr"]),
        ("MOI-TR", ["moi-tr"]),
        ("International Organization for Migration", ["iom"]),
        ("international organization for migration", ["iom"]),
        ("سازمان بین المللی مهاجرت", ["iom"]),
        ("آی او ام", ["iom"]),
        ("کمیشنری عالی سازمان ملل متحد در امور پناهنده گان", ["unhcr"]),
        ("Ministry of Interior of Turkey", ["moi-tr"]),
        ("Turkish Interior Ministry", ["moi-tr"]),
        ("وزارت داخله ایران", ["moi-ir"]),
        ("IOM and UNHCR", ["iom", "unhcr"]),
        ("drc", ["drc"]),
        ("Ministry of Interior", []),  # whose?
        ("moi", []),
        ("moi-xx", []),
        ("Ford Motor Company", []),
        ("", []),
        (" ", []),
    ],
)
def test_a_name_in_a_query_stands_for_ids(name: str, ids: list[str]) -> None:
    assert list(organisation_ids(name)) == ids


@pytest.mark.parametrize(
    ("id", "english", "persian"),
    [
        ("iom", "International Organization for Migration", "سازمان بین‌المللی مهاجرت"),
        ("unhcr", "United Nations High Commissioner for Refugees", "کمیساریای عالی سازمان ملل متحد برای پناهندگان"),
        ("mfa-tm", "Ministry of Foreign Affairs, Turkmenistan", "وزارت امور خارجه ترکمنستان"),
        ("own-id", "own-id", "own-id"),
        ("moi-xx", "moi-xx", "moi-xx"),
        ("", "", ""),
    ],
)
def test_an_id_has_a_name_in_both_languages(id: str, english: str, persian: str) -> None:
    assert display_name(id) == english
    assert display_name(id, "fa") == persian


# ----------------------------------------------------------------------------------------------------------------------
# The gazetteer itself
# ----------------------------------------------------------------------------------------------------------------------


def entries(kind: str) -> list[Entry]:
    return list(shipped_listing().of_kind(kind))  # type: ignore[arg-type]


def all_ids() -> list[str]:
    held = [default_gazetteer().id_in(entry.ref, "TM") for entry in entries("portfolio")]
    return list(dict.fromkeys([*(entry.ref for entry in entries("body")), *held]))


def key(name: str) -> str:
    return "".join(token.root for token in analyze(name))


def test_there_are_as_many_as_the_readme_says() -> None:
    assert len(entries("body")) >= 650
    assert len(entries("portfolio")) >= 40


def test_every_body_says_where_it_is_known_from() -> None:
    assert [entry.ref for entry in entries("body") if not entry.source] == []


def test_every_name_has_a_word() -> None:
    for kind in ("body", "portfolio", "country", "press"):
        for entry in entries(kind):
            for name in (*(name for name, _ in entry.sure_names()), *entry.ambiguous):
                assert analyze(name), (entry.ref, name)


def test_former_names_have_their_years() -> None:
    for entry in entries("body"):
        for name, years in entry.former.items():
            assert re.fullmatch(r"\d{4}-\d{4}", years), (entry.ref, name)


def test_no_sure_name_stands_under_two_ids() -> None:
    """A body may carry the name of its own country's portfolio: State Migration Service, smst-tm."""
    owners = defaultdict(set)
    for kind in ("body", "portfolio", "press"):
        for entry in entries(kind):
            for name, _ in entry.sure_names():
                acronym = name if " " not in name and sum(map(str.isupper, name)) > 1 else ""
                owners[key(name), acronym.upper()].add(entry.ref)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_no_name_of_an_organisation_is_that_of_a_country() -> None:
    countries = {key(name) for locale in ("en", "fa", "fa_AF") for name in icu.territory_names(locale).values()}
    countries |= {key(name) for entry in entries("country") for name, _ in entry.sure_names()}
    for kind in ("body", "portfolio"):
        for entry in entries(kind):
            for name, _ in entry.sure_names():
                assert key(name) not in countries, (entry.ref, name)


@pytest.mark.parametrize("id", all_ids())
def test_an_organisation_is_found_by_each_of_its_names(id: str) -> None:
    listed = shipped_listing().entries
    body = listed.get(("body", id))
    if body:
        found = {name: organisation_ids(name) for name, _ in body.sure_names()}
        assert {name: ids for name, ids in found.items() if ids != (id,)} == {}
        for name, context in body.ambiguous.items():
            for word in context:
                assert id in {mention.ref for mention in find_organisations("", f"{name} – {word}")}, (name, word)
    else:
        portfolio = listed["portfolio", id.removesuffix("-tm")]
        of = {"en": "{} of Turkmenistan", "fa": "{} ترکمنستان", "ps": "د ترکمنستان د {}", "ru": "{} Turkmenistan"}
        found = {name: organisation_ids(of[language].format(name)) for name, language in portfolio.sure_names()}
        assert {name: ids for name, ids in found.items() if ids != (id,)} == {}


def test_display_names_are_told_apart() -> None:
    for language in ("en", "fa"):
        shown = defaultdict(set)
        for id in all_ids():
            assert id in default_gazetteer()
            shown[display_name(id, language)].add(id)
        assert {name: ids for name, ids in shown.items() if len(ids) > 1} == {}


_PIECES = (
    "IOM IMO WHO UN UNHCR (UNHCR) the ministry of interior foreign affairs and Turkey Afghan Iran's . , \n 😀 وزارت "
    "داخله امور خارجه مهاجرین ایران ترکیه سازمان بین‌المللی مهاجرت ملل متحد و"
)


@settings(max_examples=300)
@given(st.one_of(st.text(st.characters()), st.lists(st.sampled_from(_PIECES.split(" ")), max_size=20).map(" ".join)))
def test_mentions_stand_in_the_text_one_after_another(text: str) -> None:
    end, before = 0, None
    for mention in find_organisations("", text):
        # Two ministries may share the word that names both.
        assert end <= mention.span.start < mention.span.end <= len(text) or mention.span == before
        assert text[slice(*mention.span)] == mention.literal
        assert mention.ref in default_gazetteer()
        end, before = mention.span.end, mention.span
