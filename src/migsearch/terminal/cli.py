"""The command line: ``migsearch`` and its subcommands.

Exit codes: 0 for hits, 1 for none, 2 for an error, 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from migsearch import __version__
from migsearch.errors import MigsearchError
from migsearch.model import SORTS
from migsearch.terminal.modes import SETTINGS, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migsearch.terminal.screen import Screen

_DESCRIPTION = """\
Search press releases and news on migration, in English and Persian.

Without a command, on a terminal, migsearch asks for queries; type :help there."""

_EPILOG = """\
Exit codes: 0 documents found, 1 none, 2 an error, 130 interrupted."""

_INDEX_EPILOG = """\
What is new is added and what changed is replaced; what did not change is passed over. A run that was interrupted goes
on where it was. What has the same title, text and date is stored once, with all
places where it was found.

--watch needs folders and the extra migsearch[watch]."""

_SEARCH_EPILOG = """\
A word that begins with a hyphen looks like an option; write -- before the query:
  migsearch search -- IOM -Turkmenistan
Quote what your shell would change:
  migsearch search '"voluntary return" OR عودت'

--json prints one object, its text logical and its spans in code points, end exclusive:
  {query, total, offset,
   hits: [{id, title, date, date_inferred, organisations, language, region, source, score,
           snippets: [{text, highlights: [[start, end]]}]}],
   facets: {year: {value: count}, organisation: {...}, language: {...}},
   notes: [{message, span}]}"""

_EXPLAIN_EPILOG = """\
A contribution is weight * idf * saturation: how much the query wants the term, how rare it is, and BM25's share for
how often it stands in a document of that length. The contributions add up to the score.

--json prints one object:
  {query, parts: [{kind, role, text, span, surface, root, asked: [{field, text, weight}]}],
   together: [{field, text, weight}], notes: [{message, span}],
   documents: [{id, title, matches, score, missing: [clause],
                contributions: [{field, term, asked, weight, idf, frequency, length, average_length, score}]}]}"""

_INSPECT_EPILOG = """\
Names and dates are numbered where they stand and explained below their paragraph. Exit codes: 0 all was read, 2 a
file could not be read or nothing was found.

--json prints one object, its spans in code points of the title or text, end exclusive:
  {documents: [{id, title, date, date_inferred, organisations, language, region, source, text,
                provenance: {file, format, encoding, size, characters, sha256, content_sha256, warnings},
                language_confidence, published: {first, last, precision, literal, rule, flags, moment},
                mentions: [{kind, ref, literal, field, span, rule, evidence}], surroundings}],
   skipped: [{file, reason}], failed: [{file, reason}]}"""

_SUGGEST_EPILOG = """\
Keep what is an organisation, and use it:
  migsearch organisations suggest news/ > mine.toml
  migsearch index news/ --organisations mine.toml

--json prints one object:
  {suggestions: [{id, name, language, acronym, count, documents,
                  contexts: [{document, before, literal, after}]}]}"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that ``argv`` names and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail(stream)
    parser = _parser()
    args = parser.parse_args(argv)
    if args.command is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        parser.print_help(sys.stderr)
        return 2
    try:
        return _guarded(args)
    except KeyboardInterrupt:
        return 130


def _guarded(args: argparse.Namespace) -> int:
    from migsearch.terminal import actions
    from migsearch.terminal.screen import Screen
    from migsearch.terminal.session import DocumentNotFoundError

    screen: Screen | None = None
    try:
        screen = Screen(args.bidi, colour=not args.no_color)
        code = actions.run(args, screen)
        sys.stdout.flush()
    except BrokenPipeError:  # as in `migsearch search ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return 0
    except MigsearchError as error:
        _complain(screen, error, " ".join(getattr(args, "query", ())))
        return 1 if isinstance(error, DocumentNotFoundError) else 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _complain(screen, MigsearchError(f"{where}{error.strerror or error}"))
        return 2
    return code


def _complain(screen: Screen | None, error: MigsearchError, query: str = "") -> None:
    if screen is None:  # $MIGSEARCH_BIDI is wrong
        print(f"migsearch: {error}", file=sys.stderr)
    else:
        screen.complain_about(error, query)


