"""Ministries that share a word: "Ministries of Interior and Health", «وزارت‌های مختلف، از جمله معارف و صحت عامه»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from migsearch.analysis.analyzer import analyze
from migsearch.ingest.gazetteer import Gazetteer
from migsearch.ingest.name_index import Name
from migsearch.ingest.support import Field


class Match(NamedTuple):
    """A name found: the tokens ``first`` up to, not including, ``last``, by which rule and what evidence."""

    name: Name
    first: int
    last: int
    rule: str = ""
    evidence: str = ""


class ListLed(NamedTuple):
    """Ministries that a plural word leads from a distance: where it stands, and what it leads."""

    head: tuple[int, int]
    members: tuple[Match, ...]


def roots_of(words: str) -> frozenset[str]:
    """Return the roots of some words."""
    return frozenset(analyze(words).roots)


BREAK = re.compile(r"[.!?؟:;؛\n]")
AND = roots_of("and و او")
PASHTO_OF = roots_of("د")
(_PASHTO_AFFAIRS,) = roots_of("چارو")
_OF_EACH = roots_of("of the for د")
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
_FIRST_WORDS = frozenset(word for word, *_ in _PLURALS)
_MOST_OF_A_SUBJECT = 7  # tokens
_LIST = re.compile(r"[\s,،&/\N{ZERO WIDTH NON-JOINER}]*")
# Between the plural word and the list: "several ministries — including", «وزارت‌های مختلف، از جمله»
_INCLUDING = re.compile(
    r"[^.!?؟۔\n]{0,30}?(?:\b(?:including|such as|namely)\b|از ?جمله|به شمول|مانند|لکه|\s[-\N{EN DASH}\N{EM DASH}]\s)"
    r"[\s:]*(?:(?:including|such as|namely|از ?جمله|به شمول)\s)?(?:(?:those )?of |د )?(?:the )?"
)


class MinistryLists:
    """Finds in a field the ministries that share a word in the plural."""

    def __init__(self, gazetteer: Gazetteer, field: Field) -> None:
        self._gazetteer = gazetteer
        self._field = field

    def sharing(self, match: Match) -> tuple[Match, ...]:
        """Return a ministry with those that share its plural word, in order."""
        if self._begins_with(_PLURALS | _OFFICES, match.first):
            return tuple(self._following(match))
        if self._ends_with(_PLURALS | _OFFICES, match.last):
            return (*reversed([*self._preceding(match)]), match)
        return (match,)

    def is_plural(self, members: Sequence[Match]) -> bool:
        """Tell whether ministries stand with "ministries" or "ministers"."""
        return self._begins_with(_PLURALS, members[0].first) or self._ends_with(_PLURALS, members[-1].last)

    def led(self) -> Iterator[ListLed]:
        """Yield the lists that follow a plural word from a distance: "ministries, such as health and education"."""
        tokens, text = self._field.tokens, self._field.text
        if _FIRST_WORDS.isdisjoint(tokens.surfaces):
            return
        for first in range(len(tokens)):
            last = next((first + size for size in (1, 2) if tokens.surfaces[first : first + size] in _PLURALS), 0)
            including = _INCLUDING.match(text, tokens[last - 1].span.end) if last else None
            if including:
                members = self._listed_from(tokens.first_from(including.end()))
                if len(members) > 1:
                    yield ListLed((first, last), members)

    def is_list(self, left: int, right: int) -> bool:
        """Tell whether nothing but commas and conjunctions stands between two tokens."""
        tokens = self._field.tokens
        ends = [tokens[left].span.end, *(token.span.end for token in tokens[left + 1 : right])]
        starts = [*(token.span.start for token in tokens[left + 1 : right]), tokens[right].span.start]
        return all(_LIST.fullmatch(self._field.text[end:start]) for end, start in zip(ends, starts, strict=True))

    def _listed_from(self, first: int) -> tuple[Match, ...]:
        found = self._subject_from(first)
        return tuple(self._following(found)) if found else ()

    def _following(self, match: Match) -> Iterator[Match]:
        found: Match | None = match
        while found:
            yield found
            first = self._after_conjunction(found.last)
            found = self._subject_from(first) if first else None

    def _preceding(self, match: Match) -> Iterator[Match]:
        first = match.first
        while first:
            last = self._before_conjunction(first)
            found = self._subject((begin, last) for begin in range(max(0, last - _MOST_OF_A_SUBJECT), last))
            if not found:
                return
            yield found
            first = found.first

    def _subject_from(self, first: int) -> Match | None:
        ends = range(min(first + _MOST_OF_A_SUBJECT, len(self._field.tokens)), first, -1)
        return self._subject((first, last) for last in ends)

    def _subject(self, spans: Iterator[tuple[int, int]]) -> Match | None:
        for first, last in spans:
            subject = "".join(self._field.tokens.roots[first:last])
            # In Pashto several share "affairs", too: «د کورنیو او بهرنیو چارو وزارتونه».
            name = self._gazetteer.subject(subject) or self._gazetteer.subject(subject + _PASHTO_AFFAIRS)
            if name and not BREAK.search(self._field.literal(first, last)):
                return Match(name, first, last)
        return None

    def _after_conjunction(self, place: int) -> int:
        """Return where a list goes on after a place, 0 if it does not."""
        tokens, start = self._field.tokens, place
        while place < len(tokens) and tokens[place].root in AND | _OF_EACH:
            place += 1
        if place >= len(tokens) or not self.is_list(start - 1, place):
            return 0
        gap = self._field.text[tokens[start - 1].span.end : tokens[place].span.start]
        return place if place > start or gap.strip() else 0

    def _before_conjunction(self, place: int) -> int:
        tokens, end = self._field.tokens, place
        while place and tokens[place - 1].root in AND | PASHTO_OF:
            place -= 1
        if not place or not self.is_list(place - 1, end):
            return 0
        gap = self._field.text[tokens[place - 1].span.end : tokens[end].span.start]
        return place if place < end or gap.strip() else 0

    def _begins_with(self, words: frozenset[tuple[str, ...]], first: int) -> bool:
        surfaces = self._field.tokens.surfaces[first : first + _LONGEST_PLURAL]
        return any(surfaces[:end] in words for end in range(1, len(surfaces) + 1))

    def _ends_with(self, words: frozenset[tuple[str, ...]], last: int) -> bool:
        return (self._field.tokens[last - 1].surface,) in words
