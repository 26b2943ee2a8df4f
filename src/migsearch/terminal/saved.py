"""Queries that are kept under a name, with the documents that were seen: what is new is what has come since."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from migsearch.errors import MigsearchError
from migsearch.model import SORTS, Sort
from migsearch.terminal.filters import Filters
from migsearch.terminal.writing import write_whole

_NAME = re.compile("\\w[\\w\N{ZERO WIDTH NON-JOINER} -]{0,59}")
_VERSION = 1


@dataclass(frozen=True)
class Seen:
    """What was found the last time: when, in the local time, and the ids."""

    time: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class SavedQuery:
    """A query with all that narrows and orders it, and what was seen in each index, by its path."""

    query: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    seen: Mapping[str, Seen] = field(default_factory=dict)


class SavedQueries:
    """A file for each name in a folder of the user's data, which nobody else may read."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            from platformdirs import user_data_path

            folder = user_data_path("migsearch", appauthor=False) / "saved"
        self._folder = folder

    def names(self) -> list[str]:
        """Return all names in order."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def read(self, name: str) -> SavedQuery:
        """Return the query of a name; raises :class:`MigsearchError` if there is none, or its file is damaged."""
        path = self._path(name)
        try:
            return _from_object(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            known = ", ".join(self.names())
            hint = f"saved: {known}" if known else "save one with :save NAME"
            raise MigsearchError(f"no query is saved as {name!r}; {hint}") from None
        except (ValueError, TypeError, KeyError) as error:
            raise MigsearchError(f"{path} cannot be read: save the query again, or delete the file") from error

    def write(self, name: str, saved: SavedQuery) -> None:
        """Keep a query under a name, instead of what was kept there; an interruption leaves one of the two."""
        path = self._path(name)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, json.dumps({"version": _VERSION, **asdict(saved)}, ensure_ascii=False))

    def delete(self, name: str) -> None:
        """Forget the query of a name; raises :class:`MigsearchError` if there is none."""
        self.read(name)
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise MigsearchError(f"{name!r} is no name: write letters, digits, spaces and hyphens, 60 at most")
        return self._folder / f"{name}.json"


def _from_object(value: Any) -> SavedQuery:
    if value["version"] != _VERSION or value["sort"] not in SORTS:
        raise ValueError(value["version"])
    filters = value["filters"]
    seen = {index: Seen(str(last["time"]), tuple(map(str, last["ids"]))) for index, last in value["seen"].items()}
    return SavedQuery(
        str(value["query"]),
        Filters(
            tuple(map(str, filters["organisations"])),
            str(filters["since"]),
            str(filters["until"]),
            tuple(map(str, filters["languages"])),
        ),
        value["sort"],
        seen,
    )
