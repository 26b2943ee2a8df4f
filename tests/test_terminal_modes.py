"""Who puts right-to-left text in order, as far as the environment tells."""

from __future__ import annotations

import pytest

from migsearch.errors import MigsearchError
from migsearch.terminal.modes import Mode, choose_mode


@pytest.mark.parametrize(
    ("environ", "mode"),
    [
        ({}, "visual"),
        ({"VTE_VERSION": "7603"}, "logical"),
        ({"VTE_VERSION": "5202"}, "visual"),
        ({"VTE_VERSION": "garbage"}, "visual"),
        ({"KONSOLE_VERSION": "230804"}, "logical"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "logical"),
        ({"TERM_PROGRAM": "mintty", "TERM_PROGRAM_VERSION": "3.7.0"}, "logical"),
        ({"TERM_PROGRAM": "mintty", "TERM_PROGRAM_VERSION": "2.9.0"}, "visual"),
        ({"TERM_PROGRAM": "WezTerm"}, "visual"),
        ({"MLTERM": "3.9.3"}, "logical"),
        ({"VTE_VERSION": "7603", "TMUX": "/tmp/tmux-1000/default,1,0"}, "visual"),
        ({"VTE_VERSION": "7603", "MIGSEARCH_BIDI": "visual"}, "visual"),
        ({"TMUX": "x", "MIGSEARCH_BIDI": "logical"}, "logical"),
    ],
)
def test_terminals(environ: dict[str, str], mode: Mode) -> None:
    assert choose_mode(None, environ, terminal=True) == mode
    assert choose_mode(None, environ, terminal=False) == "logical"


def test_the_option_wins_over_the_variable() -> None:
    assert choose_mode("visual", {"MIGSEARCH_BIDI": "logical"}, terminal=True) == "visual"
    assert choose_mode("auto", {"MIGSEARCH_BIDI": "logical"}, terminal=True) == "visual"


def test_a_pipe_is_logical_whatever_is_set() -> None:
    assert choose_mode("visual", {}, terminal=False) == "logical"


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(MigsearchError, match="MIGSEARCH_BIDI is 'left'; it can be auto, logical, visual"):
        choose_mode(None, {"MIGSEARCH_BIDI": "left"}, terminal=True)
