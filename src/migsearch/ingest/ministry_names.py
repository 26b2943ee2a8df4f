"""The names in a field as they belong together: a ministry with its countries, ministries that share a plural word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from migsearch.analysis.analyzer import analyze
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.ministry_lists import AND, BREAK, PASHTO_OF, Match, MinistryLists, roots_of
from migsearch.ingest.support import Field

# What may stand between a ministry and its country, after it and before it; «د» is the Pashto "of".
_AFTER = roots_of(
    "of in for the government islamic republic transitional state emirate federal دولت جمهوری اسلامی امارت کشور موقت "
    "حکومت اداره رژیم گروه سرپرست پیشین سابق اسبق وقت کنونی فعلی جدید"
)
_BEFORE = roots_of(
    "deputy first acting vice the and federal national state union caretaker interim "
    "former then new current د اسلامي امارت جمهوریت دولت"
)
_OUR_COUNTRY = frozenset(analyze("کشورمان").surfaces)
_OF_MANY = [
    analyze(words).surfaces
    for words in (
        *("دو کشور", "هر دو کشور", "کشورهای", "of the two countries", "of both countries", "of neighbouring countries"),
        *("of neighboring countries", "of the neighbouring countries", "of the neighboring countries"),
        *("of other countries", "of member states", "of the member states", "of the region", "of several countries"),
    )
]
_BESIDE_OURS = 3  # tokens
_THAT_COUNTRY = frozenset(analyze(words).surfaces for words in ("این کشور", "آن کشور", "همان کشور"))
_THE_COUNTRYS = frozenset(analyze(words).surfaces for words in ("the country's", "that country's", "the country’s"))
_PLURAL_PEOPLE = frozenset(["Afghans", "Syrians", "Iraqis"])  # who are mostly on the move, in news of migration
_PEOPLE = roots_of(
    "refugees migrants returnees deportees nationals families مهاجرین پناهندگان تبعه آوارگان کډوال کډوالو راستنېدونکي"
)
_TO = roots_of("to به")
_RETURNS = roots_of("returned returning repatriated deported deportation back بازگشت بازگشتند عودت اخراج برگشتند")
_IN = roots_of("in در")
_MINISTERS = roots_of("minister وزیر وزیران ministers")
_OF_A_SENTENCE = 60  # tokens between its beginning and a ministry in it
_COMMA = re.compile(r"\s?[,،]")
_GOING = 6  # tokens before the country to which they go
_WITH = roots_of("with met با سره")
_MEETINGS = roots_of("met meet meeting talks discussed دیدار ملاقات گفتگو کتنه کتلي ولیدل لیدنه خبرې")
_SENTENCE_BREAK = re.compile(r"[.!?؟۔]\s|\n")
_MOST_AFTER, _MOST_BEFORE = 4, 3

_ABBREVIATED = re.compile(r"(?:[A-Z]\.)+[A-Z]")  # "U.S. Embassy"
_WORDS = re.compile(r"[\s\w\N{ZERO WIDTH NON-JOINER}]*")


@dataclass(frozen=True, slots=True)
class Group:
    """Names in a field that share their countries: mostly one, several where ministries share a word."""

    members: tuple[Match, ...]
    countries: tuple[Match, ...] = ()


def _first(found: tuple[Group, Match]) -> int:
    return found[1].first


class Page:
    """A field with the names in it, neighbours in order."""

    def __init__(self, gazetteer: Gazetteer, field: Field, matches: Sequence[Match]) -> None:
        self.field = field
        self.matches = [match for match in matches if match.name.kind != "press"]
        self._gazetteer = gazetteer
        self._lists = MinistryLists(gazetteer, field)
        self._named = [match for match in self.matches if match.name.kind != "city"]
        self._ends = {match.last for match in self._named}
        self.groups = list(self._grouped())
        members = ((group, member) for group in self.groups for member in group.members)
        self._members = sorted(members, key=_first)
        self._longest = max((member.last - member.first for _, member in self._members), default=0)

    def around(self, match: Match, tokens: int) -> Sequence[tuple[Group, Match]]:
        """Return the names, with their groups, that are so many tokens from a match at most, and some before these."""
        first = bisect_left(self._members, match.first - tokens - self._longest, key=_first)
        return self._members[first : bisect_right(self._members, match.last + tokens, key=_first)]

    def between(self, left: Match, right: Match) -> str:
        """Return the text between two matches."""
        return self._gap(left.last - 1, right.first)

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
        is_of_name = country.first in self._ends  # "وزارت امور مهاجرین افغانستان"
        return (not _PEOPLE.isdisjoint(beside) or literal in _PLURAL_PEOPLE) and not is_of_name

    def _grouped(self) -> Iterator[Group]:
        end = 0
        for number, match in enumerate(self._named):
            if match.first < end or match.name.kind == "country":
                continue
            members = self._lists.sharing(match)
            end = members[-1].last
            if match.name.kind == "portfolio" or len(members) > 1:
                yield Group(members, self._attached(members, number))
            elif not self._is_of_another_state(match, number):
                yield Group(members)
        for (first, last), led in self._lists.led():
            head = Match(led[0].name, first, last)
            number = self._number_from(first)
            yield Group(led, self._countries((head,), self._from(number), self._before(number)))

    def _is_of_another_state(self, match: Match, number: int) -> bool:
        """Tell whether another country follows a national body: a welfare organization "of Türkiye" is not Iran's.

        In Pashto it stands before: «د پاکستان سره میاشت».
        """
        own = self._gazetteer.country_of(match.name.ref)
        if own and self.referred(Group((match,)), own) not in ("", own):  # "the judiciary of this country"
            return True
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
        return match.first > 0 and self.field.tokens[match.first - 1].root in PASHTO_OF

    def _attached(self, members: tuple[Match, ...], number: int) -> tuple[Match, ...]:
        """Return the countries that are part of a group's name."""
        following = (match for match in self._from(number + 1) if match.first >= members[-1].last)
        return self._countries(members, following, self._before(number))

    def _number_from(self, first: int) -> int:
        """Return the number of the first name that begins at a token or after it."""
        return bisect_left(self._named, first, key=lambda match: match.first)

    def _from(self, number: int) -> Iterator[Match]:
        """Yield the names from a number on."""
        return map(self._named.__getitem__, range(number, len(self._named)))

    def _before(self, number: int) -> Iterator[Match]:
        """Yield the names before a number, the nearest first."""
        return map(self._named.__getitem__, reversed(range(number)))

    def _countries(
        self, members: tuple[Match, ...], following: Iterator[Match], previous: Iterator[Match]
    ) -> tuple[Match, ...]:
        """Return the countries beside some names that are part of them; several only of names in the plural."""
        after, before = next(following, None), next(previous, None)
        precedes = before is not None and self._attaches(before, members[0])
        portfolio = members[0].name.ref if members[0].name.kind == "portfolio" else ""
        is_abroad = precedes and portfolio and self._gazetteer.needs_country(portfolio)  # "the Japanese Embassy in Osh"
        if after and not is_abroad and self._attaches(members[-1], after):
            first, others = after, following
        elif before and precedes:
            first, others = before, previous
        else:
            return ()
        return (first, *self._listed(first, others)) if self._lists.is_plural(members) else (first,)

    def nobodys(self, group: Group) -> bool:
        """Tell whether a group is ministers of many states."""
        name = group.members[0].name
        if name.kind != "portfolio" or len(group.members) > 1 or group.countries:
            return False
        is_one = self._gazetteer.needs_country(name.ref)  # "the Cabinet of Ministers"
        return self._is_of_many(group) or (not is_one and self._lists.is_plural(group.members))

    def _is_of_many(self, group: Group) -> bool:
        last = group.members[-1].last
        return any(self.field.tokens.surfaces[last : last + len(words)] == words for words in _OF_MANY)

    def referred(self, group: Group, ours: str) -> str:
        """Return the country that ministries refer to by "our country", "this country" or "the country's"."""
        first, last = group.members[0].first, group.members[-1].last
        following = self.field.tokens.surfaces[last : last + _BESIDE_OURS]
        # «هلال احمر کشورمان», «هلال احمر و خیرین کشورمان»
        if not _OUR_COUNTRY.isdisjoint(following[: _BESIDE_OURS if AND.issuperset(following[:1]) else 1]):
            return ours
        preceding = self.field.tokens.surfaces[max(first - 2, 0) : first]
        if following[:2] in _THAT_COUNTRY or preceding in _THE_COUNTRYS:
            return self._country_before(first)
        return ""

    def _country_before(self, first: int) -> str:
        """Return the country that is named last before a token, one of people on the move for want of another."""
        of_people = ""
        for country in self._before(self._number_from(first)):
            if country.name.kind == "country" and country.last <= first:
                if not self.is_of_people(country):
                    return country.name.ref
                of_people = of_people or country.name.ref
        return of_people

    def sentence_country(self, match: Match) -> str:
        """Return the country that the sentence of a ministry begins with: "In Kyrgyzstan, the Ministry of Labour"."""
        if not _MINISTERS.isdisjoint(self.field.tokens.roots[match.first : match.last]):
            return ""
        for country in self._before(self._number_from(match.first)):
            if match.first - country.last > _OF_A_SENTENCE or _SENTENCE_BREAK.search(self.between(country, match)):
                return ""
            if country.name.kind == "country" and self._opens_sentence(country):
                return country.name.ref
        return ""

    def _opens_sentence(self, country: Match) -> bool:
        """Tell whether a country stands with "in" at the beginning of a sentence, and a comma after it."""
        tokens, text = self.field.tokens, self.field.text
        place = country.first - 1 - (tokens.surfaces[country.first - 1 : country.first] == ("the",))
        if place < 0 or tokens[place].root not in _IN or not _COMMA.match(text, tokens[country.last - 1].span.end):
            return False
        return place == 0 or _SENTENCE_BREAK.search(self._gap(place - 1, place)) is not None

    def _gap(self, left: int, right: int) -> str:
        """Return the text between two tokens."""
        return self.field.text[self.field.tokens[left].span.end : self.field.tokens[right].span.start]

    def _listed(self, first: Match, others: Iterator[Match]) -> Iterator[Match]:
        """Yield the countries that go on a list after its first."""
        for one, other in pairwise(chain((first,), others)):
            left, right = sorted((one, other), key=lambda match: match.first)
            between = self.field.tokens[left.last : right.first]
            if other.name.kind != "country" or any(token.root not in AND for token in between):
                return
            if not self._lists.is_list(left.last - 1, right.first):
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
        if country.name.kind != "country" or BREAK.search(gap):
            return False
        # Persian names the country after the ministry only.
        tokens = self.field.tokens
        between = tokens.roots[left.last : right.first]
        pashto = right.name.head_last or not PASHTO_OF.isdisjoint(between[-1:]) or self._is_after_of(left)
        if country_first and tokens[right.first].language == "fa" and not pashto:
            return False
        return len(between) <= most and all(root in fillers for root in between)
