"""Files and folders: what is read, under which id, and what is reported instead."""

from __future__ import annotations

import codecs
import datetime
import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import migsearch
from migsearch.errors import MigsearchError
from migsearch.ingest.formats.content import MAX_PAGE_BYTES
from migsearch.model import MAX_ID_LENGTH
from migsearch.processes import in_processes

PAGE = "Office opened in Osh\n\nIOM opened an office in Osh on Monday.\n"
DARI = "گشایش دفتر در هرات\n\nسازمان بین‌المللی مهاجرت در هرات دفتر گشود.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(PAGE, encoding="utf-8")


def ids(*paths: str | Path) -> list[str]:
    """Return the ids of the documents read; nothing may be skipped."""
    reading = migsearch.read(*paths)
    found = [document.id for document in reading]
    assert reading.skipped == reading.failed == reading.warnings == []
    return found


def unread(*paths: str | Path) -> dict[str, str]:
    """Return the reason for each file that was not read; none may have been."""
    reading = migsearch.read(*paths)
    assert list(reading) == []
    return {skip.path.name: skip.reason for skip in (*reading.skipped, *reading.failed)}


# ----------------------------------------------------------------------------------------------------------------------
# Paths and ids
# ----------------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read_with_all_below_it(folder: Path) -> None:
    write(
        "pages/b.txt",
        "pages/a.txt",
        "pages/2021/x.TXT",
        "pages/2021/04/x.text",
        "pages/.hidden.txt",
        "pages/.git/a.txt",
    )
    assert ids("pages") == ["a.txt", "b.txt", "2021/x.TXT", "2021/04/x.text"]
    assert ids(folder / "pages") == ids("pages/") == ids("./pages") == ids("pages")


def test_the_current_folder_is_read(folder: Path) -> None:
    write("a.txt")
    assert ids(".") == ids("a.txt") == ids(folder) == ["a.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("pages/*.txt", ["a.txt", "b.txt"]),
        ("pages/**/*.txt", ["2021/c.txt", "a.txt", "b.txt"]),
        ("pages/*/*.txt", ["c.txt"]),
        ("pages/[ab].txt", ["a.txt", "b.txt"]),
        ("pages/20*", ["c.txt"]),
        ("p*", ["a.txt", "b.txt", "2021/c.txt"]),
    ],
)
def test_a_pattern_is_read_in_order(folder: Path, pattern: str, expected: list[str]) -> None:
    write("pages/b.txt", "pages/a.txt", "pages/2021/c.txt")
    assert ids(pattern) == ids(str(folder / pattern)) == expected


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    write("[a].txt", "a.txt")
    assert ids("[a].txt") == ["[a].txt"]


def test_files_of_two_folders_cannot_share_an_id(folder: Path) -> None:
    write("iom/a.txt", "unhcr/a.txt")
    assert ids("iom", "unhcr") == ["iom/a.txt", "unhcr/a.txt"]
    assert ids("iom/a.txt", "unhcr") == ["iom/a.txt", "unhcr/a.txt"]
    assert ids("*") == ["iom/a.txt", "unhcr/a.txt"]


def test_a_file_that_is_given_twice_is_read_once(folder: Path) -> None:
    write("pages/a.txt", "pages/2021/b.txt")
    for again in (
        "pages",
        folder / "pages",
        "pages/../pages",
        "pages/a.txt",
        folder / "pages/a.txt",
        "pages/2021",
        "p*/*",
    ):
        reading = migsearch.read("pages", again)
        assert [document.id for document in reading] == ["a.txt", "2021/b.txt"]
        assert len(reading.files) == 2


def test_a_reading_can_be_read_again(folder: Path) -> None:
    write("a.txt", "b.doc")
    Path("c.txt").write_bytes(DARI.encode()[:-3])
    reading = migsearch.read(".")
    assert list(reading) == list(reading) != []
    assert len(reading.skipped) == len(reading.warnings) == 1
    assert [file.name for file in reading.files] == ["a.txt", "b.doc", "c.txt"]


