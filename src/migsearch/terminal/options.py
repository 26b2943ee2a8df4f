"""What a command line asks for: a frozen value for each command, apart from what parses it and what acts on it.

They are no dataclasses: to make ten of those takes longer than all else that ``migsearch --help`` does.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from migsearch.orders import Sort


class Options(SimpleNamespace):
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

    def __init__(self, **given: Any) -> None:
        """Take what is given of :meth:`names`; the rest is as the class says."""
        left_out = (name for name in self.names() - given.keys() if hasattr(type(self), name))
        super().__init__(**{name: getattr(type(self), name) for name in left_out}, **given)

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"{name} is as the command line says")

    @classmethod
    def names(cls) -> set[str]:
        """Return the names of what can be asked for."""
        return {name for each in cls.__mro__ for name in getattr(each, "__annotations__", ())}


class Indexing(Options):
    """``migsearch index``: bring an index up to date with files."""

    paths: tuple[str, ...]
    column: tuple[tuple[str, str], ...] = ()
    prune: bool = False
    reread: bool = False
    watch: bool = False
    crawled: str | None = None
    teasers: bool = False
    processes: int = 1


class Inspection(Options):
    """``migsearch inspect``: tell what is read from files and why."""

    paths: tuple[str, ...]
    column: tuple[tuple[str, str], ...] = ()
    crawled: str | None = None
    teasers: bool = False
    json: bool = False


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


class Explanation(Options):
    """``migsearch explain``: how a query is read and where the scores come from."""

    query: str
    id: str | None = None
    limit: int = 3
    sort: Sort = "relevance"
    json: bool = False


class Showing(Options):
    """``migsearch show``: one document."""

    id: str
    json: bool = False


class Information(Options):
    """``migsearch info``: what an index holds."""

    json: bool = False


class Suggestion(Options):
    """``migsearch organisations suggest``: names that look like organisations."""

    paths: tuple[Path, ...]
    least: int = 2
    json: bool = False


class Examination(Options):
    """``migsearch doctor``: what the terminal does with Persian; ``forget`` what it was told before."""

    json: bool = False
    forget: bool = False


class Completion(Options):
    """``migsearch completion``: the completion script of a ``shell``."""

    shell: str
