"""Pages taken apart: the golden pages of pages/, the ends of lines, and that no line of any page is lost."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migsearch import analyze
from migsearch.ingest.page import Page, clean, take_apart


@dataclass(frozen=True)
class Golden:
    """A page of pages/: why it is there, the page, and its parts."""

    why: str
    page: str
    parts: Page


def golden(path: Path) -> Golden:
    """Read a file of pages/: a line that says why, then the page and its four parts, each below its heading."""
    why, *sections = re.split(r"^=== (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names, texts = sections[::2], [text.removesuffix("\n") for text in sections[1::2]]
    assert names == ["page", "title", "text", "head", "tail"], path
    page, *parts = texts
    return Golden(why.strip(), page, Page(*parts))


PAGES = {path.stem: golden(path) for path in sorted(Path(__file__).with_name("pages").glob("*.txt"))}
each_page = pytest.mark.parametrize("name", PAGES)


@each_page
def test_a_page_is_taken_apart_as_a_reader_would(name: str) -> None:
    assert take_apart(PAGES[name].page) == PAGES[name].parts, PAGES[name].why


@each_page
@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}", " \t \n"])
def test_the_end_of_a_line_makes_no_difference(name: str, end: str) -> None:
    assert take_apart(PAGES[name].page.replace("\n", end)) == take_apart(PAGES[name].page)


@each_page
def test_control_characters_make_no_difference(name: str) -> None:
    page = "\ufeff" + "".join(f"{character}\x1b\x00" for character in PAGES[name].page) + "\x7f\x9b"
    assert take_apart(page) == take_apart(PAGES[name].page)


@each_page
@pytest.mark.parametrize("spelling", ["arabic", "no zwnj", "decomposed", "capitals"])
def test_the_spelling_of_a_page_makes_no_difference(name: str, spelling: str) -> None:
    """Cue words and repeated titles are found however they are written."""
    original = PAGES[name].page

    def spelled(text: str) -> str:
        if spelling == "arabic":
            letters = {"ی": "\N{ARABIC LETTER YEH}", "ک": "\N{ARABIC LETTER KAF}"}
            return text.translate(str.maketrans(letters))
        if spelling == "no zwnj":
            return text.replace("\N{ZERO WIDTH NON-JOINER}", " ")
        return unicodedata.normalize("NFD", text) if spelling == "decomposed" else text.upper()

    parts = take_apart(original)
    expected = Page(spelled(parts.title), spelled(parts.text), spelled(parts.head), spelled(parts.tail))
    assert take_apart(spelled(original)) == expected


@each_page
def test_space_around_lines_makes_no_difference(name: str) -> None:
    page = "\n\n\n" + "\n".join(f" \u00a0{line}\t " for line in PAGES[name].page.split("\n")) + "\n\n"
    assert take_apart(page) == take_apart(PAGES[name].page)


@pytest.mark.parametrize("cue", ["Latest news", "RELATED ARTICLES:", "تازه ترین خبر", "تازه‌ترین خبر", "بیشتر بخوانید:"])
def test_what_follows_a_cue_is_no_part_of_the_article(cue: str) -> None:
    article = (
        "The delegation of the ministry met the representatives of the agency in Kabul on Sunday to speak about the "
        "return of families from the neighbouring countries."
    )
    teaser = article.replace("Kabul", "Herat")
    page = take_apart(f"A meeting in Kabul\n\n{article}\n\n{cue}\n\nA meeting in Herat\n\n{teaser}")
    assert (page.title, page.text) == ("A meeting in Kabul", article)
    assert teaser in page.tail


@pytest.mark.parametrize("text", ["", "\n\n\n", " \t\u00a0\r\n", "\x00\x1b\ufeff", "***", "۱۲۳"])
def test_a_page_without_words_has_no_title_and_no_text(text: str) -> None:
    page = take_apart(text)
    assert (page.title, page.text, page.tail) == ("", "", "")


def test_cleaning_keeps_what_is_written() -> None:
    assert clean("a\r\nb\x0bc \x1b[31mred\x07\x00\u202b\u200c") == "a\nb\nc [31mred\u202b\u200c"


# Lines in the manner of pages, in any order and number.
_LINES = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                "",
                "***",
                "Home",
                "News",
                "1204",
                "1.",
                "12 March 2021",
                "پنجشنبه ۱۴۰۰/۱/۲۶ - ۱۴:۲۰",
                "Home > News > Local",
            ),
            *("A title of a page", "A TITLE OF A PAGE", "عنوان یک صفحه", "عنوان يك صفحه", "Title with a full stop."),
            *("Latest news", "تازه ترین خبر", "Contact: press office", "Share", "anwari_morr", "cut in the mid"),
            "A paragraph that goes on and on, with more than sixteen words, so that no one takes it for a title.",
            "این پاراگراف آن قدر دراز است که هیچ کس آن را عنوان نمی‌پندارد، چون بیش از شانزده واژه دارد و پایان می‌یابد.",
            "word " * 40,
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@settings(max_examples=500)
@given(st.lists(_LINES, max_size=14).map("\n".join))
def test_no_line_is_lost_and_none_is_doubled(text: str) -> None:
    page = take_apart(text)
    lines = Counter(line.strip() for line in clean(text).split("\n") if line.strip())
    found = Counter(line for part in (page.title, page.text, page.head, page.tail) for line in part.split("\n") if line)
    assert found <= lines
    # Only a title that comes again is left out.
    for line in lines - found:
        assert page.title
        assert surfaces(line) == surfaces(page.title)


@settings(max_examples=200)
@given(st.lists(_LINES, max_size=14).map("\n".join))
def test_parts_keep_the_order_of_the_page(text: str) -> None:
    page = take_apart(text)
    lines = [line.strip() for line in clean(text).split("\n")]
    for part in (page.text, page.head, page.tail):
        rest = iter(lines)
        assert all(line in rest for line in part.split("\n") if line)


def surfaces(line: str) -> list[str]:
    return [token.surface for token in analyze(line)]


_BODY = """Council hands out blankets to two hundred families

