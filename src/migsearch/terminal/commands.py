"""The commands of the prompt: lines that begin with a colon."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.model import SORTS
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.session import Filters, Session, toggled, with_year

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


class Quit(Exception):  # noqa: N818 - not an error
    """The person wants to leave."""


@dataclass(frozen=True)
class Command:
    """A command: what it needs after its name, what it does, and the function that does it."""

    argument: str
    summary: str
    run: Callable[[Session, str], None]


def execute(session: Session, line: str) -> None:
    """Run a command line such as ``:org iom``; raises :class:`MigsearchError` if it makes no sense."""
    name, _, argument = line.removeprefix(":").strip().partition(" ")
    command = COMMANDS.get(name.lower())
    if command is None:
        near = difflib.get_close_matches(name.lower(), COMMANDS, n=1, cutoff=0.4)
        hint = f"did you mean :{near[0]}?" if near else "see :help"
        raise MigsearchError(f"there is no command :{name}; {hint}")
    if bool(argument.strip()) != bool(command.argument):
        raise MigsearchError(
            f":{name} takes nothing after it" if argument else f":{name} needs {command.argument}, see :help"
        )
    command.run(session, argument.strip())


def _organisation(session: Session, argument: str) -> None:
    organisations = toggled(session.filters.organisations, argument)
    session.narrow(replace(session.filters, organisations=organisations))


def _year(session: Session, argument: str) -> None:
    year = argument.translate(_DIGITS)
    if not re.fullmatch("[0-9]{4}", year) or year == "0000":
        raise MigsearchError(f"{argument!r} is not a year of four digits such as 2021")
    session.narrow(with_year(session.filters, year))


def _language(session: Session, argument: str) -> None:
    session.narrow(replace(session.filters, languages=toggled(session.filters.languages, argument)))


def _sort(session: Session, argument: str) -> None:
    order = next((order for order in SORTS if order == argument.lower()), None)
    if order is None:
        raise MigsearchError(f"hits are sorted by {', '.join(SORTS[:-1])} or {SORTS[-1]}, not by {argument!r}")
    session.sort_by(order)


def _help(session: Session) -> None:
    rows = [("a query", "search; an empty line shows the next results")]
    rows += [(f":{name} {command.argument}".rstrip(), command.summary) for name, command in COMMANDS.items()]
    for usage, summary in rows:
        session.screen.print(Paragraph(Text(summary), session.screen.mode, gutter=f"  {usage:<14}"))


def _quit() -> None:
    raise Quit


COMMANDS = {
    "org": Command("ID", "only documents that name this organisation; again: no longer", _organisation),
    "year": Command("YEAR", "only documents of this year; again: all years", _year),
    "lang": Command("L", "only documents in this language (en, fa, fa-AF); again: no longer", _language),
    "sort": Command("ORDER", "by relevance, by feedback (also by words that the best share), or by date", _sort),
    "clear": Command("", "no filters", lambda session, _: session.narrow(Filters())),
    "open": Command("N", "the whole document: its number, its id or how its id begins", Session.open),
    "explain": Command("N", "how the query was read and where this document's score comes from", Session.explain),
    "next": Command("", "the next results", lambda session, _: session.next_page()),
    "prev": Command("", "the results before", lambda session, _: session.previous_page()),
    "help": Command("", "this list", lambda session, _: _help(session)),
    "quit": Command("", "leave; so does Ctrl-D", lambda _, __: _quit()),
}
"""Every command by its name, in the order in which ``:help`` lists them."""
