"""PDF: Persian comes back as it was written, however the letters were drawn; what cannot be read says why."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import arabic_reshaper
import pytest
from bidi.algorithm import get_display
from conftest import CORPUS
from fpdf import FPDF
from handmade_pdf import packed, pdf
from hypothesis import given, settings
from hypothesis import strategies as st

import migsearch
from migsearch.analysis.icu import logical_order
from migsearch.ingest.formats import pdf_unpacking

MARKS = re.compile("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]")  # which the reshaper leaves out
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
PERSIAN = (
    "گشایش دفتر تازه در ولایت هرات",
    "سازمان بین‌المللی مهاجرت (IOM) روز پنجشنبه ۱۴۰۰/۱/۲۶ ساعت ۱۴:۲۰ در هرات دفتر تازه‌ای گشود و گفت: «۱۲۰۴ خانواده»",
    "در سال 2021-04-15 کمک دریافت می‌کنند. ریاست امور مهاجرین [هرات] از UNHCR و EU office (Kabul) نیز سپاسگزاری کرد.",
)


def seen(line: str, *, forms: bool = False) -> str:
    """Return a line as a page shows it from left to right: reordered, and if wanted in joined forms."""
    return get_display(arabic_reshaper.reshape(line) if forms else line, base_dir="R")


def read(data: bytes, folder: Path) -> migsearch.Document:
    (folder / "a.pdf").write_bytes(data)
    reading = migsearch.read(folder)
    (document,) = reading
    assert reading.skipped == reading.failed == reading.warnings == []
    return document


@pytest.mark.parametrize("backwards", [False, True], ids=["drawn from the left", "drawn from the right"])
@pytest.mark.parametrize("forms", [False, True], ids=["letters", "presentation forms"])
def test_persian_comes_back_as_it_was_written(tmp_path: Path, forms: bool, backwards: bool) -> None:
    document = read(pdf([seen(line, forms=forms) for line in PERSIAN], backwards=backwards), tmp_path)
    assert document.title == PERSIAN[0]
    expected = " ".join(PERSIAN[1:])
    assert document.text.replace("\n\n", " ") == (expected if forms else expected.replace(ZWNJ, ""))
    assert (document.language, document.region) == ("fa", "AF")
    assert {"iom", "unhcr"} <= set(document.organisations)
    assert document.provenance is not None
    assert document.provenance.format == "pdf"


def test_persian_that_was_drawn_in_logical_order_is_told_by_its_words(tmp_path: Path) -> None:
    document = read(pdf(PERSIAN), tmp_path)
    assert document.title == PERSIAN[0]
    assert "سازمان بین‌المللی مهاجرت" in document.text


def test_zwnj_is_told_by_the_forms_of_letters(tmp_path: Path) -> None:
    lines = [seen(line, forms=True).replace(ZWNJ, "") for line in PERSIAN]
    document = read(pdf(lines), tmp_path)
    assert "می‌کنند" in document.text
    assert "تازه‌ای" in document.text


def test_persian_pages_of_the_corpus_come_back(tmp_path: Path) -> None:
    for path in sorted(CORPUS.glob("*-fa.txt"))[:4]:
        page = path.read_text(encoding="utf-8")
        lines = [line for paragraph in page.split("\n") for line in [*textwrap.wrap(paragraph, 75), ""]]
        document = read(pdf([seen(line, forms=True) for line in lines]), tmp_path)
        (expected,) = migsearch.read(path)
        assert document.title == expected.title
        assert document.text.split() == MARKS.sub("", expected.text).split()
        assert document.date == expected.date


def english(*, password: str = "", pages: int = 1) -> bytes:
    made = FPDF()
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    made.set_font("helvetica", size=12)
    for number in range(pages):
        made.add_page()
        made.cell(text="International Organization for Migration", new_x="LMARGIN", new_y="NEXT")
        made.ln(20)
        made.set_font_size(18)
        made.cell(text=f"Reception centre {number} opened in Herat", new_x="LMARGIN", new_y="NEXT")
        made.ln(10)
        made.set_font_size(12)
        made.multi_cell(
            0,
            7,
            "On 5 May 2021 the organisation opened a reception centre for families who return from the neighbouring "
            f"countries. The centre has room for {number} families and was paid for by the European Union.",
        )
        made.set_y(-30)
        made.cell(text=f"Page {number + 1}")
    return bytes(made.output())


def test_an_english_document_is_read_in_paragraphs(tmp_path: Path) -> None:
    document = read(english(), tmp_path)
    assert "Reception centre 0 opened in Herat" in (document.title, *document.text.splitlines())
    assert "families who return from the neighbouring countries. The centre has room" in document.text


def test_the_head_and_foot_of_each_page_are_no_part_of_the_article(tmp_path: Path) -> None:
    document = read(english(pages=4), tmp_path)
    assert document.title == "Reception centre 0 opened in Herat"
    assert "Page" not in document.text
    assert "International Organization for Migration" not in document.text
    assert "International Organization for Migration" in document.surroundings


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (english(password="secret"), "locked with a password"),
        (b"%PDF-1.7\n%%EOF", "no PDF that pdfminer can read"),
        (b"", "no PDF that pdfminer can read"),
        (english()[:600], "no PDF that pdfminer can read"),
        (pdf([""]), "no text, only pictures"),
    ],
    ids=["password", "header alone", "empty", "cut", "no text"],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    reading = migsearch.read(tmp_path)
    assert list(reading) == []
    (skip,) = (*reading.skipped, *reading.failed)
    assert reason in skip.reason


@settings(max_examples=25)
@given(st.binary(max_size=400), st.integers(0, 3_000))
def test_any_damage_is_reported_and_never_raised(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("pdf")
    data = pdf([seen(line) for line in PERSIAN])
    (folder / "a.pdf").write_bytes(data[:at] + noise + data[at + len(noise) :])
    reading = migsearch.read(folder)
    assert len(list(reading)) + len(reading.skipped) + len(reading.failed) == 1


_WORDS = st.sampled_from(["سازمان", "IOM", "۱۴۰۰/۱/۲۶", "2021", "UNHCR", "هرات،", "در", "Kabul", "٪۳۰", "۱۴:۲۰"])


@settings(max_examples=200)
@given(st.lists(_WORDS, min_size=1, max_size=8).map(" ".join))
def test_logical_order_undoes_what_the_bidirectional_algorithm_did(line: str) -> None:
    shown = get_display(f"متن {line} متن", base_dir="R")
    back = "".join(shown[place] for place in logical_order(shown, right_to_left=True))
    # Not always the same line: of two that are shown alike, none can tell which was written.
    assert get_display(back, base_dir="R") == shown


@pytest.mark.parametrize("times", [1, 2])
def test_what_unpacks_without_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    monkeypatch.setattr(pdf_unpacking, "MOST_UNPACKED", 20_000)
    text = b"BT /F 12 Tf 50 700 Td (The office in Herat is open again.) Tj ET\n"
    for name, spaces in (("page.pdf", 1_000), ("bomb.pdf", 30_000)):
        (tmp_path / name).write_bytes(packed(text + b" " * spaces, times))
    reading = migsearch.read(tmp_path)
    assert [document.id for document in reading] == ["page.pdf"]
    assert [failure.path.name for failure in reading.failed] == ["bomb.pdf"]
    assert "unpacked it would have more than" in reading.failed[0].reason