The council handed out blankets and food to two hundred families who live in tents in the west of the country.

It will go on until the spring, its spokesman said on Monday in a meeting with the elders of the place."""
_PERSIAN_BODY = """توزیع کمپل برای دو صد خانواده در غرب کشور

شورای محلی برای دو صد خانواده که در غرب کشور در خیمه به سر می‌برند، کمپل و مواد خوراکی توزیع کرده است.

سخنگوی شورا روز دوشنبه در نشست با بزرگان محل گفت که این روند تا بهار ادامه خواهد داشت."""


@pytest.mark.parametrize(
    ("body", "end"),
    [(_BODY, end) for end in ("The minister", "Their chil", "He said", "According to the Counc", "“We will", "On Mon")]
    + [(_PERSIAN_BODY, end) for end in ("به گفته م", "وی افزو", "این در حالی است که", "سخنگوی شورا همچنین گ")]
    + [(_PERSIAN_BODY, end) for end in ("نوموړي زیاته", "د یادونې وړ ده، چې")],
)
def test_a_page_that_was_cut_keeps_the_beginning_of_its_last_sentence(body: str, end: str) -> None:
    assert take_apart(f"{body}\n\n{end}").text.endswith(end)


@pytest.mark.parametrize(
    ("body", "end"),
    [
        (_BODY, end)
        for end in ("Popular", "Print\nShare", "In other news", "Follow the council on social media for more")
    ]
    + [
        (_PERSIAN_BODY, end)
        for end in ("دیدگاه", "سایت را در شبکه‌های اجتماعی دنبال کنید", "همچنان بخوانید", "نور ولولئ: بل خبر")
    ],
)
def test_what_a_site_asks_of_its_readers_is_no_end_of_an_article(body: str, end: str) -> None:
    assert take_apart(f"{body}\n\n{end}").text.endswith(body[-20:])
