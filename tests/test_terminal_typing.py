"""What is typed at the prompt: Persian in its order, the cursor in its place, colours, and what Tab offers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import Transformation, TransformationInput
from prompt_toolkit.output import DummyOutput

from migsearch import Index
from migsearch.terminal.completion import SessionCompleter
from migsearch.terminal.filters import Filters
from migsearch.terminal.keys import key_bindings
from migsearch.terminal.modes import Mode
from migsearch.terminal.screen import Screen
from migsearch.terminal.session import Session
from migsearch.terminal.typed import Syntax, VisualOrder

WIDTH = 20


def shown(line: str, width: int = 80, mode: Mode = "visual", prompt: int = 0) -> tuple[str, Transformation]:
    document = Document(line)
    control = BufferControl(Buffer())
    given = TransformationInput(control, document, 0, lambda place: place, [("", line)], width, 1, None)
    order = VisualOrder(mode)
    order.prompt_width = prompt
    transformation = order.apply_transformation(given)
    return fragment_list_to_text(transformation.fragments), transformation


@pytest.mark.parametrize(
    ("line", "visual", "cursors"),
    [
        ("return", "return", {0: 0, 6: 6}),
        # The cursor at the end stands where the next letter will: left of Persian, right of English.
        ("مهاجر", " ﺮﺟﺎﻬﻣ", {0: 5, 4: 1, 5: 0}),
        ("IOM مهاجر", "IOM ﺮﺟﺎﻬﻣ", {0: 0, 4: 8, 9: 9}),
        ("مهاجر IOM", " IOM ﺮﺟﺎﻬﻣ", {0: 9, 6: 1, 9: 0}),
        # Lam and alef are one glyph, and harakat stand on theirs.
        ("لا", " ﻻ", {0: 1, 1: 1, 2: 0}),
        ("مَن", " ﻦﻣَ", {0: 2, 1: 2, 2: 1, 3: 0}),
    ],
)
def test_persian_is_joined_and_ordered(line: str, visual: str, cursors: dict[int, int]) -> None:
    text, transformation = shown(line)
    assert text == visual
    assert {place: transformation.source_to_display(place) for place in cursors} == cursors


def test_a_terminal_that_turns_words_gets_their_letters_as_they_are_read() -> None:
    text, transformation = shown("سلام دنیا IOM", mode="words")
    assert text == " IOM دنیا سلام"
    # The cursor stands where the terminal will show the letter: at the right end of the first word.
    assert [transformation.source_to_display(place) for place in (0, 3, 5, 13)] == [13, 10, 8, 0]


def test_a_long_line_is_read_row_by_row() -> None:
    line = "بازگشت داوطلبانه پناهندگان افغان از ایران"
    first, second, third = line[: WIDTH - 5], line[WIDTH - 5 : 2 * WIDTH - 5], line[2 * WIDTH - 5 :]
    text, transformation = shown(line, WIDTH, prompt=5)
    assert unshaped(text) == first[::-1] + second[::-1] + " " + third[::-1]
    assert transformation.source_to_display(len(line)) == 2 * WIDTH - 5  # the cell left of the last letter


def unshaped(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@given(st.text(st.sampled_from('abc 12()«»"-مهاجرلاَ\u200c۱۲'), max_size=30), st.integers(5, 40))
def test_every_place_of_the_cursor_is_on_the_line(line: str, width: int) -> None:
    text, transformation = shown(line, width)
    for place in range(len(line) + 1):
        assert 0 <= transformation.source_to_display(place) <= len(text)
    for place in range(len(text) + 1):
        assert 0 <= transformation.display_to_source(place) <= len(line)


@pytest.mark.parametrize(
    ("line", "coloured"),
    [
        (":open 1", [("command", ":open")]),
        (
            'title:iom -"safe return" OR (x',
            [("field", "title:"), ("exclude", "-"), ("quoted", '"safe return"'), ("or", "OR"), ("open", "(")],
        ),
        ("org:iom http:x «مهاجر", [("field", "org:"), ("unclosed", "«")]),
    ],
)
def test_signs_are_coloured(line: str, coloured: list[tuple[str, str]]) -> None:
    pieces = Syntax().lex_document(Document(line))(0)
    assert fragment_list_to_text(pieces) == line
    assert [(style.removeprefix("class:"), text) for style, text, *_ in pieces if style] == coloured


@pytest.fixture
def session(corpus_index: Index) -> Session:
    return Session(corpus_index, Screen(None, colour=False, environ={}))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (":o", [":org", ":open"]),
        (":org unhc", ["unhcr"]),
        (":org state mig", ["smst-tm"]),
        (":org سازمان بین‌المللی مه", ["iom"]),
        (":lang ", ["en", "fa", "fa-AF"]),
        (":sort d", ["date"]),
        (":calendar ", ["gregorian", "solar", "both"]),
        (":year 201", ["2019", "2018", "2017", "2016", "2015"]),
        (":clear ", []),
        (":nothing x", []),
        ("titl", ["title:"]),
        ("refugees in turkme", ["turkmenistan", "turkmen"]),
        ("title:پناهندگ", ["پناهندگان", "پناهندگی\N{ZERO WIDTH NON-JOINER}شان"]),
        ("org:smst", ["smst-tm"]),
        ("-org:smst", ["smst-tm"]),
        ("lang:fa-", ["fa-AF"]),
        ("x", []),
        ("", []),
    ],
)
def test_tab_offers(session: Session, line: str, offered: list[str]) -> None:
    completions = SessionCompleter(session).get_completions(Document(line), CompleteEvent())
    assert [completion.text for completion in completions] == offered


def test_tab_offers_the_filters_to_drop(session: Session) -> None:
    session.filters = Filters(("iom",), "2021", "2021", ("fa",))
    completions = SessionCompleter(session).get_completions(Document(":drop "), CompleteEvent())
    assert [completion.text for completion in completions] == ["iom", "2021", "fa"]


@pytest.mark.parametrize("answer", ["\x1b[?6c", "\x1b[?62;1;4c", "\x1b[8;2$y\x1b[?1;2c"])
def test_what_a_terminal_answers_late_is_not_typed(answer: str) -> None:
    with create_pipe_input() as keyboard:
        keyboard.send_text(f"IO{answer}M 62;1\r")
        prompt: PromptSession[str] = PromptSession(input=keyboard, output=DummyOutput(), key_bindings=key_bindings())
        assert prompt.prompt("> ") == "IOM 62;1"
