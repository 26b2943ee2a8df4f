"""What the subcommands do; each returns the exit code."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from rich.text import Text

from migsearch import library
from migsearch.ingest.complete import complete
from migsearch.ingest.gazetteer import default_gazetteer, read_gazetteer
from migsearch.ingest.read import read
from migsearch.ingest.suggestions import suggest
from migsearch.terminal import indexing, repl, structured
from migsearch.terminal.explained import explanation_page, interpretation_page
from migsearch.terminal.inspected import inspection_page
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.render import document_page, results_page
from migsearch.terminal.safety import clean
from migsearch.terminal.session import find_document
from migsearch.terminal.suggested import gazetteer_lines, suggestion_objects

if TYPE_CHECKING:
    import argparse

    from migsearch.index import Index
    from migsearch.terminal.screen import Screen


def run(args: argparse.Namespace, screen: Screen) -> int:
    """Do what the command line asks for."""
    if args.command == "index":
        return indexing.run(args, screen)
    if args.command == "organisations":
        return _suggest(args, screen)
    if args.command == "inspect":
        return _inspect(args, screen)
    with _open(args) as index:
        if args.command == "search":
            return _search(index, args, screen)
        if args.command == "explain":
            return _explain(index, args, screen)
        if args.command == "show":
            return _show(index, args, screen)
        if args.command == "info":
            return _info(index, args, screen)
        return repl.run(index, screen)


def _open(args: argparse.Namespace) -> AbstractContextManager[Index]:
    if args.index:
        return library.open(args.index, organisations=args.organisations)
    # The default index stays open until the program ends, for a caller of main() as for migsearch.search().
    index = library.open_default()
    return nullcontext(index.with_organisations(args.organisations) if args.organisations else index)


def _inspect(args: argparse.Namespace, screen: Screen) -> int:
    gazetteer = read_gazetteer(*args.organisations) if args.organisations else None
    reading = read(*args.paths, columns=dict(args.column))
    with indexing.reading_status(reading, screen):
        documents = [complete(document, gazetteer) for document in reading]
    if args.json:
        objects = [structured.inspection_object(document) for document in documents]
        _print_json({"documents": objects, **structured.unread_object(reading)})
    else:
        known = gazetteer or default_gazetteer()
        screen.page(*inspection_page(documents, screen.mode, known.display_name))
    indexing.report_unread(reading, screen)
    return 2 if reading.failed or not documents else 0


def _suggest(args: argparse.Namespace, screen: Screen) -> int:
    gazetteer = read_gazetteer(*args.organisations or ())
    reading = read(*args.paths)
    with indexing.reading_status(reading, screen):
        suggestions = suggest(reading, least=args.least, gazetteer=gazetteer)
    for skip in reading.skipped:
        screen.complain(f"skipped {skip.path}: {skip.reason}")
    if args.json:
        _print_json({"suggestions": suggestion_objects(suggestions)})
    else:
        print(*gazetteer_lines(suggestions), sep="\n", end="")
    if not suggestions:
        screen.complain(f"nothing was found that is not listed and stands {args.least:,} times or more")
    return 0 if suggestions else 1


def _search(index: Index, args: argparse.Namespace, screen: Screen) -> int:
    results = index.search(
        " ".join(args.query),
        limit=args.limit,
        offset=args.offset,
        since=args.since,
        until=args.until,
        organisations=args.organisation,
        languages=args.language,
        sort=args.sort,
    )
    if args.json:
        _print_json(structured.results_object(results))
    else:
        screen.print(*results_page(results, screen.mode, index.name_of))
    return 0 if results.total else 1


def _explain(index: Index, args: argparse.Namespace, screen: Screen) -> int:
    query = " ".join(args.query)
    if args.id is None:
        documents = [hit.document for hit in index.search(query, limit=args.limit, facets=(), sort=args.sort)]
    else:
        documents = [find_document(index, args.id)]
    interpretation = index.interpret(query)
    answers = [(document, index.explain(query, document.id, sort=args.sort)) for document in documents]
    explained = [(document, answer) for document, answer in answers if answer]  # not deleted in between
    if args.json:
        objects = [structured.explanation_object(answer, document) for document, answer in explained]
        _print_json({**structured.interpretation_object(interpretation), "documents": objects})
    else:
        screen.print(*interpretation_page(interpretation, screen.mode))
        for rank, (document, answer) in enumerate(explained, start=1):
            screen.print(*explanation_page(answer, document, screen.mode, rank if args.id is None else None))
    return 0 if any(answer.matches for _, answer in explained) else 1


def _show(index: Index, args: argparse.Namespace, screen: Screen) -> int:
    document = find_document(index, args.id)
    if args.json:
        _print_json(structured.document_object(document))
    else:
        screen.page(*document_page(document, screen.mode))
    return 0


def _info(index: Index, args: argparse.Namespace, screen: Screen) -> int:
    info = index.info()
    if args.json:
        _print_json(structured.info_object(info))
        return 0
    years = [int(year) for year in info.years]
    rows = {
        "path": str(info.path),
        "documents": f"{info.documents:,}",
        "languages": ", ".join(f"{language} {count:,}" for language, count in info.languages.items()),
        "years": f"{min(years)} to {max(years)}" if years else "none",
        "size": f"{info.size_bytes:,} bytes",
    }
    for name, text in rows.items():
        screen.print(Paragraph(Text(clean(text)), screen.mode, gutter=f"{name:<11}"))
    return 0


def _print_json(value: dict[str, Any]) -> None:
    """Print JSON in UTF-8 whatever the locale, as its standard demands."""
    sys.stdout.flush()
    sys.stdout.buffer.write(structured.dumps(value).encode() + b"\n")
    sys.stdout.buffer.flush()
