"""What several test files share: the corpus with what is expected of it, and an index of each collection."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import migsearch

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SEEDS = ROOT.parent / "shared" / "seeds"

# An example may take as long as it takes: no test asserts a time, and machines are shared.
settings.register_profile("migsearch", deadline=None)
settings.load_profile("migsearch")


@pytest.fixture(scope="session", autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let what the program keeps between runs be kept for these tests alone; the first run makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Let Ctrl-C reach the programs that tests start: in the background of a shell it is ignored, and so by them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def expected() -> list[dict[str, str]]:
    """Return the rows of the table beside the corpus."""
    with (CORPUS / "expected.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[migsearch.Index]:
    """Return an index of the demonstration corpus."""
    with migsearch.open(tmp_path_factory.mktemp("corpus") / "index", create=True) as index:
        index.add(migsearch.read(CORPUS))
        yield index


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[migsearch.Index]:
    """Return an index of the five seed pages, which lie beside the project where it is developed."""
    if not SEEDS.is_dir():
        pytest.skip("the seed pages are not here: ../shared/seeds is absent")
    with migsearch.open(tmp_path_factory.mktemp("seeds") / "index", create=True) as index:
        index.add(migsearch.read(SEEDS))
        yield index


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which the demonstration corpus is the default index, in a cache of the tests' own."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1"}
    environment.pop("MIGSEARCH_INDEX", None)
    return environment
