"""Words with one wrong letter: one too many, missing, another, or two exchanged.

The listed words are found by what is left of them without one letter, as in Garbe's SymSpell
(https://github.com/wolfgarbe/SymSpell): two words with one wrong letter between them have that in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cached_property

_LEAST = 5
"""Letters of a word of which one may be wrong: among shorter ones, most neighbours are other words."""
_REMEMBERED = 100_000
_NO_HALVES: tuple[int, Set[str], Set[str]] = (1, frozenset(), frozenset())


class Spelling(dict[str, tuple[str, ...]]):
    """The roots of the listed words that a misspelt one may stand for, none for a word that is right; by word.

    What a word may stand for is found when it is first asked for, and remembered.
    """

    def __init__(self, roots: Mapping[str, str], others: Set[str]) -> None:
        """``roots`` are the listed words with their roots; ``others`` are right as they are, too."""
        super().__init__()
        self._roots = roots
        self._others = others

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._roots_like(word) if self._may_be_wrong(word) else ()
        return found

    def _may_be_wrong(self, word: str) -> bool:
        """Tell, quickly, whether a word may be a misspelt one: hardly any is."""
        if len(word) < _LEAST or word in self._roots or word in self._others or not word.isalpha():
            return False
        half, beginnings, ends = self._halves.get(len(word), _NO_HALVES)
        if word[:half] not in beginnings and word[-half:] not in ends:
            return False
        return word in self._without_one or not self._without_one.keys().isdisjoint(_shortened(word))

    def _roots_like(self, word: str) -> tuple[str, ...]:
        lefts = (word, *_shortened(word))
        likely = (right for left in lefts for right in self._without_one.get(left, ()))
        return tuple(dict.fromkeys(self._roots[right] for right in likely if _one_wrong(word, right)))

    @cached_property
    def _halves(self) -> dict[int, tuple[int, Set[str], Set[str]]]:
        """Return how many letters of a misspelt word are right before or after the wrong one, and what these may be.

        By the letters of the word, of which the right one has as many, or one more or less.
        """
        halves: dict[int, tuple[int, set[str], set[str]]] = {}
        for right in self._roots:
            for length in (len(right) - 1, len(right), len(right) + 1):
                half, beginnings, ends = halves.setdefault(length, ((length - 1) // 2, set(), set()))
                beginnings.add(right[:half])
                ends.add(right[-half:])
        return {**halves}

    @cached_property
    def _without_one(self) -> dict[str, list[str]]:
        lefts: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._roots:
            if len(word) >= _LEAST and word.isalpha():
                for left in {word, *_shortened(word)}:
                    lefts[left].append(word)
        return lefts


def _shortened(word: str) -> Iterable[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def _one_wrong(word: str, right: str) -> bool:
    """Tell whether two different words have one wrong letter between them."""
    short, long = sorted((word, right), key=len)
    begin = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(long) > len(short):
        return long[begin + 1 :] == short[begin:]
    rest, other = word[begin:], right[begin:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
