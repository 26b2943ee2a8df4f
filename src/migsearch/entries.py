"""Documents made into what an engine stores of them, in one process or several."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from os import getpid
from typing import NamedTuple

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.analysis.vocabulary import GAP
from migsearch.engine.base import TITLE_TIMES, Entry, Terms
from migsearch.ingest.complete import complete
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.model import Document
from migsearch.processes import in_processes
from migsearch.query.feedback import key_words
from migsearch.query.tree import TermField
from migsearch.records import to_record

_CHUNK = 100  # documents that are handed to a process at once


def entries(documents: Iterable[Document], gazetteer: Gazetteer | None, processes: int) -> Iterator[Entry]:
    """Yield the entries of documents, in order, analysed in so many processes."""
    if processes == 1:
        yield from (entry(document, gazetteer) for document in documents)
        return
    left = iter(documents)
    chunks = iter(lambda: tuple(islice(left, _CHUNK)), ())
    yield from _received(in_processes(processes, _Sender(gazetteer).chunk, chunks))


class _Chunk(NamedTuple):
    """What travels of some documents: entries without terms, the numbers of these, or terms where they have none."""

    vocabulary: tuple[int, int]
    """Of which process the numbers are, and of which vocabulary there."""
    words: dict[str, list[str]]
    """What the vocabulary has for each kind of terms since the chunk before."""
    entries: list[Entry]
    terms: list[dict[TermField, array[int] | list[str | None]]]


class _Sender:
    """Makes entries in a process of its own, and sends each word once."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._gazetteer = gazetteer
        self._columns: dict[str, Sequence[str]] = {}  # of the vocabulary that is in use, by the kind of terms
        self._vocabularies = 0
        self._sent = 0  # words of the vocabulary

    def chunk(self, documents: Sequence[Document]) -> _Chunk:
        """Return the entries of documents."""
        made = [entry(document, self._gazetteer) for document in documents]
        last = {_kind(field): terms.vocabulary for field, terms in made[-1].terms.items() if isinstance(terms, Terms)}
        if any(self._columns.get(kind) is not column for kind, column in last.items()):
            self._columns, self._sent = last, 0
            self._vocabularies += 1
        words = {kind: [*column[self._sent :]] for kind, column in self._columns.items()}
        self._sent += max(map(len, words.values()), default=0)
        terms = [{field: self._travelling(field, given) for field, given in entry.terms.items()} for entry in made]
        return _Chunk((getpid(), self._vocabularies), words, [replace(entry, terms={}) for entry in made], terms)

    def _travelling(self, field: TermField, terms: Sequence[str | None]) -> array[int] | list[str | None]:
        is_known = isinstance(terms, Terms) and terms.vocabulary is self._columns.get(_kind(field))
        return terms.numbers if isinstance(terms, Terms) and is_known else list(terms)


def _kind(field: TermField) -> str:
    return field.removeprefix("title_")


def _received(chunks: Iterable[_Chunk]) -> Iterator[Entry]:
    """Yield the entries that other processes have sent."""
    columns: dict[tuple[int, int], dict[str, list[str]]] = {}
    for chunk in chunks:
        known = columns.setdefault(chunk.vocabulary, {kind: [] for kind in chunk.words})
        for kind, words in chunk.words.items():
            known[kind] += words
        for entry, given in zip(chunk.entries, chunk.terms, strict=True):
            yield replace(
                entry,
                terms={
                    field: Terms(terms, known[_kind(field)]) if isinstance(terms, array) else terms
                    for field, terms in given.items()
                },
            )


def entry(document: Document, gazetteer: Gazetteer | None = None) -> Entry:
    """Return what an engine stores of a document: what it leaves empty is read from its text, its words analysed."""
    document = complete(document, gazetteer=gazetteer)
    title, text, dated = (analyze(part) for part in (document.title, document.text, _date_line(document)))
    return Entry(
        id=document.id,
        terms=_terms(title, text, dated),
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


def _terms(title: Tokens, text: Tokens, dated: Tokens) -> dict[TermField, Sequence[str | None]]:
    """Return the terms of the title, as often as it counts, the text and the date, with gaps that no phrase crosses."""
    parts, vocabulary = (*(title,) * TITLE_TIMES, text, dated), title.vocabulary
    if any(part.vocabulary is not vocabulary for part in parts):  # it was full in between
        return {
            "root": [root for part in parts for root in (*part.roots, None)],
            "surface": [surface for part in parts for surface in (*part.surfaces, None)],
            "title_root": title.roots,
            "title_surface": title.surfaces,
        }
    numbers = array("I")
    for part in parts:
        numbers += part.numbers
        numbers.append(GAP)
    return {
        "root": Terms(numbers, vocabulary.roots),
        "surface": Terms(numbers, vocabulary.surfaces),
        "title_root": Terms(title.numbers, vocabulary.roots),
        "title_surface": Terms(title.numbers, vocabulary.surfaces),
    }
