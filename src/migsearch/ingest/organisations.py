"""The organisations that a document names.

A body has names of its own. A ministry (portfolio) is named together with its country, or near it; which country
is meant is decided in this order, and a ministry whose country stays open is left out:

1. the country that is part of the name: "Ministry of Interior of Turkey", "Turkish Ministry of Interior";
2. the country of the same portfolio where the document named it before;
3. the country of another national organisation beside it in the sentence: "the Ministry of Refugees and
   Repatriations and the Ministry of Foreign Affairs";
4. the document's own country: the one it names most often, the country of its language counting as
   :data:`REGION_COUNTS` names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.ingest.gazetteer import Gazetteer, Match, default_gazetteer
from migsearch.model import Mention, Span

# What may stand between a ministry and its country, after it and before it.
_AFTER = frozenset(
    analyze("of in for the government islamic republic transitional state emirate دولت جمهوری اسلامی امارت کشور").roots
)
_BEFORE = frozenset(analyze("deputy first acting vice the and").roots)
_MOST_AFTER, _MOST_BEFORE = 4, 2
_BESIDE = 8  # tokens between two organisations that share a country
REGION_COUNTS = 3
"""Dari is mostly written in Afghanistan, Iranian Persian in Iran; of equal evidence the page's text decides."""

_SENTENCE_BREAK = re.compile(r"[.!?؟\n]\s|\n")
_BREAK = re.compile(r"[.!?؟:;؛\n]")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a document with the names found in it."""

    name: str
    text: str
    tokens: Tokens
    matches: list[Match]

    def between(self, left: Match, right: Match) -> str:
        """Return the text between two matches."""
        return self.text[self.tokens[left.last - 1].span.end : self.tokens[right.first].span.start]


def find_organisations(title: str, text: str, region: str = "") -> tuple[Mention, ...]:
    """Return the mentions of organisations in a document's title and text, in order.

    ``region`` is the country whose variety of Persian the text is written in, ``AF`` or ``IR``.
    """
    gazetteer = default_gazetteer()
    analyzed = [("title", title, analyze(title)), ("text", text, analyze(text))]
    context = frozenset(root for _, _, tokens in analyzed for root in tokens.roots)
    fields = [_Field(*field, list(gazetteer.matches(field[1], field[2], context))) for field in analyzed]
    return _Resolver(gazetteer, fields, region).mentions()


def organisation_ids(name: str) -> tuple[str, ...]:
    """Return the ids that an id or a name, such as ``UNHCR`` or ``Ministry of Interior of Turkey``, stands for."""
    if name.lower() in default_gazetteer():
        return (name.lower(),)
    return tuple(dict.fromkeys(mention.ref for mention in find_organisations(name, "")))


class _Resolver:
    """Gives each match of one document its organisation."""

    def __init__(self, gazetteer: Gazetteer, fields: Sequence[_Field], region: str) -> None:
        self._gazetteer = gazetteer
        self._fields = fields
        self._home = self._most_named_country(region)
        self._earlier: dict[str, str] = {}  # portfolio -> country

    def mentions(self) -> tuple[Mention, ...]:
        # Names that carry their country first: a title's "Turkish Interior" may stand before the full name.
        attached = [self._attached_countries(field) for field in self._fields]
        found = []
        for field, countries in zip(self._fields, attached, strict=True):
            for number in range(len(field.matches)):
                ref, first, last = self._resolve(field, number, countries)
                if ref:
                    span = Span(field.tokens[first].span.start, field.tokens[last - 1].span.end)
                    literal = field.text[span.start : span.end]
                    found.append(Mention("organisation", ref, literal, field.name, span))
        return tuple(found)

    def _resolve(self, field: _Field, number: int, attached: dict[int, Match]) -> tuple[str, int, int]:
        match = field.matches[number]
        if match.name.kind == "body":
            return match.name.ref, match.first, match.last
        if match.name.kind == "country":
            return "", 0, 0
        portfolio = match.name.ref
        country = attached.get(number)
        if country:
            first, last = min(match.first, country.first), max(match.last, country.last)
            self._earlier[portfolio] = country.name.ref
            return self._gazetteer.id_in(portfolio, country.name.ref), first, last
        code = self._earlier.get(portfolio) or self._beside(field, number, attached) or self._home
        return (self._gazetteer.id_in(portfolio, code) if code else ""), match.first, match.last

    def _attached_countries(self, field: _Field) -> dict[int, Match]:
        """Return the countries that are part of a portfolio's name, by the number of its match."""
        found = {}
        for number, match in enumerate(field.matches):
            if match.name.kind != "portfolio":
                continue
            following = field.matches[number + 1] if number + 1 < len(field.matches) else None
            previous = field.matches[number - 1] if number else None
            if following and self._attaches(field, match, following):
                found[number] = following
            elif previous and self._attaches(field, previous, match):
                found[number] = previous
        return found

    @staticmethod
    def _attaches(field: _Field, left: Match, right: Match) -> bool:
        """Tell whether one of two neighbours is the other's country and part of its name."""
        country_first = left.name.kind == "country"
        country = left if country_first else right
        fillers, most = (_BEFORE, _MOST_BEFORE) if country_first else (_AFTER, _MOST_AFTER)
        if country.name.kind != "country" or _BREAK.search(field.between(left, right)):
            return False
        # Persian names the country after the ministry only.
        if country_first and field.tokens[right.first].language == "fa":
            return False
        between = field.tokens[left.last : right.first]
        return len(between) <= most and all(token.root in fillers for token in between)

    def _beside(self, field: _Field, number: int, attached: dict[int, Match]) -> str:
        """Return the country of the nearest national organisation in the same sentence."""
        match = field.matches[number]
        nearest = (_BESIDE + 1, "")
        for other_number, other in enumerate(field.matches):
            country = self._country_of(other_number, other, attached)
            left, right = (other, match) if other_number < number else (match, other)
            gap = right.first - left.last
            near = country and other is not match and gap < nearest[0]
            if near and not _SENTENCE_BREAK.search(field.between(left, right)):
                nearest = (gap, country)
        return nearest[1]

    def _country_of(self, number: int, match: Match, attached: dict[int, Match]) -> str:
        if match.name.kind == "body":
            return self._gazetteer.country_of(match.name.ref)
        return attached[number].name.ref if number in attached else ""

    def _most_named_country(self, region: str) -> str:
        counts = Counter({region: REGION_COUNTS})
        for field in self._fields:
            for match in field.matches:
                if match.name.kind == "country":
                    counts[match.name.ref] += 1
                elif match.name.kind == "body":
                    counts[self._gazetteer.country_of(match.name.ref)] += 1
        del counts[""]
        return counts.most_common(1)[0][0] if counts else ""
