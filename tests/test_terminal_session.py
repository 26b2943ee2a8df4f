"""The prompt as a person meets it: screens of the real program, and what its commands do.

``python tests/test_terminal_session.py`` writes the screens anew. They are those of a terminal that neither joins nor
reorders letters: an editor that does so shows Persian backwards.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import CORPUS
from rich.console import ConsoleDimensions
from terminal_pty import CTRL_C, CTRL_D, ENTER, Terminal

import migsearch
from migsearch import Document, Index
from migsearch.errors import MigsearchError
from migsearch.terminal.commands import execute
from migsearch.terminal.filters import Filters
from migsearch.terminal.saved import SavedQueries, SavedQuery, Seen
from migsearch.terminal.screen import Screen
from migsearch.terminal.session import Session

SCREENS = Path(__file__).with_name("screens")
PAGE_DOWN, TAB = "\x1b[6~", "\t"
SIZES = {40: 30, 80: 24, 120: 40}
"""Rows by columns."""


def environment(home: Path, index: Path) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    folders = {"XDG_STATE_HOME": str(home / "state"), "XDG_DATA_HOME": str(home / "data")}
    return {**inherited, **folders, "HOME": str(home), "LC_ALL": "C.UTF-8", "MIGSEARCH_INDEX": str(index)}


@pytest.fixture
def env(corpus_index: Index, tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path, corpus_index.path)


# Golden screens: one conversation, photographed at each width.


def screens(env: Mapping[str, str], columns: int) -> dict[str, list[str]]:
    """Return the screens of a conversation by their names."""
    taken: dict[str, list[str]] = {}
    with Terminal(env=env, rows=SIZES[columns], columns=columns) as terminal:

        def take(name: str) -> None:
            taken[name] = terminal.rows

        terminal.wait_for_prompt()
        terminal.ask("IOM Turkmenistan", "19 documents")
        take("english")
        terminal.ask(":calendar both", "19 documents")
        terminal.ask("بازگشت مهاجران هرات", "29 documents")
        take("persian")
        terminal.ask(":year 1400", "4 documents", "migsearch [1400]>")
        terminal.ask(":dates month", "narrow with", "migsearch [1400]>")
        take("dates")
        terminal.ask(":drop", "29 documents")
        terminal.ask("refugge Turkmenestan", "Did you mean")
        take("suggested")
        terminal.ask(":try 2", "22 documents")
        terminal.ask(":like 1", "Documents like")
        terminal.type("lang:fa -org:undp «عودت کنندگان» مها" + TAB)
        terminal.wait_for("ﯽﺗﺮﺟﺎﻬﻣ")  # the last one
        prompts = [number for number, row in enumerate(terminal.rows) if row.startswith("migsearch>")]
        taken["typing"] = terminal.rows[prompts[-1] :]
        terminal.type(ENTER)
        terminal.wait_for("documents, 1 to")
        terminal.wait_for_prompt()
        terminal.wipe()
        terminal.resize(16, columns)
        terminal.type(":1" + ENTER)
        terminal.wait_for("matches")
        terminal.type("N")
        terminal.wait_for("match 8 of 8")
        assert re.search("\x1b\\[[0-9;]*35[;m]", terminal.received)  # in colours
        take("document")
        terminal.resize(12, columns - 10)
        terminal.wait_until(lambda: "match 8 of 8" in terminal.rows[-1])
        assert len(terminal.rows) == 12
        terminal.type("q")
        terminal.wait_for_prompt()
    return taken


@pytest.mark.parametrize("columns", SIZES)
def test_screens(env: dict[str, str], columns: int) -> None:
    for name, rows in screens(env, columns).items():
        assert rows == golden(name, columns).read_text(encoding="utf-8").splitlines(), name
        assert max(map(len, rows)) <= columns


def golden(name: str, columns: int) -> Path:
    return SCREENS / f"session-{name}-{columns}.txt"


# What a terminal can and cannot.


def test_who_listens_hears_neither_bars_nor_columns(env: dict[str, str]) -> None:
    with Terminal(env={**env, "MIGSEARCH_PLAIN": "1"}) as terminal:
        terminal.wait_for_prompt()
        terminal.ask("عودت lang:fa org:iom", "documents")
        assert not re.search("[\x1b█▏│]", terminal.received)
        assert any(row.startswith("Organisations: iom ") for row in terminal.rows)
        assert "عودت" in terminal.received  # in the order of reading
        terminal.ask(":dates", "narrow with :year")
        assert "█" not in terminal.received
        terminal.type(CTRL_D)
        assert terminal.finish() == 0


def test_a_terminal_that_orders_persian_takes_copies_and_wants_no_colours(env: dict[str, str]) -> None:
    with Terminal(env={**env, "MIGSEARCH_BIDI": "logical", "TERM_PROGRAM": "WezTerm", "NO_COLOR": "1"}) as terminal:
        terminal.wait_for_prompt()
        terminal.type("بازگشت")
        terminal.wait_for("migsearch> بازگشت")
        terminal.type(CTRL_C)
        terminal.wait_for_prompt()
        terminal.ask("IOM Turkmenistan", "19 documents, 1 to 2")
        terminal.type(PAGE_DOWN)
        terminal.wait_for("19 documents, 3 to ")
        terminal.wait_for_prompt()
        terminal.ask(":copy 1", "copied citation")
        encoded = re.search("\x1b]52;c;([^\x07]+)\x07", terminal.received)
        assert encoded
        copied = base64.b64decode(encoded[1]).decode()
        assert copied.startswith("IOM and State Migration Service review joint plan of activities. 2023-05-16. ")
        terminal.resize(8, 80)
        terminal.type(":1" + ENTER)
        terminal.wait_for("q back")
        assert not re.search("\x1b\\[[0-9;]*[34]\\d[;m]", terminal.received)
        terminal.terminate()
        assert terminal.finish() == 128 + signal.SIGTERM
        assert terminal.received.rindex("\x1b[?1049l") > terminal.received.rindex("\x1b[?1049h")  # the screen before


# The commands, without a terminal.


@pytest.fixture
def session(corpus_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return Session(corpus_index, Screen(None, colour=False, environ={}))


def said(session: Session, capsys: pytest.CaptureFixture[str], *lines: str) -> list[str]:
    """Return what the last of some commands prints."""
    session.screen = Screen(None, colour=False, environ={})  # in a fixture the captured stream is another
    for line in lines:
        capsys.readouterr()
        execute(session, line) if line.startswith(":") else session.search(line)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("commands", "active", "total"),
    [
        ([], "", 29),
        ([":org iom"], "iom", 12),
        ([":org iom", ":org unhcr", ":lang fa-AF"], "iom unhcr fa-AF", 15),
        ([":org iom", ":org iom"], "", 29),
        ([":year ۱۴۰۰"], "1400", 4),
        ([":year 2021", ":month 2021-04"], "2021-04", 1),
        ([":month 1400-02"], "1400-02", 1),
        ([":month ثور-1400"], "ثور-1400", 1),
        ([":since 2021", ":until 2022"], "2021..2022", 7),
        ([":since 2021", ":org iom", ":drop 2021.."], "iom", 12),
        ([":org iom", ":lang fa", ":drop"], "iom", 12),
        ([":org iom", ":year 2021", ":clear"], "", 29),
        ([":org iom", ":sort date", ":calendar both"], "iom", 12),
    ],
)
def test_filters(
    session: Session, capsys: pytest.CaptureFixture[str], commands: list[str], active: str, total: int
) -> None:
    said(session, capsys, "بازگشت مهاجران هرات", *commands)
    assert (str(session.filters), session.shown.total) == (active, total)


def test_persian_can_be_typed_where_the_locale_has_none(env: dict[str, str]) -> None:
    without = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with Terminal(env=env | without) as terminal:
        terminal.wait_for_prompt()
        terminal.ask("بازگشت مهاجران هرات", "29 documents")


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (":year 2021-04", "'2021-04' is not a year such as 2021 or 1400"),
        (":month 2021", "'2021' is not a month such as 2021-04 or 1400-01"),
        (":month 2021-13", "cannot read the date '2021-13'"),
        (":since soon", "cannot read the date 'soon'"),
        (":drop iom", "no filters are active"),
        (":calendar lunar", "gregorian, solar or both; 'lunar' is none of these"),
        (":dates week", "year or month; 'week' is none of these"),
        (":dates", "there are no results yet"),
        (":try", "nothing else was suggested"),
        (":like 1", "no document has the id '1'"),
        (":copy 1 title", "copy the citation or the text"),
        (":export x.pdf", "'x.pdf' should end with one of .json, .csv, .md, .bib"),
        (":save a/b", "there is no query to save"),
        (":run ../x", "'../x' is no name"),
        (":run x", "no query is saved as 'x'; save one with :save NAME"),
        (":saved", "nothing is saved"),
        (":export /nowhere/x.csv", "there are no results yet"),
        (":organisation iom", "there is no command :organisation; did you mean :org?"),
        (":bogus", "there is no command :bogus; see :help"),
        (":sa x", "there is no command :sa; did you mean :save or :saved?"),
        (":help me", ":help takes nothing after it"),
    ],
)
def test_mistakes(session: Session, command: str, complaint: str) -> None:
    with pytest.raises(MigsearchError, match=re.escape(complaint)):
        execute(session, command)


def test_a_mistake_changes_nothing(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    said(session, capsys, "herat", ":since 2021")
    before = (session.filters, session.results)
    with pytest.raises(MigsearchError, match="since"):
        execute(session, ":until 2020")
    assert (session.filters, session.results) == before


def test_a_query_is_corrected(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(session, capsys, "refugge")[1:] == ["Did you mean (:try N)", " 1. refugee", " 2. refugees"]
    said(session, capsys, ":try 2")
    assert session.query == "refugees"
    with pytest.raises(MigsearchError, match="nothing else"):
        execute(session, ":try")


def test_documents_like_one_are_a_list_to_open_and_page_through(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = said(session, capsys, "herat earthquake", ":like 1")
    assert rows[:2] == [
        "Documents like",
        "Herat earthquakes: relief agencies step up assistance as families face the cold",
    ]
    second = session.shown.hits[1].document
    said(session, capsys, ":next")
    assert session.shown.offset == 10
    assert said(session, capsys, ":prev", ":2")[0] == second.title
    said(session, capsys, ":org iom")  # the query again
    assert session.shown.query == "herat earthquake"


def test_what_is_new_for_a_saved_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add([Document(id="a", text="Returns to Herat.", language="en")])
        session = Session(index, Screen(None, colour=False, environ={}))
        assert said(session, capsys, "herat", ":lang en", ":save عودت هرات") == [
            "saved as عودت هرات; :run and :new ask it again"
        ]
        assert said(session, capsys, ":new عودت هرات")[0].startswith("0 new since 20")
        index.add(
            [Document(id=id, text="Herat again.", language=language) for id, language in (("b", "en"), ("c", "fa"))]
        )
        later = Session(index, Screen(None, colour=False, environ={}))
        assert said(later, capsys, ":new عودت هرات")[0].startswith("1 new since 20")
        assert [hit.document.id for hit in later.shown] == ["b"]
        assert later.shown.hits[0].snippets
        assert (later.query, str(later.filters)) == ("herat", "en")
        assert said(later, capsys, ":new عودت هرات")[0].startswith("0 new since 20")
        assert said(later, capsys, ":run عودت هرات")[0] == "2 documents"
        assert said(later, capsys, ":saved") == ["  عودت هرات", "      herat", "      [en]"]
        said(later, capsys, ":forget عودت هرات")
        assert SavedQueries().names() == []


def test_saved_queries_are_private_and_whole(tmp_path: Path) -> None:
    queries = SavedQueries(tmp_path / "saved")
    saved = SavedQuery("x", Filters(("iom",), "2021", "", ("fa",)), "date", {"ix": Seen("2021-04-15 10:00", ("a",))})
    queries.write("x", SavedQuery("y"))
    queries.write("x", saved)
    assert queries.read("x") == saved
    [file] = (tmp_path / "saved").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    for damage in ("{", "[]", '{"version": 2}', json.dumps({"version": 1, "sort": "size"})):
        file.write_text(damage, encoding="utf-8")
        with pytest.raises(MigsearchError, match="cannot be read"):
            queries.read("x")


def test_hits_are_exported_to_a_new_file(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hits.json"
    assert said(session, capsys, "IOM Turkmenistan", f":export {path}") == [f"wrote 19 hits to {path}"]
    written = json.loads(path.read_text(encoding="utf-8"))
    assert len(written["hits"]) == written["total"] == 19
    with pytest.raises(MigsearchError, match="is there already"):
        execute(session, f":export {path}")
    assert [file.name for file in tmp_path.iterdir()] == ["hits.json"]
    missing = tmp_path / "missing" / "hits.json"
    with pytest.raises(OSError, match="No such file") as raised:
        execute(session, f":export {missing}")
    assert raised.value.filename == str(missing)


def test_without_a_clipboard_the_logical_text_is_printed(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(session, capsys, "عودت کنندگان", ":copy 1 text")
    document = session.shown.hits[0].document
    assert rows[:-1] == [document.title, "", *document.text.split("\n")]
    assert rows[-1].startswith("not copied: ")


def test_filters_that_leave_nothing_are_told(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(session, capsys, "herat earthquake")[0].partition(" ")[0]
    narrowed = (
        "No documents match.",
        f"{found} documents match without the filters; :drop removes the last, :clear all",
    )
    assert said(session, capsys, ":year 1990") == list(narrowed)
    assert said(session, capsys, "zzzz") == ["No documents match."]
    with pytest.raises(MigsearchError, match="there are no results"):
        execute(session, ":1")


def test_an_organisation_is_the_same_in_capitals(session: Session) -> None:
    session.search("herat earthquake")
    execute(session, ":org IOM")
    assert session.filters.values == ("iom",)
    execute(session, ":org iom")
    assert session.filters.values == ()


def test_help_names_every_command_in_a_line(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(session, capsys, ":help")
    assert len(rows) <= 36
    assert max(map(len, rows)) <= 100


def test_help_can_be_read_on_a_narrow_screen(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    session.screen = Screen(None, colour=False, environ={})
    session.screen.output.size = ConsoleDimensions(20, 25)
    execute(session, ":help")
    assert capsys.readouterr().out.splitlines()[-3:] == ["  :quit", "    leave; so does", "    Ctrl-D"]


def test_a_number_beyond_the_results(session: Session) -> None:
    session.search("herat earthquake")
    with pytest.raises(MigsearchError, match=f"there is no result 999 of {session.shown.total}"):
        execute(session, ":open 999")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home, migsearch.open(Path(home) / "index", create=True) as index:
        index.add(migsearch.read(CORPUS))
        for width in SIZES:
            for name, rows in screens(environment(Path(home), index.path), width).items():
                golden(name, width).write_text("\n".join(rows) + "\n", encoding="utf-8")