def test_several_processes_read_the_same(folder: Path) -> None:
    write(*(f"news/{number:02}.txt" for number in range(30)))
    rows = [json.dumps({"id": f"{number % 40}", "title": PAGE, "text": DARI}) for number in range(45)]
    rows.insert(25, "{")
    Path("news/07.jsonl").write_text("\n".join(rows), encoding="utf-8")
    Path("news/08.jsonl").write_text(rows[3], encoding="utf-8")  # an id that is there already
    Path("news/09.txt").write_bytes(PAGE.encode() + "گشود".encode()[:-1])  # cut: there is a warning
    Path("news/empty.txt").touch()
    Path("news/notes.zip").touch()
    one, two = migsearch.read("news"), migsearch.read("news", processes=2)
    documents = list(one)
    assert len(documents) == 70
    assert (len(one.skipped), len(one.failed), len(one.warnings)) == (2, 7, 1)
    assert list(two) == documents
    assert (two.skipped, two.failed, two.warnings) == (one.skipped, one.failed, one.warnings)
    assert (two.ids, two.position) == (one.ids, len(one.files))
    with pytest.raises(ValueError, match="processes must be 1 or more, not 0"):
        migsearch.read("news", processes=0)


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with pytest.raises(MigsearchError, match="a process ended before its work was done"):
        list(in_processes(1, os._exit, [1]))


def test_a_document_says_where_it_comes_from(folder: Path) -> None:
    write("pages/a.txt")
    (document,) = migsearch.read("pages")
    assert document.id == "a.txt"
    assert Path(document.source).samefile("pages/a.txt")


@pytest.mark.parametrize("path", ["absent", "absent.txt", "absent/*.txt", "*.pdf", "", "a.txt/b", "\0"])
def test_a_path_that_does_not_exist_is_an_error_at_once(folder: Path, path: str) -> None:
    write("a.txt")
    with pytest.raises(migsearch.SourceError):
        migsearch.read("a.txt", path)


def test_an_empty_folder_is_reported(folder: Path) -> None:
    write("pages/a.txt", "hidden/.a.txt")
    Path("empty").mkdir()
    assert unread("empty") == {"empty": "the folder is empty"}
    assert unread("hidden", "empty") == {"hidden": "the folder is empty", "empty": "the folder is empty"}
    reading = migsearch.read("pages", "empty")
    assert [document.id for document in reading] == ["pages/a.txt"]
    assert [skip.path.name for skip in reading.skipped] == ["empty"]


def test_nothing_given_is_nothing_read() -> None:
    assert ids() == []


# ----------------------------------------------------------------------------------------------------------------------
# The day of the crawl
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "crawled",
    ["2021-04-16", "2021-4-16", datetime.date(2021, 4, 16), datetime.datetime(2021, 4, 16, 23, 50)],
)
@pytest.mark.parametrize(
    "text",
    ["IOM opened an office in Osh yesterday.", "دفتر سازمان بین‌المللی مهاجرت دیروز در هرات گشوده شد."],
)
def test_yesterday_is_the_day_before_the_crawl(
    folder: Path, text: str, crawled: str | datetime.date, tmp_path: Path
) -> None:
    Path("pages").mkdir()
    Path("pages/a.txt").write_text(f"Office opened\n\n{text}\n", encoding="utf-8")
    (unknown,) = migsearch.read("pages")
    assert unknown.date is None
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add(migsearch.read("pages", crawled=crawled))
        kept = index.document("a.txt")
    assert kept is not None
    assert str(kept.date) == "2021-04-15"


@pytest.mark.parametrize("crawled", ["yesterday", "2021-04", "2021", "2021-02-30", "16.04.2021", ""])
def test_what_is_no_day_of_a_crawl_is_refused(folder: Path, crawled: str) -> None:
    write("a.txt")
    with pytest.raises(migsearch.SourceError, match="is no day on which pages were fetched: write it as 2021-04-15"):
        migsearch.read("a.txt", crawled=crawled)


