"""Joining and reordering: checked against ICU, the reshaper's own function, and a table to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, islice

import icu
import pytest
from arabic_reshaper import ArabicReshaper
from hypothesis import given, settings
from hypothesis import strategies as st

from migsearch import Index
from migsearch.terminal.bidi import Base, base_direction, is_turned, reorder, turned_words, visual_line
from migsearch.terminal.safety import clean
from migsearch.terminal.shaping import Glyph, clusters, shape

LETTERS = "ابلآأإیکگپچژدرزوهةۀئءؤ"
MARKS = "\N{ARABIC FATHA}\N{ARABIC SHADDA}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
bases = st.sampled_from(["L", "R"])
mixed = st.text("abZ " + LETTERS + "אב.,:;()[]{}«»+-/%#$0123۱۲٤٥\u0640!?<>\N{NO-BREAK SPACE}", max_size=30)
arabic = st.text(LETTERS + MARKS + " ۱ab\N{ZERO WIDTH NON-JOINER}\N{ARABIC TATWEEL}", max_size=30)


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
        ("پښتو", "R", "ﻮﺘښﭘ"),  # Pashto letters have no forms; their neighbours reach out to them
        ("څوک ډېر", "R", "ﺮﯦډ ﮎﻮڅ"),
        ("زموږ ځای", "R", "ﯼﺎځ ږﻮﻣﺯ"),
        ("هغوی ښځې", "R", "ﯥځښ ﯼﻮﻐﻫ"),
        ("کړۍ", "R", "ۍړﮐ"),
        ("«خبر»", "R", "«ﺮﺒﺧ»"),
        ("IOM.", "R", ".IOM"),
        ("ه‍.ش", "R", "ﺵ.ﻫ"),  # a joiner without a neighbour still joins
        ("plain (text)", "L", "plain (text)"),
        ("", "R", ""),
    ],
)
def test_what_a_terminal_that_does_not_reorder_is_sent(text: str, base: Base, seen: str) -> None:
    assert "".join(glyph.letter + glyph.marks for glyph in visual_line(text, base)) == seen


@given(mixed.filter(bool), bases)
def test_order_and_mirroring_are_those_of_icu(text: str, base: Base) -> None:
    bidi, logical = icu.Bidi(), icu.UnicodeString(text)  # ICU keeps no copy of the text
    bidi.setPara(logical, 0 if base == "L" else 1)
    glyphs = reorder(clusters(text), base)
    assert [glyph.start for glyph in glyphs] == list(bidi.getVisualMap())
    assert "".join(glyph.letter for glyph in glyphs) == str(bidi.writeReordered(icu.Bidi.DO_MIRRORING))


# What a person reads.

PERSIAN = st.sampled_from(["سلام", "مهاجرت", "لازم", "و", "المللی", "«خبر»", "است.", "یا؟", "سَلامِ"])
LATIN = st.sampled_from(["IOM", "Kabul", "a", "re-entry"])
NUMBERS = st.sampled_from(["۱۲", "۱۴۰۰/۱/۲۶", "12"])


def unshaped(glyphs: Sequence[Glyph], text: str) -> str:
    """Return what is seen, letter by letter from left to right; of lam-alef, the alef stands left with its marks."""
    seen = ""
    for glyph in glyphs:
        letters = unicodedata.normalize("NFKC", glyph.letter)
        if len(letters) == 1:
            seen += letters + glyph.marks
        else:
            lam, alef = clusters(text[glyph.start : glyph.end])
            assert letters == lam.letter + alef.letter
            seen += alef.letter + alef.marks + lam.letter + lam.marks
    return seen


def read_back(seen: str, base: Base) -> str:
    """Return what somebody reads who sees letters in this order, by ICU's inverse of the algorithm."""
    bidi, visual = icu.Bidi(), icu.UnicodeString(seen)
    bidi.setInverse(True)
    bidi.setPara(visual, 0 if base == "L" else 1)
    return str(bidi.writeReordered(icu.Bidi.DO_MIRRORING | icu.Bidi.KEEP_BASE_COMBINING))


@settings(max_examples=60)
@given(st.lists(st.one_of(PERSIAN, LATIN), max_size=8).map(" ".join), bases)
def test_what_is_read_is_what_was_written(text: str, base: Base) -> None:
    assert read_back(unshaped(visual_line(text, base), text), base) == text


