"""The default index: where it is, and that a first search works in an empty directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import migsearch


def test_a_first_search_needs_nothing_but_the_package(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    environment.pop("MIGSEARCH_INDEX", None)
    code = "import migsearch; print(migsearch.search('IOM Turkmenistan').hits[0].document.organisations)"
    for _ in ("builds the index", "finds it built"):
        result = subprocess.run(
            [sys.executable, "-c", code], cwd=empty, env=environment, capture_output=True, text=True, check=False
        )
        assert result.stderr == ""
        assert "iom" in result.stdout
    assert list(empty.iterdir()) == []


def test_the_default_index_is_found_in_this_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIGSEARCH_INDEX", raising=False)
    demonstration = migsearch.default_index_path()
    assert "migsearch" in str(demonstration)
    (tmp_path / "indexes" / "default").mkdir(parents=True)
    assert migsearch.default_index_path() == Path("indexes", "default")
    monkeypatch.setenv("MIGSEARCH_INDEX", "/elsewhere")
    assert migsearch.default_index_path() == Path("/elsewhere")


def test_search_uses_the_default_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGSEARCH_INDEX", str(tmp_path / "mine"))
    with pytest.raises(migsearch.IndexNotFoundError, match="mine"):
        migsearch.search("word")
    with migsearch.open(tmp_path / "mine", create=True) as index:
        index.add([migsearch.Document(id="a", text="word")])
    assert [hit.document.id for hit in migsearch.search("word")] == ["a"]
