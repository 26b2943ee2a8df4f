"""A conversation with an index: the last query, the filters that narrow it, and the page that is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migsearch.errors import MigsearchError
from migsearch.terminal.explained import explanation_page, interpretation_page
from migsearch.terminal.render import document_page, results_page

if TYPE_CHECKING:
    from migsearch.index import Index
    from migsearch.model import Document, Results, Sort
    from migsearch.terminal.screen import Screen

_LINES_OF_A_HIT = 6  # title, facts, one snippet in three lines, an empty one
_LINES_AROUND = 10  # the counts and the prompt
_MOST_CANDIDATES = 10


@dataclass(frozen=True)
class Filters:
    """What narrows every query of a session."""

    organisations: tuple[str, ...] = ()
    year: str = ""
    languages: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(filter(None, [*self.organisations, self.year, *self.languages]))


class Session:
    """Searches ``index`` and shows the answers on ``screen``."""

    def __init__(self, index: Index, screen: Screen) -> None:
        self.index = index
        self.screen = screen
        self.filters = Filters()
        self.sort: Sort = "relevance"
        self.query = ""
        self.results: Results | None = None

    @property
    def page_size(self) -> int:
        """How many hits fit on the screen, the counts among them."""
        return min(10, max(2, (self.screen.output.height - _LINES_AROUND) // _LINES_OF_A_HIT))

    def search(self, query: str) -> None:
        """Show the first page of the answer to ``query``."""
        self._show(query, self.filters, 0)

    def narrow(self, filters: Filters) -> None:
        """Use other filters, for the last query too."""
        if self.query:
            self._show(self.query, filters, 0)
        self.filters = filters

    def sort_by(self, order: Sort) -> None:
        """Order the hits otherwise, those of the last query too."""
        self.sort, before = order, self.sort
        try:
            self.narrow(self.filters)
        except MigsearchError:
            self.sort = before
            raise

    def next_page(self) -> None:
        """Show the hits that follow."""
        if self.results is None:
            raise MigsearchError("there are no results yet; type a query")
        end = self.results.offset + len(self.results.hits)
        if end >= self.results.total:
            raise MigsearchError("these were the last results")
        self._show(self.query, self.filters, end)

    def previous_page(self) -> None:
        """Show the hits before."""
        if self.results is None:
            raise MigsearchError("there are no results yet; type a query")
        if not self.results.offset:
            raise MigsearchError("these are the first results")
        self._show(self.query, self.filters, max(0, self.results.offset - self.page_size))

    def open(self, which: str) -> None:
        """Show a whole document: ``which`` is its number in the results, its id or the beginning of that."""
        document = self._numbered(which) or find_document(self.index, which)
        highlights = self.index.highlights(self.query, document) if self.results else ()
        self.screen.page(*document_page(document, self.screen.mode, highlights))

    def explain(self, which: str) -> None:
        """Show why a document has its score for the last query, or does not match: its number, its id or part of it."""
        if self.results is None:
            raise MigsearchError("there are no results yet; type a query")
        document = self._numbered(which) or find_document(self.index, which)
        answer = self.index.explain(self.query, document.id, sort=self.sort)
        if answer is None:  # deleted by another program in between
            raise DocumentNotFoundError(f"the document {document.id!r} is gone")
        mode = self.screen.mode
        self.screen.page(*interpretation_page(answer.interpretation, mode), *explanation_page(answer, document, mode))

    def _numbered(self, which: str) -> Document | None:
        if self.results is None or not which.isdecimal() or not 1 <= int(which) <= self.results.total:
            return None
        number = int(which)
        shown = dict(enumerate(self.results.hits, start=self.results.offset + 1))
        if number in shown:
            return shown[number].document
        [hit] = self._find(self.query, self.filters, offset=number - 1, limit=1)
        return hit.document

    def _show(self, query: str, filters: Filters, offset: int) -> None:
        results = self._find(query, filters, offset=offset, limit=self.page_size)
        self.query, self.results = query, results  # after an error, those before are still there to open
        self.screen.print(*results_page(results, self.screen.mode, self.index.name_of, facets=not offset, snippets=1))

    def _find(self, query: str, filters: Filters, *, offset: int, limit: int) -> Results:
        return self.index.search(
            query,
            limit=limit,
            offset=offset,
            since=filters.year or None,
            until=filters.year or None,
            organisations=filters.organisations,
            languages=filters.languages,
            sort=self.sort,
        )


def toggled(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return ``values`` without ``value`` if it was there, else with it."""
    return tuple(v for v in values if v != value) if value in values else (*values, value)


def with_year(filters: Filters, year: str) -> Filters:
    """Return ``filters`` for ``year`` alone, or for all years if it was set already."""
    return replace(filters, year="" if filters.year == year else year)


def find_document(index: Index, id: str) -> Document:
    """Return the document with this id, or the only one whose id begins so."""
    document = index.document(id)
    if document is not None:
        return document
    candidates = index.find_ids(id, limit=_MOST_CANDIDATES + 1)
    if not candidates:
        raise DocumentNotFoundError(f"no document has the id {id!r}, nor an id that begins so")
    if len(candidates) > 1:
        more = " and more" if len(candidates) > _MOST_CANDIDATES else ""
        listed = ", ".join(candidates[:_MOST_CANDIDATES])
        raise MigsearchError(f"{id!r} is the beginning of more than one id: {listed}{more}")
    found = index.document(candidates[0])
    if found is None:  # deleted by another program in between
        raise DocumentNotFoundError(f"the document {candidates[0]!r} is gone")
    return found


class DocumentNotFoundError(MigsearchError):
    """No document is meant by what was typed."""
