"""What Tab offers: commands and what they take, fields, organisations, and words of the index in both scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from migsearch.analysis.icu import fold
from migsearch.errors import MigsearchError
from migsearch.terminal.choices import BETWEEN_NAMES, Choice, languages, organisations, periods
from migsearch.terminal.commands import COMMANDS
from migsearch.terminal.layout import ordered_text
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from migsearch.terminal.modes import Mode
    from migsearch.terminal.screen import Screen
    from migsearch.terminal.session import Session

_WORDS = 12
_FRAME = 16  # cells of a menu beside a value and its meaning
_LEAST = 2  # letters that a word needs: fewer begin too many
_LAST = re.compile(r"""[^\s()"«»“”]*$""")

_FIELDS = {
    "org:": "names the organisation",
    "lang:": "is in the language",
    "date:": "is of the time",
    "title:": "has in its title",
}


class SessionCompleter(Completer):
    """Completes the line before the cursor for a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """Return what the word before the cursor may become."""
        line = document.text_before_cursor.lstrip()
        try:
            typed, choices = self._command(line) if line.startswith(":") else self._query(line)
            for choice in choices:
                yield _completion(choice, typed, self._session.screen)
        except MigsearchError:  # an index that was removed meanwhile; the line itself will say so
            return

    def _command(self, line: str) -> tuple[str, Iterable[Choice]]:
        name, space, argument = line.removeprefix(":").partition(" ")
        if not space:
            names = (Choice(f":{other}", command.summary) for other, command in COMMANDS.items())
            return line, beginning(names, line)
        command = COMMANDS.get(name)
        choices = command.choices(self._session) if command else ()
        return argument.lstrip(), beginning(choices, argument.lstrip())

    def _query(self, line: str) -> tuple[str, Iterable[Choice]]:
        last = _LAST.search(line)
        piece = last[0].lstrip("-") if last else ""
        field, colon, value = piece.rpartition(":")
        values = _VALUES.get(field.lower())
        if values:
            return value, beginning(values(self._session), value)
        word = value if colon else piece
        return word, self._words(word, fields=not colon)

    def _words(self, word: str, *, fields: bool) -> Iterator[Choice]:
        if fields:
            yield from (Choice(*item) for item in _FIELDS.items() if word and item[0].startswith(word))
        if len(word) >= _LEAST:
            yield from map(Choice, self._session.index.complete(word, limit=_WORDS))


def beginning(choices: Iterable[Choice], typed: str) -> Iterator[Choice]:
    """Yield those choices whose value begins with what was typed, or in whose meaning a word does."""
    wanted = fold(typed)
    for choice in choices:
        if fold(choice.value).startswith(wanted) or f" {wanted}" in f" {fold(choice.meaning)}":
            yield choice


_VALUES: dict[str, Callable[[Session], Iterable[Choice]]] = {
    **dict.fromkeys(("org", "organisation", "organization"), organisations),
    **dict.fromkeys(("lang", "language"), languages),
    "date": periods,
}


def _completion(choice: Choice, typed: str, screen: Screen) -> Completion:
    # Of two names that which is in the script that was typed; a long one is cut where it ends, not where it begins.
    names = choice.meaning.split(BETWEEN_NAMES)
    meaning = names[0 if typed.isascii() else -1]
    room = max(1, screen.output.width - cell_len(choice.value) - _FRAME)
    return Completion(
        choice.value,
        start_position=-len(typed),
        display=_shown(choice.value, screen.mode),
        display_meta=_shown(set_cell_size(meaning, room) if cell_len(meaning) > room else meaning, screen.mode),
    )


def _shown(text: str, mode: Mode) -> str:
    """Return a cell of the menu, ordered by itself."""
    return ordered_text(Text(clean(text)), mode, "L", 0).plain
