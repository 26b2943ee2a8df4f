"""The command line: what --help shows runs, what each option means, queries in batch, completion, the manual page."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from conftest import CORPUS
from manual import PAGE, options

import migsearch
from migsearch.terminal import cli
from migsearch.terminal.options import Options, Search
from migsearch.terminal.parser import FORMATS, SHELLS, command_line, parse
from migsearch.terminal.usage import EXAMPLES

PAGES = (
    "herat-earthquake-fa",
    "joint-plan-iom-migration-service-en",
    "migrants-day-fa",
    "refugee-health-insurance-fa",
    "returns-from-iran-islam-qala-en",
    "global-refugee-forum-fa",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small corpus/ and an index of it."""
    folder = tmp_path_factory.mktemp("command-line")
    (folder / "corpus").mkdir()
    for page in PAGES:
        shutil.copy(CORPUS / f"{page}.txt", folder / "corpus")
    assert cli.main(["index", str(folder / "corpus"), "--index", str(folder / "indexes" / "default")]) == 0
    return folder


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("MIGSEARCH_INDEX", raising=False)
    return folder


LINES = [line for lines in EXAMPLES.values() for line, _ in lines]


@pytest.mark.parametrize("line", [line for line in LINES if not re.search("[|>]", line)])
def test_an_example_of_the_help_runs(line: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mine.toml").touch()
    program, *arguments = shlex.split(line)
    assert program == "migsearch"
    code = cli.main(arguments)
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    assert printed.out


@pytest.mark.parametrize("line", [line for line in LINES if re.search("[|>]", line)])
def test_an_example_for_a_shell_runs(line: str, here: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environ["HOME"] = str(tmp_path)
    (tmp_path / ".local/share/bash-completion/completions").mkdir(parents=True)
    result = subprocess.run(["bash", "-c", line], cwd=here, env=environ, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_help_of_each_command_shows_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    for command, lines in EXAMPLES.items():
        path = {"": [], "suggest": ["organisations", "suggest"]}.get(command, [command])
        with pytest.raises(SystemExit):
            parse([*path, "--help"])
        shown = capsys.readouterr().out
        assert lines
        for line, summary in lines:
            assert f"  {line}\n" in shown
            assert summary in shown


def test_options_before_and_after_the_command() -> None:
    assert parse(["--index", "a", "search", "IOM", "officers", "--bidi", "visual", "--no-color"]) == Search(
        query="IOM officers", index=Path("a"), bidi="visual", colour=False
    )
    assert parse(["search", "x", "--year", "1400", "--org", "iom", "--lang", "fa", "--json"]) == Search(
        query="x", since="1400", until="1400", organisation=("iom",), language=("fa",), format="json"
    )
    assert parse([]) == Options()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["search"], "give either a query, or --batch and queries on standard input, one a line"),
        (["search", "x", "--batch"], "give either a query, or --batch"),
        (["search", "--batch", "--format", "csv"], "--batch prints JSON Lines, not csv"),
        (["search", "x", "--format", "xml"], "'xml' is none of text, json"),
        (["search", "x", "--year", "last"], "argument --year: cannot read the date 'last'"),
        (["search", "-iom"], "stands last, as in: -- -iom"),
        (["search", "x", "--fields"], "there is no option --fields"),
        (["completion", "korn"], "'korn' is none of bash, zsh, fish"),
    ],
)
def test_what_does_not_go_together(arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exited:
        parse(arguments)
    assert exited.value.code == 2
    assert complaint in capsys.readouterr().err


def test_a_format_for_each_program(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def printed(format: str) -> str:
        assert cli.main(["search", "پناهندگان", "--format", format]) == 0
        return capfd.readouterr().out

    ids = [hit["id"] for hit in json.loads(printed("json"))["hits"]]
    assert "refugee-health-insurance-fa.txt" in ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(printed("csv")))] == ids
    assert [line for line in printed("markdown").splitlines() if re.match(r"\d+\. ", line)]
    assert printed("bibtex").count("@online{") == len(ids)


def batch(here: Path, queries: bytes, *options: str) -> tuple[int, list[dict[str, object]]]:
    result = subprocess.run(
        [sys.executable, "-m", "migsearch.terminal.cli", "search", "--batch", *options],
        cwd=here,
        input=queries,
        capture_output=True,
        check=False,
    )
    return result.returncode, [json.loads(line) for line in result.stdout.decode().splitlines()]


def test_queries_of_standard_input_are_answered_one_a_line(here: Path) -> None:
    code, answers = batch(here, "IOM Ashgabat\n\n  پناهندگان\r\nzzz\n\xff\n".encode(), "--limit", "1")
    assert code == 0
    assert [answer["query"] for answer in answers] == ["IOM Ashgabat", "پناهندگان", "zzz", "\xff"]
    assert [bool(answer["total"]) for answer in answers] == [True, True, False, False]


def test_a_query_that_cannot_be_read_does_not_end_the_batch(here: Path) -> None:
    code, answers = batch(here, b"IOM date:someday\nIOM\n")
    assert code == 2
    error = answers[0]["error"]
    assert isinstance(error, dict)
    assert (answers[0]["query"], error["span"]) == ("IOM date:someday", [9, 16])
    assert answers[1]["total"]


def test_the_shell_completes_commands_options_and_their_values(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for shell in SHELLS:
        assert cli.main(["completion", shell]) == 0
        script = capfd.readouterr().out
        assert "search" in script
        assert "bibtex" in script
        (tmp_path / shell).write_text(script, encoding="utf-8")
    asked = "COMP_WORDS=(migsearch {words}); COMP_CWORD={last}; _shtab_migsearch; echo ${{COMPREPLY[@]}}\n"
    lines = ("sea", "search --form", "search --sort da", "--bidi vis", "completion fi")
    typed = "".join(asked.format(words=line, last=len(line.split())) for line in lines)
    result = subprocess.run(
        ["bash", "--norc"], input=f"source {tmp_path / 'bash'}\n{typed}", capture_output=True, text=True, check=False
    )
    assert result.stdout.split("\n")[:-1] == ["search", "--format", "date", "visual", "fish"]


def test_the_manual_page_is_of_this_version_and_has_every_option() -> None:
    page = PAGE.read_text(encoding="utf-8").replace("\\-", "-")
    assert f'"migsearch {migsearch.__version__}"' in page, "run: make man"
    missing = [option for option in options(command_line()) if option not in page and option != "--help"]
    assert not missing, "run: make man"
    for line in LINES:
        assert line.replace("\\", "\\e").replace("'", "\\(aq") in page


@pytest.mark.parametrize(
    "name", ["\x1b[2J\x1b]0;owned\x07.txt", "\u202egnp.txt", "a\nb\x9b31m.txt", "س" + "\u064e" * 80 + ".txt"]
)
def test_names_of_files_and_queries_command_nothing(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("Notice\n\nReturns were counted in Osh.\n", encoding="utf-8")
    (tmp_path / f"{name}.doc").write_bytes(b"\xd0\xcf")  # which is told to be skipped
    options = ("--index", str(tmp_path / "ix"))
    assert cli.main(["index", str(tmp_path), *options]) == 0
    cli.main(["inspect", str(tmp_path)])
    cli.main(["show", name, *options])
    for format in FORMATS:
        cli.main(["search", "returns", name, f"date:{name}", "--format", format, *options])
        cli.main(["search", "returns", name, "--format", format, *options])
    printed = capfd.readouterr()
    assert "Notice" in printed.out
    assert "skipped" in printed.err
    for character in (printed.out + printed.err).replace("\n", ""):
        assert unicodedata.category(character) not in ("Cc", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI")
