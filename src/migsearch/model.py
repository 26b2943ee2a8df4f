"""The values that pass through migsearch: frozen, compared by content, free of any engine.

Spans are half-open ranges of code points, as Python slices are: ``text[start:end]``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, NamedTuple

from migsearch.errors import DocumentError
from migsearch.orders import ORDERS as ORDERS
from migsearch.orders import SORTS as SORTS
from migsearch.orders import Order as Order
from migsearch.orders import Sort as Sort

MAX_ID_LENGTH = 512
"""Code points in a document's id: enough for any file path or URL that is worth keeping."""

MAX_TEXT_LENGTH = 10_000_000
"""Code points in a document's text: some 3,000 pages; a longer text is no news page."""

Precision = Literal["day", "month", "year"]


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Token(NamedTuple):
    """One word of a text, as the index sees it.

    ``surface`` is the word as written, its spelling folded; ``root`` what its inflected forms share; ``span``
    where it stands in the text that was analysed; ``language`` is ``"en"``, ``"fa"``, or empty for numbers and
    other scripts. A tuple, since there are millions of them.
    """

    surface: str
    root: str
    span: Span
    language: str


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)  # no slots: see migsearch.records
class PartialDate:
    """A date known to the day, the month or the year: an interval with the evidence it was read from.

    ``literal`` is the text it was read from, ``rule`` the name of the rule that read it, ``flags`` what a
    reader should know:

    - ``inferred``: a part was not written there;
    - ``event``: it is the day of what the text tells, for want of a date of publication;
    - ``weekday-disagrees``: the weekday beside it is another day's;
    - ``calendars-disagree``: it stands beside a date of another calendar that is another day;
    - ``ambiguous-order``: day and month could be exchanged;
    - ``ambiguous-year``: another year would do as well;
    - ``approximate``: a lunar day, which was seen a day sooner or later from place to place;
    - ``after-crawl``: it is later than the day on which the page was fetched.

    ``moment`` is the time of day with its date if one is written, with its zone if that is written too; see
    :attr:`instant`. Evidence plays no part in comparing.
    """

    first: datetime.date
    last: datetime.date
    literal: str = field(default="", compare=False)
    rule: str = field(default="", compare=False)
    flags: tuple[str, ...] = field(default=(), compare=False)
    moment: datetime.datetime | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DocumentError(f"a date cannot end ({self.last}) before it begins ({self.first})")

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """Return the Gregorian day, month or year; raises :class:`DocumentError` if there is no such date."""
        try:
            if month is None:
                return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
            if day is None:
                last = calendar.monthrange(year, month)[1]
                return cls(datetime.date(year, month, 1), datetime.date(year, month, last))
            return cls(datetime.date(year, month, day), datetime.date(year, month, day))
        except ValueError as error:  # calendar.IllegalMonthError is one
            raise DocumentError(f"there is no date {year}-{month}-{day}: {error}") from None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2021``, ``2021-04`` or ``2021-04-15``; raises :class:`DocumentError` on anything else."""
        match = _ISO_DATE.fullmatch(text.strip())
        if not match:
            raise DocumentError(f"cannot read the date {text!r}: write 2021, 2021-04 or 2021-04-15")
        return cls.of(*(int(part) for part in match.groups() if part))

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        days = (self.last - self.first).days
        return "day" if days == 0 else "month" if days < 32 else "year"

    @property
    def inferred(self) -> bool:
        """Whether the date was concluded: its year was not written beside it, or it is that of the event told."""
        return not {"inferred", "event"}.isdisjoint(self.flags)

    @property
    def instant(self) -> datetime.datetime | None:
        """The moment in UTC, by which times of different zones compare; ``None`` without a time or without its zone."""
        return self.moment.astimezone(datetime.timezone.utc) if self.moment and self.moment.tzinfo else None

    def isoformat(self) -> str:
        """Return ``2021-04-15``, ``2021-04`` or ``2021``, or both ends if the interval is none of these."""
        if self.precision == "day":
            return self.first.isoformat()
        length = 7 if self.precision == "month" else 4
        period = self.first.isoformat()[:length]
        return period if PartialDate.parse(period) == self else f"{self.first}..{self.last}"

    def __str__(self) -> str:
        return self.isoformat()


@dataclass(frozen=True)  # no slots: see migsearch.records
class Mention:
    """A place in a document's title or text that names something.

    ``kind`` is ``"organisation"`` or ``"date"``; ``ref`` the id of what is named, of a date its days as
    :meth:`PartialDate.isoformat` writes them; ``literal`` the name as written, ``field`` ``"title"`` or ``"text"``,
    ``span`` where in that field.

    ``rule`` says by what the name of an organisation counts, ``evidence`` what spoke for it: ``name`` and ``acronym``
    speak for themselves, ``misspelt`` has the right spelling, ``also-named`` an unmistakable name elsewhere in the
    document, ``context`` the words that support an ambiguous name. Of a ministry, ``with-its-country`` has the country
    as written, ``country-referred``, ``country-of-sentence``, ``country-as-before``, ``country-beside`` and
    ``country-of-page`` the code of the one concluded. Of a date, ``rule`` is the form that it was read by, ``evidence``
    its flags as in :class:`PartialDate`.
    """

    kind: str
    ref: str
    literal: str
    field: str
    span: Span
    rule: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a document was read from.

    ``file`` is its absolute path, ``format`` the name of the reader (``"text"``, ``"html"``, ``"pdf"``...),
    ``encoding`` that of the text, empty for formats that have none. ``size`` in bytes, ``characters`` and ``sha256``
    are those of the file, or of the document's own part of it: a message, a row. ``content_sha256`` is the hash of the
    date and the words of title and text, their spelling folded: equal for documents that read the same, empty where
    there is no text; ``sketch`` tells texts that may be alike, see :mod:`migsearch.ingest.alike`. ``warnings`` say what
    a reader should know: a guessed encoding, a cut page, an attachment that was not read.
    """

    file: str
    format: str
    encoding: str = ""
    size: int = 0
    characters: int = 0
    sha256: str = ""
    content_sha256: str = ""
    sketch: str = ""
    warnings: tuple[str, ...] = ()