@settings(max_examples=40)
@given(
    st.lists(st.tuples(PERSIAN, NUMBERS, PERSIAN), max_size=3).map(lambda parts: " ".join(" ".join(p) for p in parts))
)
def test_numbers_are_read_where_they_were_written(text: str) -> None:
    # Beside a Latin word there are two ways to read a number, of which nobody knows which was written.
    assert read_back(unshaped(visual_line(text, "R"), text), "R") == text


def seen_by_icu(text: str, base: Base) -> str:
    bidi, logical = icu.Bidi(), icu.UnicodeString(text)
    bidi.setPara(logical, 0 if base == "L" else 1)
    keep = icu.Bidi.DO_MIRRORING | icu.Bidi.KEEP_BASE_COMBINING | icu.Bidi.REMOVE_BIDI_CONTROLS
    return re.sub("[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]", "", str(bidi.writeReordered(keep)))


def compare_with_icu(index: Index, most: int) -> int:
    """Compare each title, and the first lines of each text, as they are seen, with ICU; return how many."""
    compared = 0
    for hit in index.search("", limit=1_000, snippets=False):
        document = hit.document
        lines = [line[:100] for line in document.text.split("\n") if line]
        for line in (document.title, *islice(lines, most)):
            base = base_direction(line, document.language)
            line = unicodedata.normalize("NFKC", clean(line))
            assert unshaped(visual_line(line, base), line) == seen_by_icu(line, base)
            compared += 1
    return compared


def test_titles_of_the_corpus_are_seen_as_icu_orders_them(corpus_index: Index) -> None:
    assert compare_with_icu(corpus_index, 3) > 66


def test_titles_of_the_seeds_are_seen_as_icu_orders_them(seeds_index: Index) -> None:
    assert compare_with_icu(seeds_index, 20) > 5


# What a terminal does that turns each word, and what it must be sent.


def turned_by_kitty(sent: str) -> str:
    """Return what kitty shows: each run of Arabic script with a letter in it turned; joiners have no cell."""
    shown = ""
    for turned, word in groupby(clusters(sent, joiners=True), key=is_turned):
        glyphs = list(word)
        if turned and any(unicodedata.bidirectional(glyph.letter) in ("R", "AL") for glyph in glyphs):
            glyphs.reverse()
        shown += "".join(glyph.letter + glyph.marks for glyph in glyphs)
    return re.sub("[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]", "", shown)


@settings(max_examples=60)
@given(st.one_of(mixed, arabic), bases)
def test_words_that_a_terminal_turns_are_seen_as_in_visual_order(text: str, base: Base) -> None:
    text = re.sub(f"(^|(?<= ))[{MARKS}\N{ZERO WIDTH NON-JOINER}]+", "", text)  # which would stand on no letter
    text = re.sub(f"(?<=\N{ZERO WIDTH NON-JOINER})[{MARKS}]+", "", text)
    sent = "".join(glyph.letter + glyph.marks for glyph in turned_words(text, base))
    assert turned_by_kitty(sent) == "".join(glyph.letter + glyph.marks for glyph in reorder(clusters(text), base))


def test_a_joiner_goes_with_its_word_to_a_terminal_that_joins() -> None:
    sent = turned_words("کتاب می\N{ZERO WIDTH NON-JOINER}رود", "R")
    assert "".join(glyph.letter + glyph.marks for glyph in sent) == "می\N{ZERO WIDTH NON-JOINER}رود کتاب"


@given(arabic)
def test_letters_join_as_the_reshaper_joins_them(text: str) -> None:
    reshaper = ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})
    bare = "".join(character for character in text if unicodedata.category(character) != "Mn")
    assert "".join(glyph.letter for glyph in shape(bare)) == reshaper.reshape(bare)


@given(arabic)
def test_glyphs_stand_for_all_characters_once_and_in_order(text: str) -> None:
    ends = [0, *(glyph.end for glyph in shape(text))]
    assert [glyph.start for glyph in shape(text)] == ends[:-1]
    assert ends[-1] == len(text)


@given(arabic, bases)
def test_undoing_shape_and_order_gives_back_the_letters(text: str, base: Base) -> None:
    glyphs = sorted(visual_line(text, base), key=lambda glyph: glyph.start)
    unshaped = unicodedata.normalize("NFKC", "".join(glyph.letter + glyph.marks for glyph in glyphs))
    visible = re.sub(f"\N{ZERO WIDTH NON-JOINER}[{MARKS}]*", "", text)  # a mark has no place on a joiner
    assert sorted(unshaped) == sorted(unicodedata.normalize("NFKC", visible))


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
