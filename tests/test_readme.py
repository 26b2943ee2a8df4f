"""What the README says is what happens: its Python runs, its commands print what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from terminal_pty import Terminal

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(README) if name == language]


def test_the_python_blocks_run(tmp_path: Path, demonstration: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in demonstration.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    session = "\n".join(blocks("pycon"))
    assert session.count(">>>") > 5
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    report: list[str] = []
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.DocTestRunner(optionflags=options).run(test, out=report.append).failed == 0, "".join(report)


COMMANDS = [
    (command, output)
    for block in blocks("console")
    for command, output in re.findall(r"^\$ ((?:printf|migsearch) .*)\n((?:(?!\$ ).*\n?)*)", block, re.MULTILINE)
]


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_a_command_prints_what_is_shown(
    command: str, output: str, tmp_path: Path, demonstration: dict[str, str]
) -> None:
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    program = [str(Path(sys.executable).with_name("migsearch")), *shlex.split(command)[1:]]
    if "|" in command:
        program = ["bash", "-c", command.replace("migsearch", shlex.quote(program[0]))]
    result = subprocess.run(
        program, cwd=tmp_path, env={**demonstration, "COLUMNS": "80"}, capture_output=True, text=True, check=False
    )
    shown = re.escape(output.strip()).replace(r"\.\.\.", ".*")
    assert re.fullmatch(shown, result.stdout.strip(), re.DOTALL), result.stdout + result.stderr


def test_who_sees_the_demonstration_corpus_is_told(tmp_path: Path, demonstration: dict[str, str]) -> None:
    with Terminal("info", env=demonstration, folder=tmp_path) as terminal:
        assert terminal.finish() == 0
        assert terminal.rows[0].startswith("migsearch: there is no index here, so this is the demonstration corpus")


def test_the_two_commands_stand_at_the_top_and_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("make demo", "make test"):
        assert 0 < README.index(command) < 1_500
        assert re.search(rf"^{command.split()[1]}:", makefile, re.MULTILINE)


def test_no_path_of_a_machine_stands_in_the_readme() -> None:
    assert not re.search(r"/(?:home|root|Users|work)/", README)
