"""Who puts right-to-left text in order: settings, answers, and what the environment tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from migsearch.errors import MigsearchError
from migsearch.terminal.answers import read_answers, remember
from migsearch.terminal.modes import Mode, choose


def mode(environ: dict[str, str], setting: str | None = None, *, terminal: bool = True) -> Mode:
    return choose(setting, environ, terminal=terminal).mode


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "visual"),
        ({"VTE_VERSION": "7603"}, "implicit"),
        ({"VTE_VERSION": "5800"}, "implicit"),
        ({"VTE_VERSION": "5202"}, "visual"),
        ({"VTE_VERSION": "garbage"}, "visual"),
        ({"KONSOLE_VERSION": "230804"}, "logical"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "logical"),
        ({"TERM_PROGRAM": "mintty", "TERM_PROGRAM_VERSION": "3.7.0"}, "implicit"),
        ({"TERM_PROGRAM": "mintty", "TERM_PROGRAM_VERSION": "2.9.0"}, "visual"),
        ({"TERM_PROGRAM": "WezTerm"}, "visual"),
        ({"TERM_PROGRAM": "iTerm.app", "LC_TERMINAL": "iTerm2"}, "visual"),
        ({"WT_SESSION": "31c8"}, "visual"),
        ({"MLTERM": "3.9.3"}, "logical"),
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, "words"),
        ({"TERM": "alacritty", "VTE_VERSION": "7603"}, "visual"),  # started from GNOME Terminal
        ({"VTE_VERSION": "7603", "TMUX": "/tmp/tmux-1000/default,1,0"}, "logical"),
        ({"TERM": "xterm-kitty", "SSH_CONNECTION": "::1 1 ::1 22"}, "words"),
        ({"SSH_TTY": "/dev/pts/1"}, "visual"),
        ({"VTE_VERSION": "7603", "MIGSEARCH_BIDI": "visual"}, "visual"),
        ({"VTE_VERSION": "7603", "MIGSEARCH_BIDI": "logical"}, "implicit"),
        ({"TMUX": "x", "MIGSEARCH_BIDI": "logical"}, "logical"),
        ({"MIGSEARCH_BIDI": "words"}, "words"),
    ],
)
def test_terminals(environ: dict[str, str], expected: Mode) -> None:
    assert mode(environ) == expected
    assert mode(environ, terminal=False) == "logical"


def test_the_option_wins_over_the_variable() -> None:
    assert mode({"MIGSEARCH_BIDI": "logical"}, "visual") == "visual"
    assert mode({"MIGSEARCH_BIDI": "logical"}, "auto") == "visual"


def test_a_pipe_is_logical_whatever_is_set() -> None:
    assert mode({}, "visual", terminal=False) == "logical"


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(MigsearchError, match="MIGSEARCH_BIDI is 'left'; it can be auto, logical, visual, words"):
        mode({"MIGSEARCH_BIDI": "left"})


@pytest.mark.parametrize(
    ("environ", "said", "expected"),
    [
        ({"TERM": "xterm-256color"}, True, "logical"),
        ({"TERM": "xterm-256color"}, False, "visual"),
        ({"ALACRITTY_WINDOW_ID": "1", "VTE_VERSION": "7603"}, True, "implicit"),  # one was started from the other
        ({"ALACRITTY_WINDOW_ID": "1", "VTE_VERSION": "7603"}, False, "visual"),
        ({"ALACRITTY_WINDOW_ID": "1", "VTE_VERSION": "7603"}, None, "visual"),
    ],
)
def test_a_terminal_that_is_not_known_is_asked(environ: dict[str, str], said: bool | None, expected: Mode) -> None:
    assert choose(None, environ, reorders=lambda: said, terminal=True).mode == expected


@pytest.mark.parametrize(
    "environ", [{"VTE_VERSION": "7603"}, {"TMUX": "x"}, {"SSH_TTY": "x"}, {"MIGSEARCH_BIDI": "visual"}]
)
def test_nothing_is_asked_where_the_answer_is_known_or_would_be_of_another(environ: dict[str, str]) -> None:
    def asked() -> bool:
        raise AssertionError

    choose(None, environ, reorders=asked, terminal=True)


@pytest.mark.parametrize("path", ["TMUX", "STY", "ZELLIJ", "SSH_CONNECTION"])
def test_what_stands_between_is_said_unless_somebody_decided(path: str) -> None:
    environ = {path: "x", "VTE_VERSION": "7603", "TERM": "screen"}
    assert "migsearch doctor" in choose(None, environ, terminal=True).doubt
    assert not choose("visual", environ, terminal=True).doubt
    between = choose(None, environ, terminal=True).doubt.split()[4]
    assert not choose(None, environ, {f"VTE in {between}": "visual"}, terminal=True).doubt


def test_an_answer_counts_for_its_terminal_alone() -> None:
    answers = {"WezTerm": "logical", "VTE": "visual", "kitty": "nonsense"}
    assert choose(None, {"TERM_PROGRAM": "WezTerm"}, answers, terminal=True).mode == "logical"
    assert choose(None, {"VTE_VERSION": "7603"}, answers, terminal=True).mode == "visual"
    assert choose(None, {"KONSOLE_VERSION": "2"}, answers, terminal=True).mode == "logical"
    assert choose(None, {"TERM": "xterm-kitty"}, answers, terminal=True).mode == "words"
    assert choose(None, {"WT_SESSION": "1", "TMUX": "x"}, {"Windows Terminal": "logical"}, terminal=True).doubt


def test_answers_are_kept_whole_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_answers() == {}
    path = remember("WezTerm in tmux", "visual")
    remember("kitty", "words")
    assert read_answers() == {"WezTerm in tmux": "visual", "kitty": "words"}
    remember("kitty", None)
    assert read_answers() == {"WezTerm in tmux": "visual"}
    assert [file.name for file in path.parent.iterdir()] == ["terminals.json"]
    path.write_text("{broken", encoding="utf-8")
    assert read_answers() == {}
