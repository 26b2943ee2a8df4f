"""The program as people and scripts meet it: screens, pipes, exit codes, keys."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal_pty import CTRL_C, CTRL_D, ENTER, PROGRAM, Terminal

import migsearch
from migsearch import Document, PartialDate
from migsearch.terminal import actions, cli

HOSTILE = "[bold]Alert[/bold] \x1b[2J\x1b]0;pwned\x07 \u202egnirts\u202c \x9b31m :smile:"
DOCUMENTS = [
    Document(
        id="ashgabat",
        title="IOM trains officers in Ashgabat",
        text="Officers of the Migration Service learned how to examine travel documents.",
        date="2022-12-09",
        organisations=("iom", "smst-tm"),
        language="en",
    ),
    Document(
        id="marrakech",
        title="میثاق جهانی مهاجرت (IOM) در مراکش تصویب شد",
        text="نمایندگان کشورها امروز میثاق جهانی برای مهاجرت مصون، منظم و قانونمند را تصویب کردند. "
        "سازمان بین‌المللی مهاجرت (IOM) کشورها را در ۱۴۰۰/۱/۲۶ یاری رساند.",
        date=PartialDate(*[PartialDate.of(2018, 12, 10).first] * 2, flags=("inferred",)),
        organisations=("iom",),
        language="fa",
        region="AF",
        source="corpus/marrakech.txt",
    ),
    Document(
        id="hostile",
        title=HOSTILE,
        text="A screen trick: \x1b[31mred\x1b[0m \x1b]0;pwned\x07.",
        date="2020",
        language="en",
    ),
    *(
        Document(
            id=f"notice-{number}",
            title=f"Returns notice {number}",
            text="\n\n".join(f"Paragraph {n} on returns." for n in range(20)),
            date=f"2021-04-{number:02}",
            organisations=("unhcr",),
            language="en",
        )
        for number in range(1, 8)
    ),
]


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terminal") / "index"
    with migsearch.open(path, create=True) as index:
        index.add(DOCUMENTS)
    return path


@pytest.fixture
def env(index_path: Path, tmp_path: Path) -> dict[str, str]:
    """An environment of which nothing outside the test is known."""
    inherited = {
        name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "XDG_CACHE_HOME") if name in os.environ
    }
    return {
        **inherited,
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LC_ALL": "C.UTF-8",
        "PAGER": "less",
        "MIGSEARCH_INDEX": str(index_path),
    }


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(env: dict[str, str]) -> Run:
    def run(*arguments: str | bytes, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *arguments],
            env={**env, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


# Screens of a terminal that neither joins nor reorders letters.


def test_a_persian_hit_in_eighty_columns(env: dict[str, str]) -> None:
    with Terminal("search", "مهاجرت", env=env) as terminal:
        assert terminal.finish() == 0
        assert terminal.rows == [
            "1 document",
            " 1.                                   ﺪﺷ ﺐﯾﻮﺼﺗ ﺶﮐﺍﺮﻣ ﺭﺩ (IOM) ﺕﺮﺟﺎﻬﻣ ﯽﻧﺎﻬﺟ ﻕﺎﺜﯿﻣ",
            "    ~2018-12-10 · iom · fa-AF · marrakech",
            "         ﺍﺭ ﺪﻨﻤﻧﻮﻧﺎﻗ ﻭ ﻢﻈﻨﻣ ،ﻥﻮﺼﻣ ﺕﺮﺟﺎﻬﻣ ﯼﺍﺮﺑ ﯽﻧﺎﻬﺟ ﻕﺎﺜﯿﻣ ﺯﻭﺮﻣﺍ ﺎﻫﺭﻮﺸﮐ ﻥﺎﮔﺪﻨﯾﺎﻤﻧ",
            "          ﯼﺭﺎﯾ ۱۴۰۰/۱/۲۶ ﺭﺩ ﺍﺭ ﺎﻫﺭﻮﺸﮐ (IOM) ﺕﺮﺟﺎﻬﻣ ﯽﻠﻠﻤﻟﺍﻦﯿﺑ ﻥﺎﻣﺯﺎﺳ .ﺪﻧﺩﺮﮐ ﺐﯾﻮﺼﺗ",
            "                                                                          .ﺪﻧﺎﺳﺭ",
            "",
            "~ inferred from the text",
            "Years              Languages        Organisations",
            "  2018  1 ██████     fa  1 ██████     iom  1 ██████  International Organization…",
        ]
        assert terminal.cells(bold=True, underscore=True).split() == ["ﺕﺮﺟﺎﻬﻣ"] * 3


def test_a_persian_hit_in_forty_columns(env: dict[str, str]) -> None:
    with Terminal("search", "مهاجرت", env=env, columns=40) as terminal:
        assert terminal.finish() == 0
        assert terminal.rows == [
            "1 document",
            " 1.    ﺶﮐﺍﺮﻣ ﺭﺩ (IOM) ﺕﺮﺟﺎﻬﻣ ﯽﻧﺎﻬﺟ ﻕﺎﺜﯿﻣ",
            "                                ﺪﺷ ﺐﯾﻮﺼﺗ",
            "    ~2018-12-10 · iom · fa-AF ·",
            "    marrakech",
            "      ﯽﻧﺎﻬﺟ ﻕﺎﺜﯿﻣ ﺯﻭﺮﻣﺍ ﺎﻫﺭﻮﺸﮐ ﻥﺎﮔﺪﻨﯾﺎﻤﻧ",
            "    ﺍﺭ ﺪﻨﻤﻧﻮﻧﺎﻗ ﻭ ﻢﻈﻨﻣ ،ﻥﻮﺼﻣ ﺕﺮﺟﺎﻬﻣ ﯼﺍﺮﺑ",
            "    ﺕﺮﺟﺎﻬﻣ ﯽﻠﻠﻤﻟﺍﻦﯿﺑ ﻥﺎﻣﺯﺎﺳ .ﺪﻧﺩﺮﮐ ﺐﯾﻮﺼﺗ",
            "       ﯼﺭﺎﯾ ۱۴۰۰/۱/۲۶ ﺭﺩ ﺍﺭ ﺎﻫﺭﻮﺸﮐ (IOM)",
            "                                  .ﺪﻧﺎﺳﺭ",
            "",
            "~ inferred from the text",
            "Years",
            "  2018  1 ██████",
            "Languages",
            "  fa  1 ██████",
            "Organisations",
            "  iom  1 ██████  International Organiza…",
        ]


def test_a_terminal_that_reorders_gets_logical_text(env: dict[str, str]) -> None:
    with Terminal("search", "مهاجرت", env={**env, "VTE_VERSION": "7603"}) as terminal:
        assert terminal.finish() == 0
        assert terminal.rows[1] == " 1. میثاق جهانی مهاجرت (IOM) در مراکش تصویب شد"
        assert "بین‌المللی" in terminal.received  # with its joiner: that terminal shapes


def test_an_english_hit(env: dict[str, str]) -> None:
    with Terminal("search", "travel documents", env=env) as terminal:
        assert terminal.finish() == 0
        assert terminal.rows[1:4] == [
            " 1. IOM trains officers in Ashgabat",
            "    2022-12-09 · iom, smst-tm · en · ashgabat",
            "    Officers of the Migration Service learned how to examine travel documents.",
        ]


def test_escape_codes_of_a_document_do_not_reach_the_terminal(env: dict[str, str]) -> None:
    for arguments in (["search", "trick"], ["show", "hostile"], ["show", "hostile", "--json"]):
        with Terminal(*arguments, "--bidi", "visual", env=env) as terminal:  # with auto, it would ask the terminal
            assert terminal.finish() == 0
            own = re.sub(r"\x1b\[[0-9;]*m", "", terminal.received)  # colours and bold
            assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", own)
    with Terminal("search", "trick", env=env) as terminal:
        terminal.finish()
        assert terminal.rows[1] == " 1. [bold]Alert[/bold] �[2J�]0;pwned� gnirts �31m :smile:"


@pytest.mark.parametrize("switch", [{"NO_COLOR": "1"}, ["--no-color"]])
def test_highlights_are_seen_without_colours(env: dict[str, str], switch: dict[str, str] | list[str]) -> None:
    environ, options = ({**env, **switch}, []) if isinstance(switch, dict) else (env, switch)
    with Terminal("search", "مهاجرت", *options, env=environ) as terminal:
        assert terminal.finish() == 0
        assert not re.search(r"\x1b\[[0-9;]*3\dm", terminal.received)
        assert terminal.cells(bold=True, underscore=True).split() == ["ﺕﺮﺟﺎﻬﻣ"] * 3


def test_indexing_shows_how_it_gets_on(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(5):
        (folder / f"page{number}.txt").write_text(f"Page {number}\n\nOn migration.\n", encoding="utf-8")
    (folder / "x.doc").write_bytes(b"\xd0\xcf")
    with Terminal("index", ".", "--index", "../ix", env=env, folder=folder) as terminal:
        assert terminal.finish() == 0
        assert "reading" in terminal.received
        assert terminal.rows[-1] == "read 5 (5 new, 0 replaced, 0 unchanged), skipped 1, failed 0 in ../ix"
        assert not any("reading" in row for row in terminal.rows)  # the bar is gone


# The prompt.


def test_a_conversation(env: dict[str, str]) -> None:
    with Terminal(env=env, rows=40) as terminal:
        terminal.wait_for_prompt()
        assert terminal.rows[0].startswith("10 documents in ")
        terminal.ask("returns", "7 documents, 1 to 4")
        terminal.ask("", "7 documents, 5 to 7")
        terminal.ask("", "migsearch: these were the last results")
        terminal.type(":open 1" + ENTER)  # which is not on this page
        terminal.wait_for("q back")
        assert terminal.rows[0] == "Returns notice 7"
        terminal.type("q")
        terminal.wait_for_prompt()
        terminal.ask(":prev", " 1. Returns")
        terminal.ask(":year 2020", "No documents match.", "migsearch [2020]>")
        terminal.ask(":clear", "7 documents, 1 to 4")
        terminal.ask(":org iom", "No documents match.", "migsearch [iom]>")
        terminal.ask("مهاجرت", "ﺕﺮﺟﺎﻬﻣ", "migsearch [iom]>")
        terminal.ask(":lang en", "No documents match.", "migsearch [iom en]>")
        terminal.type(":quit" + ENTER)
        assert terminal.finish() == 0


def test_the_order_at_the_prompt(env: dict[str, str]) -> None:
    with Terminal(env=env, rows=40) as terminal:
        terminal.wait_for_prompt()
        terminal.ask("IOM OR trick", " 1. [bold]Alert[/bold]")
        terminal.ask(":sort date", " 1. IOM trains officers", "migsearch [by date]>")
        dates = [row.split()[0] for row in terminal.rows if " · " in row]
        assert dates == ["2022-12-09", "2020", "~2018-12-10"]
        terminal.ask(":year 2020", " 1. [bold]Alert[/bold]", "migsearch [2020 by date]>")
        terminal.ask(
            ":sort best", "hits are sorted by relevance, words or date; 'best' is none", "migsearch [2020 by date]>"
        )
        terminal.ask(":sort relevance", "1 document", "migsearch [2020]>")


def test_a_score_is_explained_at_the_prompt(env: dict[str, str]) -> None:
    with Terminal(env=env, rows=40) as terminal:
        terminal.wait_for_prompt()
        terminal.ask(":explain 1", "there are no results yet; type a query")
        terminal.ask("مهاجرت در -travel", "1 document")
        terminal.ask(":explain 1", "the score")
        rows = terminal.rows
        assert rows[1:10] == [
            "The query is read as",
            "word, must match: ﺕﺮﺟﺎﻬﻣ",
            "        1  root           ﺕﺮﺟﺎﻬﻣ",
            "      0.5  surface        ﺕﺮﺟﺎﻬﻣ",
            "      0.8  root           ﺝﺎﻬﻣ*",
            "word, left out, too common to search by: ﺭﺩ",
            "word, must not match: travel",
            "        1  root           travel",
            "      0.5  surface        travel",
        ]
        assert [row.split()[-1] for row in rows[13:15]] == ["term", "ﺕﺮﺟﺎﻬﻣ"]
        contributions = [float(row.split()[0]) for row in rows[14:17]]
        assert float(rows[17].split()[0]) == pytest.approx(sum(contributions), abs=0.002)
        terminal.ask(":explain ash", "it lacks the word")


def test_an_explanation_has_room_on_a_narrow_screen(env: dict[str, str]) -> None:
    with Terminal("explain", "travel", "--limit", "1", env=env, columns=40) as terminal:
        assert terminal.finish() == 0
        heading = next(place for place, row in enumerate(terminal.rows) if "adds" in row)
        assert [row.split()[1:] for row in terminal.rows[heading : heading + 2]] == [
            ["field", "term"],
            ["root", "travel"],
        ]
        assert terminal.rows[-1].endswith("the score")


def test_mistakes_at_the_prompt_are_explained(env: dict[str, str]) -> None:
    with Terminal(env=env, rows=40) as terminal:
        terminal.wait_for_prompt()
        terminal.ask(":opne 1", "there is no command :opne; did you mean :open?")
        terminal.ask(":year 21", "cannot read the date '21'")
        terminal.ask(":org", "migsearch: write :org ID: only documents that name this organisation")
        terminal.ask(":next", "there are no results yet; type a query")
        terminal.ask("IOM date:2022..2020", "migsearch: the range ends (2020-12-31) before it begins")
        assert terminal.rows[-3:-1] == ["  IOM date:2022..2020", "           ^^^^^^^^^^"]
        terminal.ask(":open zzz", "no document has the id 'zzz', nor an id that begins so")
        terminal.ask(":open notice", "'notice' is the beginning of more than one id: notice-1, notice-2")
        terminal.ask("(travel", "note: this ( is not closed")
        assert terminal.rows[2:4] == ["  (travel", "  ^"]
        terminal.ask(":help", "leave; so does Ctrl-D")


def test_who_types_a_batch_is_told_what_to_type(env: dict[str, str]) -> None:
    with Terminal("search", "--batch", "--limit", "0", env=env) as terminal:
        terminal.wait_for("migsearch: type queries, one a line; Ctrl-D ends")
        terminal.type("zzzz\r")
        terminal.wait_for('"total": 0')
        terminal.type(CTRL_D)
        assert terminal.finish() == 1


def test_what_is_pasted_is_one_line(env: dict[str, str]) -> None:
    with Terminal(env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.type("\x1b[200~returns\n\tnotice\x1b[201~")
        terminal.wait_for("migsearch> returns notice")


def test_an_index_that_is_removed_meanwhile(env: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(env["MIGSEARCH_INDEX"], tmp_path / "ix")
    with Terminal("--index", "ix", env=env, folder=tmp_path) as terminal:
        terminal.wait_for_prompt()
        shutil.rmtree(tmp_path / "ix")
        terminal.ask("travel", "migsearch: there is no index at ix")


def test_a_long_document_goes_through_the_pager(env: dict[str, str]) -> None:
    with Terminal(env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.ask("returns", "7 documents")
        terminal.type(":open 1" + ENTER)
        terminal.wait_for("20 matches")
        assert terminal.rows[:3] == [
            "Returns notice 7",
            "2021-04-07 · unhcr · en · notice-7",
            "",
        ]
        assert "returns" in terminal.cells(bold=True, underscore=True)
        terminal.type(CTRL_C)  # is the pager's
        terminal.wait_for_prompt()


def test_ctrl_c_drops_the_line_and_ctrl_d_leaves(env: dict[str, str]) -> None:
    with Terminal(env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.type("half a que")
        terminal.wait_for("> half a que")
        terminal.type(CTRL_C)
        terminal.wait_for_prompt()
        terminal.type(CTRL_D)
        assert terminal.finish() == 0


def test_a_terminal_without_line_editing(env: dict[str, str]) -> None:
    with Terminal(env={**env, "TERM": "dumb"}) as terminal:
        terminal.wait_for_prompt()
        terminal.type("half" + CTRL_C)
        terminal.ask("travel", "IOM trains officers in Ashgabat")
        assert "\x1b" not in terminal.received
        terminal.type(CTRL_D)
        assert terminal.finish() == 0


def test_nobody_else_can_read_the_history(env: dict[str, str], tmp_path: Path) -> None:
    with Terminal(env=env) as terminal:
        terminal.wait_for_prompt()
        terminal.ask("returns", "7 documents")
        terminal.type(CTRL_D)
        terminal.finish()
    [history] = tmp_path.rglob("history")
    assert "returns" in history.read_text(encoding="utf-8")
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700


# Pipes, exit codes, JSON.


def test_a_pipe_gets_whole_logical_lines_without_escape_codes(run: Run) -> None:
    result = run("search", "مهاجرت", MIGSEARCH_BIDI="visual", FORCE_COLOR="1", COLUMNS="40")
    assert result.returncode == 0
    assert result.stdout == (
        "1 document\n"
        " 1. میثاق جهانی مهاجرت (IOM) در مراکش تصویب شد\n"
        "    ~2018-12-10 · iom · fa-AF · marrakech\n"
        "    نمایندگان کشورها امروز میثاق جهانی برای مهاجرت مصون، منظم و قانونمند را تصویب کردند. "
        "سازمان بین‌المللی مهاجرت (IOM) کشورها را در ۱۴۰۰/۱/۲۶ یاری رساند.\n"
        "\n"
        "~ inferred from the text\n"
        "Years\n"
        "  2018  1 ██████\n"
        "Languages\n"
        "  fa  1 ██████\n"
        "Organisations\n"
        "  iom  1 ██████  International Organization for Migration\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["search", "returns"], 0, ""),
        (["search", "--", "returns", "-notice"], 1, ""),
        (["search", "zzzz"], 1, ""),
        (["search", "returns", "--since", "2030"], 1, ""),
        (["search", "returns", "--since", "later"], 2, "migsearch: "),
        (["search", "returns", "--index", "/nowhere"], 2, "migsearch: "),
        (["search"], 2, "migsearch search: give either a query, or --batch "),
        (["search", "x", "--limit", "-1"], 2, "migsearch search: argument --limit: -1 is less than 0\nFor help: "),
        (["index", ".", "--processes", "0"], 2, "migsearch index: argument --processes: 0 is less than 1\n"),
        (["index", ".", "--processes", "two"], 2, "migsearch index: argument --processes: 'two' is no whole number\n"),
        (["search", "x", "--limit", "few"], 2, "migsearch search: argument --limit: 'few' is no whole number\n"),
        (
            ["search", "x", "--langauge=fa"],
            2,
            "migsearch search: there is no option --langauge; did you mean --language?",
        ),
        (["search", "x", "-y"], 2, "migsearch search: there is no option -y; a query that begins with a hyphen "),
        (["show", "x", "y"], 2, "migsearch show: 'y' is one argument too many\n"),
        (["serach", "x"], 2, "migsearch: there is no command 'serach'; did you mean search?\nFor help: "),
        (["ashgabat"], 2, "migsearch: there is no command 'ashgabat'; to search for it: migsearch search ashgabat\n"),
        (["search", "returns", "--sort", "date"], 0, ""),
        (["search", "returns", "--sort", "dat"], 2, "migsearch search: argument --sort: 'dat' is none of relevance, "),
        (["explain", "returns"], 0, ""),
        (["explain", "zzzz"], 1, ""),
        (["explain", "returns", "--id", "notice-1"], 0, ""),
        (["explain", "returns", "--id", "ash"], 1, ""),
        (
            ["explain", "returns", "--id", "zzz"],
            1,
            "migsearch: no document has the id 'zzz', nor an id that begins so\n",
        ),
        (["explain", "date:later"], 2, "migsearch: "),
        (["show", "ashgabat"], 0, ""),
        (["show", "ash"], 0, ""),
        (["show", "notice"], 2, "migsearch: 'notice' is the beginning of more than one id: notice-1, "),
        (["show", "zzz"], 1, "migsearch: no document has the id 'zzz', nor an id that begins so\n"),
        (["info"], 0, ""),
        (["index", "/nowhere"], 2, "migsearch: there is no file or folder /nowhere\n"),
        ([], 2, "usage: migsearch"),
        (["--version"], 0, ""),
        (["--help"], 0, ""),
    ],
)
def test_exit_codes(
    arguments: list[str],
    code: int,
    complaint: str,
    index_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MIGSEARCH_INDEX", str(index_path))
    try:
        exited: object = cli.main(arguments)
    except SystemExit as exit_:  # argparse's way
        exited = exit_.code
    errors = capsys.readouterr().err
    assert (exited, errors[: len(complaint)]) == (code, complaint)
    assert bool(errors) == bool(complaint)


def test_a_wrong_setting_is_named(run: Run) -> None:
    result = run("info", MIGSEARCH_BIDI="left")
    assert (result.returncode, result.stderr) == (
        2,
        "migsearch: MIGSEARCH_BIDI is 'left'; it can be auto, logical, visual, words\n",
    )


def test_the_place_of_a_mistake_is_pointed_to(run: Run) -> None:
    result = run("search", "عودت", "date:2022..2020")
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "migsearch: the range ends (2020-12-31) before it begins (2022-01-01)",
        "  عودت date:2022..2020",
        "            ^^^^^^^^^^",
    ]


def test_where_there_is_no_index_a_command_makes_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "my index"
    command = f"migsearch index PATH... --index '{path}'"
    said = f"migsearch: there is no index at {path}; make one with `{command}`\n"
    for result in (run("search", "x", "--index", str(path)), run("info", MIGSEARCH_INDEX=str(path))):
        assert (result.returncode, result.stderr) == (2, said)


def test_an_organisation_that_is_not_listed_is_noted(run: Run) -> None:
    result = run("search", "مهاجرت", "--org", "nowhere")
    assert result.stdout.splitlines()[0] == "note: no organisation is listed as 'nowhere'; taken as an id"
    notes = json.loads(run("search", "مهاجرت", "--org", "nowhere", "--json").stdout)["notes"]
    assert notes == [{"message": "no organisation is listed as 'nowhere'; taken as an id", "span": None}]


def test_nothing_to_index_leaves_no_index_behind(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.doc").write_bytes(b"\xd0\xcf")
    result = run("index", str(folder), "--index", str(tmp_path / "ix"))
    assert result.returncode == 2
    assert "a.doc: .doc is no format that is read" in result.stderr
    assert f"nothing was indexed: no document was found in {folder}" in result.stderr
    assert not (tmp_path / "ix").exists()


def test_indexing_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Page\n\nOn migration.\n", encoding="utf-8")
    options = ("index", str(tmp_path / "page.txt"), "--index", str(tmp_path / "ix"))
    first, second = run(*options), run(*options)
    assert first.stdout == f"read 1 (1 new, 0 replaced, 0 unchanged), skipped 0, failed 0 in {tmp_path / 'ix'}\n"
    assert second.stdout == f"read 1 (0 new, 0 replaced, 1 unchanged), skipped 0, failed 0 in {tmp_path / 'ix'}\n"
    assert (first.stderr, second.stderr) == ("", "")


def test_json_of_a_search(run: Run) -> None:
    result = run("search", "مهاجرت", "--json", LC_ALL="C")
    answer = json.loads(result.stdout)
    [hit] = answer.pop("hits")
    [snippet] = hit.pop("snippets")
    assert answer == {
        "version": 1,
        "query": "مهاجرت",
        "total": 1,
        "offset": 0,
        "facets": {"year": {"2018": 1}, "organisation": {"iom": 1}, "language": {"fa": 1}},
        "notes": [],
    }
    assert hit.pop("score") > 0
    assert hit == {
        "id": "marrakech",
        "title": "میثاق جهانی مهاجرت (IOM) در مراکش تصویب شد",
        "date": "2018-12-10",
        "date_inferred": True,
        "organisations": ["iom"],
        "language": "fa",
        "region": "AF",
        "source": "corpus/marrakech.txt",
        "title_highlights": [[12, 18]],
    }
    assert {snippet["text"][start:end] for start, end in snippet["highlights"]} == {"مهاجرت"}
    assert "میثاق" in result.stdout  # not \u escapes


def test_an_explanation_in_a_pipe(run: Run) -> None:
    result = run("explain", 'مهاجرین "voluntary return" the org:eu', "--id", "ashgabat")
    assert result.returncode == 1
    assert result.stdout == (
        "The query is read as\n"
        "word, adds to the score: مهاجرین\n"
        "        1  root           مهاجر\n"
        "      0.5  surface        مهاجرین\n"
        "      0.8  root           مهاج*\n"
        'phrase, must match: "voluntary return"\n'
        "        1  root           voluntari return\n"
        "word, left out, too common to search by: the\n"
        "filter, must match: organisation:eu\n"
        "           organisation   eu\n"
        "\n"
        "IOM trains officers in Ashgabat\n"
        "    ashgabat\n"
        "    does not match:\n"
        '      it lacks the phrase "voluntary return"\n'
        "      it lacks organisation:eu\n"
        "\n"
    )


def test_an_explanation_as_json_adds_up(run: Run) -> None:
    answer = json.loads(run("explain", "IOM", "officers", "--json").stdout)
    assert [(part["kind"], part["role"], part["text"], part["root"]) for part in answer["parts"]] == [
        ("word", "ranks", "IOM", "iom"),
        ("word", "ranks", "officers", "officer"),
    ]
    assert answer["parts"][1]["asked"][:2] == [
        {"field": "root", "text": "officer", "weight": 1.0},
        {"field": "surface", "text": "officers", "weight": 0.5},
    ]
    scores = {hit["id"]: hit["score"] for hit in json.loads(run("search", "IOM officers", "--json").stdout)["hits"]}
    assert [document["id"] for document in answer["documents"]] == list(scores)
    for document in answer["documents"]:
        assert sum(added["score"] for added in document["contributions"]) == pytest.approx(scores[document["id"]])
        assert (document["matches"], document["missing"]) == (True, [])


def test_the_latest_first(run: Run) -> None:
    answer = json.loads(run("search", "returns", "--sort", "date", "--json").stdout)
    dates = [hit["date"] for hit in answer["hits"]]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) == 7


def test_json_of_a_document_and_of_an_index(run: Run, index_path: Path) -> None:
    document = json.loads(run("show", "hostile", "--json").stdout)
    assert (document["title"], document["date"]) == (HOSTILE, "2020")
    info = json.loads(run("info", "--json").stdout)
    assert info.pop("size_bytes") > 0
    assert info == {
        "path": str(index_path),
        "documents": 10,
        "languages": {"en": 9, "fa": 1},
        "years": {"2022": 1, "2021": 7, "2020": 1, "2018": 1},
    }


def test_a_query_in_another_encoding_is_no_crash(run: Run) -> None:
    result = run("search", b"\xe9t\xe9", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["query"] == "\ufffdt\ufffd"


def test_a_locale_without_persian_is_no_crash(run: Run) -> None:
    result = run("search", "travel", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, "")


def test_closed_streams_are_no_error(env: dict[str, str]) -> None:
    command = f"exec {shlex.join(PROGRAM)} search iom <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], env=env, check=False).returncode == 0


def test_a_reader_that_stops_reading_is_no_error(env: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(
        [*PROGRAM, "search", "returns"], env=env, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")


def test_ctrl_c_while_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "run", interrupted)
    assert cli.main(["info"]) == 130


def test_an_error_of_the_system_names_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device", "indexes/default/x")

    monkeypatch.setattr(actions, "run", full)
    assert cli.main(["info"]) == 2
    assert capsys.readouterr().err == "migsearch: indexes/default/x: No space left on device\n"


# The index and its files.


def test_indexing_again_tells_what_changed(run: Run, tmp_path: Path) -> None:
    pages = {name: f"Notice {name}\n\nReturns were counted in {name}.\n" for name in ("Herat", "Kabul", "Osh")}
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")

    def indexed(*options: str) -> str:
        result = run("index", str(folder), "--index", str(tmp_path / "ix"), *options)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout.removesuffix(f", skipped 0, failed 0 in {tmp_path / 'ix'}\n")

    assert indexed() == "read 3 (3 new, 0 replaced, 0 unchanged)"
    (folder / "Herat.txt").unlink()
    (folder / "Kabul.txt").write_text(pages["Osh"], encoding="utf-8")
    assert indexed() == "read 2 (0 new, 1 replaced, 1 unchanged), copies 1"
    assert indexed("--prune") == "read 2 (0 new, 0 replaced, 2 unchanged), removed 1"
    assert indexed("--reread", "--processes", "2") == "read 2 (0 new, 2 replaced, 0 unchanged), copies 1"
    document = json.loads(run("show", "Osh.txt", "--json", "--index", str(tmp_path / "ix")).stdout)
    assert [copy["source"] for copy in document["copies"]] == [str(folder / "Kabul.txt")]
    assert f"also {folder / 'Kabul.txt'}" in run("show", "Osh.txt", "--index", str(tmp_path / "ix")).stdout


def test_an_emptied_folder_is_pruned(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "news" / "a.txt"
    page.parent.mkdir()
    page.write_text("Notice\n\nReturns were counted.\n", encoding="utf-8")
    options = ("index", str(page.parent), "--index", str(tmp_path / "ix"))
    run(*options)
    page.unlink()
    assert run(*options).returncode == 2
    result = run(*options, "--prune")
    assert result.returncode == 0
    assert result.stdout.startswith("read 0 (0 new, 0 replaced, 0 unchanged), removed 1, ")


def test_a_day_of_a_crawl_on_the_command_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("گشایش دفتر\n\nدفتر سازمان دیروز در هرات گشوده شد.\n", encoding="utf-8")
    options = ("index", str(tmp_path / "a.txt"), "--index", str(tmp_path / "ix"), "--crawled")
    refused = run(*options, "1400/1/27")
    assert (refused.returncode, refused.stderr) == (
        2,
        "migsearch: '1400/1/27' is no day on which pages were fetched: write it as 2021-04-15\n",
    )
    assert run(*options, "2021-04-16").returncode == 0
    shown = json.loads(run("show", "a.txt", "--json", "--index", str(tmp_path / "ix")).stdout)
    assert (shown["date"], shown["date_inferred"]) == ("2021-04-15", True)


def test_a_folder_is_followed(env: dict[str, str], tmp_path: Path) -> None:
    def notice(path: str, town: str) -> Path:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(f"Notice\n\nReturns were counted in {town}.\n", encoding="utf-8")
        return tmp_path / path

    folder = notice("news/a.txt", "Osh").parent
    # The index lies within, and is passed over.
    options = ("index", ".", "--index", "indexes/ix", "--watch", "--prune")
    with Terminal(*options, env=env, folder=folder, columns=120) as terminal:
        terminal.wait_for("read 1 (1 new, 0 replaced, 0 unchanged), removed 0, skipped 0")
        terminal.wait_for("following .; Ctrl-C ends")
        notice("2021/b.txt", "Herat")
        # Moved in whole, so that nothing is read half-written.
        notice("2021/c.txt", "Kabul").parent.rename(folder / "2021")
        terminal.wait_for("read 2 (2 new, 0 replaced, 0 unchanged), removed 0, skipped 0")
        notice("a.txt", "Ashgabat").replace(folder / "a.txt")
        terminal.wait_for("read 1 (0 new, 1 replaced, 0 unchanged), removed 0, skipped 0")
        with migsearch.open(folder / "indexes" / "ix") as index:
            assert [hit.document.id for hit in index.search("Ashgabat")] == ["a.txt"]
            assert index.search("Herat").total == 1
            (folder / "2021").rename(tmp_path / "away")
            terminal.wait_for("read 0 (0 new, 0 replaced, 0 unchanged), removed 2, skipped 0")
            assert index.search("Herat").total == 0
        terminal.type(CTRL_C)
        assert terminal.finish() == 130


@pytest.mark.parametrize("path", ["a.txt", "*.txt"])
def test_only_folders_are_followed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Notice\n\nReturns were counted in Osh.\n", encoding="utf-8")
    result = run("index", path, "--index", "ix", "--watch")
    assert result.returncode == 2
    assert result.stderr == f"migsearch: only folders can be followed, and {path} is none\n"


def test_without_its_extra_following_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    assert cli.main(["index", str(tmp_path), "--index", str(tmp_path / "ix"), "--watch"]) == 2
    assert "pip install 'migsearch[watch]'" in capsys.readouterr().err
    assert not (tmp_path / "ix").exists()
