"""The examples run as they stand and print what they promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PROMISED = {
    "search_from_code.py": "documents match IOM Turkmenistan",
    "embed_an_index.py": "note/1: en 2021-05-05 unhcr, morr-af",
    "facets_for_a_report.py": "Organisations named most often",
}


def test_every_example_is_tested() -> None:
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_an_example_runs(name: str, tmp_path: Path, demonstration: dict[str, str]) -> None:
    command = [sys.executable, str(ROOT / "examples" / name)]
    result = subprocess.run(command, cwd=tmp_path, env=demonstration, capture_output=True, text=True, check=False)
    assert result.stderr == ""
    assert PROMISED[name] in result.stdout
