"""What documents hold must not reach a terminal as commands, nor stdout as JSON that commands it."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migsearch.terminal.safety import clean, clean_spans
from migsearch.terminal.structured import dumps

hostile = st.text(
    st.one_of(
        st.characters(),  # surrogates among them
        st.sampled_from("\x1b\x07\x7f\x9b\r\n\t\u061c\u200c\u200d\u200e\u202e\u2028\u2066\ufeff\u0600"),
    )
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\x1b[31mred", "\ufffd[31mred"),
        ("\x9b31mred", "\ufffd31mred"),
        ("\x1b]0;title\x07", "\ufffd]0;title\ufffd"),
        ("one\r\ntwo\tthree\n\n four\u2028five", "one two three  four five"),
        ("\u202eevil\u202c \u2066x\u2069\u200f\u061c", "evil x"),
        ("می\u200cرود", "می\u200cرود"),
        ("می\u200c\u200c\u200c\u200e\u200cرود", "می\u200cرود"),
        ("سّٰ", "سّٰ"),
        ("س" + "\u064e\u200e" * 500 + "ل", "س" + "\u064e" * 8 + "ل"),
        ("س" + "\u200c\u064e" * 500 + "ل", "س" + "\u200c\u064e" * 4 + "ل"),
        ("\u0600۱", "\u0600۱"),  # ARABIC NUMBER SIGN is drawn
        ("a\ud800b", "a\ufffdb"),
        ("[bold]x[/bold] :smile:", "[bold]x[/bold] :smile:"),
    ],
)
def test_clean(text: str, printed: str) -> None:
    assert clean(text) == printed


@given(hostile)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for character in clean(text):
        category = unicodedata.category(character)
        assert category not in ("Cc", "Cs", "Zl", "Zp")
        assert category != "Cf" or character in "\u200c\u200d" or unicodedata.bidirectional(character) == "AN"


@given(hostile)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.data())
def test_spans_follow_their_characters(data: st.DataObject) -> None:
    text = data.draw(hostile)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cleaned, [(moved_start, moved_end)] = clean_spans(text, [(start, end)])
    assert cleaned == clean(text)
    # An "x" on each side keeps spaces from merging across the cut.
    assert cleaned[moved_start:moved_end].strip() == clean(text[start:end]).strip()
    assert 0 <= moved_start <= moved_end <= len(cleaned)


@given(hostile)
def test_json_says_the_same_without_commanding_a_terminal(text: str) -> None:
    line = dumps({"title": text})
    line.encode()
    assert json.loads(line) == {"title": text}
    for character in line.replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
        )
    assert "\\u06" not in dumps({"title": "مهاجرت"})
