"""The names in a field as they belong together: a ministry with its countries, ministries that share a plural word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from migsearch.analysis.analyzer import analyze
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.name_index import Name
from migsearch.ingest.support import Field


def _roots(words: str) -> frozenset[str]:
    return frozenset(analyze(words).roots)


# What may stand between a ministry and its country, after it and before it; «د» is the Pashto "of".
_AFTER = _roots(
    "of in for the government islamic republic transitional state emirate federal دولت جمهوری اسلامی امارت کشور موقت "
    "پیشین سابق اسبق وقت کنونی فعلی جدید"
)
_BEFORE = _roots(
    "deputy first acting vice the and federal national state union caretaker interim "
    "former then new current د اسلامي امارت جمهوریت دولت"
)
_PASHTO_OF = _roots("د")
(_PASHTO_AFFAIRS,) = _roots("چارو")
_AND = _roots("and و او")
_OF_EACH = _roots("of the for د")
_PLURALS = frozenset(
    analyze(word).surfaces
    for word in (
        *("ministries", "ministers", "وزارت‌های", "وزارت‌ها", "وزارتخانه‌های", "وزارتخانه‌ها", "وزارتخانه‌هایی"),
        *("وزرای", "وزرا", "وزیران", "وزارات", "وزارتونه", "وزارتونو", "وزیرانو"),
    )
)
# The provincial offices of ministries: those of one state, though it is not named.
_OFFICES = frozenset(
    analyze(word).surfaces
    for word in (
        *("ریاست‌های", "ریاست‌ها", "رؤسای", "روسای", "رئیسان", "آمریت‌های", "آمران"),
        *("ریاستونه", "ریاستونو", "رییسان", "رییسانو", "رئیسانو"),
    )
)
_LONGEST_PLURAL = max(map(len, _PLURALS | _OFFICES))  # tokens
_OUR_COUNTRY = frozenset(analyze("کشورمان").surfaces)
_BOTH = [analyze(words).surfaces for words in ("دو کشور", "هر دو کشور", "of the two countries", "of both countries")]
_THAT_COUNTRY = analyze("این کشور").surfaces
_THE_COUNTRYS = frozenset(analyze(words).surfaces for words in ("the country's", "that country's", "the country’s"))
_PLURAL_PEOPLE = frozenset(["Afghans", "Syrians", "Iraqis"])  # who are mostly on the move, in news of migration
_PEOPLE = _roots(
    "refugees migrants returnees deportees nationals families مهاجرین پناهندگان تبعه آوارگان کډوال کډوالو راستنېدونکي"
)
_TO = _roots("to به")
_RETURNS = _roots("returned returning repatriated deported deportation back بازگشت بازگشتند عودت اخراج برگشتند")
_GOING = 6  # tokens before the country to which they go
_WITH = _roots("with met با سره")
_MEETINGS = _roots("met meet meeting talks discussed دیدار ملاقات گفتگو کتنه کتلي ولیدل لیدنه خبرې")
_SENTENCE_BREAK = re.compile(r"[.!?؟۔]\s|\n")
_MOST_AFTER, _MOST_BEFORE = 4, 3
_MOST_OF_A_SUBJECT = 7  # tokens

_ABBREVIATED = re.compile(r"(?:[A-Z]\.)+[A-Z]")  # "U.S. Embassy"
_BREAK = re.compile(r"[.!?؟:;؛\n]")
_WORDS = re.compile(r"[\s\w\N{ZERO WIDTH NON-JOINER}]*")
_LIST = re.compile(r"[\s,،&/\N{ZERO WIDTH NON-JOINER}]*")


class Match(NamedTuple):
    """A name found: the tokens ``first`` up to, not including, ``last``, by which rule and what evidence."""

    name: Name
    first: int
    last: int
    rule: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Names in a field that share their countries: mostly one, several where ministries share a word."""

    members: tuple[Match, ...]
    countries: tuple[Match, ...] = ()


