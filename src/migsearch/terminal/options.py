"""What a command line asks for: a frozen value for each command, apart from what parses it and what acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from migsearch.orders import Sort


@dataclass(frozen=True, kw_only=True)
class Options:
    """What all commands share; by itself the prompt.

    ``index`` is the folder of the index, ``organisations`` files beside the gazetteer that ships with migsearch;
    ``bidi`` one of :data:`~migsearch.terminal.modes.SETTINGS`; ``None`` is what the environment tells.
    ``plain`` output is for those who listen to it.
    """

    index: Path | None = None
    organisations: tuple[Path, ...] = ()
    bidi: str | None = None
    colour: bool = True
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class Indexing(Options):
    """``migsearch index``: bring an index up to date with files."""

    paths: tuple[str, ...]
    column: tuple[tuple[str, str], ...] = ()
    prune: bool = False
    reread: bool = False
    watch: bool = False
    crawled: str | None = None
    teasers: bool = False


@dataclass(frozen=True, kw_only=True)
class Inspection(Options):
    """``migsearch inspect``: tell what is read from files and why."""

    paths: tuple[str, ...]
    column: tuple[tuple[str, str], ...] = ()
    crawled: str | None = None
    teasers: bool = False
    json: bool = False


@dataclass(frozen=True, kw_only=True)
class Search(Options):
    """``migsearch search``: a query with its filters, or with ``batch`` the lines of standard input."""

    query: str = ""
    batch: bool = False
    format: str = "text"
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    since: str | None = None
    until: str | None = None
    organisation: tuple[str, ...] = ()
    language: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Explanation(Options):
    """``migsearch explain``: how a query is read and where the scores come from."""

    query: str
    id: str | None = None
    limit: int = 3
    sort: Sort = "relevance"
    json: bool = False


@dataclass(frozen=True, kw_only=True)
class Showing(Options):
    """``migsearch show``: one document."""

    id: str
    json: bool = False


@dataclass(frozen=True, kw_only=True)
class Information(Options):
    """``migsearch info``: what an index holds."""

    json: bool = False


@dataclass(frozen=True, kw_only=True)
class Suggestion(Options):
    """``migsearch organisations suggest``: names that look like organisations."""

    paths: tuple[Path, ...]
    least: int = 2
    json: bool = False


@dataclass(frozen=True, kw_only=True)
class Examination(Options):
    """``migsearch doctor``: what the terminal does with Persian; ``forget`` what it was told before."""

    json: bool = False
    forget: bool = False


@dataclass(frozen=True, kw_only=True)
class Completion(Options):
    """``migsearch completion``: the completion script of a ``shell``."""

    shell: str
