"""Words: what finds what, where each stands, and that no text upsets the analysis."""

from __future__ import annotations

import itertools
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migsearch import Token, analyze
from migsearch.analysis import analyzer, icu, persian_words
from migsearch.analysis.tokens import Tokens

HERE = Path(__file__).parent
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


def table(name: str) -> list[Any]:
    """Return the words of each row of a table; the first column says why the row is there."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "why\t"))]
    return [pytest.param([unescaped(word) for word in words], id=why) for why, *words in rows]


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def roots(text: str) -> tuple[str, ...]:
    return tuple(token.root for token in analyze(text))


def written(text: str) -> list[str]:
    """Return the tokens of a text as they stand in it."""
    return [text[slice(*token.span)] for token in analyze(text)]


@pytest.mark.parametrize("words", table("same_word.tsv"))
def test_spellings_and_forms_of_a_word_share_their_roots(words: list[str]) -> None:
    first, *others = words
    assert roots(first)
    for other in others:
        assert roots(other) == roots(first), other


@pytest.mark.parametrize("words", table("different_words.tsv"))
def test_different_words_stay_apart(words: list[str]) -> None:
    for first, second in itertools.combinations(words, 2):
        assert roots(first) != roots(second)


@pytest.mark.parametrize("locale", ["en", "fa", "fa_AF"])
def test_no_ending_is_cut_from_the_name_of_a_country(locale: str) -> None:
    """A country of one word keeps all its letters, and no two countries become one."""
    countries: dict[str, set[str]] = {}
    for code, name in icu.territory_names(locale).items():
        words = analyze(name)
        countries.setdefault(" ".join(token.root for token in words), set()).add(code)
        if len(words) == 1 and name.isalpha():
            assert words[0].root == words[0].surface
    # Sint Maarten and Saint Martin are one name in Persian.
    assert {root: codes for root, codes in countries.items() if len(codes) > 1 and codes != {"MF", "SX"}} == {}


def test_a_token_says_how_it_is_written_and_in_what_language() -> None:
    assert list(analyze("IOM’s مهاجرین ۱۴۰۰ Ташкент")) == [
        Token("iom", "iom", (0, 5), "en"),
        Token("مهاجرین", "مهاجر", (6, 13), "fa"),
        Token("1400", "1400", (14, 18), ""),
        Token("ташкент", "ташкент", (19, 26), ""),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("😀 IOM 🇦🇫 helps", ["IOM", "helps"]),
        ("👨\u200d👩\u200d👧 پناهنده گان 👍🏽 آمدند", ["پناهنده گان", "آمدند"]),
        ("𐎠𐎡 برنامه‌های IOM", ["𐎠𐎡", "برنامه‌های", "IOM"]),
    ],
)
def test_spans_count_code_points(text: str, words: list[str]) -> None:
    """ICU counts UTF-16 units: behind an emoji its offsets are too large."""
    assert written(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("both sides.The EU", ["both", "sides", "The", "EU"]),
        ("سازمان مهاجرت.وی گفت", ["سازمان", "مهاجرت", "وی", "گفت"]),
        ("مهاجرت(IOM)نماینده", ["مهاجرت", "IOM", "نماینده"]),
        ("anwari_morr", ["anwari", "morr"]),
        ("IOM:UNHCR", ["IOM", "UNHCR"]),
        ("Dec 12,2022", ["Dec", "12", "2022"]),
        ("۱۴۰۰،۱۴۰۱", ["۱۴۰۰", "۱۴۰۱"]),
        ("2019;2020", ["2019", "2020"]),
        ("10\N{NARROW NO-BREAK SPACE}kg", ["10", "kg"]),
        ("۱۴۰۰/۱/۲۶ - ۱۴:۲۰", ["۱۴۰۰", "۱", "۲۶", "۱۴", "۲۰"]),
        ("dchariyev@iom.int", ["dchariyev", "iom", "int"]),
        ("«مهاجرین»، «عودت‌کنندگان»؛", ["مهاجرین", "عودت", "کنندگان"]),
    ],
)
def test_words_with_a_forgotten_space_are_parted(text: str, words: list[str]) -> None:
    assert written(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("کمک‌ها ادامه می یابد", ["کمک‌ها", "ادامه", "می یابد"]),
        ("این کار انجام نمی شود", ["این", "کار", "انجام", "نمی شود"]),
        ("شمار آنان به ۲۵ می رسد", ["شمار", "آنان", "به", "۲۵", "می رسد"]),
        ("۵ می ۲۰۲۱", ["۵", "می", "۲۰۲۱"]),
        ("در ماه می برگزار شد", ["در", "ماه", "می", "برگزار", "شد"]),
        ("در ماه می مقامات آمدند", ["در", "ماه", "می", "مقامات", "آمدند"]),
        ("۲۵ می کمیساریای عالی گفت", ["۲۵", "می", "کمیساریای", "عالی", "گفت"]),
        ("اول می وزارت اعلام کرد", ["اول", "می", "وزارت", "اعلام", "کرد"]),
    ],
)
def test_may_is_no_verb(text: str, words: list[str]) -> None:
    assert written(text) == words


@pytest.mark.parametrize("ending", ["ها", "های", "تر", "گان"])
def test_an_ending_joins_no_word_of_another_line_or_sentence(ending: str) -> None:
    for between in ("\n", "، ", ". ", " - "):
        text = f"مهاجر{between}{ending}"
        assert written(text) == ["مهاجر", ending]


# What pages are made of, and what upsets an analysis: letters of all scripts, marks, separators, emoji, controls.
_WORDS = (
    "مهاجرین مهاجر ها های پناهنده گان عودت کنندگان می نمی شود رسد ام ان ۲۵ 12,345 IOM IOM's U.S. sides.The "
    "migrants Türkiye УВКБ ښار ﷺ 😀 👨\u200d👩\u200d👧 é 日本語 _ . ' ’ , ،"
)
_GAPS = st.sampled_from([" ", " ", " ", ZWNJ, "", "\n", "\t", "\u00a0", "\u202f", "\u200f", ".", "(", "\x00", "\x1b"])
PAGES = st.lists(st.tuples(st.sampled_from(_WORDS.split()), _GAPS), max_size=12).map(
    lambda parts: "".join(map("".join, parts))
)
ANY_TEXT = st.one_of(st.text(st.characters(), max_size=40), PAGES)  # lone surrogates included


@settings(max_examples=400)
@given(ANY_TEXT)
def test_tokens_stand_in_the_text_one_after_another(text: str) -> None:
    end = 0
    for token in analyze(text):
        assert end <= token.span.start < token.span.end <= len(text)
        end = token.span.end
        # Engines take terms joined by spaces.
        assert token.surface
        assert token.root
        assert not re.search(r"\s", token.surface + token.root)


@settings(max_examples=300)
@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = icu.fold(text)
    assert icu.fold(folded) == folded


def test_folding_any_character_twice_changes_nothing() -> None:
    for code in itertools.chain(range(0xD800), range(0xE000, 0x20000)):
        folded = icu.fold(chr(code))
        assert icu.fold(folded) == folded, hex(code)


@settings(max_examples=300)
@given(st.from_regex(icu._FOLDED, fullmatch=True))
def test_what_is_passed_by_would_not_change(text: str) -> None:
    assert icu._icu.folding.transliterate(text) == text


@settings(max_examples=300)
@given(PAGES)
def test_a_persian_surface_is_the_word_as_written(text: str) -> None:
    """Only spelling is folded: highlighting shows the very word that was found."""
    for token in analyze(text):
        if token.language == "fa":
            literal = icu.fold(text[slice(*token.span)]).replace(ZWNJ, "")
            assert "".join(literal.split()) == token.surface


@settings(max_examples=200)
@given(PAGES)
def test_an_emoji_before_a_text_moves_its_tokens_by_one(text: str) -> None:
    after = [(token.root, token.span.start - 2, token.span.end - 2) for token in analyze("😀\n" + text)]
    assert after == [(token.root, *token.span) for token in analyze(text)]


@pytest.mark.parametrize("name", ["persian_lexicon.txt", "persian_compounds.txt", "towns.txt"])
def test_a_list_of_words_is_kept_folded(name: str) -> None:
    words = persian_words.lines(name)
    assert words
    assert icu.fold("\n".join(words)).split("\n") == words


# Of every class of UAX #29: letters, marks, joiners, signs between letters and digits, scripts without spaces, flags.
_CLASSES = st.sampled_from(
    "aZ1۲ابي\u0622אカあ漢ไทยʼ❤👍🏽😀🇦🇫ℹ'\u2019\".,:;_\u066b\u066c،-/\u0301\u064b\u0903\u200c\u200d\u00ad\u202f\uff9e"
)
_SPACED = st.lists(st.one_of(_CLASSES, _CLASSES, st.sampled_from(" \n\t\r\u00a0")), max_size=20).map("".join)


@settings(max_examples=400)
@given(_SPACED)
def test_boundaries_within_a_run_are_those_of_the_text(text: str) -> None:
    """Runs between spaces are analysed one by one: ICU must part each as it parts the whole text."""
    boundaries = icu.boundaries(text)
    for run in re.finditer("[^ \n\t\r\u00a0]+", text):
        within = [end for end in boundaries if run.start() < end < run.end()]
        assert [run.start() + end for end in icu.boundaries(run[0])][:-1] == within


_SIGNS = st.text("!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~«»،؛؟…–—‘’“”", max_size=3)
_LETTERS = st.one_of(*(st.text(letters, min_size=1, max_size=4) for letters in ("azAZ", "اآءيكپۀےة", "019", "۰۱۹")))


@settings(max_examples=400)
@given(_SIGNS, _LETTERS, _SIGNS)
def test_icu_parts_signs_from_the_word_that_they_stand_around(before: str, word: str, after: str) -> None:
    """The words of such runs are found without ICU, and must be those that it finds."""
    start, end = len(before), len(before) + len(word)
    boundaries = [0, *icu.boundaries(before + word + after)]
    assert [place for place in boundaries if start <= place <= end] == [start, end]
    assert [token.span for token in analyze(before + word + after)] == [(start, end)]


@settings(max_examples=300)
@given(st.lists(ANY_TEXT.map(lambda text: text.replace("\n", "")), max_size=5))
def test_words_are_folded_together_as_one_by_one(words: list[str]) -> None:
    assert icu.fold_each(words) == [icu.fold(word) for word in words]


@settings(max_examples=200)
@given(PAGES)
def test_columns_are_those_of_the_tokens(text: str) -> None:
    tokens = analyze(text)
    assert tokens[:] == tuple(tokens) == tuple(tokens[place] for place in range(len(tokens)))
    columns = zip(tokens.surfaces, tokens.roots, tokens.languages, strict=True)
    assert list(columns) == [(token.surface, token.root, token.language) for token in tokens]


def test_what_was_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"پناهنده گان می‌شوند، re-integration {number} of IOM’s" for number in range(200)]
    before = [analyze(text) for text in texts]
    monkeypatch.setattr(analyzer, "_REMEMBERED", 20)
    analyzer.forget()
    assert [analyze(text) for text in texts] == before


def test_threads_analyse_as_one_does() -> None:
    """ICU objects and stemmers keep a state: shared between threads they mix up texts.

    Every thread meets new words, so that none is only looked up.
    """
    words = ["universities", "ﺍﻓﻐﺎﻧﺴﺘﺎﻥ", "کتاب‌هایشان", "Türkiye’s", "بازرسان", "۱۲٬۳۴۵", "recognised", "می‌شوند"]

    def texts(thread: int) -> list[str]:
        names = (f"{chr(97 + thread)}{chr(97 + number % 26)}{chr(97 + number // 26)}" for number in range(200))
        return [
            f"😀 {name}ing {name}ations’ {words[number % 8]} {name}{words[number % 8]} پناهنده گان می شوند"
            for number, name in enumerate(names)
        ]

    together_at = threading.Barrier(8)

    def run(thread: int) -> list[Tokens]:
        together_at.wait()
        return [analyze(text) for text in texts(thread)]

    analyzer.forget()
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(max_workers=8) as threads:
            together = list(threads.map(run, range(8)))
    finally:
        sys.setswitchinterval(interval)
    analyzer.forget()
    assert together == [[analyze(text) for text in texts(thread)] for thread in range(8)]
