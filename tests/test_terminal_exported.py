"""Results exported: read back by what reads each format, whatever the documents hold."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from migsearch import Document, Hit, MigsearchError, PartialDate, Results, Snippet, Span
from migsearch.terminal.citations import citation
from migsearch.terminal.exported import COLUMNS, FORMATS, export
from migsearch.terminal.safety import clean

hostile = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\x1b\x07\x9b\r\n\t\u200c\u202e\u2066 سلام\"',;{}\\$&%#_~^*`[]()<>|!=+-@1.)>"),
    ),
    max_size=30,
)


def results(*documents: Document, snippet: str = "", offset: int = 0) -> Results:
    spans = (Span(0, len(snippet) // 2),) if len(snippet) > 1 else ()
    snippets = (Snippet(snippet, 0, spans),) if snippet else ()
    hits = tuple(Hit(document, 1.5, snippets) for document in documents)
    return Results("returns OR عودت", len(hits), hits, {}, offset=offset)


MARRAKECH = Document(
    id="news/marrakech.txt",
    title="میثاق جهانی مهاجرت (IOM) تصویب شد",
    date=PartialDate(PartialDate.of(2018, 12, 10).first, PartialDate.of(2018, 12, 10).last, flags=("inferred",)),
    organisations=("iom", "un"),
    language="fa",
    region="AF",
    source="https://example.org/{news}?id=1&lang=fa",
)
RETURNS = Document(id="news/marrakech-txt", title="50% of returns & {costs}", date="2021-04", source="a_b.txt")


def test_a_table_of_hits() -> None:
    rows = list(csv.DictReader(io.StringIO(export(results(MARRAKECH, snippet="عودت در هرات", offset=10), "csv"))))
    assert rows == [
        {
            "rank": "11",
            "id": "news/marrakech.txt",
            "title": "میثاق جهانی مهاجرت (IOM) تصویب شد",
            "date": "2018-12-10",
            "date_inferred": "1",
            "organisations": "iom un",
            "language": "fa",
            "region": "AF",
            "source": "https://example.org/{news}?id=1&lang=fa",
            "score": "1.5",
            "snippet": "عودت در هرات",
        }
    ]


def test_a_title_that_a_spreadsheet_would_compute() -> None:
    [row] = csv.DictReader(io.StringIO(export(results(Document(id="x", title='=HYPERLINK("http://x")')), "csv")))
    assert row["title"] == '\'=HYPERLINK("http://x")'


def test_references() -> None:
    assert export(results(MARRAKECH, RETURNS), "bibtex") == (
        "@online{news-marrakech-txt,\n"
        "  title = {{میثاق جهانی مهاجرت (IOM) تصویب شد}},\n"
        "  date = {2018-12-10~},\n"
        "  url = {https://example.org/%7Bnews%7D?id=1&lang=fa},\n"
        "  langid = {persian},\n"
        "  keywords = {iom, un},\n"
        "}\n"
        "\n"
        "@online{news-marrakech-txt-2,\n"
        "  title = {{50\\% of returns \\& \\{costs\\}}},\n"
        "  date = {2021-04},\n"
        "  note = {a\\_b.txt},\n"
        "}\n"
    )
    assert citation(RETURNS) == "50% of returns & {costs}. 2021-04. a_b.txt."


def test_a_page_of_markdown() -> None:
    assert export(results(MARRAKECH, snippet="1. of_all", offset=99), "markdown").splitlines() == [
        "# returns OR عودت",
        "",
        "1 document",
        "",
        "100. **[میثاق جهانی مهاجرت (IOM) تصویب شد](<https://example.org/{news}?id=1&lang=fa>)**  ",
        "     \\~2018-12-10 · iom, un · fa-AF · news/marrakech.txt",
        "",
        "     > **1. o**f\\_all",
    ]


@settings(max_examples=60)
@given(hostile, hostile)
def test_markdown_shows_text_as_it_is(title: str, text: str) -> None:
    snippet = Snippet(f"{text}یافت{text}", 0, (Span(len(text), len(text) + 4),))
    hit = Hit(Document(id="d", title=title), 1.0, (snippet,))
    tokens = MarkdownIt("commonmark").parse(export(Results("q", 1, (hit,), {}), "markdown"))
    assert not [token for token in tokens if token.type in ("html_block", "fence", "code_block", "hr")]
    shown = [
        "".join(" " if child.type == "softbreak" else "\n" if child.type == "hardbreak" else child.content
                for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]  # fmt: skip
    heading, _, *passages = shown[2].split("\n") + shown[3:]
    assert " ".join(heading.split()) == (" ".join(clean(title).split()) or "(no title)")
    assert " ".join("".join(passages).split()) == " ".join(clean(snippet.text).split())


@settings(max_examples=60)
@given(hostile, st.sampled_from(FORMATS))
def test_no_format_commands_a_terminal_or_breaks(text: str, format: str) -> None:
    exported = export(results(Document(id="d", title=text, source=text), snippet=text), format)
    for character in exported.replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI")
    if format == "json":
        assert json.loads(exported)["hits"][0]["title"] == text
    elif format == "csv":
        [row] = csv.DictReader(io.StringIO(exported), strict=True)
        assert set(row) == set(COLUMNS)
        assert row["title"].removeprefix("'") == clean(text).removeprefix("'")
    elif format == "bibtex":
        bare = re.sub(r"\\[{}]|\\text\w+\{\}", "", exported)
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)[%&$#]", re.sub(r"(?m)^  url = .*$", "", bare))


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(MigsearchError, match="exported as json, csv, markdown or bibtex, not as 'xml'"):
        export(results(), "xml")
