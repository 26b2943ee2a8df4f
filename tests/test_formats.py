"""Mail, rows and office documents; files that would fill the memory; extras that are not installed."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

import migsearch
from migsearch.ingest import formats

TITLE = "گشایش دفتر در هرات"
TEXT = (
    "سازمان بین‌المللی مهاجرت در هرات با حضور نماینده وزارت امور مهاجرین و عودت‌کنندگان دفتر تازه‌ای گشود و از همکاران "
    "سپاسگزاری کرد."
)


def read(path: Path, **columns: str) -> list[migsearch.Document]:
    """Return the documents of a path; nothing may be skipped."""
    reading = migsearch.read(path, columns=columns)
    found = list(reading)
    assert reading.skipped == reading.failed == []
    return found


def unread(path: Path) -> list[str]:
    reading = migsearch.read(path)
    assert list(reading) == []
    return [skip.reason for skip in (*reading.skipped, *reading.failed)]


# ----------------------------------------------------------------------------------------------------------------------
# Mail
# ----------------------------------------------------------------------------------------------------------------------


def message(*, charset: str = "utf-8", html: bool = False, id: str = "<a1@example.org>") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = TITLE
    made["From"] = "دفتر مطبوعات <press@example.org>"
    made["Date"] = "Thu, 15 Apr 2021 23:20:00 +0430"
    if id:
        made["Message-ID"] = id
    content = f"<html><h1>{TITLE}</h1><p>{TEXT}</p></html>" if html else f"{TEXT}\n\n-- \nمدیر مطبوعات\n"
    if charset == "windows-1256":
        content = content.replace("ی", "ي")
    made.set_content(content, subtype="html" if html else "plain", charset=charset)
    return made


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
@pytest.mark.parametrize("html", [False, True])
def test_a_message_becomes_a_document(tmp_path: Path, charset: str, html: bool) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(message(charset=charset, html=html).as_bytes())
    (document,) = read(path)
    assert (document.title, document.text.replace("ي", "ی")) == (TITLE, TEXT)
    assert str(document.date) == "2021-04-15"
    assert document.date is not None
    assert document.date.rule == "mail Date"
    assert document.provenance is not None
    assert document.provenance.encoding == charset
    assert html or "مطبوعات" in document.surroundings


def test_what_is_attached_is_named(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="گزارش.pdf")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    (document,) = read(tmp_path / "a.eml")
    assert document.text == TEXT
    assert document.provenance is not None
    assert document.provenance.warnings == ("not read: 1 attached, گزارش.pdf",)


def test_a_mailbox_gives_a_document_for_each_message(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox"
    messages = [message(), message(id="<b2@example.org>", html=True), message(id="")]
    path.write_bytes(b"".join(b"From press Thu Apr 15 23:20:00 2021\n" + made.as_bytes() + b"\n" for made in messages))
    documents = read(path)
    assert [document.id for document in documents[:2]] == ["list.mbox#a1@example.org", "list.mbox#b2@example.org"]
    assert {document.text for document in documents} == {TEXT}
    assert [document.id for document in read(path)] == [document.id for document in documents]


@pytest.mark.parametrize("data", [b"", b"no message\n", b"\0\1\2"])
def test_what_is_no_message_is_reported(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.eml").write_bytes(data)
    (tmp_path / "a.mbox").write_bytes(data)
    assert len(unread(tmp_path)) == 2


# ----------------------------------------------------------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------------------------------------------------------

ROW = {"id": "n1", "title": TITLE, "text": TEXT, "date": "1400/1/26", "lang": "fa-AF", "link": "https://example.org/1"}


def test_a_line_of_json_becomes_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([json.dumps(ROW), "", json.dumps({**ROW, "id": 2, "organisations": ["own", "iom"]})]))
    one, two = read(path)
    assert (one.id, one.title, one.text, str(one.date)) == ("n1", TITLE, TEXT, "2021-04-15")
    assert (one.language, one.region, one.source) == ("fa", "AF", "https://example.org/1")
    assert one.organisations == ("iom", "morr-af")
    assert (two.id, two.organisations) == ("2", ("own", "iom"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t")])
def test_a_row_of_a_table_becomes_a_document(tmp_path: Path, encoding: str, suffix: str, delimiter: str) -> None:
    text = TEXT.replace("ی", "ي") if encoding == "windows-1256" else TEXT
    title = TITLE.replace("ی", "ي") if encoding == "windows-1256" else TITLE
    rows = [["ID", "Title", "Body", "Published At"], ["n1", title, f'"{text}\n\nدوم."', "2021-04-15"]]
    path = tmp_path / f"a{suffix}"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    (document,) = read(path)
    assert (document.id, document.title, document.text) == ("n1", title, f"{text}\n\nدوم.")
    assert str(document.date) == "2021-04-15"


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"nr,head,story,text\n7,{TITLE},{TEXT},other\n", encoding="utf-8")
    (document,) = read(path, id="nr", title="head", text="story")
    assert (document.id, document.title, document.text) == ("7", TITLE, TEXT)
    with pytest.raises(migsearch.SourceError, match="no field 'body'"):
        migsearch.read(path, columns={"body": "story"})


def test_a_row_without_an_id_keeps_its_own_when_rows_move(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"title": f"Title {number}", "text": f"Text {number}."}) for number in range(3)]
    path.write_text("\n".join(lines))
    before = {document.title: document.id for document in read(path)}
    path.write_text("\n".join(reversed(lines)))
    assert {document.title: document.id for document in read(path)} == before
    assert all(id.startswith("a.jsonl#") for id in before.values())


def test_a_broken_row_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps(ROW),
        "{",
        "[1]",
        '"text"',
        "{}",
        "[" * 100_000,
        json.dumps(ROW),
        json.dumps({**ROW, "id": "n2"}),
    ]
    path.write_text("\n".join(lines))
    reading = migsearch.read(path)
    assert [document.id for document in reading] == ["n1", "n2"]
    assert [skip.reason.partition(":")[0] for skip in reading.failed] == [
        *("line 2", "line 3", "line 4", "line 5", "line 6"),
        "another document has the id n1",
    ]


def test_a_date_that_cannot_be_read_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({**ROW, "text": "Text.", "date": "once"}))
    reading = migsearch.read(tmp_path)
    (document,) = reading
    assert document.date is None
    assert [warning.reason for warning in reading.warnings] == ["the date 'once' cannot be read"]


def test_a_table_of_something_else_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,count\nHerat,12\n")
    (tmp_path / "b.csv").write_text("")
    assert all("none of its columns is the text" in reason for reason in unread(tmp_path))


# ----------------------------------------------------------------------------------------------------------------------
# Office documents
# ----------------------------------------------------------------------------------------------------------------------


def test_an_office_document_is_read(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("وزارت امور مهاجرین")
    made.add_heading(TITLE, 0)
    made.add_paragraph("۲۶ حمل ۱۴۰۰")
    made.add_paragraph(TEXT)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "خانواده‌های ثبت‌شده در ماه حمل", "۱۲۰۴ خانواده در هرات."
    made.save(str(tmp_path / "a.docx"))
    (document,) = read(tmp_path / "a.docx")
    assert document.title == TITLE
    assert document.text == f"{TEXT}\n\nخانواده‌های ثبت‌شده در ماه حمل\t۱۲۰۴ خانواده در هرات."
    assert str(document.date) == "2021-04-15"


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), "unpacked it would have 60 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "locked with a password"),
        (b"PK\3\4", "it is no .docx"),
        (b"text", "it is no .docx"),
        (zipfile.ZipFile(io.BytesIO(), "w"), "no document that python-docx can read"),
    ],
    ids=["bomb", "password", "cut", "text", "empty archive"],
)
def test_an_office_document_that_cannot_be_read_says_why(tmp_path: Path, data: object, reason: str) -> None:
    path = tmp_path / "a.docx"
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        with zipfile.ZipFile(path, "w"):
            pass
    assert reason in unread(path)[0]


# ----------------------------------------------------------------------------------------------------------------------
# What holds for all
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [suffix for format in formats.FORMATS for suffix in format.suffixes])
def test_a_huge_file_is_refused_or_read_in_pieces(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as file:
        file.truncate(50_000_000 if suffix == ".mbox" else 1_000_000_000)  # all of a mailbox is looked through
    assert len(unread(path)) == 1


@pytest.mark.parametrize("suffix", [suffix for format in formats.FORMATS for suffix in format.suffixes])
@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe", b"\0" * 100, bytes(range(256)) * 20], ids=repr)
def test_rubbish_is_reported(tmp_path: Path, suffix: str, data: bytes) -> None:
    (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / "z.txt").write_text("Office opened\n\nIOM opened an office in Osh.\n")
    reading = migsearch.read(tmp_path)
    assert [document.id for document in reading] == ["z.txt"]
    assert len(reading.skipped) + len(reading.failed) == 1
    assert "its reader failed" not in str(reading.failed)


@pytest.mark.parametrize(
    ("name", "library", "extra"), [("html", "lxml", "html"), ("pdf", "pdfminer", "pdf"), ("docx", "docx", "office")]
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    format = next(format for format in formats.FORMATS if format.name == name)
    for module in [module for module in sys.modules if module.startswith(("migsearch.ingest.formats.", library))]:
        if module.partition(".")[0] == library or module.endswith((format.module, "html_body", "html_metadata")):
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setattr(formats, "reader", formats.reader.__wrapped__)
    monkeypatch.setattr("migsearch.ingest.file_reader.reader", formats.reader)
    (tmp_path / f"a{format.suffixes[0]}").write_bytes(b"x")
    assert f"pip install 'migsearch[{extra}]'" in unread(tmp_path)[0]


def test_a_remote_address_is_not_fetched() -> None:
    with pytest.raises(migsearch.SourceError, match="remote addresses are not fetched"):
        migsearch.read("https://example.org/news/1.html")


def test_a_reader_that_fails_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("nobody thought of this")

    for name in ("a.eml", "b.txt"):
        (tmp_path / name).write_bytes(b"Subject: Office opened\n\nIOM opened an office in Osh.\n")
    monkeypatch.setattr("migsearch.ingest.formats.mail.decode", fail)
    reading = migsearch.read(tmp_path)
    assert [document.id for document in reading] == ["b.txt"]
    assert "nobody thought of this" in reading.failed[0].reason


def test_provenance_is_kept_in_an_index(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"{TITLE}\n\n{TEXT}\n".encode("windows-1256", "xmlcharrefreplace")[:-1])
    (document,) = read(tmp_path / "a.txt")
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add([document])
        assert index.document("a.txt").provenance == document.provenance