def _never_fail(stream: TextIO) -> None:
    """Let ``stream`` write a question mark for what its encoding lacks."""
    reconfigure = getattr(stream, "reconfigure", None)  # a test's own stream may have none
    if reconfigure is not None:
        reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    shared = _shared_options()
    parser = argparse.ArgumentParser(
        prog="migsearch",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        parents=[shared],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(index=None, organisations=None, bidi=None, no_color=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    index = commands.add_parser(
        "index",
        parents=[shared],
        help="bring an index up to date with files or folders",
        epilog=_INDEX_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    index.add_argument(
        "paths", nargs="+", metavar="PATH", help="text, HTML, PDF, DOCX, mail, JSON Lines, CSV; or folders"
    )
    _add_column_option(index)
    index.add_argument("--prune", action="store_true", help="remove what is gone from the paths")
    index.add_argument("--reread", action="store_true", help="read also what did not change, as for --organisations")
    index.add_argument("--watch", action="store_true", help="go on as the files of the folders change")
    index.add_argument("--crawled", metavar="DATE", help="the day on which the pages were fetched, as in 2021-04-15")

    inspect = commands.add_parser(
        "inspect",
        parents=[shared],
        help="tell what is read from files and why, without an index",
        epilog=_INSPECT_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inspect.add_argument("paths", nargs="+", metavar="FILE", help="or a folder, as for index")
    _add_column_option(inspect)

    search = commands.add_parser(
        "search",
        parents=[shared],
        help="print the documents that match a query",
        epilog=_SEARCH_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_search_options(search)

    explain = commands.add_parser(
        "explain",
        parents=[shared],
        help="tell how a query is read and where the scores come from",
        epilog=_EXPLAIN_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    explain.add_argument("query", nargs="+", type=_text, metavar="QUERY")
    explain.add_argument("--id", type=_text, metavar="ID", help="explain this document, whether it matches or not")
    explain.add_argument("--limit", type=_whole, default=3, metavar="N", help="else the first N documents (3)")
    _add_sort(explain)

    show = commands.add_parser("show", parents=[shared], help="print a whole document")
    show.add_argument("id", type=_text, metavar="ID", help="its id, or as much of its beginning as no other shares")
    info = commands.add_parser("info", parents=[shared], help="describe an index")
    suggest = _add_organisations(commands, shared)
    for subparser in (inspect, search, explain, show, info, suggest):
        subparser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _add_organisations(commands: Any, shared: argparse.ArgumentParser) -> argparse.ArgumentParser:
    organisations = commands.add_parser("organisations", help="find organisations that are not listed")
    asked = organisations.add_subparsers(dest="asked", metavar="COMMAND", required=True)
    suggest: argparse.ArgumentParser = asked.add_parser(
        "suggest",
        parents=[shared],
        help="print names that look like organisations, as a file for --organisations",
        epilog=_SUGGEST_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    suggest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    suggest.add_argument("--least", type=_whole, default=2, metavar="N", help="names that stand N times or more (2)")
    return suggest


def _shared_options() -> argparse.ArgumentParser:
    """Options that may stand before and after the command."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
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
        help=f"who orders right-to-left text: the terminal (logical) or migsearch (visual); or ${VARIABLE}",
    )
    shared.add_argument("--no-color", action="store_true", help="no colours; or set $NO_COLOR")
    return shared


def _add_column_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="FIELD=NAME",
        help="the column of a field in .jsonl and .csv, as in text=story; may be repeated",
    )


def _add_search_options(search: argparse.ArgumentParser) -> None:
    search.add_argument("query", nargs="+", type=_text, metavar="QUERY")
    search.add_argument("--limit", type=_whole, default=10, metavar="N", help="at most N documents (10)")
    search.add_argument("--offset", type=_whole, default=0, metavar="N", help="leave out the first N (0)")
    _add_sort(search)
    search.add_argument("--since", metavar="DATE", help="2021, 2021-04, 2021-04-15, 1400, 1400/1/26 or حمل-1400")
    search.add_argument("--until", metavar="DATE", help="the same; its last day is included")
    search.add_argument("--organisation", action="append", default=[], metavar="ID", help="may be repeated")
    search.add_argument("--language", action="append", default=[], metavar="L", help="may be repeated")


def _add_sort(parser: argparse.ArgumentParser) -> None:
    sorts = "best first (relevance), also by the words that the best hits share (feedback), or latest first (date)"
    parser.add_argument("--sort", choices=SORTS, default="relevance", help=sorts)


def _text(argument: str) -> str:
    """Return an argument whose bytes were not UTF-8 as text that can be searched and printed."""
    return os.fsencode(argument).decode("utf-8", "replace")


def _column(argument: str) -> tuple[str, str]:
    field, sign, column = argument.partition("=")
    if not sign or not column:
        raise argparse.ArgumentTypeError(f"write FIELD=NAME, as in text=story, not {argument!r}")
    return field, column


def _whole(argument: str) -> int:
    number = int(argument)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is less than 0")
    return number


if __name__ == "__main__":
    sys.exit(main())