class Page:
    """A field with the names in it, neighbours in order."""

    def __init__(self, gazetteer: Gazetteer, field: Field, matches: Sequence[Match]) -> None:
        self.field = field
        self.matches = [match for match in matches if match.name.kind != "press"]
        self._gazetteer = gazetteer
        self._named = [match for match in self.matches if match.name.kind != "city"]
        self.groups = list(self._grouped())

    def between(self, left: Match, right: Match) -> str:
        """Return the text between two matches."""
        tokens = self.field.tokens
        return self.field.text[tokens[left.last - 1].span.end : tokens[right.first].span.start]

    def meet(self, left: Match, right: Match) -> bool:
        """Tell whether one of two meets with the other: they may be of two states, «دیدار وزیر ... با وزیر ...»."""
        tokens, text = self.field.tokens, self.field.text
        if _WITH.isdisjoint(tokens.roots[left.last : right.first]):
            return False
        before, after = text[: tokens[left.first].span.start], text[tokens[right.last - 1].span.end :]
        said = _SENTENCE_BREAK.split(before)[-1], self.between(left, right), _SENTENCE_BREAK.split(after, maxsplit=1)[0]
        return not _MEETINGS.isdisjoint(analyze(" ".join(said)).roots)

    def is_of_people(self, country: Match) -> bool:
        """Tell whether a country is that of people on the move: "Afghan refugees", "returned to Afghanistan"."""
        roots = self.field.tokens.roots
        beside = (*roots[max(country.first - 1, 0) : country.first], *roots[country.last : country.last + 1])
        going = roots[max(country.first - _GOING, 0) : country.first]
        if not _TO.isdisjoint(going[-1:]) and not _RETURNS.isdisjoint(going):
            return True
        literal = self.field.literal(country.first, country.last)
        is_of_name = any(match.last == country.first for match in self._named)  # "وزارت امور مهاجرین افغانستان"
        return (not _PEOPLE.isdisjoint(beside) or literal in _PLURAL_PEOPLE) and not is_of_name

    def _grouped(self) -> Iterator[Group]:
        end = 0
        for number, match in enumerate(self._named):
            if match.first < end or match.name.kind == "country":
                continue
            if match.name.kind == "body":
                if not self._is_of_another_state(match, number):
                    yield Group((match,))
                continue
            members = self._sharing(match)
            end = members[-1].last
            yield Group(members, self._attached(members, number))

    def _is_of_another_state(self, match: Match, number: int) -> bool:
        """Tell whether another country follows a national body: a welfare organization "of Türkiye" is not Iran's.

        In Pashto it stands before: «د پاکستان سره میاشت».
        """
        own = self._gazetteer.country_of(match.name.ref)
        beside = (*self._named[max(number - 1, 0) : number], *self._named[number + 1 : number + 2]) if own else ()
        others = (other for other in beside if other.name.kind == "country" and other.name.ref != own)
        return any(self._is_of(match, other) for other in others)

    def _is_of(self, match: Match, country: Match) -> bool:
        """Tell whether a country is that of a body, by the words between them."""
        if country.first < match.first:
            return self._is_after_of(country) and self._attaches(country, match)
        # Persian needs no word between, English an "of".
        persian = self.field.tokens[country.first].language == "fa"
        is_apart = _WORDS.fullmatch(self.between(match, country)) is None
        return self._attaches(match, country) and not is_apart and (persian or country.first > match.last)

    def _is_after_of(self, match: Match) -> bool:
        """Tell whether the Pashto "of" stands before a name."""
        return match.first > 0 and self.field.tokens[match.first - 1].root in _PASHTO_OF

    def _sharing(self, match: Match) -> tuple[Match, ...]:
        """Return a ministry with those that share its plural word, in order."""
        if self._begins_with(_PLURALS | _OFFICES, match.first):
            return tuple(self._following(match))
        if self._ends_with(_PLURALS | _OFFICES, match.last):
            return (*reversed([*self._preceding(match)]), match)
        return (match,)

    def _following(self, match: Match) -> Iterator[Match]:
        found: Match | None = match
        while found:
            yield found
            first = self._after_conjunction(found.last)
            ends = range(min(first + _MOST_OF_A_SUBJECT, len(self.field.tokens)), first, -1) if first else ()
            found = self._subject((first, last) for last in ends)

    def _preceding(self, match: Match) -> Iterator[Match]:
        first = match.first
        while first:
            last = self._before_conjunction(first)
            found = self._subject((begin, last) for begin in range(max(0, last - _MOST_OF_A_SUBJECT), last))
            if not found:
                return
            yield found
            first = found.first

    def _subject(self, spans: Iterator[tuple[int, int]]) -> Match | None:
        for first, last in spans:
            subject = "".join(self.field.tokens.roots[first:last])
            # In Pashto several share "affairs", too: «د کورنیو او بهرنیو چارو وزارتونه».
            name = self._gazetteer.subject(subject) or self._gazetteer.subject(subject + _PASHTO_AFFAIRS)
            if name and not _BREAK.search(self.field.literal(first, last)):
                return Match(name, first, last)
        return None

    def _after_conjunction(self, place: int) -> int:
        """Return where a list goes on after a place, 0 if it does not."""
        tokens, start = self.field.tokens, place
        while place < len(tokens) and tokens[place].root in _AND | _OF_EACH:
            place += 1
        if place >= len(tokens) or not self._is_list(start - 1, place):
            return 0
        gap = self.field.text[tokens[start - 1].span.end : tokens[place].span.start]
        return place if place > start or gap.strip() else 0

    def _before_conjunction(self, place: int) -> int:
        tokens, end = self.field.tokens, place
        while place and tokens[place - 1].root in _AND:
            place -= 1
        if not place or not self._is_list(place - 1, end):
            return 0
        gap = self.field.text[tokens[place - 1].span.end : tokens[end].span.start]
        return place if place < end or gap.strip() else 0

    def _is_list(self, left: int, right: int) -> bool:
        """Tell whether nothing but commas and conjunctions stands between two tokens."""
        tokens = self.field.tokens
        ends = [tokens[left].span.end, *(token.span.end for token in tokens[left + 1 : right])]
        starts = [*(token.span.start for token in tokens[left + 1 : right]), tokens[right].span.start]
        return all(_LIST.fullmatch(self.field.text[end:start]) for end, start in zip(ends, starts, strict=True))

    def _attached(self, members: tuple[Match, ...], number: int) -> tuple[Match, ...]:
        """Return the countries that are part of a group's name; several only where it is in the plural."""
        following = [match for match in self._named[number + 1 :] if match.first >= members[-1].last]
        previous = self._named[number - 1 :: -1] if number else []
        several = self._is_plural(members)
        if following and self._attaches(members[-1], following[0]):
            found = [following[0], *self._listed(following)] if several else [following[0]]
        elif previous and self._attaches(previous[0], members[0]):
            found = [previous[0], *self._listed(previous)] if several else [previous[0]]
        else:
            found = []
        return tuple(found)

    def nobodys(self, group: Group) -> bool:
        """Tell whether a group is ministers of many states."""
        name = group.members[0].name
        is_one = name.kind == "portfolio" and self._gazetteer.needs_country(name.ref)  # "the Cabinet of Ministers"
        plural = name.kind == "portfolio" and not is_one and (self._is_plural(group.members) or self._is_of_both(group))
        return plural and len(group.members) == 1 and not group.countries

    def _is_of_both(self, group: Group) -> bool:
        last = group.members[-1].last
        return any(self.field.tokens.surfaces[last : last + len(words)] == words for words in _BOTH)

    def referred(self, group: Group, ours: str) -> str:
        """Return the country that ministries refer to by "our country", "this country" or "the country's"."""
        first, last = group.members[0].first, group.members[-1].last
        following = self.field.tokens.surfaces[last : last + 2]
        if following[:1] and following[0] in _OUR_COUNTRY:
            return ours
        preceding = self.field.tokens.surfaces[max(first - 2, 0) : first]
        if following == _THAT_COUNTRY or preceding in _THE_COUNTRYS:
            before = [other for other in self._named if other.name.kind == "country" and other.last <= first]
            states = [other for other in before if not self.is_of_people(other)] or before
            return states[-1].name.ref if states else ""
        return ""

    def _is_plural(self, members: tuple[Match, ...]) -> bool:
        return self._begins_with(_PLURALS, members[0].first) or self._ends_with(_PLURALS, members[-1].last)

    def _begins_with(self, words: frozenset[tuple[str, ...]], first: int) -> bool:
        surfaces = self.field.tokens.surfaces[first : first + _LONGEST_PLURAL]
        return any(surfaces[:end] in words for end in range(1, len(surfaces) + 1))

    def _ends_with(self, words: frozenset[tuple[str, ...]], last: int) -> bool:
        return (self.field.tokens[last - 1].surface,) in words

    def _listed(self, neighbours: Sequence[Match]) -> Iterator[Match]:
        """Yield the countries that go on a list after its first."""
        for one, other in pairwise(neighbours):
            left, right = sorted((one, other), key=lambda match: match.first)
            between = self.field.tokens[left.last : right.first]
            if other.name.kind != "country" or any(token.root not in _AND for token in between):
                return
            if not self._is_list(left.last - 1, right.first):
                return
            yield other

    def _attaches(self, left: Match, right: Match) -> bool:
        """Tell whether one of two neighbours is the other's country and part of its name."""
        country_first = left.name.kind == "country"
        country = left if country_first else right
        fillers, most = (_BEFORE, _MOST_BEFORE) if country_first else (_AFTER, _MOST_AFTER)
        gap = self.between(left, right)
        if _ABBREVIATED.fullmatch(self.field.literal(left.first, left.last)):
            gap = gap.removeprefix(".")
        if country.name.kind != "country" or _BREAK.search(gap):
            return False
        # Persian names the country after the ministry only.
        tokens = self.field.tokens
        between = tokens.roots[left.last : right.first]
        pashto = right.name.head_last or not _PASHTO_OF.isdisjoint(between[-1:]) or self._is_after_of(left)
        if country_first and tokens[right.first].language == "fa" and not pashto:
            return False
        return len(between) <= most and all(root in fillers for root in between)
