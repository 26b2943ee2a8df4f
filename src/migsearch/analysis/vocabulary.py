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

_T = TypeVar("_T", covariant=True)


class Form(NamedTuple):
    """What tokens share. ``pieces`` is the surface form before affixes that stand apart were joined, with spaces."""

    surface: str
    root: str
    language: str
    pieces: str


class Vocabulary:
    """Forms by number, from 1 on, in the order in which they were met; some more than once.

    The columns ``surfaces`` and ``roots`` only grow; at :data:`GAP` is ``None``.
    """

    def __init__(self) -> None:
        self.surfaces: list[str | None] = [None]
        self.roots: list[str | None] = [None]
        self._languages = [""]
        self._pieces = [""]
        self._joined: dict[Form, int] = {}
        self._growing = Lock()

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, number: int) -> Form:
        return Form(
            self.surfaces[number] or "", self.roots[number] or "", self._languages[number], self._pieces[number]
        )

    def add(self, form: Form) -> int:
        """Return the number of a form, which is new."""
        with self._growing:
            self.surfaces.append(form.surface)
            self.roots.append(form.root)
            self._languages.append(form.language)
            self._pieces.append(form.pieces)  # the last: as many as there are of these can be looked up
            return len(self._pieces) - 1

    def add_joined(self, form: Form) -> int:
        """Return the number of a form that is made anew wherever it stands."""
        number = self._joined.get(form)
        if number is None:
            number = self._joined[form] = self.add(form)
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
            table.extend(self._find(vocabulary[number]) for number in range(len(table), len(vocabulary)))
            return table
