"""The index: the one place where analysis meets an engine."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from migsearch.engine.base import FACETS, Change, Engine, Found
from migsearch.errors import QueryError
from migsearch.ingest.display_names import display_name
from migsearch.model import SORTS, Correction, Document, Facet, Hit, Order, Results, Sort, Span
from migsearch.query import tree
from migsearch.query.feedback import shared_words
from migsearch.query.filters import DateLike, filters
from migsearch.query.resolve import read_query
from migsearch.records import from_record
from migsearch.related import query_like, with_feedback
from migsearch.snippets import Wanted, highlights, passages

if TYPE_CHECKING:  # what reads pages is imported by what needs it: a search answers sooner without
    from migsearch.explanation import Explanation
    from migsearch.ingest.gazetteer import Gazetteer, Organisations
    from migsearch.ingest.read import Reading
    from migsearch.mirror import Synced
    from migsearch.query.interpretation import Interpretation

DEFAULT_FACETS = ("year", "organisation", "language")


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What an index holds: documents by language, the interval of their dates, its size on disk in bytes."""

    path: Path
    documents: int
    languages: Mapping[str, int]
    years: Mapping[str, int]
    size_bytes: int


class Index:
    """Documents that can be searched. Made by :func:`migsearch.open`; a context manager that closes itself.

    Several programs may search one index while one writes to it; each search sees the latest commit.

    ``organisations`` is a gazetteer, or the path of one or more files that extend ours. The index stores ids: what was
    added before keeps those that it was read with until it is added again.
    """

    def __init__(self, engine: Engine, path: Path, organisations: Organisations = None) -> None:
        self._engine = engine
        self.path = path
        self._gazetteer = given_gazetteer(organisations)  # None is ours, which is loaded when it is needed

    @property
    def gazetteer(self) -> Gazetteer:
        """The organisations that documents are searched for and queries may name."""
        from migsearch.ingest.gazetteer import default_gazetteer

        return self._gazetteer or default_gazetteer()

    def name_of(self, id: str) -> str:
        """Return the English name of an organisation, empty if it is not listed."""
        name = self._gazetteer.display_name(id) if self._gazetteer else display_name(id)
        return "" if name == id else name

    def with_organisations(self, organisations: Organisations) -> Index:
        """Return the same index with other organisations; both are closed when one is."""
        return Index(self._engine, self.path, organisations)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the files."""
        self._engine.close()

    def __len__(self) -> int:
        return self._engine.find(tree.Everything(), limit=0).total

    def add(self, documents: Iterable[Document], *, delete: Iterable[str] = (), processes: int = 1) -> Change:
        """Add documents in one atomic commit; a document whose id is there already replaces it.

        They are taken one by one; of equal ids the last counts. The ids to ``delete`` are deleted before, in the same
        commit. What a document leaves empty (language, date, organisations) is read from its text. Returns how many
        were added and replaced. Raises :class:`~migsearch.errors.IndexLockedError` if another program is writing; on
        any error, one from ``documents`` included, the index stays as it was.

        With more than one of ``processes`` the texts are analysed in so many, with the same result. That pays from
        some thousand documents on; a program that asks for it must guard what it does by
        ``if __name__ == "__main__"``, as :mod:`multiprocessing` demands.
        """
        if processes < 1:
            raise ValueError(f"processes must be 1 or more, not {processes}")
        left, ids = iter(documents), list(delete)
        if not (first := [*islice(left, 1)]) and not ids:
            return Change()
        from migsearch.entries import entries

        return self._engine.write(entries(chain(first, left), self._gazetteer, processes), delete=ids)

    def sync(self, reading: Reading, *, prune: bool = False, reread: bool = False) -> Synced:
        """Bring the index up to date with files, as in ``index.sync(migsearch.read("news/"))``.

        Documents that are new are added, those that changed (by the SHA-256 of their file, row or message) replaced;
        the others are neither analysed nor written, unless ``reread`` asks for it, after another gazetteer, say. With
        ``prune``, documents that are gone from the paths of ``reading`` are deleted; those read from other paths, or
        made by hand, stay. What has the same title, text and date, but for spelling, spaces and signs, is stored once:
        see :attr:`Document.copies`.

        Documents are held in memory, and committed, by :data:`~migsearch.mirror.BATCH_DOCUMENTS`. Each commit is
        atomic, so that after an interruption the next synchronisation goes on where this one was. Raises
        :class:`~migsearch.errors.IndexLockedError` if another program is writing.
        """
        from migsearch.mirror import Mirror

        return Mirror(self).update(reading, prune=prune, reread=reread)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete documents in one atomic commit; returns how many there were of these ids."""
        ids = [ids] if isinstance(ids, str) else list(ids)
        return self._engine.write((), delete=ids).deleted

    def document(self, id: str) -> Document | None:
        """Return the document of an id, ``None`` if there is none."""
        record = self._engine.read(id)
        return from_record(record) if record is not None else None

    def documents(self) -> Iterator[Document]:
        """Iterate over all documents in the order of their ids."""
        found = (self.document(id) for id in self.find_ids("", limit=len(self)))
        return (document for document in found if document is not None)  # not deleted in between

    def find_ids(self, prefix: str, limit: int = 10) -> list[str]:
        """Return the first ids, in the order of their code points, that begin so."""
        return self._engine.ids(prefix, limit)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        since: DateLike | None = None,
        until: DateLike | None = None,
        organisations: Iterable[str] = (),
        languages: Iterable[str] = (),
        facets: Sequence[str] = DEFAULT_FACETS,
        sort: Sort = "relevance",
        snippets: bool = True,
    ) -> Results:
        """Search for a query in the language of :mod:`migsearch.query.parse`; an empty one matches everything.

        ``limit`` and ``offset`` choose the page. ``since`` and ``until`` bound the date, both inclusive: a year,
        month or day of any calendar (``"2021"``, ``"2021-06"``, ``"1400/3/31"``, ``"حمل 1400"``); a document whose
        date is known less exactly matches if it may lie within. ``organisations`` (ids or names) and ``languages``
        (``"fa"``, ``"fa-AF"``) each match if one of them does. ``facets`` are among ``year``, ``month``,
        ``solar_year`` and ``solar_month`` (Solar Hijri), ``organisation``, ``language``, ``region``.

        ``sort`` is by ``"relevance"`` (score), where a document's date plays a part only among equals; by ``"words"``,
        the same by the words of the query alone: if these are several and need not all match, those that the best hits
        share add to relevance (see :mod:`migsearch.query.feedback`); or by ``"date"``: from the latest to the earliest,
        of one day the best first, undated ones last. Without ``snippets`` hits come without passages and highlights,
        and sooner: those are found by analysing the documents again. Raises :class:`~migsearch.errors.QueryError` for
        what cannot be read.
        """
        began = time.perf_counter()
        _check(limit, offset, facets, sort)
        node, notes = read_query(query, self._gazetteer)
        narrowed, notes_of_filters = filters(since, until, organisations, languages, self._gazetteer)
        notes += notes_of_filters
        with self._engine.one_commit():
            # By the best hits of all, so that to narrow a search leaves the order as it is.
            ranked = with_feedback(node, self._engine) if sort == "relevance" and limit else node
            asked = tree.And((ranked, *narrowed)) if narrowed else ranked
            order: Order = "date" if sort == "date" else "relevance"
            found = self._engine.find(asked, limit=limit, offset=offset, facets=facets, order=order)
        if found.capped:
            from migsearch.query.interpretation import capped_notes

            notes += tuple(capped_notes(found.capped, query, self._gazetteer))
        hits = _hits(found, node if snippets else None)
        return Results(query, found.total, hits, _facets(found), notes, offset, time.perf_counter() - began)

    def like(self, id: str, *, limit: int = 10) -> Results | None:
        """Return the documents most like the one of an id, by the words that tell it apart, the most alike first.

        ``total`` and the facets count all that share one such word or more; the highlights are those words.
        ``None`` if there is no such document. See :mod:`migsearch.query.like`.
        """
        began = time.perf_counter()
        document = self.document(id)
        if document is None:
            return None
        node = query_like(document, self._engine)
        found = self._engine.find(node, limit=limit, facets=DEFAULT_FACETS)
        hits = _hits(found, node)
        return Results("", found.total, hits, _facets(found), seconds=time.perf_counter() - began)

    def suggest(self, query: str, *, limit: int = 3) -> tuple[Correction, ...]:
        """Return what a query may have meant that finds nothing or little, the likeliest first.

        Words that no document has are corrected to words of the index: misspelt ones, two without their space, and
        those typed with the keyboard in the other language. Filters and what is excluded stay as they are. Empty if
        all words are known. Takes a quarter of a second where the index has 200,000 distinct words, so ask for it only
        where it is needed. Raises :class:`~migsearch.errors.QueryError` as :meth:`search` does.
        """
        from migsearch.query.spelling import corrections  # edit distances take 25 ms to import, which few need

        frequencies = partial(self._engine.frequencies, "root")
        return corrections(self.interpret(query), frequencies, partial(self._engine.terms, "surface"), limit)

    def complete(self, prefix: str, *, limit: int = 10) -> list[str]:
        """Return words of the index that begin so, those of most documents first.

        Their spelling is folded, but Persian words have ZWNJ where the documents write it.
        """
        from migsearch.completions import completions

        return completions(prefix, self._engine, limit)

    def explain(self, query: str, id: str, *, sort: Sort = "relevance") -> Explanation | None:
        """Tell how a query was read, and why the document of an id has its score or does not match.

        ``sort`` is that of the search whose score it is. ``None`` if there is no such document. Raises
        :class:`~migsearch.errors.QueryError` as :meth:`search` does.
        """
        from migsearch.explanation import explain

        with self._engine.one_commit():
            interpretation = self.interpret(query, sort=sort)
            judged = self._engine.explain(interpretation.tree, id)
        return explain(interpretation, id, judged) if judged else None

    def interpret(self, query: str, *, sort: Sort = "words") -> Interpretation:
        """Tell how a query is read; by ``"relevance"``, with the words that its best hits share.

        Raises :class:`~migsearch.errors.QueryError`.
        """
        from migsearch.query.interpretation import interpret

        read = interpret(query, self._gazetteer)
        asked = with_feedback(read.tree, self._engine) if sort == "relevance" else read.tree
        return replace(read, shared=shared_words(asked, read.tree), tree=asked)

    def highlights(self, query: str, document: Document) -> tuple[Span, ...]:
        """Return the spans of a document's text that a query asks for."""
        return highlights(document.text, Wanted.by(read_query(query, self._gazetteer)[0]))

    def info(self) -> IndexInfo:
        """Tell what the index holds."""
        found = self._engine.find(tree.Everything(), limit=0, facets=("language", "year"))
        size = sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())
        languages = Facet("language", found.facets["language"])
        return IndexInfo(self.path, found.total, languages, Facet("year", found.facets["year"]), size)


