"""Encodings: told by a mark, by what the bytes can be, by the words that come out; a declaration is only evidence."""

from __future__ import annotations

import codecs

import pytest
from conftest import CORPUS
from hypothesis import given
from hypothesis import strategies as st

from migsearch.ingest.formats.content import NotReadableError
from migsearch.ingest.formats.encoding import decode

ENGLISH = "The ministry’s café in Köln – “Zürich” – was opened by Mr Peña."
# What a Persian page of that time looks like: Arabic yeh, since the encodings have no other.
PERSIAN = "وزارت امور مهاجرين و عودت كنندكان با سازمان بين المللي مهاجرت در هرات ديدار كرد."
PERSIAN_1256 = "وزارت امور مهاجرين پس از گفت‌وگو در چهار بخش و ژرفای کار «تفاهم» كرد؛ پناهندگان چه گفتند؟"
PAGES = sorted(CORPUS.glob("*.txt"), key=lambda path: path.name)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "windows-1252"),
        (ENGLISH.replace("’", "'"), "utf-16-le"),
        (PERSIAN, "utf-8"),
        (PERSIAN, "utf-16-le"),
        (PERSIAN, "utf-16-be"),
        (PERSIAN, "windows-1256"),
        (PERSIAN, "iso8859-6"),
        (PERSIAN_1256.replace("ی", "ي"), "windows-1256"),
        ("IOM in Kabul\n" * 3, "utf-16-be"),
    ],
)
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1256", "no-such-encoding"])
def test_a_text_is_decoded_whatever_it_declares(text: str, encoding: str, declared: str) -> None:
    decoded = decode(text.encode(encoding), declared)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, encoding, ())


@pytest.mark.parametrize("text", [ENGLISH, PERSIAN])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_is_believed(text: str, mark: bytes, encoding: str) -> None:
    assert decode(mark + text.encode(encoding), "windows-1256")[:2] == (text, encoding)


@pytest.mark.parametrize("path", [path for path in PAGES if path.stem.endswith("-fa")], ids=lambda path: path.name)
@pytest.mark.parametrize(
    ("encoding", "missing"), [("windows-1256", {"ی": "ي"}), ("iso8859-6", {"ی": "ي", "ک": "ك", "گ": "ك", "پ": "ب"})]
)
def test_every_persian_page_is_told_by_its_words(path, encoding: str, missing: dict[str, str]) -> None:
    data = path.read_text(encoding="utf-8").translate(str.maketrans(missing)).encode(encoding, "ignore")
    decoded = decode(data)
    assert (decoded.encoding, decoded.warnings) == (encoding, ())
    assert decoded.text == data.decode(encoding)


@pytest.mark.parametrize(
    ("declared", "encoding"), [("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("iso-8859-9", "iso8859-9")]
)
def test_an_encoding_that_cannot_be_told_is_that_which_is_declared(declared: str, encoding: str) -> None:
    text = "Türkçe açıklama ışığında" if declared == "iso-8859-9" else "Министерство внутренних дел"
    decoded = decode(text.encode(declared), declared)
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_a_guess_that_few_words_confirm_has_a_warning() -> None:
    decoded = decode("نورمندوف زلمكاي غورياندال سلام".encode("windows-1256"), "windows-1256")
    assert decoded.encoding == "windows-1256"
    assert "in doubt" in decoded.warnings[0]


def test_a_page_with_a_wrong_byte_is_read_with_a_warning() -> None:
    decoded = decode(PERSIAN.encode().replace("ه".encode(), b"\xff", 1))
    assert decoded.text == PERSIAN.replace("ه", "\N{REPLACEMENT CHARACTER}", 1)
    assert "damaged UTF-8" in decoded.warnings[0]


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", b"%PDF-1.4\n\x00\x01\x02"]
)
def test_what_is_no_text_is_not_guessed_at(data: bytes) -> None:
    with pytest.raises(NotReadableError):
        decode(data)


@given(
    st.binary(min_size=1, max_size=200), st.sampled_from(["", "utf-8", "windows-1256", "utf-16", "idna", "hex", "\0"])
)
def test_any_bytes_are_decoded_or_refused(data: bytes, declared: str) -> None:
    try:
        text = decode(data, declared).text
    except NotReadableError:
        return
    text.encode()


@given(st.text(max_size=100).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_utf8_is_always_itself(text: str) -> None:
    assert decode(text.encode(), "windows-1256")[:2] == (text, "utf-8")