class Copy(NamedTuple):
    """Another place at which a document was found: the id that it would have there, its source and provenance."""

    id: str
    source: str
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)  # no slots: see migsearch.records
class Document:
    """One press release or news page.

    ``title`` and ``text`` are the article's own; ``surroundings`` what stood around it on the page (menus,
    teasers, contacts), kept but never searched. ``date`` may be given as a :class:`PartialDate`, a
    :class:`datetime.date` or an ISO string (``"2021"``, ``"2021-04"``, ``"2021-04-15"``). ``organisations``
    are gazetteer ids such as ``"iom"``, or ids of your own. ``language`` is ``"en"``, ``"fa"``, ``"ps"`` or
    ``"und"``; ``region`` is ``"AF"`` for Dari. ``source`` says where the page came from: its address if it names one,
    else its file. ``provenance`` says what it was read from, ``None`` for a document made by hand. ``copies`` are
    the other places at which the same was found, ``alike`` the ids of documents that read nearly the same, see
    :meth:`migsearch.Index.sync`.

    What is left empty (language, date, organisations) is read from the title and text when the document is
    added to an index.

    Raises :class:`DocumentError` for an id that is empty, longer than :data:`MAX_ID_LENGTH` or holds control
    characters, a text longer than :data:`MAX_TEXT_LENGTH`, lone surrogates, and a date that cannot be read.
    """

    id: str
    title: str = ""
    text: str = ""
    date: PartialDate | None = None
    organisations: tuple[str, ...] = ()
    language: str = ""
    region: str = ""
    source: str = ""
    surroundings: str = ""
    mentions: tuple[Mention, ...] = ()
    provenance: Provenance | None = None
    copies: tuple[Copy, ...] = ()
    alike: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id)
        for name in ("title", "text", "language", "region", "source", "surroundings"):
            _check_text(self.id, name, getattr(self, name))
        object.__setattr__(self, "date", _as_date(self.id, self.date))
        object.__setattr__(self, "organisations", _as_ids(self.id, self.organisations))
        object.__setattr__(self, "mentions", tuple(self.mentions))


