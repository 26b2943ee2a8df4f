"""The public functions: open an index, or search the default one."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from migsearch.data import resource
from migsearch.engine.whoosh import WhooshEngine
from migsearch.errors import IndexNotFoundError
from migsearch.index import DEFAULT_FACETS, Index, given_gazetteer
from migsearch.model import Results, Sort
from migsearch.query.filters import DateLike

if TYPE_CHECKING:
    from migsearch.ingest.gazetteer import Organisations
    from migsearch.ingest.read import PathLike

_opening = threading.Lock()


def open(path: PathLike, *, create: bool = False, organisations: Organisations = None) -> Index:
    """Open the index in a folder; with ``create`` make it if there is none.

    ``organisations`` is a gazetteer (see :func:`migsearch.read_gazetteer`), or the path of one or more files that
    extend or override ours; documents are searched for them when they are added, and queries may name them.

    Raises :class:`~migsearch.errors.IndexNotFoundError` if there is none,
    :class:`~migsearch.errors.IndexPathError` if the path is a file or a folder with other things in it, and
    :class:`~migsearch.errors.IndexVersionError` if the index is of another format;
    :class:`~migsearch.errors.GazetteerError` if a file of organisations cannot be read.
    """
    gazetteer = given_gazetteer(organisations)  # before anything is made on disk
    return Index(WhooshEngine(Path(path), create=create), Path(path), gazetteer)


def search(
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    since: DateLike | None = None,
    until: DateLike | None = None,
    organisations: Iterable[str] = (),
    languages: Iterable[str] = (),
    facets: Sequence[str] = DEFAULT_FACETS,
    sort: Sort = "relevance",
) -> Results:
    """Search the default index: see :func:`default_index_path` and :meth:`migsearch.Index.search`."""
    return open_default().search(
        query,
        limit=limit,
        offset=offset,
        since=since,
        until=until,
        organisations=organisations,
        languages=languages,
        facets=facets,
        sort=sort,
    )


def default_index_path() -> Path:
    """Return where the default index is.

    That is ``$MIGSEARCH_INDEX``, else ``indexes/default`` here if there is one, else the demonstration corpus in the
    user's cache folder.
    """
    return _own_index_path() or _demonstration_path()


def is_demonstration() -> bool:
    """Tell whether the default index is that of the demonstration corpus, for want of one's own."""
    return _own_index_path() is None


def _own_index_path() -> Path | None:
    named = os.environ.get("MIGSEARCH_INDEX")
    here = Path("indexes", "default")
    return Path(named) if named else here if here.is_dir() else None


def open_default() -> Index:
    """Open the default index; the demonstration corpus is indexed on first use. Kept open until the program ends."""
    own = _own_index_path()
    with _opening:
        return _kept_open(own.absolute() if own else None)


@lru_cache(maxsize=1)
def _kept_open(path: Path | None) -> Index:
    index = open(path) if path else _demonstration()  # whose path takes long to tell
    atexit.register(index.close)
    return index


def _demonstration() -> Index:
    path = _demonstration_path()
    try:
        index = open(path)
    except IndexNotFoundError:
        index = open(path, create=True)
    if not len(index):
        from migsearch.ingest.read import read

        index.add(read(demonstration_corpus()))
    return index


@lru_cache(maxsize=1)
def _demonstration_path() -> Path:
    """Return a folder for the demonstration index that changes with the corpus and the code that reads it."""
    from hashlib import sha256  # takes long to import

    state = sha256()
    package = Path(__file__).parent
    for file in sorted((*demonstration_corpus().glob("*.txt"), *package.rglob("*.py"), *package.rglob("*.toml"))):
        state.update(file.name.encode() + file.read_bytes())
    return platformdirs.user_cache_path("migsearch", appauthor=False) / f"demonstration-{state.hexdigest()[:16]}"


def demonstration_corpus() -> Path:
    """Return the folder of the demonstration corpus."""
    packaged = Path(str(resource("corpus")))
    # In a source tree the corpus lies at its root.
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "corpus"
