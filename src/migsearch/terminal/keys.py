"""What keys do at the prompt beside editing, and what comes in there that nobody typed."""

from __future__ import annotations

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

_ANSWERS = ("[?", "[8;")  # how a terminal begins its answers to what :mod:`.asking` asks, after Escape
_IN_ANSWERS = frozenset("?0123456789;$")


def key_bindings() -> KeyBindings:
    """Return the keys for pages on an empty line, Page Down, Page Up, and Ctrl-L for the same one; and what pastes."""
    empty = Condition(lambda: not get_app().current_buffer.text)
    keys = KeyBindings()

    @keys.add("pagedown", filter=empty)
    def following(event: KeyPressEvent) -> None:
        event.app.exit(result=":next")

    @keys.add("c-l", filter=empty)
    def again(event: KeyPressEvent) -> None:
        event.app.exit(result=":page")

    @keys.add("pageup", filter=empty)
    def before(event: KeyPressEvent) -> None:
        event.app.exit(result=":prev")

    @keys.add(Keys.BracketedPaste)
    def paste(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(" ".join(event.data.split()))  # a query is one line

    _pass_over_answers(keys)
    return keys


def _pass_over_answers(keys: KeyBindings) -> None:
    """Take what a terminal answers, when nobody waits for it any more, as nothing: it is read as if it were typed."""
    within = False

    def passes_over(event: KeyPressEvent) -> None:
        nonlocal within
        within = event.data in _IN_ANSWERS

    keys.add(Keys.Any, filter=Condition(lambda: within), eager=True)(passes_over)
    for answer in _ANSWERS:
        keys.add("escape", *answer)(passes_over)
