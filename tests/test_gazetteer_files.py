"""A person's own organisations: files that extend or override ours, an index that uses them, names to put in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CORPUS

import migsearch
from migsearch import Document, GazetteerError, Index
from migsearch.ingest.complete import read_page
from migsearch.ingest.gazetteer import read_gazetteer
from migsearch.ingest.organisations import find_organisations
from migsearch.ingest.suggestions import suggest
from migsearch.terminal.cli import main
from migsearch.terminal.suggested import gazetteer_lines

MINE = """
[alternatives]
HELMAND = ["Helmand", "Hilmand"]

[bodies.helmand-returnees-council]
country = "AF"
en = ["{HELMAND} Returnees Council", "HRC"]
fa = ["شورای عودت‌کنندگان {هلمند|هیلمند}"]

[bodies.iom]
en = ["Org for Movers"]

[bodies.nrc]
without = ["Norwegian Refugee Council"]

[bodies.wfp]
remove = true

[bodies.own-bank]
en = ["World Bank"]

[portfolios.mfa]
en = ["Ministry of Elsewhere"]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> migsearch.Gazetteer:
    path = tmp_path_factory.mktemp("organisations") / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return read_gazetteer(path)


def refs(text: str, gazetteer: migsearch.Gazetteer) -> set[str]:
    return {mention.ref for mention in find_organisations("", text, gazetteer=gazetteer)}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("The Helmand Returnees Council met.", {"helmand-returnees-council"}),
        ("The Hilmand Returnees Council (HRC) met.", {"helmand-returnees-council"}),
        ("شورای عودت کنندگان هیلمند جلسه داشت.", {"helmand-returnees-council"}),
        ("IOM, also called Org for Movers", {"iom"}),
        ("The Norwegian Refugee Council built shelters.", set()),
        ("شورای پناهندگان ناروی", {"nrc"}),
        ("The World Food Programme (WFP) gave flour.", set()),
        ("The World Bank approved a grant.", {"own-bank"}),
        ("Ministry of Elsewhere of Iran", {"mfa-ir"}),
    ],
)
def test_a_file_extends_and_overrides_what_is_listed(extended: migsearch.Gazetteer, text: str, ids: set[str]) -> None:
    assert refs(text, extended) == ids


def test_the_first_name_of_a_file_is_the_one_shown(extended: migsearch.Gazetteer) -> None:
    assert extended.display_name("iom") == "Org for Movers"
    assert extended.display_name("helmand-returnees-council", "fa") == "شورای عودت‌کنندگان هلمند"
    assert migsearch.display_name("iom") == "International Organization for Migration"


def test_a_later_file_prevails(mine: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    later.write_text('[bodies.wb]\nen = ["World Bank"]\n[bodies.wfp]\nen = ["WFP"]', encoding="utf-8")
    gazetteer = read_gazetteer(mine, later)
    assert refs("The World Bank and WFP", gazetteer) == {"wb", "wfp"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[bodies.a", "not TOML"),
        (b"[bodies.a]\nen = ['\xff']", "byte 18 is not UTF-8; save the file as UTF-8"),
        ("[orgs.a]\nen = ['A B']", r"there is no table \[orgs\]; there are bodies, portfolios, countries, press"),
        ("[bodies]\na = 1", r"\[bodies.a\]: an entry is a table of its own"),
        ("[bodies.a]\nname = 'A B'", r"\[bodies.a\]: there is no 'name' in it; there are ambiguous, country, en,"),
        ("[bodies.a]\nen = 'A B'", r"\[bodies.a\]: en is not a list of strings"),
        ("[bodies.a]\nen = ['()']", r"\[bodies.a\]: en has '\(\)', a name without a letter"),
        ("[bodies.a]\ncountry = 'AF'", r"\[bodies.a\]: it has no name"),
        ("[bodies.a]\nen = ['A B']\ncountry = 'Kabul'", r"\[bodies.a\]: country is 'Kabul'; write an ISO 3166 code"),
        ("[bodies.A_B]\nen = ['A B']", r"\[bodies.A_B\]: 'A_B' is no id"),
        ("[bodies.a]\nen = ['{X} B']", r"\[bodies.a\]: \{X\} is neither"),
        ("[bodies.a]\nen = ['A B']\nambiguous = ['A']", r"\[bodies.a\]: ambiguous is not a table"),
        ("[bodies.a]\nen = ['A B']\nambiguous = { A = 'b' }", r"\[bodies.a\]: ambiguous.A is not a list of strings"),
        ("[bodies.a]\nen = ['A B']\nformer = { A = 2 }", r"\[bodies.a\]: former is not a table of years"),
        ("[bodies.a]\nremove = true", r"\[bodies.a\]: there is no such entry to remove"),
        ("[countries.KABUL]\nen = ['Kabul']", r"\[countries.KABUL\]: 'KABUL' is no country"),
        (
            "[portfolios.a]\nsubjects = { de = ['A'] }",
            r"\[portfolios.a\]: subjects is not a table of lists by language",
        ),
        ("not_countries = 'Mali'", "not_countries is not a list of strings"),
    ],
)
def test_a_wrong_file_is_named_with_the_entry(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GazetteerError, match=message) as caught:
        read_gazetteer(path)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"none\.toml: No such file"):
        read_gazetteer(tmp_path / "none.toml")