# ----------------------------------------------------------------------------------------------------------------------
# Files that are no pages
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("signs.txt", b"***\n1204\n", "no text"),
        ("controls.txt", b"\x1b\x07\x01", "no text"),
        ("binary.txt", b"%PDF-1.4\n\x00\x01\x02", "binary"),
        ("zero.txt", b"\x00", "binary"),
        ("page.doc", PAGE.encode(), ".doc"),
        ("pages.zip", PAGE.encode(), "archives are not opened"),
        ("page.html.gz", PAGE.encode(), "archives are not opened"),
        ("page", PAGE.encode(), "no suffix"),
        ("page.", PAGE.encode(), "no suffix tells its format"),
        ("russian.txt", "Министерство внутренних дел".encode("koi8-r"), "byte 0xed at 0 "),
        ("random.txt", bytes(range(128, 256)), "byte 0x80 at 0 "),
        ("utf16.txt", codecs.BOM_UTF16_LE + b"a\x00\x00\xdcb\x00", "byte 0x00 at 4 "),
    ],
)
def test_a_file_that_is_no_page_is_skipped_and_the_rest_is_read(
    folder: Path, name: str, content: bytes, reason: str
) -> None:
    write("a.txt", "z.txt")
    Path(name).write_bytes(content)
    reading = migsearch.read(".")
    assert [document.id for document in reading] == ["a.txt", "z.txt"]
    ((path, found, _),) = (*reading.skipped, *reading.failed)
    assert path.name == name
    assert reason in found
    assert reading.warnings == []


def test_a_file_that_is_too_large_is_skipped_unread(folder: Path) -> None:
    with Path("large.txt").open("wb") as file:
        file.truncate(MAX_PAGE_BYTES + 1)
    assert "text is read up to 10 MB" in unread("large.txt")["large.txt"]
    with Path("large.txt").open("wb") as file:
        file.truncate(MAX_PAGE_BYTES)
    assert "binary" in unread("large.txt")["large.txt"]


def test_a_file_that_has_gone_is_reported(folder: Path) -> None:
    write("a.txt", "b.txt")
    reading = migsearch.read(".")
    Path("a.txt").unlink()
    assert [document.id for document in reading] == ["b.txt"]
    assert [skip.path.name for skip in reading.failed] == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize(
    ("name", "id"),
    [
        (b"\xff.txt", r"\xff.txt"),
        (b"bad\xe9name.txt", r"bad\xe9name.txt"),
        (b"\x1b[31mred.txt", r"\x1b[31mred.txt"),
        (b"two\nlines.txt", r"two\nlines.txt"),
        (b"\x7f.txt", r"\x7f.txt"),
    ],
)
def test_a_name_that_is_no_text_is_spelled_out(folder: Path, name: bytes, id: str) -> None:
    try:
        Path(os.fsdecode(name)).write_text(PAGE, encoding="utf-8")
    except OSError:
        pytest.skip("the file system refuses the name")
    (document,) = migsearch.read(".")
    assert (document.id, document.source) == (id, id)
    assert document.source.isprintable()


