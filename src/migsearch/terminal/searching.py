"""What ``migsearch search`` does: one query for a reader or a program, or many for a program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from migsearch.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migsearch.index import Index
    from migsearch.model import Results
    from migsearch.terminal.options import Search
    from migsearch.terminal.screen import Screen


def run(index: Index, asked: Search, screen: Screen) -> int:
    """Answer the query, or with ``batch`` each line of standard input, and return the exit code."""
    if asked.batch:
        return _batch(index, asked, screen)
    results = _answer(index, asked.query, asked)
    if asked.format == "text":
        _show(results, index, asked, screen)
    else:
        from migsearch.terminal.exported import export

        screen.write(export(results, asked.format))
    return 0 if results.total else 1


def _show(results: Results, index: Index, asked: Search, screen: Screen) -> None:
    """Print results to be read; to a file or a pipe without rich, which takes long to import."""
    if not screen.terminal and screen.mode == "logical" and not screen.plain and not results.notes:
        from migsearch.terminal.plain import results_lines

        screen.write_lines(results_lines(results, index.name_of))
        _show_unfiltered(results, index, asked, screen)
        return
    from migsearch.terminal.render import LITTLE, corrections_page, results_page

    screen.print(*results_page(results, screen.mode, index.name_of, compact=screen.plain))
    _show_unfiltered(results, index, asked, screen)
    if screen.terminal and results.total < LITTLE:
        screen.print(*corrections_page(index.suggest(asked.query), screen.mode))


def _show_unfiltered(results: Results, index: Index, asked: Search, screen: Screen) -> None:
    """Say what the filters leave out where they leave nothing."""
    if results.total or not (asked.since or asked.until or asked.organisation or asked.language):
        return
    total = index.search(asked.query, limit=0, facets=()).total
    if total:
        from migsearch.terminal.wording import without_filters

        screen.write_lines([f"{without_filters(total)}."])


def _batch(index: Index, asked: Search, screen: Screen) -> int:
    """Print an object a query, as soon as it is known; the worst that happened decides the exit code."""
    from migsearch.terminal import structured

    if sys.stdin.isatty():
        screen.complain("type queries, one a line; Ctrl-D ends")
    found = failed = False
    for query in _queries():
        try:
            results = _answer(index, query, asked)
            found |= bool(results.total)
            line = structured.results_object(results)
        except QueryError as error:
            failed = True
            line = structured.error_object(query, error)
        screen.write(structured.dumps(line, indent=None) + "\n")
    return 2 if failed else 0 if found else 1


def _queries() -> Iterator[str]:
    for line in sys.stdin.buffer:
        query = line.decode("utf-8-sig", "replace").strip()
        if query:
            yield query


def _answer(index: Index, query: str, asked: Search) -> Results:
    return index.search(
        query,
        limit=asked.limit,
        offset=asked.offset,
        since=asked.since,
        until=asked.until,
        organisations=asked.organisation,
        languages=asked.language,
        sort=asked.sort,
    )
