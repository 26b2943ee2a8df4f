"""Whether a name is one: what in a document speaks for an acronym, an ambiguous name or a misspelt one.

A name that means nothing else counts. Beside that:

1. An acronym counts as it is written in the gazetteer, in capitals; a long one in title case too (Unicef). In a line
   all in capitals, one that is also a word (WHO) needs its organisation to be named elsewhere in the document. Within
   code, encoded files and the queries of addresses letters are no acronym.
2. An ambiguous name counts where its organisation has an unmistakable name in the document, else where one of its
   context words stands in it. Of several organisations that go by it, the one named, else the one with most context.
3. An acronym that the document explains as something else, as in "Evaluation Unit (EU)", does not count in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.ingest.gazetteer import Gazetteer, span_of
from migsearch.ingest.name_index import INSERTED, Candidate, Name
from migsearch.model import Token

_LONG_ACRONYM = 5
_LEAST_CAPITALS = 3  # words of a line, the acronym among them, that make it a headline in capitals
_BREAK = re.compile(r"[!?؟;؛|»”]|\w{4}[.:]\s|\n\s*\n")
_PARTED = re.compile("\\w+[,\N{ARABIC COMMA}]")
_BRACKETED = re.compile(r"\(\s*([A-Z]{2,8})\s*\)")
_EXPLANATION = 150  # code points before the bracket in which the words for the letters stand
# A president is no presidency, the United National Bank no United Nations, «کارونه» are deeds, no labour: of one root.
_OF_ONE_ROOT = re.compile("\\b(?:presidents?|national|کارون[هو])\\b", re.IGNORECASE)
_SHOWN = 3  # of the words that support a name
_RUN = 80  # code points before and after an acronym in which what it is glued to is looked at
# The name of a host, of a share, of a system: "a@host.CHE.EU", "UN.AS", "UN*X".
_WITHIN_NAME, _NAME_GOES_ON = re.compile(r"[A-Z0-9@][A-Z0-9-]+\.$|@$"), re.compile(r"\*\w|\.[A-Z]{2,}\b|@")
_PASHTO, _NEAR = re.compile("[ښځڅډړږټۍېڼ]"), 200  # code points
_KINDS_OF_SIGNS = 3  # of which there are more in code than in **bold**, [brackets] and | tables |
_SMALL = frozenset(["of", "for", "the", "and", "in", "on", "to", "a", "at", "with", "de", "la", "du", "des", "et"])


class Reading(NamedTuple):
    """A candidate read: its name, the rule that it counts by, and what speaks for it, in the document's own words."""

    name: Name
    rule: str
    evidence: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a document, its tokens, and what may be named in it, by the number of the first token."""

    name: str
    text: str
    tokens: Tokens
    candidates: dict[int, list[Candidate]]

    @classmethod
    def of(cls, name: str, text: str, tokens: Tokens, gazetteer: Gazetteer) -> Field:
        """Look for candidates in a text."""
        return cls(name, text, tokens, gazetteer.names.candidates(tokens))

    def literal(self, first: int, last: int) -> str:
        """Return the text of some tokens."""
        return self.text[slice(*span_of(self.tokens, first, last))]


class Support:
    """What a document says for and against the names in it."""

    def __init__(self, gazetteer: Gazetteer, fields: Sequence[Field]) -> None:
        self._gazetteer = gazetteer
        self._fields = fields

    def readings(self, field: Field) -> Iterator[tuple[Reading, int, int]]:
        """Yield the names in a field from left to right, the longest that counts at each place, none inside another."""
        end = 0
        for first, candidates in field.candidates.items():
            if first < end:
                continue
            for candidate in candidates:
                reading = self._reading(field, first, candidate)
                if reading:
                    yield reading, first, candidate.last
                    end = candidate.last
                    break

    def _reading(self, field: Field, first: int, candidate: Candidate) -> Reading | None:
        literal = field.literal(first, candidate.last)
        if candidate.last - first > 1 and _BREAK.search(literal):
            return None
        # "According to this ministry, migrants ..." names no ministry of migrants.
        is_parted = _PARTED.match(literal) is not None
        inserted = INSERTED.intersection(field.tokens.surfaces[first + 1 : candidate.last - 1])
        written = [
            name
            for name in candidate.names
            if not (is_parted and not _PARTED.match(name.written))
            and (name.head_last or name.ambiguous or inserted.issubset(name.written.split()))
            and (not name.word or self._is_word(name, field, first, candidate))
            and (not name.with_capitals or _has_capitals(literal))
            and (not name.head_last or _is_pashto(field, first))
            and bool(_OF_ONE_ROOT.search(literal)) <= bool(_OF_ONE_ROOT.search(name.written))
        ]
        sure = [name for name in written if not name.ambiguous]
        if sure:
            name = sure[-1]
            if candidate.misspelt:
                return Reading(name, "misspelt", name.written)
            return Reading(name, "acronym" if name.is_acronym else "name")
        return None if candidate.misspelt else self._by_context(written)

    def _by_context(self, names: Sequence[Name]) -> Reading | None:
        for name in names:
            if name.ref in self._named:
                return Reading(name, "also-named", self._named[name.ref])
        found = [(name, [word for word, roots in name.context if roots <= self._roots]) for name in names]
        supported = [(name, words) for name, words in found if words]
        if not supported:
            return None
        name, words = max(supported, key=lambda item: len(item[1]))
        return Reading(name, "context", ", ".join(words[:_SHOWN]))

    def _is_word(self, name: Name, field: Field, first: int, candidate: Candidate) -> bool:
        """Tell whether a name of one word stands as it is listed."""
        # The surface, since IRCS has the root of IRC; joined, since a writer may have torn it.
        if "".join(token.surface for token in field.tokens[first : candidate.last]) != name.word:
            return False
        if not name.is_acronym:
            return True
        token = field.tokens[first]
        if candidate.last - first > 1 or not _is_written(field, token) or name.word in self._explained_otherwise:
            return False
        if _in_code(field.text, token):
            return False
        in_a_headline = name.word in self._gazetteer.also_words and _in_capitals(field.text, token)
        return not in_a_headline or name.ref in self._named

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(root for field in self._fields for root in field.tokens.roots)

    @cached_property
    def _named(self) -> dict[str, str]:
        """The organisations that have an unmistakable name in the document, with that name as written."""
        named: dict[str, str] = {}
        for field in self._fields:
            for first, candidates in field.candidates.items():
                for candidate in candidates:
                    for name in candidate.names:
                        if not name.ambiguous and not candidate.misspelt and self._is_unmistakable(name, field, first):
                            named.setdefault(name.ref, field.literal(first, candidate.last))
        return named

    def _is_unmistakable(self, name: Name, field: Field, first: int) -> bool:
        token = field.tokens[first]
        if not name.word:
            return True
        in_a_headline = name.word in self._gazetteer.also_words and _in_capitals(field.text, token)
        written = not name.is_acronym or (_is_written(field, token) and not in_a_headline)
        return token.surface == name.word and written

    @cached_property
    def _explained_otherwise(self) -> frozenset[str]:
        """The acronyms that stand in brackets after words with these initials, which are no name of theirs."""
        found = set()
        for field in self._fields:
            for match in _BRACKETED.finditer(field.text):
                before = field.text[max(0, match.start() - _EXPLANATION) : match.start()]
                words = _with_initials(before.replace("-", " ").split(), match[1])
                if words and not self._explains(words, match[1]):
                    found.add(match[1].lower())
        return frozenset(found)

    def _explains(self, words: Sequence[str], acronym: str) -> bool:
        """Tell whether half of the words stand in one of the names of what goes by the acronym, and name no other.

        African and Asian Development Bank have half of theirs in common.
        """
        meant = {word.lower() for word in words} - _SMALL
        names = {*self._gazetteer.names_of_acronym(acronym)}
        named = self._gazetteer.names.named("".join(analyze(" ".join(words)).roots))
        if any(name.kind == "body" and name.written not in names for name in named):
            return False
        return any(2 * len(meant & {word.strip(",").lower() for word in name.split()}) >= len(meant) for name in names)


def _is_written(field: Field, token: Token) -> bool:
    """Tell whether a token is written as an acronym: in capitals, MoRR with two at least, a long one as Unicef."""
    literal = field.text[slice(*token.span)].removesuffix("'s").removesuffix("’s")
    in_title_case = len(literal) >= _LONG_ACRONYM and literal == literal.capitalize()
    return literal.isupper() or sum(map(str.isupper, literal)) > 1 or in_title_case


def _is_pashto(field: Field, first: int) -> bool:
    """Tell whether letters of Pashto are near, or the text is too short to have some.

    In Persian, «با مهاجرین رئیس شهرداری گفت» has no head of an office for migrants.
    """
    place = field.tokens[first].span.start
    near = max(0, place - _NEAR), place + _NEAR
    return len(field.text) < _NEAR or _PASHTO.search(field.text, *near) is not None


def _has_capitals(literal: str) -> bool:
    """Tell whether each word but the small ones begins with a capital."""
    return all(word[0].isupper() for word in literal.split() if word not in _SMALL)


def _in_capitals(text: str, token: Token) -> bool:
    """Tell whether a token stands in a line all in capitals, and not alone."""
    start = text.rfind("\n", 0, token.span.start) + 1
    end = text.find("\n", token.span.end)
    line = text[start : end if end >= 0 else len(text)]
    return line.isupper() and len(re.findall(r"[A-Z]{2,}", line)) >= _LEAST_CAPITALS


def _in_code(text: str, token: Token) -> bool:
    """Tell whether a token is a piece of another name, or glued to signs: ``M>GIZ>BHJ*W]_``, ``?id=IOM&page=2``."""
    before = re.split(r"\s", text[max(0, token.span.start - _RUN) : token.span.start])[-1]
    after = re.split(r"\s", text[token.span.end : token.span.end + _RUN], maxsplit=1)[0]
    if _WITHIN_NAME.search(before) or _NAME_GOES_ON.match(after):
        return True
    return len(set(re.findall(r"[<>=\[\]\\^`{}@$%*?!+#~;'\"&_|]", before + after))) >= _KINDS_OF_SIGNS


def _with_initials(words: Sequence[str], acronym: str) -> list[str]:
    """Return the last words whose initials are an acronym, small ones between them not counted; empty if none are."""
    letters = list(acronym)
    taken: list[str] = []
    for word in reversed(words):
        if not letters:
            break
        if word[0].upper() == letters[-1]:
            letters.pop()
        elif word.lower() not in _SMALL:
            return []
        taken.append(word)
    return [] if letters else taken[::-1]