@pytest.fixture
def index(tmp_path: Path, extended: migsearch.Gazetteer) -> Index:
    return migsearch.open(tmp_path / "index", create=True, organisations=extended)


def test_an_index_reads_documents_by_its_own_organisations(index: Index) -> None:
    page = read_page("Visit\n\nThe Helmand Returnees Council and WFP met IOM.\n", id="a")
    assert page.organisations == ("wfp", "iom")
    index.add([page, Document(id="b", text="Helmand Returnees Council", organisations=("given",))])
    document = index.document("a")
    assert document is not None
    assert document.organisations == ("helmand-returnees-council", "iom")
    assert [hit.document.id for hit in index.search('org:"Hilmand Returnees Council"')] == ["a"]
    assert [hit.document.id for hit in index.search("", organisations=["helmand-returnees-council"])] == ["a"]
    assert [hit.document.id for hit in index.search("org:given")] == ["b"]


def test_what_was_indexed_before_keeps_its_organisations_until_it_is_added_again(
    tmp_path: Path, extended: migsearch.Gazetteer
) -> None:
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add([Document(id="a", text="The Helmand Returnees Council met IOM.")])
        mined = index.with_organisations(extended)
        document = mined.document("a")
        assert document is not None
        assert document.organisations == ("iom",)
        mined.add([document])
        again = mined.document("a")
        assert again is not None
        assert again.organisations == ("helmand-returnees-council", "iom")
        assert again.mentions[0].rule == "name"


def test_the_rule_and_the_evidence_of_a_mention_are_kept(index: Index) -> None:
    index.add([Document(id="a", text="IRC helped refugees. The Ministry of Interior of Turkey agreed.")])
    document = index.document("a")
    assert document is not None
    assert [(m.ref, m.rule, m.evidence) for m in document.mentions] == [
        ("irc", "context", "refugees"),
        ("moi-tr", "with-its-country", "Turkey"),
    ]


# ----------------------------------------------------------------------------------------------------------------------
# Suggestions
# ----------------------------------------------------------------------------------------------------------------------

PAGES = [
    Document(id="a", text="The Helmand Returnees Council (HRC) met UNHCR. Kabul. The Helmand Returnees Council spoke."),
    Document(id="b", text="در نشست شورای عودت کنندگان هلمند، وزارت امور مهاجرین حضور داشت."),
    Document(id="c", text="شورای عودت‌کنندگان هلمند با مردم دیدار کرد. سازمان بین‌المللی مهاجرت کمک کرد."),
    Document(
        id="d", text="A council of elders met. Each Ministry of Interior agreed. Only once: Nimroz Relief Society."
    ),
]


def test_unlisted_organisations_are_suggested_with_count_and_contexts() -> None:
    found = {each.name: each for each in suggest(PAGES)}
    assert set(found) == {"Helmand Returnees Council", "شورای عودت کنندگان هلمند"}
    english, persian = found["Helmand Returnees Council"], found["شورای عودت کنندگان هلمند"]
    assert (english.id, english.acronym, english.count, english.documents) == ("hrc", "HRC", 2, 1)
    assert (persian.language, persian.count, persian.documents) == ("fa", 2, 2)
    assert [context.document for context in persian.contexts] == ["b", "c"]
    assert {each.name for each in suggest(PAGES, least=1)} > {"Nimroz Relief Society"}


def test_what_is_suggested_can_be_used_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\n".join(gazetteer_lines(suggest(PAGES, least=1))), encoding="utf-8")
    gazetteer = read_gazetteer(path)
    assert "hrc" in refs(PAGES[0].text, gazetteer)
    assert suggest(PAGES, least=1, gazetteer=gazetteer) == []


def test_the_command_prints_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(f"Visit\n\n{PAGES[0].text}\n", encoding="utf-8")
    assert main(["organisations", "suggest", str(tmp_path / "page.txt")]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"# 2 times in 1 document\n#   page.txt: … The \[Helmand Returnees Council\] \(HRC\)", printed)
    assert '[bodies.hrc]\nen = ["Helmand Returnees Council", "HRC"]\n' in printed
    (tmp_path / "mine.toml").write_text(printed, encoding="utf-8")
    own = ["--organisations", str(tmp_path / "mine.toml")]
    assert main(["organisations", "suggest", str(tmp_path / "page.txt"), *own]) == 1
    assert "nothing was found" in capsys.readouterr().err


def test_the_command_line_takes_a_file_of_organisations(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, mine: Path
) -> None:
    (tmp_path / "page.txt").write_text(f"Visit\n\n{PAGES[0].text}\n", encoding="utf-8")
    shared = ["--index", str(tmp_path / "index"), "--organisations", str(mine)]
    assert main(["index", str(tmp_path / "page.txt"), *shared]) == 0
    assert main(["search", 'org:"Helmand Returnees Council"', *shared]) == 0
    assert "Helmand Returnees Council" in capsys.readouterr().out
    mine.write_text("[bodies.a]\nname = 'A'", encoding="utf-8")
    assert main(["search", "Helmand", *shared]) == 2
    assert "[bodies.a]: there is no 'name' in it" in capsys.readouterr().err


def test_suggesting_from_the_corpus_names_nothing_that_is_listed() -> None:
    documents = list(migsearch.read(CORPUS))
    for each in suggest(documents):
        assert not read_gazetteer().is_listed(each.name)