def _check_id(id: str) -> None:
    if not isinstance(id, str) or not id.strip():
        raise DocumentError("a document needs an id that is not empty")
    if len(id) > MAX_ID_LENGTH:
        raise DocumentError(f"the id {id[:40]!r}... has {len(id):,} characters; at most {MAX_ID_LENGTH} are allowed")
    if _CONTROL.search(id):
        raise DocumentError(f"the id {id!r} holds control characters; remove them")
    _check_text(id, "id", id)


def _check_text(id: str, name: str, value: str) -> None:
    if not isinstance(value, str):
        raise DocumentError(f"document {id!r}: {name} must be a string, not {type(value).__name__}")
    if len(value) > MAX_TEXT_LENGTH:
        raise DocumentError(
            f"document {id!r}: {name} has {len(value):,} characters; at most {MAX_TEXT_LENGTH:,} are allowed"
        )
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"document {id!r}: {name} holds a lone surrogate at character {error.start}, which has no encoding"
        ) from None


def _as_ids(id: str, value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise DocumentError(f"document {id!r}: organisations is a list of ids, not a string")
    ids = tuple(dict.fromkeys(value))
    for organisation in ids:
        _check_text(id, "organisations", organisation)
        if _CONTROL.search(organisation):
            raise DocumentError(f"document {id!r}: the organisation {organisation!r} holds control characters")
    return ids


def _as_date(id: str, value: object) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, datetime.date):  # a datetime is one
        return PartialDate.of(value.year, value.month, value.day)
    if isinstance(value, str):
        try:
            return PartialDate.parse(value) if value else None
        except DocumentError as error:
            raise DocumentError(f"document {id!r}: {error}") from None
    raise DocumentError(f"document {id!r}: date must be a PartialDate, a date or a string, not {value!r}")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a document that shows why it matched.

    ``text`` is cut from the document as it is written, beginning at code point ``start`` of its text;
    ``highlights`` are the spans within ``text`` of the words that matched.
    """

    text: str
    start: int
    highlights: tuple[Span, ...]

    def marked(self, before: str = "**", after: str = "**") -> str:
        """Return the passage with each highlight between ``before`` and ``after``."""
        parts, end = [], 0
        for span in self.highlights:
            parts += [self.text[end : span.start], before, self.text[span.start : span.end], after]
            end = span.end
        return "".join([*parts, self.text[end:]])

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matched: its score (higher is better), snippets, and highlights in its title."""

    document: Document
    score: float
    snippets: tuple[Snippet, ...] = ()
    title_highlights: tuple[Span, ...] = ()


BY_TIME = ("year", "month", "solar_year", "solar_month")
"""Facets whose values are periods: ``2021``, ``2021-04``, ``1400``, ``1400-01``."""


class Facet(Mapping[str, int]):
    """How many of all matching documents have each value: a mapping from value to count.

    Iterates from the most frequent value to the rarest, years and months from the latest to the earliest. A year may
    be asked for as a number: ``facet[2021]``.
    """

    __slots__ = ("_counts", "name")

    def __init__(self, name: str, counts: Mapping[str, int]) -> None:
        self.name = name
        if name in BY_TIME:
            self._counts = dict(sorted(counts.items(), reverse=True))
        else:
            self._counts = dict(sorted(sorted(counts.items()), key=itemgetter(1), reverse=True))

    def __getitem__(self, value: str | int) -> int:
        return self._counts[str(value)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def __repr__(self) -> str:
        return f"Facet({self.name!r}, {self._counts!r})"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read leniently: what, and where in the query; ``None`` for a filter given as an argument."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a query may have meant: ``query`` as it could be asked, ``spans`` of it being the words that differ."""

    query: str
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return self.query


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: one page of hits, with counts over all matches.

    ``total`` is the number of matching documents, ``hits`` those from ``offset`` on, in the order asked for; ``facets``
    has a :class:`Facet` for each name asked for; ``notes`` say what of the query was read leniently;
    ``seconds`` is the time the search took.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet]
    notes: tuple[Note, ...] = ()
    offset: int = 0
    seconds: float = field(default=0.0, compare=False)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
