"""Highlights and passages: the words that matched, as the document writes them, where they stand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import plain_snippets
import pytest
from conftest import CORPUS, SEEDS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migsearch.analysis.analyzer import analyze
from migsearch.engine.memory import MemoryEngine
from migsearch.index import Index
from migsearch.model import Document, Hit, Snippet, Span
from migsearch.query.resolve import read_query
from migsearch.snippets import MOST_PASSAGES, PASSAGE_LENGTH, Wanted, highlights, passages

LONGEST = PASSAGE_LENGTH + 5
"""A passage with the signs that close its last word."""


def hit(query: str, *, title: str = "", text: str = "") -> Hit | None:
    """Return the hit of a query in an index of one document."""
    index = Index(MemoryEngine(), Path())
    index.add([Document(id="a", title=title, text=text)])
    return next(iter(index.search(query)), None)


def marked(text: str, spans: tuple[Span, ...]) -> str:
    return Snippet(text, 0, spans).marked("[", "]")


# The query, and a text with what it highlights there in brackets.
HIGHLIGHTED = [
    # Words, in any inflection and spelling.
    ("migration", "[Migration], migrants, [MIGRATION] and immigration"),
    ("refugee", "a [refugee], two [refugees], the [refugee’s] camp"),
    ("IOM Kabul", "[IOM] opens an office in [Kabul]; [I.O.M]. [IOM’s] office"),
    ("Turkiye", "[Türkiye], [TÜRKIYE] and [Tu\u0308rkiye]"),
    ("2021", "in [2021], in [۲۰۲۱] and [٢٠٢١], not 20210"),
    ("the refugees", "the camps of the [refugees]"),
    # One Persian word in its spellings: with ZWNJ, with a space, joined.
    ("برنامه", "[برنامه‌ها] و [برنامه ها] و [برنامهها] و [برنامه‌های] و [برنامه]"),
    ("برنامه‌ها", "[برنامه] و [برنامهها]"),
    ("پناهندگان", "[پناهنده گان]، [پناهندگان]، [پناهنده‌گان] و [پناهنده]"),
    ("مهاجر", "[مهاجرین] و [مهاجران] و [مهاجر]، نه مهاجرت"),
    ("میروند", "[می‌روند] و [می روند]"),
    # Arabic yeh and kaf, marks, tatweel, presentation forms.
    ("کابل", "[كابل] و [کابل] و [کـابل]"),
    ("ایرانی", "[ايراني] و [ایرانی] و [ایرانى]"),
    ("رئیس", "[رئيس]، [رییس] و [رئیس]"),
    ("جمهوری", "[جُمهوري] اسلامی"),
    ("اسلامی", "[اسﻼمي]"),
    # Behind characters outside the Basic Multilingual Plane: places are code points, not UTF-16 units.
    ("Kabul", "😀 [Kabul] 👩‍👩‍👧 and 🇦🇫 [Kabul] 𝒜𝒷 [Kabul]"),
    ("کابل", "😀😀 [كابل] 🏳️‍🌈 [کابل]"),
    ("برنامه", "𐎠𐎡 [برنامه‌ها] 😀 [برنامه ها]"),
    # A phrase only as a phrase.
    ('"safe migration"', "[Safe migration], not migration, not safe, not migration safe, but [safe, migration]"),
    ('"safe migration"', "safe and orderly migration is [safe\nmigration]"),
    ('"بازگشت پناهندگان"', "[بازگشت پناهنده گان] و بازگشت مهاجران و پناهندگان"),
    ('"the return"', "[the return], a return, the [the return]"),
    ('"safe migration" safe', "[safe migration] is [safe], not migration"),
    (
        '"safe migration" "migration for all"',
        "[safe migration][ for all] and [migration for all]".replace("][ ", "] ["),
    ),
    ('"safe regular migration" "regular migration"', "[safe regular migration], [regular migration]"),
    ('"safe regular migration pact" "regular migration"', "[safe regular migration pact]"),
    ('"safe migration" "safe migration pact"', "[safe migration pact], [safe migration]"),
    ('"very very"', "[very very] [very], not very"),
    ('"refugees"', "[refugees] and a [refugee]"),
    # The beginning of words.
    ("migra*", "[migrants], [migration], [Migrate], immigrants"),
    ("مهاجر*", "[مهاجرت] و [مهاجرین]"),
    # Patterns, misspelt words, words near one another.
    ("migra*on", "[migration], migrants, [Migrations], immigration".replace("[Migrations]", "Migrations")),
    ("*stan", "[Turkmenistan] and [Afghanistan], standing"),
    ("*ستان", "در [افغانستان] و [تركمنستان]، ستاد"),
    ("refuggee~", "a [refugee], two [refugees], a refuge"),
    ("پناهدگان~", "[پناهندگان] و پناهنده"),
    ('"migration safe"~1', "[safe] and [migration], not so safe and orderly migration is not safe"),
    ('"کابل مهاجرین"~2', "[مهاجران] به شهر [کابل] و کابل"),
    # What may match, and groups.
    ("Herat OR Kabul", "[Herat], [Kabul], Balkh"),
    ('"safe migration" (Kabul OR Herat)', "[safe migration] to [Kabul]"),
    # Never what is asked of titles, filters and what is excluded.
    ("title:Kabul", "to Kabul"),
    ("title:Kabul Herat", "from [Herat] to Kabul"),
    ("org:iom IOM", "[IOM]"),
    ("org:iom", "IOM"),
    ("lang:en date:2021", "en, 2021"),
    ("migration -camps", "[migration] and camps"),
    ("migration -(camps OR Kabul)", "[migration], camps, Kabul"),
    ('migration -"safe camps"', "[migration] and safe camps"),
    ("migration -camp*", "[migration] and camps"),
    ("-camps", "camps"),
    ("", "camps"),
]


@pytest.mark.parametrize(("query", "expected"), HIGHLIGHTED)
def test_highlights(query: str, expected: str) -> None:
    text = expected.replace("[", "").replace("]", "")
    spans = Index(MemoryEngine(), Path()).highlights(query, Document(id="a", title="Kabul", text=text))
    assert marked(text, spans) == expected


TITLES = [
    ("migration", "[Migration] in Kabul"),
    ("title:Kabul", "Migration in [Kabul]"),
    ('title:"migration in" Kabul', "[Migration in] [Kabul]"),
    ("title:migra* -camps", "[Migration] in Kabul"),
    ("title:مهاجرین", "😀 [مهاجران] در كابل"),
    ("کابل", "😀 مهاجران در [كابل]"),
    ("text", "Migration in Kabul"),
    ("-title:camps", "Migration in Kabul"),
]


@pytest.mark.parametrize(("query", "expected"), TITLES)
def test_highlights_in_a_title(query: str, expected: str) -> None:
    title = expected.replace("[", "").replace("]", "")
    found = hit(query, title=title, text="The text.")
    assert found
    assert marked(title, found.title_highlights) == expected


class TestPassages:
    def test_of_a_short_text_there_is_one(self) -> None:
        found = hit("refugees", text="Today 120 refugees returned to Kabul. They came from Herat.")
        assert found
        assert [s.marked() for s in found.snippets] == [
            "Today 120 **refugees** returned to Kabul. They came from Herat."
        ]

    def test_without_a_match_in_the_text_it_is_the_beginning(self) -> None:
        text = "\n  The camps are closed. " + "The road is open. " * 50
        for query in ("", "-nobody", "title:Kabul", "lang:en"):
            found = hit(query, title="Kabul", text=text)
            assert found
            (snippet,) = found.snippets
            assert snippet.text.startswith("The camps are closed. The road")
            assert snippet.text.endswith(("open.", "The road is", "The road", "The"))
            assert (snippet.start, snippet.highlights) == (3, ())

    def test_a_text_without_words_has_none(self) -> None:
        found = hit("Kabul", title="Kabul", text=" … 😀 ")
        assert found
        assert found.snippets == ()

    def test_it_begins_with_the_sentence(self) -> None:
        for before in (
            "It rained. ",
            "باران آمد؟ ",
            "A headline\n",
            "A headline\n\n",
            "Kabul: ",
            "Really!\N{NO-BREAK SPACE}",
        ):
            found = hit("refugees", text="road " * 100 + before + "Yesterday refugees came.")
            assert found
            assert found.snippets[0].text == "Yesterday refugees came."

    def test_what_is_far_apart_is_shown_apart_and_in_its_order(self) -> None:
        gap = "The road is open. " * 40
        found = hit("Kabul Herat", text=f"{gap}Herat is far. {gap}Kabul is near. {gap}Herat again.")
        assert found
        assert [s.marked("[", "]").split(".")[0] for s in found.snippets] == ["[Herat] is far", "[Kabul] is near"]

    def test_where_more_different_words_stand_is_better(self) -> None:
        gap = "The road is open. " * 40
        text = f"Kabul and Kabul and Kabul. {gap}Kabul and Herat met. {gap}Kabul again, and Kabul."
        found = hit("Kabul Herat", text=text)
        assert found
        assert [s.text[:10] for s in found.snippets] == ["Kabul and ", "Kabul and "]
        assert found.snippets[1].marked("[", "]").startswith("[Kabul] and [Herat] met.")

    @pytest.mark.parametrize("unit", ["Kabul", "Kabul! ", "Kabul ", "کابل‌", "😀Kabul", "Kabul!!!!!!!!!!!!!!!!!!!!!!!!"])
    def test_its_length_is_bounded_whatever_is_repeated(self, unit: str) -> None:
        text = unit * 3_000
        for snippet in passages(text, Wanted.by(read_query("Kabul کابل")[0])):
            assert len(snippet.text) <= LONGEST
            assert text[snippet.start :].startswith(snippet.text)

    def test_it_ends_with_the_sign_that_closes_its_last_word(self) -> None:
        found = hit("کابل", text="«بازگشت به كابل؟»")
        assert found
        assert found.snippets[0].marked("[", "]") == "بازگشت به [كابل]؟»"


pieces = st.sampled_from(
    [
        *("safe", "migration", "Migrants", "refugee's", "Kabul", "the", "2021", "U.S.", "e\u0301", "😀", "𝒜"),
        *("كابل", "مهاجرین", "پناهنده", "گان", "برنامه‌ها", "می", "روند"),
        *(".", "!", "؟", "\n", "«", "»", "(", "-", ","),
    ]
)
texts = st.lists(pieces | st.text(max_size=5), max_size=150).map(" ".join) | st.text(max_size=400)
asked = st.lists(
    st.sampled_from(
        [
            *("safe", "migrants", "Kabul", "کابل", "مهاجر", "پناهندگان", "برنامه", "the", "2021"),
            *(
                '"safe migration"',
                '"migration safe"',
                '"کابل مهاجرین"',
                '"Kabul the 2021"',
                '"safe safe"',
                "migr*",
                "*gr*t*",
                "migraton~2",
                "کابول~",
                '"Kabul safe"~2',
                '"safe safe migrants"~3',
                "پنا*",
                "title:safe",
            ),
            *("-refugees", '-"safe migration"', "(Kabul OR safe)", "lang:en"),
        ]
    ),
    max_size=5,
).map(" ".join)


@settings(max_examples=400)
@given(texts, asked)
@example("safe regular migration", '"safe regular migration" "regular migration"')
@example("Kabul" + "!" * 500, "Kabul")
def test_passages_are_slices_of_the_text(text: str, query: str) -> None:
    wanted = Wanted.by(read_query(query)[0])
    spans = highlights(text, wanted)
    shown = passages(text, wanted)
    assert bool(shown) == bool(analyze(text))
    assert len(shown) <= MOST_PASSAGES
    for snippet in shown:
        assert 0 < len(snippet.text) <= LONGEST
        assert text[snippet.start :].startswith(snippet.text)
        within = {Span(start + snippet.start, end + snippet.start) for start, end in snippet.highlights}
        assert within <= set(spans)
        assert bool(within) == bool(spans)
    for one, other in pairwise(shown):
        assert one.start + len(one.text) <= other.start


@settings(max_examples=200)
@given(texts, asked)
def test_the_plainest_way_finds_the_same(text: str, query: str) -> None:
    assert_as_the_plainest_way(text, query)


def test_the_plainest_way_finds_the_same_in_whole_pages() -> None:
    pages = sorted((*CORPUS.glob("*.txt"), *SEEDS.glob("*.txt")))  # the seeds may be absent
    queries = [query for query, _ in HIGHLIGHTED]
    for number, page in enumerate(pages):
        for query in (
            *queries[number % 7 :: 7],
            "IOM migration refugees Kabul",
            "وزارت مهاجرین «عودت کنندگان» افغانستان",
        ):
            assert_as_the_plainest_way(page.read_text(encoding="utf-8", errors="replace"), query)


def assert_as_the_plainest_way(text: str, query: str) -> None:
    wanted = Wanted.by(read_query(query)[0])
    assert highlights(text, wanted) == tuple(span for span, _ in plain_snippets.spans(analyze(text), wanted))
    assert passages(text, wanted) == plain_snippets.passages(text, wanted)


@settings(max_examples=400)
@given(texts, asked)
def test_highlights_are_whole_words_in_order(text: str, query: str) -> None:
    tokens = analyze(text)
    starts, ends = {token.span.start for token in tokens}, {token.span.end for token in tokens}
    spans = highlights(text, Wanted.by(read_query(query)[0]))
    assert all(span.start in starts and span.end in ends for span in spans)
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@settings(max_examples=400)
@given(texts, st.sampled_from(["safe", "migrants", "کابل", "مهاجر", "پناهندگان", "برنامه", "2021"]))
def test_all_words_of_the_root_are_highlighted_and_no_others(text: str, word: str) -> None:
    (asked,) = analyze(word)
    expected = tuple(token.span for token in analyze(text) if token.root == asked.root)
    assert highlights(text, Wanted.by(read_query(word)[0])) == expected
    assert highlights(text, Wanted.by(read_query(f"-{word} title:{word} org:{word}")[0])) == ()
