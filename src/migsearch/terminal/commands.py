"""The commands of the prompt: lines that begin with a colon."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.model import SORTS
from migsearch.terminal import keeping, narrowing
from migsearch.terminal.calendars import CALENDARS
from migsearch.terminal.choices import Choice, languages, organisations, periods
from migsearch.terminal.filters import Filters
from migsearch.terminal.histogram import Histogram
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.saved import SavedQueries
from migsearch.terminal.session import Session
from migsearch.terminal.sharing import copy, export_hits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from rich.console import RenderableType

    from migsearch.terminal.modes import Mode

    Name = TypeVar("Name", bound=str)


class Quit(Exception):  # noqa: N818 - not an error
    """The person wants to leave."""


@dataclass(frozen=True)
class Command:
    """A command: what it takes after its name, in brackets if it may be left out, what it does, and its function.

    ``choices`` are what Tab offers to take.
    """

    argument: str
    summary: str
    run: Callable[[Session, str], None]
    choices: Callable[[Session], Iterable[Choice]] = lambda _: ()


def execute(session: Session, line: str) -> None:
    """Run a command line such as ``:org iom``; raises :class:`MigsearchError` if it makes no sense."""
    name, _, argument = line.removeprefix(":").strip().partition(" ")
    if name.isdecimal() and not argument:
        name, argument = "open", name
    command = _meant(name)
    argument = argument.strip()
    if argument and not command.argument:
        raise MigsearchError(f":{name} takes nothing after it")
    if not argument and command.argument and not command.argument.startswith("["):
        raise MigsearchError(f"write :{name} {command.argument}: {command.summary}")
    command.run(session, argument)


def _meant(name: str) -> Command:
    """Return the command of a name, or the only one that begins so."""
    begin_so = [other for other in COMMANDS if name and other.startswith(name.lower())]
    if name.lower() in COMMANDS or len(begin_so) == 1:
        return COMMANDS.get(name.lower()) or COMMANDS[begin_so[0]]
    longer = [other for other in COMMANDS if name.lower().startswith(other)]  # :organisation
    near = begin_so or longer or difflib.get_close_matches(name.lower(), COMMANDS, n=1)
    hint = f"did you mean {_alternatives([f':{other}' for other in near])}?" if near else "see :help"
    raise MigsearchError(f"there is no command :{name}; {hint}")


def _alternatives(words: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _sort(session: Session, argument: str) -> None:
    session.sort_by(_one_of(SORTS, argument, "hits are sorted by"))


def _calendar(session: Session, argument: str) -> None:
    session.use_calendar(_one_of(CALENDARS, argument, "dates are shown in the calendar"))


def _one_of(names: Sequence[Name], argument: str, what: str) -> Name:
    for name in names:
        if name == argument.lower():
            return name
    raise MigsearchError(f"{what} {_alternatives(names)}; {argument!r} is none of these")


def _dates(session: Session, argument: str) -> None:
    unit = _one_of(("year", "month"), argument or ("month" if session.filters.year else "year"), "dates are counted by")
    if not session.shown.total:
        raise MigsearchError("no documents match")
    facet = session.period(by_month=unit == "month")
    counted = session.index.search(session.query, limit=0, facets=(facet,), **session.filters.arguments())
    if not counted.facets[facet]:
        raise MigsearchError("no document has a date that is known so exactly")
    session.screen.page(Histogram(counted.facets[facet], plain=session.screen.plain))
    session.screen.print(Text(f"narrow with :{unit} and one of these", style="dim"))


def _try(session: Session, argument: str) -> None:
    if argument and not argument.isdecimal():
        raise MigsearchError(f"{argument!r} is not the number of a suggestion")
    session.correct(int(argument or 1))


def _help(session: Session) -> None:
    session.screen.page(*_help_lines(session.screen.mode, session.screen.output.width))


def _help_lines(mode: Mode, columns: int) -> Iterator[RenderableType]:
    usages = {name: f":{name} {command.argument}".rstrip() for name, command in COMMANDS.items()}
    width = max(map(len, usages.values()))
    yield Paragraph(Text("a query: search; an empty line, or Page Down, shows the next results; Tab completes"), mode)
    for name, command in COMMANDS.items():
        if name in _HEADINGS:
            yield Text(_HEADINGS[name], style="bold")
        if columns < 3 * width:
            yield Text(f"  {usages[name]}", style="dim")
            yield Paragraph(Text(command.summary), mode, gutter="    ")
        else:
            yield Paragraph(Text(command.summary), mode, gutter=f"  {usages[name]:<{width}}  ")


def _same_page(session: Session, _: str) -> None:
    if session.screen.interactive:
        session.screen.output.clear()
    session.same_page()


def _quit() -> None:
    raise Quit


def _choices(names: Iterable[str]) -> Callable[[Session], Iterable[Choice]]:
    return lambda _: map(Choice, names)


def _shown_numbers(session: Session) -> Iterable[Choice]:
    results = session.results
    for number, hit in enumerate(results or (), start=(results.offset if results else 0) + 1):
        yield Choice(str(number), hit.document.title)


def _saved(_: Session) -> Iterable[Choice]:
    return map(Choice, SavedQueries().names())


_HEADINGS = {
    "org": "Narrow",
    "sort": "Show otherwise",
    "next": "Turn pages",
    "open": "Documents, by their number N, their id or how it begins",
    "save": "Queries to ask again",
    "try": "And",
}
"""What stands in ``:help`` before a command."""

COMMANDS = {
    "org": Command(
        "ID",
        "only documents that name this organisation, of several one; again: no longer",
        narrowing.organisation,
        organisations,
    ),
    "year": Command(
        "YEAR", "only this year, as 2021 or 1400; again: all", partial(narrowing.period, precision="year"), periods
    ),
    "month": Command(
        "MONTH",
        "only this month, as 2021-04 or 1400-01; again: all",
        partial(narrowing.period, precision="month"),
        partial(periods, by_month=True),
    ),
    "since": Command("DATE", "only from this day, month or year on", narrowing.since, periods),
    "until": Command("DATE", "only up to this day, month or year", narrowing.until, periods),
    "lang": Command("LANG", "only this language (en, fa, fa-AF); again: no longer", narrowing.language, languages),
    "drop": Command(
        "[FILTER]",
        "remove one filter, else the last that the prompt shows",
        narrowing.drop,
        lambda session: map(Choice, session.filters.values),
    ),
    "clear": Command("", "no filters", lambda session, _: session.narrow(Filters())),
    "sort": Command("ORDER", "by relevance, words (those of the query alone), or date", _sort, _choices(SORTS)),
    "calendar": Command("NAME", "dates in the gregorian or solar calendar, or both", _calendar, _choices(CALENDARS)),
    "dates": Command("[UNIT]", "a histogram of the dates by year or month", _dates, _choices(("year", "month"))),
    "next": Command("", "the next results", lambda session, _: session.next_page()),
    "prev": Command("", "the results before", lambda session, _: session.previous_page()),
    "page": Command("", "this page again, as after a change of size; so does Ctrl-L", _same_page),
    "open": Command("N", "the whole document; :3 will do", Session.open, _shown_numbers),
    "like": Command("N", "documents like this one", Session.like, _shown_numbers),
    "explain": Command("N", "how the query was read and where a score comes from", Session.explain, _shown_numbers),
    "copy": Command("N [text]", "copy its citation, or its text, in logical order", copy, _shown_numbers),
    "export": Command("FILE", "write the hits to a .json, .csv, .md or .bib file", export_hits),
    "save": Command("NAME", "keep the query with its filters", keeping.save, _saved),
    "run": Command("NAME", "ask a saved query again", keeping.run, _saved),
    "new": Command("NAME", "what a saved query finds since it was last asked", keeping.show_new, _saved),
    "saved": Command("", "list the saved queries", lambda session, _: keeping.show_saved(session)),
    "forget": Command("NAME", "delete a saved query", keeping.forget, _saved),
    "try": Command("[N]", "what was suggested instead of the query", _try),
    "help": Command("", "this list", lambda session, _: _help(session)),
    "quit": Command("", "leave; so does Ctrl-D", lambda _, __: _quit()),
}
"""Every command by its name, in the order in which ``:help`` lists them."""
