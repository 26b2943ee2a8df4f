"""Pages of HTML: the article, its title, and what the page declares; nothing of the page is lost."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import migsearch
from migsearch.ingest.formats.content import NotReadableError
from migsearch.ingest.formats.declared_date import declared_date
from migsearch.ingest.formats.html_page import content_of_html
from migsearch.model import Provenance

PARAGRAPHS = (
    "وزارت امور مهاجرین و عودت‌کنندگان روز گذشته با سازمان بین‌المللی مهاجرت در کابل دیدار کرد، و دو طرف دربارهٔ بازگشت "
    "پناهندگان، کمک به خانواده‌ها و ثبت نام آنان گفت‌وگو کردند.",
    "معین وزارت گفت که شمار عودت‌کنندگان در ماه گذشته به دوازده هزار خانواده رسیده است، و از جامعه جهانی خواست که "
    "کمک‌های خود را افزایش دهد.",
    "نماینده سازمان نیز از همکاری وزارت سپاسگزاری کرد، و وعده داد که مرکزهای پذیرش در هرات و نیمروز تا پایان سال فعال "
    "بماند.",
)
PAGE = """<!DOCTYPE html><html lang="fa-AF"><head><meta charset="utf-8">
<title>دیدار وزیر با نماینده سازمان بین‌المللی مهاجرت | وزارت امور مهاجرین</title>
<link rel="canonical" href="https://example.org/fa/news/12"><meta property="og:site_name" content="وزارت امور مهاجرین">
{head}</head><body><nav><a href="/">خانه</a> <a href="/news">اخبار</a></nav>
<div class="header"><p>اطلاعیهٔ کاریابی وزارت</p></div>
<main><h1>دیدار وزیر با نماینده سازمان بین‌المللی مهاجرت</h1>{stamp}
<div class="field-body">{body}
<div class="share-buttons"><span>این خبر را به دوستان خود بفرستید</span></div></div></main>
<aside><h2>تازه‌ترین خبرها</h2><p><a href="/13">کنفرانس کمیشنری عالی سازمان ملل متحد در پایتخت ترکمنستان</a></p>
<time datetime="2025-12-17">۱۴۰۴/۹/۲۶</time></aside>
<footer>آدرس: کابل، دارالامان</footer><script>var x = "اسکریپت";</script></body></html>"""


def page(*, head: str = "", stamp: str = "", body: tuple[str, ...] = PARAGRAPHS) -> str:
    return PAGE.format(head=head, stamp=stamp, body="".join(f"<p>{text}</p>" for text in body))


def read(folder: Path, text: str | bytes, encoding: str = "utf-8") -> migsearch.Document:
    (folder / "a.html").write_bytes(text if isinstance(text, bytes) else text.encode(encoding, "xmlcharrefreplace"))
    reading = migsearch.read(folder)
    (document,) = reading
    assert reading.skipped == reading.failed == []
    return document


def test_a_page_becomes_a_document(tmp_path: Path) -> None:
    document = read(tmp_path, page(head='<meta property="article:published_time" content="2021-06-06T23:30:00+04:30">'))
    assert document.title == "دیدار وزیر با نماینده سازمان بین‌المللی مهاجرت"
    assert document.text.split("\n") == list(PARAGRAPHS)
    assert (document.language, document.region) == ("fa", "AF")
    assert document.source == "https://example.org/fa/news/12"
    assert {"morr-af", "iom"} == set(document.organisations)
    assert document.date is not None
    assert (str(document.date), document.date.rule) == ("2021-06-06", "meta article:published_time")
    assert document.date.literal == "2021-06-06T23:30:00+04:30"


def test_what_is_not_the_article_is_kept_apart(tmp_path: Path) -> None:
    document = read(tmp_path, page())
    for line in ("خانه اخبار", "اطلاعیهٔ کاریابی وزارت", "این خبر را به دوستان خود بفرستید", "آدرس: کابل، دارالامان"):
        assert line in document.surroundings
        assert line not in document.text
    assert "unhcr" not in document.organisations
    assert "اسکریپت" not in document.text + document.surroundings


def test_a_page_says_what_it_was_read_from(tmp_path: Path) -> None:
    document = read(tmp_path, page())
    data = (tmp_path / "a.html").read_bytes()
    assert document.provenance == migsearch.Provenance(
        file=str(tmp_path / "a.html"),
        format="html",
        encoding="utf-8",
        size=len(data),
        characters=len(data.decode()),
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=document.provenance.content_sha256 if document.provenance else "",
        sketch=document.provenance.sketch if document.provenance else "",
    )
    assert len(document.provenance.content_sha256) == 64


JSON_LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "stamp", "date", "rule"),
    [
        (
            JSON_LD.format('{"@type": "NewsArticle", "datePublished": "2021-04-15T14:20:00Z"}'),
            "",
            "2021-04-15",
            "json-ld",
        ),
        (
            JSON_LD.format(
                '{"@graph": [{"@type": "WebPage", "datePublished": "2019-01-01"}, '
                '{"@type": ["Article"], "datePublished": "2021-04-15"}]}'
            ),
            "",
            "2021-04-15",
            "json-ld",
        ),
        (JSON_LD.format('{"@type": "Organization", "datePublished": "2021-04-15"}'), "", None, ""),
        (JSON_LD.format('{"@type": "NewsArticle", "datePublished": '), "", None, ""),
        (JSON_LD.format("[" * 5000), "", None, ""),
        ('<meta name="DC.date.issued" content="2021-04-15">', "", "2021-04-15", "meta dc.date.issued"),
        ('<meta property="article:published_time" content="1400-01-26T14:20">', "", "2021-04-15", "meta article"),
        ('<meta property="article:modified_time" content="2024-04-15">', "", None, ""),
        ('<meta name="pubdate" content="1970-01-01T00:00:00Z">', "", None, ""),
        ('<meta name="date" content="2021-13-45">', "", None, ""),
        ("", '<time itemprop="datePublished">۲۶ حمل ۱۴۰۰</time>', "2021-04-15", "itemprop"),
        ("", "<p>پنجشنبه ۱۴۰۰/۱/۲۶ - ۱۴:۲۰</p>", "2021-04-15", "head"),
    ],
)
def test_the_date_is_that_which_the_page_declares(
    tmp_path: Path, head: str, stamp: str, date: str | None, rule: str
) -> None:
    document = read(tmp_path, page(head=head, stamp=stamp))
    assert (str(document.date) if document.date else None) == date
    assert document.date is None or document.date.rule.startswith(rule)


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-06-06T23:30:00+04:30", "2021-06-06"),
        ("2021-06-06T20:30:00Z", "2021-06-06"),
        ("2021-06", "2021-06"),
        ("2021", "2021"),
        (1623000000, "2021-06-06"),
        ("1623000000000", "2021-06-06"),
        ("Sun, 06 Jun 2021 23:30:00 +0430", "2021-06-06"),
        ("Jun 06 2021 3:29 PM", "2021-06-06"),
        ("۱۶ جوزا ۱۴۰۰", "2021-06-06"),
        ("1400/3/16", "2021-06-06"),
        ("1400-03-16", "2021-06-06"),
        ("1400-13-16", None),
        ("0001-01-01T00:00:00", None),
        ("2021-02-30", None),
        ("12", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        ("9" * 1000, None),
        ("Sun, 99 Jun 2021 99:99:99", None),
    ],
)
def test_a_declared_date_is_the_day_on_the_page_own_calendar(value: object, date: str | None) -> None:
    found = declared_date(value, "test")
    assert (str(found) if found else None) == date


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_page_in_an_old_encoding_keeps_its_letters(tmp_path: Path, encoding: str, declared: bool) -> None:
    # What the encoding lacks, a page writes as references: U+06CC is none of either.
    text = page().replace('charset="utf-8"', f'charset="{encoding}"' if declared else "")
    document = read(tmp_path, text, encoding)
    assert document.text.split("\n") == list(PARAGRAPHS)
    assert document.provenance is not None
    assert document.provenance.encoding == encoding.replace("iso-", "iso")


def test_a_wrong_declaration_is_noted(tmp_path: Path) -> None:
    document = read(tmp_path, page().replace('charset="utf-8"', 'charset="windows-1256"'))
    assert document.text.split("\n") == list(PARAGRAPHS)
    assert document.provenance is not None
    assert document.provenance.warnings == ("it declares windows-1256, and is utf-8",)


def test_english_and_tables_and_quotations(tmp_path: Path) -> None:
    text = """<html><head><title>Returns in 2021 - Agency</title></head><body><article><h1>Returns in 2021</h1>
    <p>By our reporter</p>
    <p>The agency counted more returns in spring than in the whole year before, it said on Monday.</p>
    <blockquote class="twitter-tweet"><p>We thank all partners for their help, said the office.</p></blockquote>
    <table><tr><th>Month</th><th>Families</th></tr><tr><td>March</td><td>1,204</td></tr>
    <tr><td>April and May together</td><td>2,310, as far as is known</td></tr></table>
    <figure><img><figcaption>A tent. Photo: Agency</figcaption></figure>
    <p><a href="/x">Read more: the year before in pictures and words</a></p>
    <p>In summer, the agency expects fewer families, since the border will be closed for weeks.</p>
    </article></body></html>"""
    document = read(tmp_path, text)
    assert document.title == "Returns in 2021"
    assert "March 1,204" in document.text
    assert "We thank all partners" in document.text
    assert "Photo: Agency" not in document.text
    assert "Read more" not in document.text
    assert "Read more: the year before in pictures and words" in document.surroundings


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 20_000 + "The article of a page that is nested deeply." + "</div>" * 20_000,
        "<b>" * 50_000 + "The article of a page that is nested deeply.",
        "<table><tr><td>" * 20_000 + "The article of a page that is nested deeply.",
        "<div>" * 1_000 + "<p>The article of a page that is nested deeply.</p>" + "</div>" * 1_000,
    ],
    ids=["blocks", "never closed", "tables", "within the limit of the tree"],
)
def test_a_page_that_is_nested_deeply_is_read_by_its_lines(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text)
    assert "nested deeply" in document.title + document.text
    assert document.provenance is not None
    assert document.provenance.warnings


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing", "<html></html>", "<script>alert(1)</script>", "<p></p>"])
def test_a_page_without_words_is_reported(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    reading = migsearch.read(tmp_path)
    assert list(reading) == []
    assert len(reading.skipped) == 1


_MARKUP = (
    *("<p>", "</p>", "<div class='x'>", "</div>", "<a href=/>", "</a>", "<td>", "<h1>", "</h1>", "<br>", "<title>"),
    *("<script>", "</script>", "&amp;", "&#0;", "&#xD800;", "<", ">", "\0", "متن فارسی، و بیشتر.", "Some, prose."),
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_MARKUP), max_size=40).map("".join))
def test_any_page_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(NotReadableError):
        page = content_of_html(text, Provenance(file="", format="html")).page
        migsearch.Document(id="a", title=page.title, text=page.text, surroundings=page.head + page.tail)


@pytest.mark.parametrize("value", ['="x"', '=">"', "='<'", ""])
def test_a_tag_with_attributes_without_end_does_not_stop_the_reading(tmp_path: Path, value: str) -> None:
    attributes = " ".join(f"a{number}{value}" for number in range(100_000))
    page = f"<html><body><p {attributes}>The office in Herat gave tents and food to forty families.</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    [document] = migsearch.read(tmp_path / "page.html")
    assert "gave tents and food" in f"{document.title} {document.text}"
    assert document.provenance is not None
    assert "too many attributes" in document.provenance.warnings[0]
