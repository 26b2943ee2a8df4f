"""Pages of results and documents, made of whatever a document may hold."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from migsearch import Document, Facet, Hit, Index, Note, Results, Snippet, Span
from migsearch.terminal import repl
from migsearch.terminal.consoles import console_of
from migsearch.terminal.modes import Mode
from migsearch.terminal.plain import results_lines
from migsearch.terminal.render import document_page, results_page
from migsearch.terminal.screen import Screen
from migsearch.terminal.wording import passage

hostile = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\x1b\x07\x7f\x9b\r\n\t\u061c\u200c\u200d\u200e\u202e\u2028\u2066 سلام[/b](0"),
    ),
    max_size=60,
)
harmless_id = hostile.filter(
    lambda text: text.strip() and not any(unicodedata.category(character) == "Cc" for character in text)
)
modes = st.sampled_from(["logical", "visual"])


def printed(*renderables: RenderableType, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system="standard", markup=False)
    with console.capture() as captured:
        console.print(*renderables, sep="\n")
    return captured.get()


@given(st.data(), modes, st.sampled_from([40, 80]))
def test_no_document_commands_the_terminal_or_overflows_it(data: st.DataObject, mode: Mode, width: int) -> None:
    document = Document(
        id=data.draw(harmless_id),
        title=data.draw(hostile),
        text=data.draw(hostile),
        source=data.draw(hostile),
        organisations=(data.draw(harmless_id),),
        language=data.draw(st.sampled_from(["fa", "en", "und", ""])),
    )
    span = Span(0, len(document.text))
    hit = Hit(document, 1.0, (Snippet(document.text, 0, (span,)),))
    query = data.draw(hostile)
    results = Results(
        query,
        1,
        (hit,),
        {"organisation": Facet("organisation", dict.fromkeys(document.organisations, 1))},
        (Note(data.draw(hostile), Span(0, len(query))),),
    )
    page = printed(*results_page(results, mode, str.upper), *document_page(document, mode, [span]), width=width)
    for line in re.sub("\x1b\\[[0-9;]*m", "", page).split("\n"):
        assert cell_len(line) <= width
        for character in line:
            assert unicodedata.category(character) not in ("Cc", "Zl", "Zp")
            assert unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI")


def results(total: int, shown: int, offset: int = 0) -> Results:
    hits = tuple(Hit(Document(id=f"d{n}", title=f"Title {n}"), 1.0) for n in range(shown))
    return Results("q", total, hits, {}, offset=offset)


@pytest.mark.parametrize(
    ("page", "summary"),
    [
        (results(0, 0), "No documents match."),
        (results(1, 1), "1 document"),
        (results(3, 3), "3 documents"),
        (results(1234, 10, 20), "1,234 documents, 21 to 30"),
        (results(7, 0, 50), "7 documents, none after number 50"),
        (results(7, 0), "7 documents"),  # --limit 0: only the counts
    ],
)
def test_the_first_line_says_what_is_shown(page: Results, summary: str) -> None:
    assert summary == next(iter(results_page(page, "logical", str.upper))).plain  # type: ignore[union-attr]


def test_of_many_notes_some_are_shown() -> None:
    notes = tuple(Note(f"note {number}") for number in range(50))
    rows = [
        part.plain
        for part in results_page(replace(results(0, 0), notes=notes), "logical", str.upper)
        if isinstance(part, Text)
    ]
    assert rows == ["and 47 more notes", "No documents match."]


def test_a_passage_has_single_spaces_and_its_highlights_stay() -> None:
    document = Document(id="d", text="Aid.  Returns \n\t to   Herat  go on")
    snippet = Snippet("Returns \n\t to   Herat", 6, (Span(0, 7), Span(16, 21)))
    text, highlights = passage(snippet, document)
    assert text == "Returns to Herat …"
    assert [text[start:end] for start, end in highlights] == ["Returns", "Herat"]


def test_highlights_of_a_document_keep_to_their_paragraphs() -> None:
    document = Document(id="d", title="T", text="one two\nthree", date="2021")
    page = list(document_page(document, "logical", [(4, 13)]))
    bodies = [part.text for part in page[-2:]]  # type: ignore[union-attr]
    assert [[text.plain[s.start : s.end] for s in text.spans] for text in bodies] == [["two"], ["three"]]


def test_ctrl_c_drops_a_search_and_the_session_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    class Slow:
        path = "ix"

        def __len__(self) -> int:
            return 1

        def search(self, *_: object, **__: object) -> Results:
            raise KeyboardInterrupt

    lines = iter(["query", ":quit"])
    screen = Screen(None, colour=False, environ={})
    assert repl.run(cast("Index", Slow()), screen, lambda _: next(lines)) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["interrupted"]


@settings(max_examples=50)
@given(
    st.lists(st.tuples(harmless_id, hostile, hostile, st.sampled_from(["", "2021-04-15", "2021"])), max_size=3),
    st.integers(0, 2),
    st.dictionaries(
        st.sampled_from(["organisation", "language", "region"]),
        st.dictionaries(hostile.filter(str.strip), st.integers(1, 9_999), max_size=7),
    ),
)
def test_a_pipe_reads_without_rich_what_rich_would_print(
    written: list[tuple[str, str, str, str]], offset: int, counts: dict[str, dict[str, int]]
) -> None:
    hits = [
        Hit(Document(id=id, title=title, text=text, date=date or None), 1.0, (Snippet(text[1:9], 1, ()),))
        for id, title, text, date in written
    ]
    facets = {name: Facet(name, values) for name, values in counts.items()}
    facets["month"] = Facet("month", {"2021-04": 1_234, "2020-12": 7})
    results = Results("IOM", len(hits), tuple(hits), facets, (), offset, 0.001)
    pipe = io.StringIO()
    console_of(pipe, colour=True, plain=False).print(*results_page(results, "logical", str.upper), sep="\n")
    assert "".join(f"{line}\n" for line in results_lines(results, str.upper)) == pipe.getvalue()