def given_gazetteer(organisations: Organisations) -> Gazetteer | None:
    """Return the gazetteer of the organisations that are given, ``None`` for ours, which takes long to import."""
    if organisations is None:
        return None
    from migsearch.ingest.gazetteer import gazetteer_of

    return gazetteer_of(organisations)


def _check(limit: int, offset: int, facets: Sequence[str], sort: str) -> None:
    for name, number in (("limit", limit), ("offset", offset)):
        if number < 0:
            raise QueryError(f"{name} must be 0 or more, not {number}")
    for facet in facets:
        if facet not in FACETS:
            raise QueryError(f"there is no facet {facet!r}; there are {', '.join(FACETS)}")
    if sort not in SORTS:
        raise QueryError(f"hits are sorted by {', '.join(SORTS[:-1])} or {SORTS[-1]}, not by {sort!r}")


def _hits(found: Found, query: tree.Node | None) -> tuple[Hit, ...]:
    """Return the hits of a page, with what a query asks for in them if one is given."""
    page = ((from_record(record), score) for record, score in found.page)
    if query is None:
        return tuple(Hit(document, score) for document, score in page)
    wanted, in_title = Wanted.by(query), Wanted.by(query, title=True)
    return tuple(Hit(d, score, passages(d.text, wanted), highlights(d.title, in_title)) for d, score in page)


def _facets(found: Found) -> dict[str, Facet]:
    return {name: Facet(name, counts) for name, counts in found.facets.items()}
