"""Joining and reordering: checked against ICU, the reshaper's own function, and a table to read."""

from __future__ import annotations

import re
import unicodedata

import icu
import pytest
from arabic_reshaper import ArabicReshaper
from hypothesis import given, settings
from hypothesis import strategies as st

from migsearch.terminal.bidi import Base, base_direction, reorder, visual_line
from migsearch.terminal.shaping import Glyph, clusters, shape

LETTERS = "ابلآأإیکگپچژدرزوهةۀئءؤ"
MARKS = "\N{ARABIC FATHA}\N{ARABIC SHADDA}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
bases = st.sampled_from(["L", "R"])
mixed = st.text("abZ " + LETTERS + "אב.,:;()[]{}«»+-/%#$0123۱۲٤٥\u0640!?<>\N{NO-BREAK SPACE}", max_size=30)
arabic = st.text(LETTERS + MARKS + " ۱ښټab\N{ZERO WIDTH NON-JOINER}\N{ARABIC TATWEEL}", max_size=30)


@pytest.mark.parametrize(
    ("text", "base", "seen"),
    [
        ("سلام", "R", "ﻡﻼﺳ"),  # lam-alef is one glyph
        ("سَلام", "R", "ﻡﻼﺳَ"),  # the mark stays on its letter, after it
        ("می‌رود", "R", "ﺩﻭﺭﯽﻣ"),  # the joiner parts the letters and is gone
        ("۱۴۰۰/۱/۲۶", "R", "۱۴۰۰/۱/۲۶"),
        ("سازمان (IOM) در", "R", "ﺭﺩ (IOM) ﻥﺎﻣﺯﺎﺳ"),
        ("IOM (سازمان) in", "L", "IOM (ﻥﺎﻣﺯﺎﺳ) in"),
        ("کابل IOM (UN) است", "R", "ﺖﺳﺍ IOM (UN) ﻞﺑﺎﮐ"),  # without N0: IOM (UN ( ...
        ("«خبر»", "R", "«ﺮﺒﺧ»"),
        ("IOM.", "R", ".IOM"),
        ("ه‍.ش", "R", "ﺵ.ﻫ"),  # a joiner without a neighbour still joins
        ("plain (text)", "L", "plain (text)"),
        ("", "R", ""),
    ],
)
def test_what_a_terminal_that_does_not_reorder_is_sent(text: str, base: Base, seen: str) -> None:
    assert "".join(glyph.letter + glyph.marks for glyph in visual_line(text, base)) == seen


@settings(deadline=None)
@given(mixed.filter(bool), bases)
def test_order_and_mirroring_are_those_of_icu(text: str, base: Base) -> None:
    bidi, logical = icu.Bidi(), icu.UnicodeString(text)  # ICU keeps no copy of the text
    bidi.setPara(logical, 0 if base == "L" else 1)
    glyphs = reorder(clusters(text), base)
    assert [glyph.start for glyph in glyphs] == list(bidi.getVisualMap())
    assert "".join(glyph.letter for glyph in glyphs) == str(bidi.writeReordered(icu.Bidi.DO_MIRRORING))


@settings(deadline=None)
@given(arabic)
def test_letters_join_as_the_reshaper_joins_them(text: str) -> None:
    reshaper = ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})
    bare = "".join(character for character in text if unicodedata.category(character) != "Mn")
    assert "".join(glyph.letter for glyph in shape(bare)) == reshaper.reshape(bare)


@settings(deadline=None)
@given(arabic)
def test_glyphs_stand_for_all_characters_once_and_in_order(text: str) -> None:
    ends = [0, *(glyph.end for glyph in shape(text))]
    assert [glyph.start for glyph in shape(text)] == ends[:-1]
    assert ends[-1] == len(text)


@settings(deadline=None)
@given(arabic, bases)
def test_undoing_shape_and_order_gives_back_the_letters(text: str, base: Base) -> None:
    glyphs = sorted(visual_line(text, base), key=lambda glyph: glyph.start)
    unshaped = unicodedata.normalize("NFKC", "".join(glyph.letter + glyph.marks for glyph in glyphs))
    visible = re.sub(f"\N{ZERO WIDTH NON-JOINER}[{MARKS}]*", "", text)  # a mark has no place on a joiner
    assert sorted(unshaped) == sorted(unicodedata.normalize("NFKC", visible))


@settings(deadline=None)
@given(st.text(max_size=40), bases)
def test_no_text_at_all_breaks_it(text: str, base: Base) -> None:
    for glyph in visual_line(text, base):
        assert 0 <= glyph.start < glyph.end <= len(text)


def test_the_marks_of_a_ligature_are_kept() -> None:
    assert shape("لَاً") == [Glyph("ﻻ", "\N{ARABIC FATHA}\N{ARABIC FATHATAN}", 0, 4)]


@pytest.mark.parametrize(
    ("text", "language", "base"),
    [
        ("IOM در کابل", "fa", "R"),
        ("IOM در کابل", "", "L"),
        ("«کابل» is a city", "en", "L"),
        ("«کابل» is a city", "und", "R"),
        ("Kabul, 12 May.", "fa", "L"),  # an English paragraph on a Persian page
        ("۱۴۰۰", "fa", "R"),
        ("12", "", "L"),
        ("", "", "L"),
    ],
)
def test_direction_of_a_paragraph(text: str, language: str, base: Base) -> None:
    assert base_direction(text, language) == base
