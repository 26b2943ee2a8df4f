"""Names by their letters, and where the words of a text may be one.

Names are compared as their analysed roots written without spaces, so that every spelling of a word, an ending, a
line break or a lost space makes no difference; and as their surface forms written without spaces, since a space lost
between English words leaves no root that could be compared. A word of a longer name may have one wrong letter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import NamedTuple

from migsearch.analysis.tokens import Tokens
from migsearch.analysis.vocabulary import GAP, Form, FormTable
from migsearch.ingest.listing import Kind
from migsearch.ingest.misspelling import Spelling

_LEAST_MISSPELT = 14
"""Letters of a name in which one may be wrong: of a shorter one, too often, another word is meant."""
_MOST_MISSPELT = 2
_LEAST_PART = 4  # letters of a first word that a name may begin with in part, as where a word is torn
INSERTED = frozenset(("له", "په", "پر", "تر", "د"))
"""Words that Pashto puts before the last noun of a name: «د کډوالۍ له نړیوال سازمان سره», with the organisation."""
_PASSED_OVER = INSERTED | {"s"}  # which an acronym with stops leaves behind: "the U.N.'s refugee agency"
_ANY_LETTER = "*"  # of a word that any other may follow


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry: ``ref`` is a body's id, a portfolio's id or a country's code.

    ``word`` is the surface of an organisation's name of one word, or of a country's in capitals, which must stand so
    in a text: its root alone may be that of another word (گاوی, the alliance, and گاو, a cow). ``is_acronym`` tells
    that it must be in capitals, too (IOM, WHO). ``context`` are words that support an ambiguous name, each as listed
    and as its roots; a sure name has none. ``head_last`` tells of a Pashto ministry, which follows its country;
    ``with_capitals`` of a name that is common words in small letters.
    """

    kind: Kind
    ref: str
    written: str
    word: str = ""
    is_acronym: bool = False
    ambiguous: bool = False
    context: tuple[tuple[str, frozenset[str]], ...] = ()
    head_last: bool = False
    with_capitals: bool = False


class Candidate(NamedTuple):
    """A place that may be a name: the tokens up to, not including, ``last``.

    ``names`` are the entries that go by it; ``misspelt`` is the word that is written wrong there, if one is.
    """

    last: int
    names: tuple[Name, ...]
    misspelt: str = ""


class _Way(NamedTuple):
    """The beginning of a name as it was read so far: by roots, or by surface forms; with the words written wrong."""

    key: str
    by_surface: bool = False
    misspelt: tuple[str, ...] = ()


class _First(NamedTuple):
    """A way to begin a name with one word: whether that is a name, and with which letters names go on after it."""

    way: _Way
    is_name: bool
    letters: frozenset[str]


class _Beginning(NamedTuple):
    """The ways to begin a name with one word, whether one of them is a name, and the letters of all."""

    ways: tuple[_First, ...]
    is_name: bool
    letters: frozenset[str]


