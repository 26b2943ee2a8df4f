"""The forms of words that were met, by number.

What is to be known of every token of a text is found once for each form: a table of it is looked up by numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

GAP = 0
"""The number of no form."""

ENDING, PREFIX = 1, 2
"""Bits of what a form may be a part of: the word before it, and the word after it."""

_T = TypeVar("_T", covariant=True)


class Form(NamedTuple):
    """What tokens share. ``pieces`` is the surface form before affixes that stand apart were joined, with spaces."""

    surface: str
    root: str
    language: str
    pieces: str


class Vocabulary:
    """Forms by number, from 1 on, in the order in which they were met.

    They are kept in columns, which only grow, not as objects: there are hundreds of thousands. ``affixes`` has the bits
    of each form. What :data:`GAP` has in the columns means nothing.
    """

    def __init__(self) -> None:
        self.surfaces: list[str] = [""]
        self.roots: list[str] = [""]
        self.affixes = bytearray(1)
        self.languages = [""]
        self._pieces = [""]
        self._numbers: dict[str, int] = {}  # by surface form, but for those that were joined
        self.joined: dict[tuple[int, int, str, str], int] = {}
        """The numbers of two forms as one, by theirs, by what parts them and by the day before them if there is one."""
        self._growing = Lock()

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, number: int) -> Form:
        return Form(self.surfaces[number], self.roots[number], self.languages[number], self._pieces[number])

    def forms(self, first: int) -> Iterator[Form]:
        """Yield the forms from a number on."""
        columns = (self.surfaces, self.roots, self.languages, self._pieces)
        return map(Form._make, zip(*(column[first:] for column in columns), strict=False))

    def number(self, surface: str) -> int | None:
        """Return the number of a surface form that was not joined, if it is there."""
        return self._numbers.get(surface)

    def add(self, form: Form, affixes: int) -> int:
        """Add a form, which is not there yet or was joined in another way; returns its number."""
        surface, root, language, pieces = form
        with self._growing:
            number = len(self._pieces)
            if pieces == surface:
                self._numbers[surface] = number
            self.surfaces.append(surface)
            self.roots.append(root)
            self.affixes.append(affixes)
            self.languages.append(language)
            self._pieces.append(pieces)  # the last: it tells how many forms there are
            return number


class FormTable(Generic[_T]):
    """Something of each form, found when it is first asked for, and remembered as long as the vocabulary."""

    def __init__(self, find: Callable[[Form], _T]) -> None:
        self._find = find
        self._tables: WeakKeyDictionary[Vocabulary, list[_T]] = WeakKeyDictionary()
        self._growing = Lock()

    def of(self, vocabulary: Vocabulary, numbers: Iterable[int]) -> Iterator[_T]:
        """Yield what was found for forms."""
        table = self._tables.get(vocabulary)
        if table is None or len(table) < len(vocabulary):
            table = self._grown(vocabulary)
        return map(table.__getitem__, numbers)

    def _grown(self, vocabulary: Vocabulary) -> list[_T]:
        with self._growing:
            table = self._tables.setdefault(vocabulary, [])
            table.extend(map(self._find, vocabulary.forms(len(table))))
            return table
