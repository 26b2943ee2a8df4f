"""Imports go in one direction, and each of the larger libraries has one home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import ROOT

import migsearch
from migsearch import errors


def test_imports_keep_their_direction() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_every_error_is_public_and_has_the_root() -> None:
    kinds = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and kind.__module__ == errors.__name__
    }
    for name in kinds:
        assert issubclass(getattr(migsearch, name), migsearch.MigsearchError)
        assert name in (errors.__doc__ or "")
