"""The grammar of the command line: arguments in, a frozen value of options out."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from migsearch import __version__
from migsearch.orders import SORTS
from migsearch.terminal import options
from migsearch.terminal.arguments import Parser
from migsearch.terminal.modes import SETTINGS, VARIABLE
from migsearch.terminal.usage import DESCRIPTION, epilog

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("text", "json", "csv", "markdown", "bibtex")
SHELLS = ("bash", "zsh", "fish")


def parse(argv: Sequence[str] | None = None) -> options.Options:
    """Return what ``argv`` asks for; prints what is wrong with it and exits with code 2."""
    parser = command_line()
    args, unknown = parser.parse_known_args(argv)
    if unknown:
        _refuse(getattr(args, "parser", parser), args.kind, unknown[0])
    if args.kind is options.Search:
        _check_search(args)
    names = args.kind.names()
    given = {name: _frozen(name, value) for name, value in vars(args).items() if name in names}
    asked: options.Options = args.kind(**given)
    return asked


def _refuse(parser: Parser, kind: type[options.Options], unknown: str) -> NoReturn:
    if kind in (options.Search, options.Explanation) and not unknown.startswith("--"):
        parser.error(
            f"there is no option {unknown}; a query that begins with a hyphen stands last, as in: -- {unknown}"
        )
    parser.refuse(unknown)


def _check_search(args: argparse.Namespace) -> None:
    if bool(args.query) == args.batch:
        args.parser.error("give either a query, or --batch and queries on standard input, one a line")
    if args.batch and args.format not in (None, "json"):
        args.parser.error(f"--batch prints JSON Lines, not {args.format}")
    args.format = args.format or "text"


def _frozen(name: str, value: Any) -> Any:
    if name == "query":
        return " ".join(value)
    return tuple(value) if isinstance(value, list) else value


def command_line(*, everywhere: bool = True) -> Parser:
    """Return the parser, whose namespace names the ``kind`` of options that it holds.

    What all commands share may stand ``everywhere``: before the command or after it.
    """
    parser = Parser(arguments="COMMAND ...", prog="migsearch", description=DESCRIPTION, epilog=epilog(""))
    parser.set_defaults(kind=options.Options)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="migsearch")
    _add_shared(parser)

    def add(name: str, kind: type[options.Options], summary: str, arguments: str = "", among: Any = commands) -> Parser:
        command = _command(among, name, kind, summary, arguments)
        if everywhere:
            _add_shared(command)
        return command

    _add_search(add("search", options.Search, "print the documents that match a query", "QUERY ..."))
    show = add("show", options.Showing, "print a whole document", "ID")
    show.add_argument("id", type=_text, metavar="ID", help="its id, or as much of its beginning as no other shares")
    _add_json(show)
    _add_explain(
        add("explain", options.Explanation, "tell how a query is read and where the scores come from", "QUERY ...")
    )
    _add_index(add("index", options.Indexing, "bring an index up to date with files or folders", "PATH ..."))
    _add_inspect(add("inspect", options.Inspection, "tell what is read from files and why", "FILE ..."))
    _add_json(add("info", options.Information, "describe an index"))
    organisations = commands.add_parser(
        "organisations", arguments="COMMAND ...", help="find organisations that are not listed"
    )
    asked = organisations.add_subparsers(
        dest="asked", metavar="COMMAND", title="commands", required=True, prog="migsearch organisations"
    )
    _add_suggest(
        add("suggest", options.Suggestion, "print names that look like organisations", "PATH ...", among=asked)
    )
    doctor = add("doctor", options.Examination, "find out how this terminal shows Persian")
    doctor.add_argument("--forget", action="store_true", help="forget what was answered for this terminal")
    _add_json(doctor)
    completion = add("completion", options.Completion, "print the completion script of a shell", "SHELL")
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    return parser


def _command(commands: Any, name: str, kind: type[options.Options], summary: str, arguments: str) -> Parser:
    parser: Parser = commands.add_parser(
        name,
        arguments=arguments,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=epilog(name),
    )
    parser.set_defaults(kind=kind, parser=parser)
    return parser


def _add_shared(parser: Parser) -> None:
    """Add options that may stand before and after the command: what is not given after it stays as it was before."""
    shared = parser.add_argument_group("options of every command", argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "--index", type=Path, metavar="DIR", help="the index (default: $MIGSEARCH_INDEX, else indexes/default)"
    )
    shared.add_argument(
        "--organisations",
        action="append",
        type=Path,
        metavar="FILE",
        help="a file of organisations beside those that migsearch knows; may be repeated",
    )
    shared.add_argument(
        "--bidi",
        choices=SETTINGS,
        help=f"who orders right-to-left text: the terminal (logical), migsearch (visual), or the terminal within each "
        f"word (words); or ${VARIABLE}",
    )
    shared.add_argument("--no-color", dest="colour", action="store_false", help="no colours; or set $NO_COLOR")
    shared.add_argument(
        "--plain", action="store_true", help="no colours, bars or columns, for screen readers; or set $MIGSEARCH_PLAIN"
    )


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="text, HTML, PDF, DOCX, mail, JSON Lines, CSV; or folders"
    )
    _add_column(parser)
    parser.add_argument("--prune", action="store_true", help="remove what is gone from the paths")
    parser.add_argument("--reread", action="store_true", help="read also what did not change, as for --organisations")
    parser.add_argument("--watch", action="store_true", help="go on as the files of the folders change")
    _add_crawled(parser)
    parser.add_argument(
        "--processes", type=_count, default=1, metavar="N", help="read files in N processes (1), for thousands of pages"
    )


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="FILE", help="or a folder, as for index")
    _add_column(parser)
    _add_crawled(parser)
    _add_json(parser)


def _add_crawled(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--crawled", metavar="DATE", help="the day on which the pages were fetched, as in 2021-04-15")
    teasers = "headlines of other articles that stand beside one with their day become documents of their own"
    parser.add_argument("--teasers", action="store_true", help=teasers)


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", type=_text, metavar="QUERY", help="words of either language")
    parser.add_argument("--batch", action="store_true", help="read queries from standard input; print JSON Lines")
    parser.add_argument("--format", choices=FORMATS, help="how the hits are printed (text)")
    parser.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")
    parser.add_argument("--limit", type=_whole, default=10, metavar="N", help="at most N documents (10)")
    parser.add_argument("--offset", type=_whole, default=0, metavar="N", help="leave out the first N (0)")
    _add_sort(parser)
    parser.add_argument("--since", metavar="DATE", help="2021, 2021-04, 2021-04-15, 1400, 1400/1/26 or حمل-1400")
    parser.add_argument("--until", metavar="DATE", help="the same; its last day is included")
    parser.add_argument("--year", action=_Period, metavar="DATE", help="the same as both --since and --until")
    parser.add_argument("--organisation", "--org", action="append", default=[], metavar="ID", help="may be repeated")
    parser.add_argument(
        "--language", "--lang", action="append", default=[], metavar="L", help="en, fa, fa-AF; may be repeated"
    )


class _Period(argparse.Action):
    """Sets both ends of a period."""

    def __call__(self, _: object, namespace: argparse.Namespace, value: Any, __: object = None) -> None:
        from migsearch.errors import DocumentError
        from migsearch.ingest.asked_date import parse_date  # few queries name a date

        try:
            parse_date(value)
        except DocumentError as error:
            raise argparse.ArgumentError(self, str(error)) from None
        namespace.since = namespace.until = value


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", type=_text, metavar="QUERY")
    parser.add_argument("--id", type=_text, metavar="ID", help="explain this document, whether it matches or not")
    parser.add_argument("--limit", type=_whole, default=3, metavar="N", help="else the first N documents (3)")
    _add_sort(parser)
    _add_json(parser)


def _add_suggest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--least", type=_whole, default=2, metavar="N", help="names that stand N times or more (2)")
    _add_json(parser)


def _add_column(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="FIELD=NAME",
        help="the column of a field in .jsonl and .csv, as in text=story; may be repeated",
    )


def _add_sort(parser: argparse.ArgumentParser) -> None:
    sorts = "best first (relevance), by the words of the query alone (words), or latest first (date)"
    parser.add_argument("--sort", choices=SORTS, default="relevance", help=sorts)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _text(argument: str) -> str:
    """Return an argument whose bytes were not UTF-8 as text that can be searched and printed."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _column(argument: str) -> tuple[str, str]:
    field, sign, column = argument.partition("=")
    if not sign or not column:
        raise argparse.ArgumentTypeError(f"write FIELD=NAME, as in text=story, not {argument!r}")
    return field, column


def _count(argument: str) -> int:
    number = _whole(argument)
    if not number:
        raise argparse.ArgumentTypeError("0 is less than 1")
    return number


def _whole(argument: str) -> int:
    try:
        number = int(argument)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{argument!r} is no whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is less than 0")
    return number
