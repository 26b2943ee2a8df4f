"""The tokens of a text: words that are shared by all texts, and where each stands in this one."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import repeat
from operator import rshift
from typing import NewType, TypeVar, overload

from migsearch.analysis.vocabulary import FormTable, Vocabulary
from migsearch.model import Span, Token

_T = TypeVar("_T")


Word = NewType("Word", int)
"""A word in a run of text as one number: that of its form, and where it begins and ends, counted from where the run
begins. There are hundreds of thousands of them, for which objects would take several times the memory."""

_BITS = 32  # of a place
_FORM = 2 * _BITS  # above which the form is
_PLACE = (1 << _BITS) - 1


def placed(form: int, start: int, end: int) -> Word:
    """Return the word that has a form and stands from a place to another."""
    return Word(form << _FORM | start << _BITS | end)


def form_of(word: Word) -> int:
    """Return the number of a word's form."""
    return word >> _FORM


def start_of(word: Word) -> int:
    """Return where a word begins in its run."""
    return word >> _BITS & _PLACE


def end_of(word: Word) -> int:
    """Return where a word ends in its run."""
    return word & _PLACE


def moved(word: Word, by: int) -> Word:
    """Return the same word farther from the beginning of its run."""
    return Word(word + (by << _BITS) + by)


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
        return array("I", map(rshift, self._words, repeat(_FORM)))

    def each(self, table: FormTable[_T]) -> Iterator[_T]:
        """Yield what a table has of each token's form."""
        return table.of(self.vocabulary, self.numbers)

    @cached_property
    def surfaces(self) -> tuple[str, ...]:
        """The surface form of each token."""
        return tuple(map(self.vocabulary.surfaces.__getitem__, self.numbers))

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The root of each token."""
        return tuple(map(self.vocabulary.roots.__getitem__, self.numbers))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of each token."""
        return tuple(map(self.vocabulary.languages.__getitem__, self.numbers))

    def words_at(self, number: int) -> tuple[str, str]:
        """Return the surface form and the root of a token."""
        form = self.numbers[number]
        return self.vocabulary.surfaces[form], self.vocabulary.roots[form]

    def with_roots(self, asked: Set[str]) -> dict[int, str]:
        """Return the numbers of the tokens that have one of some roots, and which."""
        roots = self.vocabulary.roots
        return {number: root for number, word in enumerate(self._words) if (root := roots[word >> _FORM]) in asked}

    def span(self, number: int) -> Span:
        """Return where a token stands."""
        return _span(self._words[number], self._origins[number])

    def first_from(self, place: int) -> int:
        """Return the number of the first token that begins at a place of the text or after it."""
        number = bisect_left(self._origins, place)
        while number and self._origins[number - 1] + start_of(self._words[number - 1]) >= place:
            number -= 1
        return number

    def ended_by(self, place: int) -> int:
        """Return how many tokens end at a place of the text or before it."""
        number = bisect_right(self._origins, place)
        while number and self._origins[number - 1] + end_of(self._words[number - 1]) > place:
            number -= 1
        return number

    def part(self, start: int, end: int) -> Tokens:
        """Return the tokens of a part of the text, such as a line, as if it were a text of its own."""
        first, last = self.first_from(start), self.first_from(end)
        return Tokens(
            self._words[first:last], [origin - start for origin in self._origins[first:last]], self.vocabulary
        )

    def __len__(self) -> int:
        return len(self._words)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, place: int | slice) -> Token | tuple[Token, ...]:
        if isinstance(place, slice):
            return tuple(map(self._token, self._words[place], self._origins[place]))
        return self._token(self._words[place], self._origins[place])

    def __iter__(self) -> Iterator[Token]:
        return map(self._token, self._words, self._origins)

    def _token(self, word: Word, origin: int) -> Token:
        form = self.vocabulary[form_of(word)]
        return Token(form.surface, form.root, _span(word, origin), form.language)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Tokens) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Tokens({list(self)!r})"


def _span(word: Word, origin: int) -> Span:
    return Span(origin + start_of(word), origin + end_of(word))
