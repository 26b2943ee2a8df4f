"""What each command imports, by which it answers soon or late, and what is kept between runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CORPUS

import migsearch
from migsearch.data import keeping
from migsearch.query import equivalents, words

LARGE = {"numpy", "whoosh", "icu", "rich", "prompt_toolkit", "bidi", "shtab", "tomllib", "lxml", "pdfminer", "docx"}
REPORT = """
import sys
from migsearch.terminal.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*(sorted(sys.modules)), file=sys.stderr)
"""


def imported(*arguments: str, home: Path, index: Path | None = None) -> set[str]:
    environ = {"HOME": str(home), "LC_ALL": "C.UTF-8", "MIGSEARCH_INDEX": str(index or home / "none")}
    program = [sys.executable, "-c", REPORT, *arguments]
    result = subprocess.run(program, env=environ, capture_output=True, encoding="utf-8", check=True)
    return set(result.stderr.split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["search", "--help"]])
def test_what_needs_no_index_imports_nothing_large(arguments: list[str], tmp_path: Path) -> None:
    assert not (LARGE | {"migsearch.model"}) & imported(*arguments, home=tmp_path)


def test_a_search_imports_nothing_that_reads_pages(tmp_path: Path) -> None:
    with migsearch.open(tmp_path / "index", create=True) as index:
        index.add(migsearch.read(CORPUS / "herat-earthquake-fa.txt"))
    first = imported("search", "هرات", home=tmp_path, index=tmp_path / "index")
    assert first >= {"numpy", "icu"}
    assert not {"whoosh", "prompt_toolkit", "lxml", "shtab", "multiprocessing", "rich.console"} & first
    assert not {module for module in first if module.startswith("migsearch.ingest.date_")}
    assert not {"migsearch.ingest.read", "migsearch.ingest.gazetteer", "migsearch.terminal.repl"} & first
    assert "hashlib" not in first  # needed for the demonstration corpus alone
    # TOML is read once; what was read is kept.
    assert "tomllib" not in imported("search", "هرات", home=tmp_path, index=tmp_path / "index")


def test_the_prompt_waits_for_nothing_that_reads_pages() -> None:
    program = [sys.executable, "-c", "import sys, migsearch.terminal.repl; print(*sys.modules)"]
    modules = set(subprocess.run(program, capture_output=True, encoding="utf-8", check=True).stdout.split())
    assert not {"migsearch.ingest.asked_date", "migsearch.ingest.gazetteer", "migsearch.index", "numpy"} & modules


def test_what_was_kept_is_what_is_derived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def derived() -> tuple[object, object]:
        return equivalents._equivalents.__wrapped__(), words.stop_words.__wrapped__()

    plain = derived()
    monkeypatch.setattr(keeping, "_folder", tmp_path)
    assert derived() == plain  # written
    assert {"equivalents", "stop_words"} <= {path.name.split("-")[0] for path in tmp_path.iterdir()}
    assert derived() == plain  # read
    for path in tmp_path.iterdir():
        path.write_text("{", encoding="utf-8")
    assert derived() == plain  # damaged, and derived again


def test_what_is_derived_anew_replaces_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_folder", tmp_path)
    assert keeping.kept("table", "old", lambda: [1]) == [1]
    assert keeping.kept("table", "old", lambda: [2]) == [1]
    assert keeping.kept("table", "new", lambda: [3]) == [3]
    assert len([*tmp_path.iterdir()]) == 1


def test_a_home_that_cannot_be_written_to_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(keeping, "_folder", tmp_path / "file" / "tables")
    assert keeping.kept("table", "key", lambda: {"a": [1]}) == {"a": [1]}
