"""Paragraphs: width, alignment, styles on the right cells, carets under the right characters."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from migsearch.terminal.bidi import visual_line
from migsearch.terminal.layout import Paragraph, Pointed, ordered_text
from migsearch.terminal.safety import MOST_MARKS, clean

if TYPE_CHECKING:
    from migsearch.terminal.bidi import Base
    from migsearch.terminal.modes import Mode

words = st.lists(st.text("سلامنجهپبیabc(0۱ًّ", min_size=1, max_size=25), max_size=15).map(" ".join)
PERSIAN = "میثاق جهانی برای مهاجرت مصون (IOM)، منظم و قانونمند در مراکش تصویب شد."


def printed(paragraph: Paragraph | Pointed, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        console.print(paragraph)
    return captured.get().splitlines()


def test_persian_in_forty_columns() -> None:
    assert printed(Paragraph(Text(PERSIAN), "visual", "R", " 1. "), 40) == [
        " 1.  ،(IOM) ﻥﻮﺼﻣ ﺕﺮﺟﺎﻬﻣ ﯼﺍﺮﺑ ﯽﻧﺎﻬﺟ ﻕﺎﺜﯿﻣ",
        "      .ﺪﺷ ﺐﯾﻮﺼﺗ ﺶﮐﺍﺮﻣ ﺭﺩ ﺪﻨﻤﻧﻮﻧﺎﻗ ﻭ ﻢﻈﻨﻣ",
    ]


def test_logical_text_is_wrapped_and_left_alone() -> None:
    lines = printed(Paragraph(Text(PERSIAN), "logical", "R"), 40)
    assert " ".join(lines) == PERSIAN


WAYS: list[Mode] = ["logical", "visual", "words", "implicit"]
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
wide = st.lists(
    st.sampled_from(
        [
            "سلام ",
            "می\u200cرود",
            "اَلّ",
            "abc ",
            "한국",
            "\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}",
            FAMILY,
            "e\u0301",
        ]
    ),
    max_size=15,
).map("".join)


@given(st.one_of(words, wide), st.integers(8, 50), st.sampled_from(WAYS), st.sampled_from(["L", "R"]))
def test_no_line_is_wider_than_the_terminal(text: str, width: int, mode: Mode, base: Base) -> None:
    lines = printed(Paragraph(Text(text), mode, base, " 1. "), width)
    assert all(cell_len(line) <= width for line in lines)
    # Nor is a line cut: what was wrapped is all there, of each lam-alef a cell less at most.
    shown = sum(map(cell_len, "".join(lines).removeprefix(" 1. ").split()))
    assert 0 <= sum(map(cell_len, text.split())) - shown <= (text.count("ل") if mode == "visual" else 0)


@pytest.mark.parametrize("mode", WAYS)
@pytest.mark.parametrize(
    "word", ["سلام" * 2_500, "a" * 10_000, "س" + "\u064e" * 10_000, "س\u200c" * 3_000, "\u200c" * 10_000, FAMILY * 500]
)
def test_a_word_without_end_stays_within_its_lines(word: str, mode: Mode) -> None:
    lines = printed(Paragraph(Text(clean(word)), mode, "R", "12. "), 40)
    assert all(cell_len(line) <= 40 for line in lines)
    assert all(len(line) <= 40 * (MOST_MARKS + 1) for line in lines)
    assert not any(unicodedata.category(line.lstrip()[0]) == "Mn" for line in lines[1:] if line.strip())


def test_a_word_that_a_terminal_turns_is_marked_whole() -> None:
    line = Text("دفتر سلامتی (IOM)")
    line.stylize("bold", 5, 9)
    sent = ordered_text(line, "words", "R", 0)
    assert sent.plain == "(IOM) سلامتی دفتر"
    assert [sent.plain[span.start : span.end] for span in sent.spans] == ["سلامتی"]


@pytest.mark.parametrize("base", ["L", "R"])
def test_an_emoji_of_several_stays_one(base: Base) -> None:
    assert FAMILY in ordered_text(Text(f"سلام {FAMILY} سلام"), "visual", base, 0).plain


@settings(max_examples=60)
@given(st.data(), words, st.sampled_from(["L", "R"]))
def test_a_marked_cell_shows_a_marked_letter(data: st.DataObject, text: str, base: Base) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line = Text(text)
    line.stylize("bold", start, end)
    marked = {i for span in ordered_text(line, "visual", base, 0).spans for i in range(span.start, span.end)}
    place = 0
    for glyph in visual_line(text, base):
        cells = range(place, place + len(glyph.letter + glyph.marks))
        shows = any(start <= i < end for i in range(glyph.start, glyph.end))
        assert marked.issuperset(cells) if shows else marked.isdisjoint(cells)
        place = cells.stop


@given(words, st.integers(8, 50))
def test_right_to_left_lines_end_at_the_right_edge(text: str, width: int) -> None:
    for line in printed(Paragraph(Text(text), "visual", "R"), width):
        assert not line or cell_len(line) == width


@given(words, st.integers(8, 50))
def test_no_letter_is_lost_in_wrapping(text: str, width: int) -> None:
    def letters(string: str) -> list[str]:
        return sorted(unicodedata.normalize("NFKC", string).replace(" ", ""))

    mirrored = str.maketrans("()", "((")
    lines = printed(Paragraph(Text(text), "visual", "R"), width)
    assert letters("".join(lines).translate(mirrored)) == letters(text.translate(mirrored))


@given(st.data(), words, st.sampled_from(["L", "R"]))
def test_styled_cells_show_the_styled_characters(data: st.DataObject, text: str, base: Base) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line = Text(text)
    line.stylize("bold", start, end)
    visual = ordered_text(line, "visual", base, 0)
    styled = "".join(visual.plain[span.start : span.end] for span in visual.spans)
    wanted = unicodedata.normalize("NFKC", text[start:end]).translate(str.maketrans("()", "(("))
    shown = unicodedata.normalize("NFKC", styled).translate(str.maketrans("()", "(("))
    # A mark carries its letter along, and one letter of lam-alef the other: more may be styled, never less.
    assert not [c for c in set(wanted) if wanted.count(c) > shown.count(c)]
    assert len(shown) - len(wanted) <= 2 * 4


def test_a_gutter_that_leaves_no_room_stands_above() -> None:
    paragraph = Paragraph(Text("root and branch"), "logical", gutter=" 1.00  surface     ")
    assert printed(paragraph, 20) == [" 1.00  surface", "  root and branch"]


def test_half_a_ligature_is_the_whole_cell() -> None:
    line = Text("سلام")
    line.stylize("bold", 1, 2)  # the lam
    visual = ordered_text(line, "visual", "R", 0)
    assert [visual.plain[span.start : span.end] for span in visual.spans] == ["ﻼ"]


@pytest.mark.parametrize(
    ("query", "span", "mode", "lines"),
    [
        ('returns "home', (8, 9), "visual", ['returns "home', "        ^"]),
        ("(IOM AND", (8, 8), "visual", ["(IOM AND", "        ^"]),  # what is missing: right of the end
        ("سلام OR", (5, 7), "visual", ["ﻡﻼﺳ OR", "    ^^"]),
        ("سلام خوب", (0, 4), "visual", ["ﺏﻮﺧ ﻡﻼﺳ", "    ^^^"]),
        ("سلام خوب", (0, 4), "logical", ["سلام خوب", "    ^^^^"]),  # where the terminal will show it
    ],
)
def test_carets(query: str, span: tuple[int, int], mode: Mode, lines: list[str]) -> None:
    assert printed(Pointed(query, span, mode), 40) == ["  " + line for line in lines]


def test_carets_of_a_query_longer_than_the_line() -> None:
    lines = printed(Pointed("migration and asylum in (Kabul", (24, 25), "visual"), 22)
    assert lines == ["  migration and asylum", "  in (Kabul", "     ^"]


def test_carets_under_a_cleaned_query() -> None:
    assert printed(Pointed("a\u202eb\x1b(", (3, 4), "visual"), 40) == ["  ab\ufffd(", "    ^"]
