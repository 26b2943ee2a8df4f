"""Hits as a person sees them, at each width and in each way in which a terminal may need Persian.

``python tests/test_terminal_screens.py`` writes the screens anew, so that the difference shows what a change does to
them. They hold what a terminal is sent, cell by cell: an editor that orders Persian itself turns visual order.
What a terminal is told beside it is shown as ``<8l>``.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import CORPUS
from rich.cells import cell_len
from terminal_pty import Terminal

import migsearch

SCREENS = Path(__file__).with_name("screens")
PAGES = ("herat-earthquake-fa", "joint-plan-iom-migration-service-en", "iom-joins-un-fa", "forty-years-conference-fa")
SAYS: dict[str, dict[str, str]] = {
    "visual": {"TERM_PROGRAM": "WezTerm"},
    "words": {"TERM": "xterm-kitty"},
    "logical": {"KONSOLE_VERSION": "230804"},
    "implicit": {"VTE_VERSION": "7603"},
}
"""What a terminal says of itself that needs text in this way."""

GOLDEN = [("visual", 40), ("visual", 80), ("visual", 120), ("words", 80), ("logical", 80), ("implicit", 80)]


def made_index(folder: Path) -> Path:
    (folder / "pages").mkdir()
    for page in PAGES:
        shutil.copy(CORPUS / f"{page}.txt", folder / "pages")
    with migsearch.open(folder / "index", create=True) as index:
        index.add(migsearch.read(folder / "pages"))
    return folder / "index"


@pytest.fixture(scope="module")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_index(tmp_path_factory.mktemp("screens"))


def environment(index_path: Path, says: Mapping[str, str]) -> dict[str, str]:
    inherited = {
        name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "XDG_CACHE_HOME") if name in os.environ
    }
    private = {"HOME": str(index_path.parent), "LC_ALL": "C.UTF-8", "MIGSEARCH_INDEX": str(index_path)}
    return {**inherited, **private, **says}


def screen(index_path: Path, mode: str, columns: int) -> str:
    env = environment(index_path, SAYS[mode])
    with Terminal("search", "مهاجرت IOM", env=env, rows=60, columns=columns) as terminal:
        assert terminal.finish() == 0
        assert all(cell_len(row) <= columns for row in terminal.rows)
        if mode == "implicit":  # what it is told beside the text counts
            sent = re.sub(r"\x1b\[[0-9;]*m", "", terminal.received).replace("\r\n", "\n")
            return re.sub(r"\x1b\[([0-9]* ?[a-z])", r"<\1>", sent)
        return "\n".join(terminal.rows) + "\n"


def golden_path(mode: str, columns: int) -> Path:
    return SCREENS / f"search-{mode}-{columns}.txt"


@pytest.mark.parametrize(("mode", "columns"), GOLDEN)
def test_the_screen_of_a_search(mode: str, columns: int, index_path: Path) -> None:
    assert screen(index_path, mode, columns) == golden_path(mode, columns).read_text(encoding="utf-8")


def test_doctor_shows_each_way_and_remembers_which_reads_right(index_path: Path, tmp_path: Path) -> None:
    env = {**environment(index_path, {"TERM": "xterm-256color"}), "XDG_CONFIG_HOME": str(tmp_path)}
    with Terminal("doctor", env=env, rows=60, columns=40) as terminal:
        terminal.wait_for("Which line reads right?")
        assert [row for row in terminal.rows if re.match("  [123] ", row)] == [
            "  1  سازمان مهاجرت (IOM) در ۱۴۰۰/۱/۲۶",
            "  2  ۱۴۰۰/۱/۲۶ ﺭﺩ (IOM) ﺕﺮﺟﺎﻬﻣ ﻥﺎﻣﺯﺎﺳ",
            "  3  ۱۴۰۰/۱/۲۶ در (IOM) مهاجرت سازمان",
        ]
        told = " ".join(row[16:] for row in terminal.rows)
        assert "visual: no terminal that is known to reorder" in re.sub(" +", " ", told)
        assert "lam and alef 2" in told
        assert all(cell_len(row) <= 40 for row in terminal.rows)
        terminal.type("۳\r")
        assert terminal.finish() == 0
        assert "words from now on" in " ".join(terminal.rows)
    with Terminal("doctor", env=env, rows=60, columns=120) as terminal:
        terminal.wait_for("words: what you answered in migsearch doctor")
        terminal.wait_for("Which line reads right?")
        terminal.type("\r")
        assert terminal.finish() == 0
        assert "words was answered before" in " ".join(terminal.rows)


def test_what_tmux_hides_is_said_once(index_path: Path) -> None:
    env = environment(index_path, {"TMUX": "/tmp/tmux-0/default,1,0", "VTE_VERSION": "7603"})
    with Terminal("search", "مهاجرت", env=env, rows=60, columns=120) as terminal:
        assert terminal.finish() == 0
        said = [row for row in terminal.rows if "which tmux may hide; if Persian reads wrong, run migsearch" in row]
        assert len(said) == 1
        assert "\x1b[8l" not in terminal.received  # would not get through
    with Terminal("search", "Ashgabat", "--limit", "1", env=env) as terminal:
        assert terminal.finish() == 0
        assert not any("tmux" in row for row in terminal.rows)  # nothing here reads wrong


if __name__ == "__main__":
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = made_index(Path(folder))
        for mode, columns in GOLDEN:
            golden_path(mode, columns).write_text(screen(made, mode, columns), encoding="utf-8")
