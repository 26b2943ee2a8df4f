"""Whose ministry is meant.

A body has names of its own. A ministry (portfolio) is named together with its country, or near it; which country
is meant is decided in this order, and a ministry whose country stays open is left out:

1. the country that is part of the name: "Ministry of Interior of Turkey", "Turkish Ministry of Interior", and of
   ministries in the plural each country: "Foreign Ministers of Iran and Pakistan";
2. what is said in its place: «وزارت خارجه کشورمان» is that of the country whose Persian the page is written in, Iran's
   if nothing tells it; «وزارت خارجه این کشور» and "the country's Ministry of Interior" that of the country named last;
3. the country that its sentence begins with: "In Kyrgyzstan, the Ministry of Labour", but a minister may be abroad;
4. the country of the same portfolio where the document named it before;
5. the country of another national organisation beside it in the sentence, but of no embassy, which is abroad, and of
   nobody whom it meets: "the Ministry of Refugees and Repatriations and the Ministry of Foreign Affairs";
6. the document's own country: the one it names most often, its cities and bodies included, the country of its
   language counting as :data:`REGION_COUNTS` names, "Afghan refugees" as none: they are mostly elsewhere.

Ministries in the plural share that word: "Ministries of Interior and Foreign Affairs", «وزارت‌های داخله و خارجه»,
"Foreign and Interior Ministers" name two each. In the plural without a country they are those of many states, and
nobody's: "the Foreign Ministers of the member states". A body of one state that another one's name follows is not
meant. What is named only with its country, such as an embassy, a cabinet or the Red Crescent, goes by 1 to 3, and by 5
where a body is listed that goes by that name: "the embassy" alone is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.ministry_lists import Match
from migsearch.ingest.ministry_names import Group, Page
from migsearch.ingest.support import Field

_BESIDE = 8  # tokens between two organisations that share a country
REGION_COUNTS = 8
"""Dari is mostly written in Afghanistan, Iranian Persian in Iran; of equal evidence the page's text decides."""

_ABROAD = {"embassy", "consulate"}
_SENTENCE_BREAK = re.compile(r"[.!?؟\n]\s|\n")


class Resolved(NamedTuple):
    """An organisation with its id, and the tokens of its field that name it."""

    field: Field
    ref: str
    first: int
    last: int
    rule: str
    evidence: str


class Ministries:
    """Gives each name in one document its organisation."""

    def __init__(self, gazetteer: Gazetteer, fields: Sequence[tuple[Field, Sequence[Match]]], region: str) -> None:
        self._gazetteer = gazetteer
        # Names that carry their country first: a title's "Turkish Interior" may stand before the full name.
        self._pages = [Page(gazetteer, field, matches) for field, matches in fields]
        self._home = self._most_named_country(region)
        self._ours = region or "IR"
        self._earlier: dict[str, str] = {}  # portfolio -> country

    def resolved(self) -> Iterator[Resolved]:
        """Yield the organisations in order."""
        for page in self._pages:
            for group in page.groups:
                yield from self._resolve(page, group)

    def _resolve(self, page: Page, group: Group) -> Iterator[Resolved]:
        if page.nobodys(group):
            return
        if not group.countries:
            for member in group.members:
                yield from self._resolve_alone(page, group, member)
            return
        first_country, *others = group.countries
        literal = page.field.literal(first_country.first, first_country.last)
        nearest = min(group.members, key=lambda member: abs(member.first - first_country.first))
        for member in group.members:
            first, last = member.first, member.last
            if member is nearest:
                first, last = min(first, first_country.first), max(last, first_country.last)
            yield from self._in(page, member, first_country, first, last, literal)
        for country in others:
            literal = page.field.literal(country.first, country.last)
            for member in group.members:
                yield from self._in(page, member, country, country.first, country.last, literal)

    def _in(self, page: Page, member: Match, country: Match, first: int, last: int, literal: str) -> Iterator[Resolved]:
        ref, code = member.name.ref, country.name.ref
        if member.name.kind == "body":
            if self._gazetteer.country_of(ref) in ("", code):
                yield Resolved(page.field, ref, first, last, "with-its-country", literal)
            return
        self._earlier[ref] = code
        yield Resolved(page.field, self._gazetteer.id_in(ref, code), first, last, "with-its-country", literal)

    def _resolve_alone(self, page: Page, group: Group, match: Match) -> Iterator[Resolved]:
        if match.name.kind == "body":
            yield Resolved(page.field, match.name.ref, match.first, match.last, match.rule, match.evidence)
            return
        for rule, code in self._ways(page, group, match):
            if code:
                id = self._gazetteer.id_in(match.name.ref, code)
                yield Resolved(page.field, id, match.first, match.last, rule, code)
                return

    def _ways(self, page: Page, group: Group, match: Match) -> Iterator[tuple[str, str]]:
        """Yield the countries that may be meant, by which rule, the best first."""
        portfolio = match.name.ref
        yield "country-referred", page.referred(group, self._ours)
        yield "country-of-sentence", page.sentence_country(match)
        yield "country-as-before", self._earlier.get(portfolio, "")
        if self._gazetteer.needs_country(portfolio):
            yield "country-of-page", self._home if self._gazetteer.holder(portfolio, self._home) else ""
            return
        yield "country-beside", self._beside(page, match)
        yield "country-of-page", self._home

    def _beside(self, page: Page, match: Match) -> str:
        """Return the country of the nearest national organisation in the same sentence."""
        nearest = (_BESIDE + 1, "")
        for group, other in page.around(match, _BESIDE):
            country = self._country_of(group, other)
            left, right = (other, match) if other.first < match.first else (match, other)
            gap = right.first - left.last
            near = country and other is not match and gap < nearest[0]
            if near and not _SENTENCE_BREAK.search(page.between(left, right)) and not page.meet(left, right):
                nearest = (gap, country)
        return nearest[1]

    def _country_of(self, group: Group, match: Match) -> str:
        if match.name.kind == "body":
            return self._gazetteer.country_of(match.name.ref)
        is_abroad = match.name.ref in _ABROAD
        return group.countries[0].name.ref if group.countries and not is_abroad else ""

    def _most_named_country(self, region: str) -> str:
        counts = Counter({region: REGION_COUNTS})
        for page in self._pages:
            for match in page.matches:
                if match.name.kind in ("country", "city"):
                    counts[match.name.ref] += not page.is_of_people(match)
                elif match.name.kind == "body":
                    counts[self._gazetteer.country_of(match.name.ref)] += 1
        del counts[""]
        return counts.most_common(1)[0][0] if counts else ""
