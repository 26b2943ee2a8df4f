"""The protocol of an engine, and the formulas that every engine scores by."""

from __future__ import annotations

import datetime
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, get_args, overload

from migsearch.analysis.icu import calendar_date
from migsearch.model import BY_TIME, Order
from migsearch.query.tree import Expanded, KeywordField, Node, PositionField, TermField

if TYPE_CHECKING:
    from migsearch.engine.judging import Judged

K1 = 1.2
"""How soon a repeated word stops counting. 1.2 to 2.0 measure alike on the sets of the design notes."""

B = 0.75
"""How much a long document is held back (Robertson and Zaragoza, 2009)."""

TITLE_TIMES = 2
"""How often a title is counted among the words of its document; see ``Entry``.

Lengths of title and text normalised apart (BM25F in full: Robertson and Zaragoza, 2009) measure no better. With the
weight 2 for the title and 0.75 for both, against this form and with 95 % bootstrap intervals over the queries:

=========  =======================  =======================
set        nDCG@10                  average precision
=========  =======================  =======================
PQuAD      -0.003 (-0.005, -0.000)  -0.004 (-0.007, -0.001)
Cranfield  +0.004 (-0.004, +0.013)  +0.006 (+0.000, +0.014)
Hamshahri  +0.002 (-0.000, +0.007)  +0.000 (-0.001, +0.002)
=========  =======================  =======================

Weights of 1 to 5 for the title and 0 to 0.75 for its length give the same picture, as does counting it 1, 3 or 4
times: what is won on one set is lost on another.
"""

TERM_FIELDS: tuple[TermField, ...] = get_args(TermField)
POSITION_FIELDS: tuple[PositionField, ...] = get_args(PositionField)
KEYWORD_FIELDS: tuple[KeywordField, ...] = get_args(KeywordField)
FACETS = (*BY_TIME, "organisation", "language", "region")
"""What can be counted: periods, told by the days of an entry, and keywords."""


class Terms(Sequence[str | None]):
    """Terms by their numbers in a vocabulary, which many of these share, and which may grow, but not change.

    The number 0 is a gap, whatever the vocabulary has there. An engine may take them as any other sequence, or take the
    numbers and look at each word of the vocabulary once.
    """

    __slots__ = ("numbers", "vocabulary")

    def __init__(self, numbers: array[int], vocabulary: Sequence[str]) -> None:
        self.numbers = numbers
        self.vocabulary = vocabulary

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> str | None: ...
    @overload
    def __getitem__(self, place: slice) -> Terms: ...
    def __getitem__(self, place: int | slice) -> str | Terms | None:
        if isinstance(place, slice):
            return Terms(self.numbers[place], self.vocabulary)
        return self._term(self.numbers[place])

    def __iter__(self) -> Iterator[str | None]:
        return map(self._term, self.numbers)

    def _term(self, number: int) -> str | None:
        return self.vocabulary[number] if number else None

    def __reduce__(self) -> tuple[type[list[str | None]], tuple[list[str | None]]]:
        return list, (list(self),)  # not the whole vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as an engine stores it.

    ``terms`` has for each term field the terms at positions 0, 1, 2, ...; ``None`` is a gap that no phrase crosses.
    They are quickest taken as :class:`Terms`.
    The fields ``root`` and ``surface`` hold the title :data:`TITLE_TIMES` times and then the text, which is BM25F
    with that weight for the title: frequencies are added before saturation. ``first`` and ``last`` bound its date,
    ``record`` is given back as it is.
    """

    id: str
    terms: Mapping[TermField, Sequence[str | None]]
    keywords: Mapping[KeywordField, Sequence[str]] = field(default_factory=dict)
    first: datetime.date | None = None
    last: datetime.date | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit did, in documents."""

    added: int = 0
    replaced: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: the number of matches, one page of records with scores, counts of the facets.

    ``capped`` has the nodes that stand for more terms than were looked for; see :mod:`migsearch.query.expansion`.
    """

    total: int
    page: tuple[tuple[str, float], ...]
    facets: Mapping[str, Mapping[str, int]]
    capped: frozenset[Expanded] = frozenset()


class Engine(Protocol):
    """Stores entries and answers queries. Every method sees all that was committed before it was called."""

    def one_commit(self) -> AbstractContextManager[None]:
        """Answer what is asked inside from one commit, whatever others commit meanwhile."""
        ...

    def write(self, entries: Iterable[Entry], delete: Iterable[str] = ()) -> Change:
        """Delete ids, then add entries, replacing those of the same id: all of it or, on an error, nothing.

        Of entries of one id the last counts; ids to delete that are not there do not matter.
        """
        ...

    def find(
        self, query: Node, *, limit: int, offset: int = 0, facets: Sequence[str] = (), order: Order = "relevance"
    ) -> Found:
        """Find the matches: best score first, then latest date, then id; or, by date, latest date first, then score.

        Without a date a document is earlier than any other. Facets are of :data:`FACETS`.
        """
        ...

    def frequencies(self, field: TermField, terms: Sequence[str]) -> Sequence[int]:
        """Return in how many documents each term stands."""
        ...

    def terms(self, field: TermField, prefix: str = "") -> Mapping[str, int]:
        """Return the terms that begin so, in the order of their code points, and how many documents have each."""
        ...

    def explain(self, query: Node, id: str) -> Judged | None:
        """Tell whether and by what the document of an id matches; its score is that of :meth:`find`."""
        ...

    def read(self, id: str) -> str | None:
        """Return the record of an id."""
        ...

    def ids(self, prefix: str, limit: int) -> list[str]:
        """Return the first ids, in the order of their code points, that begin so."""
        ...

    def close(self) -> None:
        """Release what is held."""
        ...


def idf(documents: int, containing: int) -> float:
    """Return the weight of a term by its rarity: never negative, as in Lucene and in Robertson and Zaragoza."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))


def saturation(frequency: float, length: float, average: float) -> float:
    """Return BM25's share for a term that stands ``frequency`` times in a field of ``length`` terms."""
    return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / average))


def period(facet: str, first: datetime.date | None, last: datetime.date | None) -> tuple[str, ...]:
    """Return the period of a date for one of :data:`~migsearch.model.BY_TIME`, nothing if it is unknown or spans two.

    A ``year`` is ``2021`` and a ``month`` ``2021-04`` of the Gregorian calendar, a ``solar_year`` ``1400`` and a
    ``solar_month`` ``1400-01``.
    """
    if first is None or last is None:
        return ()
    begins, ends = _PERIODS[facet](first), _PERIODS[facet](last)
    return (begins,) if begins == ends != "" else ()


@lru_cache(maxsize=1 << 15)
def _solar_month(day: datetime.date) -> str:
    year, month, _ = calendar_date("solar", day)
    return f"{year:04}-{month:02}" if year > 0 else ""


def _solar_year(day: datetime.date) -> str:
    return _solar_month(day)[:4]


_PERIODS: dict[str, Callable[[datetime.date], str]] = {
    "year": lambda day: f"{day.year:04}",
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "solar_year": _solar_year,
    "solar_month": _solar_month,
}