def test_a_path_that_is_too_long_for_an_id_is_skipped(folder: Path) -> None:
    write("z.txt")
    deep = folder.joinpath(*["d" * 100] * (MAX_ID_LENGTH // 100 + 1))
    try:
        deep.mkdir(parents=True)
        (deep / "a.txt").write_text(PAGE, encoding="utf-8")
    except OSError:
        pytest.skip("the file system refuses the path")
    reading = migsearch.read(".")
    assert [document.id for document in reading] == ["z.txt"]
    assert f"at most {MAX_ID_LENGTH}" in reading.failed[0].reason


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need privileges there")
def test_links_lead_nowhere_twice(folder: Path) -> None:
    write("pages/a.txt")
    Path("pages/self.txt").symlink_to("self.txt")
    Path("pages/one.txt").symlink_to("two.txt")
    Path("pages/two.txt").symlink_to("one.txt")
    Path("pages/gone.txt").symlink_to("absent.txt")
    Path("pages/up").symlink_to("..")
    reading = migsearch.read("pages")
    assert [document.id for document in reading] == ["a.txt"]
    assert [skip.path.name for skip in reading.failed] == ["gone.txt", "one.txt", "self.txt", "two.txt"]
    with pytest.raises(migsearch.SourceError):
        migsearch.read("pages/self.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo("pipe.txt")
    assert unread(".") == {"pipe.txt": "it is no regular file"}


# ----------------------------------------------------------------------------------------------------------------------
# What is in a page
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [PAGE, DARI, "😀 " + PAGE])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_an_encoding_is_told_by_its_mark(folder: Path, text: str, mark: bytes, encoding: str) -> None:
    Path("a.txt").write_bytes(mark + text.encode(encoding))
    (document,) = migsearch.read("a.txt")
    assert [document.title, "", document.text, ""] == text.split("\n")


@pytest.mark.parametrize(
    ("mark", "encoding", "lost"),
    [
        (b"", "utf-8", 1),
        (codecs.BOM_UTF8, "utf-8", 1),
        (codecs.BOM_UTF16_LE, "utf-16-le", 1),
        (codecs.BOM_UTF16_BE, "utf-16-be", 1),
    ],
)
@pytest.mark.parametrize("last", ["ن", "😀"])
def test_a_page_that_was_cut_within_a_character_is_read_with_a_warning(
    folder: Path, mark: bytes, encoding: str, lost: int, last: str
) -> None:
    text = DARI.rstrip("\n")
    Path("a.txt").write_bytes(mark + f"{text}{last}".encode(encoding)[:-lost])
    reading = migsearch.read("a.txt")
    (document,) = reading
    assert document.text == text.split("\n")[2]
    assert reading.skipped == reading.failed == []
    ((path, reason, _),) = reading.warnings
    assert path.name == "a.txt"
    assert f"at byte {len(mark + text.encode(encoding))} " in reason


def test_control_characters_and_escape_codes_do_not_come_through(folder: Path) -> None:
    Path("a.txt").write_bytes(
        b"\x1b[31mOffice opened\x1b[0m in Osh\x07\n\n\x1b]0;title\x07IOM opened\x08 an office.\x7f\r\n"
        + "\x9b2J".encode()
    )
    (document,) = migsearch.read("a.txt")
    everything = document.title + document.text + document.surroundings
    assert "Office opened" in document.title
    assert {c for c in everything if unicodedata.category(c) == "Cc"} <= {"\n", "\t"}


def test_a_document_is_complete(folder: Path) -> None:
    page = """خانه

گشایش دفتر در ولسوالی گذره

پنجشنبه ۱۴۰۰/۱/۲۶ - ۱۴:۲۰

سازمان بین المللی مهاجرت در ولسوالی گذره ولایت هرات با حضور نماینده وزارت امور مهاجرین و عودت کنندگان دفتر تازه‌ای گشود.

تازه ترین خبر

اتحادیه اروپا
"""
    Path("a.txt").write_text(page, encoding="utf-8")
    (document,) = migsearch.read("a.txt")
    assert document.title == "گشایش دفتر در ولسوالی گذره"
    assert (document.language, document.region) == ("fa", "AF")
    assert str(document.date) == "2021-04-15"
    assert document.organisations == ("iom", "morr-af")
    assert "اتحادیه اروپا" in document.surroundings


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=60),
        st.builds(
            bytes.__add__,
            st.sampled_from([codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE]),
            st.binary(max_size=30),
        ),
        st.text(max_size=40).map(str.encode),
    )
)
def test_any_file_is_read_or_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    reading = migsearch.read(tmp_path)
    documents = list(reading)
    assert len(documents) + len(reading.skipped) + len(reading.failed) == 1
    assert all(document.id == "a.txt" for document in documents)
