"""What the subcommands do; each returns the exit code.

Each imports what it needs when it runs, so that a search does not wait for what reads pages.
"""

from __future__ import annotations

import shlex
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from migsearch.errors import IndexNotFoundError
from migsearch.terminal import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from migsearch.index import Index
    from migsearch.terminal.screen import Screen


def run(asked: options.Options, screen: Screen) -> int:
    """Do what the command line asks for."""
    if type(asked) in _WITHOUT_INDEX:
        return _WITHOUT_INDEX[type(asked)](asked, screen)
    with _open(asked, screen) as index:
        if type(asked) in _ON_AN_INDEX:
            return _ON_AN_INDEX[type(asked)](index, asked, screen)
        from migsearch.terminal import repl

        return repl.run(index, screen)


def _open(asked: options.Options, screen: Screen) -> AbstractContextManager[Index]:
    from migsearch import library

    if not asked.index and sys.stderr.isatty() and library.is_demonstration():
        screen.complain(_DEMONSTRATION)
    try:
        if asked.index:
            return library.open(asked.index, organisations=asked.organisations or None)
        # The default index stays open until the program ends, for a caller of main() as for migsearch.search().
        index = library.open_default()
    except IndexNotFoundError:
        path = asked.index or library.default_index_path()
        command = f"migsearch index PATH... --index {shlex.quote(str(path))}"
        raise IndexNotFoundError(f"there is no index at {path}; make one with `{command}`") from None
    return nullcontext(index.with_organisations(asked.organisations) if asked.organisations else index)


_DEMONSTRATION = """\
there is no index here, so this is the demonstration corpus; `migsearch index FOLDER` makes an index of your own"""


def _index(asked: options.Indexing, screen: Screen) -> int:
    from migsearch.terminal import indexing

    return indexing.run(asked, screen)


def _examine(asked: options.Examination, screen: Screen) -> int:
    from migsearch.terminal import doctor

    return doctor.run(asked, screen)


def _inspect(asked: options.Inspection, screen: Screen) -> int:
    from migsearch.ingest.alike import marked
    from migsearch.ingest.complete import complete
    from migsearch.ingest.gazetteer import default_gazetteer, read_gazetteer
    from migsearch.ingest.read import read
    from migsearch.terminal import indexing, structured
    from migsearch.terminal.inspected import inspection_page

    gazetteer = read_gazetteer(*asked.organisations) if asked.organisations else None
    reading = read(*asked.paths, columns=dict(asked.column), crawled=asked.crawled, teasers=asked.teasers)
    with indexing.reading_status(reading, screen):
        documents = list(marked(complete(document, gazetteer) for document in reading))
    if asked.json:
        objects = [structured.inspection_object(document) for document in documents]
        screen.write(structured.dumps({"documents": objects, **structured.unread_object(reading)}) + "\n")
    else:
        known = gazetteer or default_gazetteer()
        screen.page(*inspection_page(documents, screen.mode, known.display_name))
    indexing.report_unread(reading, screen)
    return 2 if reading.failed or not documents else 0


def _suggest(asked: options.Suggestion, screen: Screen) -> int:
    from migsearch.ingest.gazetteer import read_gazetteer
    from migsearch.ingest.read import read
    from migsearch.ingest.suggestions import suggest
    from migsearch.terminal import indexing, structured
    from migsearch.terminal.suggested import gazetteer_lines, suggestion_objects

    gazetteer = read_gazetteer(*asked.organisations)
    reading = read(*asked.paths)
    with indexing.reading_status(reading, screen):
        suggestions = suggest(reading, least=asked.least, gazetteer=gazetteer)
    for skip in reading.skipped:
        screen.complain(f"skipped {skip.path}: {skip.reason}")
    if asked.json:
        screen.write(structured.dumps({"suggestions": suggestion_objects(suggestions)}) + "\n")
    else:
        print(*gazetteer_lines(suggestions), sep="\n", end="")
    if not suggestions:
        screen.complain(f"nothing was found that is not listed and stands {asked.least:,} times or more")
    return 0 if suggestions else 1


def _search(index: Index, asked: options.Search, screen: Screen) -> int:
    from migsearch.terminal import searching

    return searching.run(index, asked, screen)


def _explain(index: Index, asked: options.Explanation, screen: Screen) -> int:
    from migsearch.terminal import structured
    from migsearch.terminal.explained import explanation_page, interpretation_page
    from migsearch.terminal.finding import find_document

    query = asked.query
    if asked.id is None:
        documents = [hit.document for hit in index.search(query, limit=asked.limit, facets=(), sort=asked.sort)]
    else:
        documents = [find_document(index, asked.id)]
    interpretation = index.interpret(query, sort=asked.sort)
    answers = [(document, index.explain(query, document.id, sort=asked.sort)) for document in documents]
    explained = [(document, answer) for document, answer in answers if answer]  # not deleted in between
    if asked.json:
        objects = [structured.explanation_object(answer, document) for document, answer in explained]
        screen.write(
            structured.dumps({**structured.interpretation_object(interpretation), "documents": objects}) + "\n"
        )
    else:
        screen.print(*interpretation_page(interpretation, screen.mode))
        for rank, (document, answer) in enumerate(explained, start=1):
            screen.print(*explanation_page(answer, document, screen.mode, rank if asked.id is None else None))
    return 0 if any(answer.matches for _, answer in explained) else 1


def _show(index: Index, asked: options.Showing, screen: Screen) -> int:
    from migsearch.terminal import structured
    from migsearch.terminal.finding import find_document
    from migsearch.terminal.render import document_page

    document = find_document(index, asked.id)
    if asked.json:
        screen.write(structured.dumps(structured.document_object(document)) + "\n")
    else:
        screen.page(*document_page(document, screen.mode))
    return 0


def _info(index: Index, asked: options.Information, screen: Screen) -> int:
    from rich.text import Text

    from migsearch.terminal import structured
    from migsearch.terminal.layout import Paragraph
    from migsearch.terminal.safety import clean

    info = index.info()
    if asked.json:
        screen.write(structured.dumps(structured.info_object(info)) + "\n")
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


def _complete(asked: options.Completion, screen: Screen) -> int:
    from migsearch.terminal.completing import completion_script

    screen.write(completion_script(asked.shell))
    return 0


_WITHOUT_INDEX: dict[type[options.Options], Callable[[Any, Screen], int]] = {
    options.Indexing: _index,
    options.Inspection: _inspect,
    options.Suggestion: _suggest,
    options.Completion: _complete,
    options.Examination: _examine,
}
_ON_AN_INDEX: dict[type[options.Options], Callable[[Index, Any, Screen], int]] = {
    options.Search: _search,
    options.Explanation: _explain,
    options.Showing: _show,
    options.Information: _info,
}
