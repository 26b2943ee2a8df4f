"""The tokens of a text: words that are shared by all texts, and where each stands in this one."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, TypeVar, overload

from migsearch.analysis.vocabulary import FormTable, Vocabulary
from migsearch.model import Span, Token

_T = TypeVar("_T")


class Word(NamedTuple):
    """A word in a run of text; ``start`` and ``end`` count from where the run begins, ``number`` is that of its form.

    ``is_ending`` and ``is_prefix`` tell whether it may be a part of the word before it or after it. ``parts`` are
    the words that were joined to it within its run, none if it was written in one piece.
    """

    surface: str
    root: str
    language: str
    start: int
    end: int
    number: int
    is_ending: bool = False
    is_prefix: bool = False
    parts: tuple[Word, ...] = ()

    def shifted(self, by: int) -> Word:
        """Return the same word farther from the beginning of its run."""
        surface, root, language, start, end, number, is_ending, is_prefix, parts = self
        moved = tuple(part.shifted(by) for part in parts) if parts else ()
        return Word(surface, root, language, start + by, end + by, number, is_ending, is_prefix, moved)


class Tokens(Sequence[Token]):
    """The tokens of a text, in order.

    A token is made when it is asked for. What looks at all of them takes the columns, which are quicker.
    """

    def __init__(self, words: Sequence[Word], origins: Sequence[int], vocabulary: Vocabulary) -> None:
        self._words = words
        self._origins = origins  # where the run of each word begins in the text
        self.vocabulary = vocabulary
        """What the numbers are of."""

    @cached_property
    def numbers(self) -> array[int]:
        """The number of each token's form."""
        return array("I", map(attrgetter("number"), self._words))

    def each(self, table: FormTable[_T]) -> Iterator[_T]:
        """Yield what a table has of each token's form."""
        return table.of(self.vocabulary, self.numbers)

    @cached_property
    def surfaces(self) -> tuple[str, ...]:
        """The surface form of each token."""
        return tuple(map(attrgetter("surface"), self._words))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The root of each token."""
        return tuple(map(attrgetter("root"), self._words))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of each token."""
        return tuple(map(attrgetter("language"), self._words))

    def span(self, number: int) -> Span:
        """Return where a token stands."""
        word, origin = self._words[number], self._origins[number]
        return Span(origin + word.start, origin + word.end)

    def first_from(self, place: int) -> int:
        """Return the number of the first token that begins at a place of the text or after it."""
        number = bisect_left(self._origins, place)
        while number and self._origins[number - 1] + self._words[number - 1].start >= place:
            number -= 1
        return number

    def ended_by(self, place: int) -> int:
        """Return how many tokens end at a place of the text or before it."""
        number = bisect_right(self._origins, place)
        while number and self._origins[number - 1] + self._words[number - 1].end > place:
            number -= 1
        return number

    def __len__(self) -> int:
        return len(self._words)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, place: int | slice) -> Token | tuple[Token, ...]:
        if isinstance(place, slice):
            return tuple(map(_token, self._words[place], self._origins[place]))
        return _token(self._words[place], self._origins[place])

    def __iter__(self) -> Iterator[Token]:
        return map(_token, self._words, self._origins)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Tokens) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Tokens({list(self)!r})"


def _token(word: Word, origin: int) -> Token:
    return Token(word.surface, word.root, Span(origin + word.start, origin + word.end), word.language)