class NameIndex:
    """Names with their tokens, and a search for them in analysed text."""

    def __init__(self, names: Sequence[tuple[Name, Tokens]]) -> None:
        self._analyzed = names
        self._names: dict[str, tuple[Name, ...]] = {}
        for name, tokens in names:
            for key in {"".join(tokens.roots), "".join(tokens.surfaces)} - {""}:
                self._names[key] = _with_name(self._names.get(key, ()), name)
        self._keys = sorted(self._names)
        # What names begin with; only a part of some length may stand for one of them.
        self._first_words = {word for _, tokens in names if tokens for word in tokens.words_at(0)}
        self._heads = {key[:_LEAST_PART] for key in self._keys}
        self._beginnings = FormTable(self._beginning_of)
        self._first_letters = FormTable(self._first_letters_of)

    def named(self, key: str) -> tuple[Name, ...]:
        """Return what goes by the roots of a name written without spaces."""
        return self._names.get(key, ())

    @cached_property
    def _spelling(self) -> Spelling:
        words: dict[str, str] = {}
        countries: set[str] = set()
        for name, tokens in self._analyzed:
            if name.kind == "country":
                countries.update(tokens.surfaces)
            elif name.kind in ("body", "portfolio") and len(tokens) > 1:
                words.update(zip(tokens.surfaces, tokens.roots, strict=True))
        return Spelling(words, countries)

    def candidates(self, tokens: Tokens) -> dict[int, list[Candidate]]:
        """Return what may be named in a text, by the number of its first token, the longest name first."""
        found = {}
        for first, ways in self._begun(tokens):
            read = [way for way, is_name, letters in ways if is_name or self._goes_on(way, letters, tokens, first + 1)]
            if read and (candidates := self._candidates(tokens, first, read)):
                found[first] = candidates
        return found

    def _begun(self, tokens: Tokens) -> Iterator[tuple[int, tuple[_First, ...]]]:
        """Yield where a name may begin, and how, as far as the letter tells with which the next word begins."""
        begun = [(first, beginning) for first, beginning in enumerate(tokens.each(self._beginnings)) if beginning]
        following = (*tokens.numbers, GAP)
        next_letters = self._first_letters.of(tokens.vocabulary, [following[first + 1] for first, _ in begun])
        for (first, (ways, is_name, letters)), next_letter in zip(begun, next_letters, strict=True):
            if is_name or not letters.isdisjoint(next_letter):
                yield first, ways

    def _goes_on(self, way: _Way, letters: Set[str], tokens: Tokens, following: int) -> bool:
        """Tell whether a name goes on with the word after its first: hardly any does."""
        if following == len(tokens):
            return False
        surface, root = tokens.words_at(following)
        if way.by_surface:
            return surface[0] in letters and self._is_beginning(way.key + surface)
        spelling = self._spelling[surface]
        if surface in _PASSED_OVER or (root[0] in letters and self._is_beginning(way.key + root)):
            return True
        return any(self._is_beginning(way.key + right) for right in spelling)

    def _candidates(self, tokens: Tokens, first: int, ways: Sequence[_Way]) -> list[Candidate]:
        found: dict[int, Candidate] = {}
        names, spelling = self._names, self._spelling
        left = [(way, first + 1) for way in ways]
        while left:
            (key, by_surface, misspelt), last = left.pop()
            while True:
                # What is spelt right goes before what is not.
                if key in names and _may_be_read(key, last - first, misspelt) and _is_better(found.get(last)):
                    found[last] = Candidate(last, names[key], " ".join(misspelt))
                if last == len(tokens):
                    break
                surface, root = tokens.words_at(last)
                last += 1
                if not by_surface and spelling[surface] and len(misspelt) < _MOST_MISSPELT:
                    wrong = (*misspelt, surface)
                    others = (key + right for right in spelling[surface])
                    left += ((_Way(other, False, wrong), last) for other in others if self._is_beginning(other))
                if surface in _PASSED_OVER and last < len(tokens):
                    beyond = key + tokens.words_at(last)[not by_surface]
                    if self._is_beginning(beyond):
                        left.append((_Way(beyond, by_surface, misspelt), last + 1))
                key += surface if by_surface else root
                if not self._is_beginning(key):
                    break
        return sorted(found.values(), reverse=True)

    def _beginning_of(self, form: Form) -> _Beginning | None:
        """Return how a name may begin with a word, in no way mostly."""
        surface, root, *_ = form
        right = self._spelling[surface]
        if not (right or self._may_begin(root) or self._may_begin(surface)):
            return None
        ways = [_Way(key, by) for key, by in ((root, False), (surface, True)) if self._is_first(key)]
        ways += [_Way(key, False, (surface,)) for key in right]
        firsts = tuple(_First(way, way.key in self._names, self._letters_after(way.key)) for way in ways)
        letters = frozenset(_ANY_LETTER).union(*(first.letters for first in firsts))
        return _Beginning(firsts, any(first.is_name for first in firsts), letters) if firsts else None

    def _first_letters_of(self, form: Form) -> str:
        """Return the letters with which a word may go on a name: mostly one."""
        surface, root, *_ = form
        if surface in _PASSED_OVER:
            return _ANY_LETTER
        return intern("".join({word[:1] for word in (surface, root, *self._spelling[surface])}))

    def _letters_after(self, key: str) -> frozenset[str]:
        """Return the letters with which names go on after a beginning."""
        letters = set()
        place = bisect_right(self._keys, key)
        while place < len(self._keys) and self._keys[place].startswith(key):
            letter = self._keys[place][len(key)]
            letters.add(letter)
            place = bisect_left(self._keys, key + chr(ord(letter) + 1))
        return frozenset(letters)

    def _may_begin(self, key: str) -> bool:
        """Tell, quickly, whether names may begin with a word."""
        return key[:_LEAST_PART] in self._heads or key in self._first_words

    def _is_first(self, key: str) -> bool:
        is_long = len(key) >= _LEAST_PART and key[:_LEAST_PART] in self._heads
        return (is_long or key in self._first_words) and self._is_beginning(key)

    def _is_beginning(self, key: str) -> bool:
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place].startswith(key)


def _is_better(found: Candidate | None) -> bool:
    """Tell whether what is read now is better than what was found at the same place."""
    return found is None or bool(found.misspelt)


def _may_be_read(key: str, words: int, misspelt: tuple[str, ...]) -> bool:
    return not misspelt or (words > 1 and len(key) >= _LEAST_MISSPELT * len(misspelt))


def _with_name(names: tuple[Name, ...], name: Name) -> tuple[Name, ...]:
    """Return the names of one key with another: ambiguous ones side by side, of sure ones the last entry's first."""
    same = [other for other in names if (other.word, other.is_acronym) == (name.word, name.is_acronym)]
    if any((other.kind, other.ref, other.ambiguous) == (name.kind, name.ref, name.ambiguous) for other in same):
        return names
    replaced = [] if name.ambiguous else [other for other in same if not other.ambiguous or other.ref == name.ref]
    return (*(other for other in names if other not in replaced), name)
