"""A conversation with an index: the last query, the filters that narrow it, and the page that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.terminal.calendars import Calendar, readers_calendar
from migsearch.terminal.explained import explanation_page, interpretation_page
from migsearch.terminal.filters import Filters
from migsearch.terminal.finding import DocumentNotFoundError, find_document, gone
from migsearch.terminal.render import LITTLE, corrections_page, document_page, hit_page, prose, results_page
from migsearch.terminal.viewer import view
from migsearch.terminal.wording import without_filters

if TYPE_CHECKING:
    from rich.console import RenderableType

    from migsearch.index import Index
    from migsearch.model import Correction, Document, Results, Sort
    from migsearch.terminal.screen import Screen

_MOST_HITS = 10  # of a page; fewer where they do not fit on the screen
_LINES_BELOW = 3  # the prompt, filters above it, a legend
_NARROW, _LOW = 72, 34  # columns and rows, below which each count takes but a line
_MOST_ALIKE = 30

Pages = Callable[[int, int], "Results"]
"""Returns the hits of a list from an offset on, at most so many."""


class Session:
    """Searches ``index`` and shows the answers on ``screen``."""

    def __init__(self, index: Index, screen: Screen) -> None:
        self.index = index
        self.screen = screen
        self.filters = Filters()
        self.sort: Sort = "relevance"
        self.calendar: Calendar = readers_calendar()
        self.query = ""
        self.corrections: tuple[Correction, ...] = ()
        self.results: Results | None = None
        self._pages: Pages = self.find
        self._before: list[int] = []  # the offsets of the pages before the one that is shown

    def search(self, query: str) -> None:
        """Show the first page of the answer to ``query``, and what else it may have meant where that is little."""
        self._show_answer(query, self.filters)

    def show_answer(self) -> None:
        """Show the first page of the answer to the query as it is now."""
        self._show_answer(self.query, self.filters)

    def narrow(self, filters: Filters) -> None:
        """Use other filters, for the last query too."""
        if self.query:
            self._show_answer(self.query, filters)
        self.filters = filters

    def sort_by(self, order: Sort) -> None:
        """Order the hits otherwise, those of the last query too."""
        self.sort, before = order, self.sort
        try:
            self.narrow(self.filters)
        except MigsearchError:
            self.sort = before
            raise

    def use_calendar(self, calendar: Calendar) -> None:
        """Show dates in another calendar, those of the page too."""
        self.calendar = calendar
        if self.results is not None:
            self.same_page()

    def correct(self, number: int) -> None:
        """Ask what was suggested instead of the last query."""
        if not 1 <= number <= len(self.corrections):
            raise MigsearchError("nothing else was suggested" if not self.corrections else f"there is no {number}")
        self.search(self.corrections[number - 1].query)

    def next_page(self) -> None:
        """Show the hits that follow."""
        results = self.shown
        end = results.offset + len(results.hits)
        if end >= results.total:
            raise MigsearchError("these were the last results")
        self._before.append(results.offset)
        self._turn(end)

    def same_page(self) -> None:
        """Show the page again, as after the screen has changed its size."""
        self._turn(self.shown.offset)

    def previous_page(self) -> None:
        """Show the hits before."""
        if not self.shown.offset:
            raise MigsearchError("these are the first results")
        self._turn(self._before.pop() if self._before else 0)

    @property
    def shown(self) -> Results:
        """The page that is shown; raises :class:`MigsearchError` if there is none yet."""
        if self.results is None:
            raise MigsearchError("there are no results yet; type a query")
        return self.results

    def open(self, which: str) -> None:
        """Show a whole document: ``which`` is its number in the results, its id or the beginning of that."""
        document = self.document(which)
        highlights = self.index.highlights(self.query, document) if self.query else ()
        view(self.screen, lambda: document_page(document, self.screen.mode, highlights, calendar=self.calendar))

    def like(self, which: str) -> None:
        """Show the documents most like one."""
        document = self.document(which)
        found = self.index.like(document.id, limit=_MOST_ALIKE)
        if found is None:
            raise gone(document.id)
        alike = replace(found, total=len(found.hits), facets={})
        self.screen.print(
            Text("Documents like", style="dim"), prose(document.title, document.language, self.screen.mode)
        )
        self.show_list(lambda offset, limit: replace(alike, offset=offset, hits=alike.hits[offset : offset + limit]))

    def explain(self, which: str) -> None:
        """Show why a document has its score for the last query, or does not match: its number, its id or part of it."""
        if not self.query:
            raise MigsearchError("there are no results yet; type a query")
        document = self.document(which)
        answer = self.index.explain(self.query, document.id, sort=self.sort)
        if answer is None:  # deleted by another program in between
            raise gone(document.id)
        mode = self.screen.mode
        self.screen.page(*interpretation_page(answer.interpretation, mode), *explanation_page(answer, document, mode))

    def document(self, which: str) -> Document:
        """Return the document of a number in the results, of an id or the beginning of one."""
        document = self._numbered(which)
        if document is None and which.isdecimal() and self.results is not None and not self.index.find_ids(which, 1):
            total = self.results.total
            raise DocumentNotFoundError(f"there is no result {which} of {total:,}" if total else "there are no results")
        return document or find_document(self.index, which)

    def _numbered(self, which: str) -> Document | None:
        if self.results is None or not which.isdecimal() or not 1 <= int(which) <= self.results.total:
            return None
        number = int(which)
        shown = dict(enumerate(self.results.hits, start=self.results.offset + 1))
        if number in shown:
            return shown[number].document
        [hit] = self._pages(number - 1, 1).hits
        return hit.document

    def show_list(self, pages: Pages) -> None:
        """Show the first page of a list, whose numbers ``:open`` and the like then take."""
        self._show(pages)
        self.corrections = ()

    def all_hits(self, limit: int) -> Results:
        """Return the first hits of what is shown, on all pages."""
        self.shown  # noqa: B018 - raises if nothing is
        return self._pages(0, limit)

    def find(self, offset: int, limit: int, *, snippets: bool = True) -> Results:
        """Search for the last query with the filters that are active."""
        return self._find(self.query, self.filters, offset, limit, snippets=snippets)

    def _show_answer(self, query: str, filters: Filters) -> None:
        self._show(lambda offset, limit: self._find(query, filters, offset, limit))
        self.query, self.filters = query, filters  # after an error, those before are still there
        self.corrections = self.index.suggest(query) if self.shown.total < LITTLE else ()
        self._show_unfiltered()
        self.screen.print(*corrections_page(self.corrections, self.screen.mode, "(:try N)"))

    def _show_unfiltered(self) -> None:
        """Say what the filters leave out where they leave nothing."""
        if self.filters.values and not self.shown.total:
            total = self._find(self.query, Filters(), 0, 0).total
            if total:
                self.screen.print(Text(f"{without_filters(total)}; :drop removes the last, :clear all"))

    def _show(self, pages: Pages) -> None:
        first = self._fitting(pages(0, _MOST_HITS))  # before anything changes: a query may be wrong
        self._pages, self._before = pages, []
        self._print(first)

    def _turn(self, offset: int) -> None:
        self._print(self._fitting(self._pages(offset, _MOST_HITS)))

    def _print(self, results: Results) -> None:
        self.results = results
        self.screen.print(*self._page(results))

    def _page(self, results: Results) -> Iterator[RenderableType]:
        return results_page(
            results,
            self.screen.mode,
            self.index.name_of,
            facets=bool(results.facets) and not results.offset,
            snippets=1,
            calendar=self.calendar,
            compact=self._is_small(),
        )

    def _is_small(self) -> bool:
        console = self.screen.output
        small = console.width < _NARROW or console.height < _LOW
        return self.screen.plain or (self.screen.terminal and small)

    def _fitting(self, results: Results) -> Results:
        """Return a page with as many of its hits as the screen has room for beside all else, one at least."""
        if not self.screen.terminal:
            return results
        around = self._height(self._page(replace(results, hits=())))
        room = self.screen.output.height - around - _LINES_BELOW
        compact = self._is_small()
        pages = (hit_page(hit, 1, self.screen.mode, 1, self.calendar, compact=compact) for hit in results.hits)
        taken = accumulate(map(self._height, pages))
        fitting = sum(1 for lines in taken if lines <= room)
        return replace(results, hits=results.hits[: max(1, fitting)])

    def _height(self, page: Iterable[RenderableType]) -> int:
        """Return how many lines a page takes."""
        return sum(len(self.screen.output.render_lines(renderable)) for renderable in page)

    def _find(self, query: str, filters: Filters, offset: int, limit: int, *, snippets: bool = True) -> Results:
        facets = (self.period(by_month=bool(filters.year)), "organisation", "language")
        arguments = filters.arguments()
        return self.index.search(
            query, limit=limit, offset=offset, facets=facets, sort=self.sort, snippets=snippets, **arguments
        )

    def period(self, *, by_month: bool) -> str:
        """Return the facet by time of the reader's calendar."""
        facet = "month" if by_month else "year"
        return f"solar_{facet}" if self.calendar == "solar" else facet
