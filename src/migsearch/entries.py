"""Documents made into what an engine stores of them, in one process or several."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.analysis.vocabulary import GAP
from migsearch.engine.base import TITLE_TIMES, Entry, Terms
from migsearch.ingest.complete import complete
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.model import Document
from migsearch.processes import in_processes
from migsearch.query.feedback import key_words
from migsearch.records import to_record

_CHUNK = 50  # documents that are handed to a process at once


def entries(documents: Iterable[Document], gazetteer: Gazetteer | None, processes: int) -> Iterator[Entry]:
    """Yield the entries of documents, in order, analysed in so many processes."""
    if processes == 1:
        yield from (entry(document, gazetteer) for document in documents)
        return
    left = iter(documents)
    chunks = iter(lambda: tuple(islice(left, _CHUNK)), ())
    yield from chain.from_iterable(in_processes(processes, partial(_entries, gazetteer), chunks))


def _entries(gazetteer: Gazetteer | None, documents: Sequence[Document]) -> list[Entry]:
    return [entry(document, gazetteer) for document in documents]


def entry(document: Document, gazetteer: Gazetteer | None = None) -> Entry:
    """Return what an engine stores of a document: what it leaves empty is read from its text, its words analysed."""
    document = complete(document, gazetteer=gazetteer)
    title, text, dated = (analyze(part) for part in (document.title, document.text, _date_line(document)))
    parts = (*(title,) * TITLE_TIMES, text, dated)
    return Entry(
        id=document.id,
        terms={
            "root": _terms(parts, _roots),
            "surface": _terms(parts, _surfaces),
            "title_root": _roots(title),
            "title_surface": _surfaces(title),
        },
        keywords={
            "organisation": document.organisations,
            "language": (document.language,),
            "region": (document.region,) if document.region else (),
        },
        first=document.date.first if document.date else None,
        last=document.date.last if document.date else None,
        record=to_record(document, key_words(title.roots * TITLE_TIMES, text.roots)),
    )


def _date_line(document: Document) -> str:
    """Return the date as it stands on the page, if that is outside the article: who types its year means it."""
    literal = document.date.literal if document.date else ""
    return "" if literal in document.text else literal


def _roots(tokens: Tokens) -> Terms:
    return Terms(tokens.numbers, tokens.vocabulary.roots)


def _surfaces(tokens: Tokens) -> Terms:
    return Terms(tokens.numbers, tokens.vocabulary.surfaces)


def _terms(parts: Sequence[Tokens], terms_of: Callable[[Tokens], Terms]) -> Sequence[str | None]:
    """Return the terms of the title, as often as it counts, the text and the date, with gaps that no phrase crosses."""
    found = [*map(terms_of, parts)]
    if any(terms.vocabulary is not found[0].vocabulary for terms in found):  # it was full in between
        return [term for terms in found for term in (*terms, None)]
    numbers = array("I")
    for terms in found:
        numbers += terms.numbers
        numbers.append(GAP)
    return Terms(numbers, found[0].vocabulary)
