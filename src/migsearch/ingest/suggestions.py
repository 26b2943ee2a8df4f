"""Names that look like those of organisations and are not listed: for a person to accept into a file of their own.

In English, words with capitals around a word such as "Council" or "Agency", with an acronym in brackets after them. In
Persian, where no capital tells the end of a name, what follows a word such as «سازمان» or «کمیته» up to a stop word or
a sign: of the beginnings of that, the longest that comes about as often as the one a word shorter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.data import table
from migsearch.ingest.gazetteer import Gazetteer, default_gazetteer
from migsearch.ingest.organisations import find_organisations
from migsearch.model import Document, Span, Token

_WORD = r"[A-Z][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*"
_CAPITALISED = re.compile(
    rf"{_WORD}(?:(?:[ \n](?:of|for|on|in|to|and|the|&|de|against|with))*[ \n]{_WORD})+"
    r"(?:\s*\(\s*(?P<acronym>[A-Z][A-Za-z-]{1,9})\s*\))?"
)
_LEADING = re.compile(
    r"(?:The|A|An|Each|Every|All|Some|This|These|Its|Our|Their|In|On|At|By|For|And|Of|From|With)[ \n]+"
)
_ENGLISH = re.compile(
    r"\b(?:Academy|Agency|Alliance|Association|Authority|Bank|Board|Bureau|Cent(?:er|re)|Chamber|Charity|Coalition"
    r"|Commission|Commissariat|Committee|Confederation|Consortium|Corps|Council|Court|Department|Directorate"
    r"|Federation|Forum|Foundation|Fund|Initiative|Institute|Institution|League|Ministry|Mission|Movement|Network"
    r"|Office|Organi[sz]ation|Partnership|Platform|Process|Program(?:me)?|Secretariat|Service|Society|Trust|Union"
    r"|University)\b"
)
_PERSIAN = (
    "سازمان وزارت اداره ریاست کمیسیون کمیته شورا شورای مؤسسه موسسه انجمن بنیاد مرکز دفتر آژانس صندوق اتحادیه فدراسیون "
    "جمعیت بانک نهاد شبکه کمیساریای کمیشنری مجمع کانون ستاد پروسه روند دانشگاه پوهنتون انستیتوت شرکت ټولنه"
)
_JOINING = frozenset(("و", "برای", "امور", "در", "از", "با", "ضد", "علیه"))
_MOST_WORDS = 7
_AS_OFTEN = 0.6
_MOST_CONTEXTS = 3
_AROUND = 40  # code points of a context on each side
_MOST_ID = 40


@dataclass(frozen=True, slots=True)
class Context:
    """A place where a name stands: the document's id, and the words around it in one line."""

    document: str
    before: str
    literal: str
    after: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that may be that of an organisation: how often it stands, in how many documents, and some of the places.

    ``id`` is one that is free, made of the acronym if there is one; ``language`` is ``en`` or ``fa``.
    """

    id: str
    name: str
    language: str
    acronym: str
    count: int
    documents: int
    contexts: tuple[Context, ...]


class _Place(NamedTuple):
    document: Document
    text: str
    span: Span
    acronym: str = ""

    @property
    def literal(self) -> str:
        return " ".join(self.text[slice(*self.span)].split())


@dataclass(slots=True)
class _Candidate:
    language: str
    places: list[_Place] = field(default_factory=list)


def suggest(documents: Iterable[Document], *, least: int = 2, gazetteer: Gazetteer | None = None) -> list[Suggestion]:
    """Return unlisted names that stand ``least`` times or more in the documents, the most frequent first."""
    gazetteer = gazetteer or default_gazetteer()
    candidates: defaultdict[tuple[str, ...], _Candidate] = defaultdict(lambda: _Candidate("en"))
    beginnings: defaultdict[tuple[str, ...], _Candidate] = defaultdict(lambda: _Candidate("fa"))
    for document in documents:
        taken: dict[str, list[Span]] = {"title": [], "text": []}
        for mention in find_organisations(document.title, document.text, document.region, gazetteer):
            taken[mention.field].append(mention.span)
        for name, text in (("title", document.title), ("text", document.text)):
            for place in _english_places(document, text):
                if not _overlaps(place.span, taken[name]):
                    candidates[_key(place.literal)].places.append(place)
            for roots, place in _persian_places(document, text):
                if not _overlaps(place.span, taken[name]):
                    beginnings[roots].places.append(place)
    chosen = [*candidates.values(), *_whole(beginnings, least)]
    frequent = (candidate for candidate in chosen if len(candidate.places) >= least)
    found = [candidate for candidate in frequent if not gazetteer.is_listed(candidate.places[0].literal)]
    found.sort(key=lambda candidate: -len(candidate.places))
    return list(_suggestions(found, gazetteer))


def _english_places(document: Document, text: str) -> Iterator[_Place]:
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        end = text.rfind("(", start, match.end()) if match["acronym"] else match.end()
        leading = _LEADING.match(text, start)
        start = leading.end() if leading else start
        name = text[start:end].rstrip().removesuffix("'s").removesuffix("’s")
        if _ENGLISH.search(name) and len(name.split()) > 1:
            yield _Place(document, text, Span(start, start + len(name)), match["acronym"] or "")


def _persian_places(document: Document, text: str) -> Iterator[tuple[tuple[str, ...], _Place]]:
    tokens = analyze(text)
    for first, token in enumerate(tokens):
        if token.surface not in _persian_heads():
            continue
        for last in range(first + 2, _end_of_name(text, tokens, first) + 1):
            if tokens[last - 1].surface not in _JOINING:
                roots = tokens.roots[first:last]
                yield roots, _Place(document, text, Span(token.span.start, tokens[last - 1].span.end))


def _end_of_name(text: str, tokens: Sequence[Token], first: int) -> int:
    """Return where a name that begins with a token ends at most: before a stop word, a sign, another script."""
    last = first + 1
    while last < min(first + _MOST_WORDS, len(tokens)):
        token = tokens[last]
        gap = text[tokens[last - 1].span.end : token.span.start]
        stops = token.surface in _stop_words() and token.surface not in _JOINING
        if gap.strip(" \n\N{ZERO WIDTH NON-JOINER}") or "\n\n" in gap or token.language != "fa" or stops:
            break
        last += 1
    return last


def _whole(beginnings: dict[tuple[str, ...], _Candidate], least: int) -> Iterator[_Candidate]:
    """Yield the beginnings that are names as far as counts tell: none goes on alike most of the time."""
    longest_next: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for roots, candidate in beginnings.items():
        for end in range(2, len(roots)):
            longest_next[roots[:end]] = max(longest_next[roots[:end]], len(candidate.places))
    for roots, candidate in beginnings.items():
        if len(candidate.places) >= least and longest_next[roots] < _AS_OFTEN * len(candidate.places):
            yield candidate


def _suggestions(candidates: Iterable[_Candidate], gazetteer: Gazetteer) -> Iterator[Suggestion]:
    used: set[str] = set()
    for candidate in candidates:
        places = candidate.places
        literals = [place.literal for place in places]
        name = max(dict.fromkeys(literals), key=literals.count)
        acronym = next((place.acronym for place in places if place.acronym), "")
        id = _free_id(acronym or name, used, gazetteer)
        documents = len({place.document.id for place in places})
        contexts = tuple(map(_context, places[:_MOST_CONTEXTS]))
        yield Suggestion(id, name, candidate.language, acronym, len(places), documents, contexts)


def _free_id(name: str, used: set[str], gazetteer: Gazetteer) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", icu.to_ascii(name).lower()).strip("-")[:_MOST_ID].strip("-") or "organisation"
    id, number = base, 1
    while id in used or id in gazetteer:
        number += 1
        id = f"{base}-{number}"
    used.add(id)
    return id


def _context(place: _Place) -> Context:
    start, end = place.span
    before = " ".join(place.text[max(0, start - _AROUND) : start].split())
    after = " ".join(place.text[end : end + _AROUND].split())
    return Context(place.document.id, before, place.literal, after)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _key(name: str) -> tuple[str, ...]:
    return analyze(name).roots


@cache
def _persian_heads() -> frozenset[str]:
    # In the singular: «سازمان‌ها» are no one organisation.
    return frozenset(analyze(_PERSIAN).surfaces)


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(icu.fold(word) for word in table("stop_words")["fa"])
