"""A document on the whole screen: its lines, and the matches in it, from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from migsearch.terminal.render import MATCH

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings
    from rich.console import Console, RenderableType

    from migsearch.terminal.screen import Screen

Page = Callable[[], "Iterable[RenderableType]"]
"""Gives what is on the page; called again when the width changes."""

_ABOVE = 3  # lines that are kept above a match


def view(screen: Screen, page: Page) -> None:
    """Show a page until the person leaves it; one that fits, or where keys cannot be read, is only printed."""
    lines = _Lines(screen.output, page)
    if screen.plain:
        screen.print(*page())
        return
    if not screen.interactive or len(lines.at(screen.output.width)) < screen.output.height:
        screen.page(*page())
        return
    from prompt_toolkit.output import ColorDepth

    pager = Pager(lines, screen.output.width, screen.output.height)
    depth = ColorDepth.DEPTH_1_BIT if screen.output.no_color else None
    application = _application(pager, depth)
    try:
        application.run()
    finally:
        application.renderer.reset()  # also where a signal comes while the screen is drawn for the first time


class _Lines:
    """The lines of a page at a width, which are set anew when that changes."""

    def __init__(self, console: Console, page: Page) -> None:
        self._console = console
        self._page = page
        self._width = 0
        self._lines: list[list[Segment]] = []

    def at(self, width: int) -> Sequence[Sequence[Segment]]:
        if width != self._width:
            options = self._console.options.update(width=width)
            self._width, self._lines = width, []
            for renderable in self._page():
                self._lines += self._console.render_lines(renderable, options, pad=False)
        return self._lines


@dataclass
class Pager:
    """Which lines are seen and which match is the current one; -1 is none yet."""

    lines: _Lines
    width: int
    height: int
    top: int = 0
    match: int = -1
    _places: dict[int, int] = field(default_factory=dict)

    def resize(self, width: int, height: int) -> None:
        """Take another size of the screen; the same part of the page is seen."""
        height = max(2, height)
        if (width, height) == (self.width, self.height):
            return
        before = max(1, len(self.lines.at(self.width)))
        share = self.top / before
        self.width, self.height, self._places = width, height, {}
        self.scroll_to(round(share * len(self.lines.at(width))))

    @property
    def rows(self) -> int:
        """How many lines are seen; the last row tells where."""
        return self.height - 1

    @property
    def places(self) -> dict[int, int]:
        """The line of each match."""
        if not self._places:
            for number, line in enumerate(self.lines.at(self.width)):
                for segment in line:
                    match = _match(segment)
                    if match is not None:
                        self._places.setdefault(match, number)
        return self._places

    def scroll_to(self, line: int) -> None:
        """Show the lines from one on, as far as there are any."""
        self.top = max(0, min(line, len(self.lines.at(self.width)) - self.rows))

    def step(self, by: int) -> None:
        """Go to another match; behind the last is the first."""
        matches = sorted(self.places)
        if not matches:
            return
        here = matches.index(self.match) + by if self.match in matches else (0 if by > 0 else -1)
        self.match = matches[here % len(matches)]
        line = self.places[self.match]
        if not self.top <= line < self.top + self.rows:
            self.scroll_to(line - _ABOVE)

    def shown(self) -> StyleAndTextTuples:
        """Return the lines that are seen, and below them where in the page they are."""
        fragments: StyleAndTextTuples = []
        lines = self.lines.at(self.width)[self.top : self.top + self.rows]
        for line in lines:
            fragments += [(_style(segment, self.match), segment.text) for segment in line]
            fragments.append(("", "\n"))
        fragments += [("", "\n")] * (self.rows - len(lines))
        return [*fragments, ("reverse", self.status()[: self.width])]

    def status(self) -> str:
        """Tell where in the page we are, and what keys there are."""
        total = max(1, len(self.lines.at(self.width)))
        share = min(100, round(100 * (self.top + self.rows) / total))
        matches = sorted(self.places)
        if not matches:
            return f" {share}%  q back"
        where = f"match {matches.index(self.match) + 1} of" if self.match in matches else "matches"
        count = f"{where} {len(matches)}" if self.match in matches else f"{len(matches)} {where}"
        status = f" {share}%  {count}  q back  n next  N previous"
        return status if len(status) <= self.width else f" {share}%  {count}  q n N"


def _match(segment: Segment) -> int | None:
    meta = segment.style.meta if segment.style else {}
    return meta.get(MATCH)


def _style(segment: Segment, match: int) -> str:
    """Return a style of rich as one of prompt_toolkit."""
    style = segment.style or Style()
    names = [name for name in ("bold", "underline", "italic", "dim") if getattr(style, name)]
    if style.color and style.color.number is not None:
        names.append(_COLOURS[style.color.number % 8])
    if _match(segment) == match:
        names.append("reverse")
    return " ".join(names)


_COLOURS = ("ansiblack", "ansired", "ansigreen", "ansiyellow", "ansiblue", "ansimagenta", "ansicyan", "ansigray")


def _application(pager: Pager, depth: object) -> Application[None]:
    from prompt_toolkit.application import Application, get_app
    from prompt_toolkit.layout import FormattedTextControl, Layout, Window

    def text() -> StyleAndTextTuples:
        size = get_app().output.get_size()
        pager.resize(size.columns, size.rows)
        return pager.shown()

    window = Window(FormattedTextControl(text, show_cursor=False), always_hide_cursor=True, wrap_lines=False)
    return Application(
        Layout(window),
        key_bindings=_keys(pager),
        full_screen=True,
        color_depth=depth,  # type: ignore[arg-type]
    )


def _keys(pager: Pager) -> KeyBindings:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    def on(*names: str) -> Callable[[Callable[[], None]], None]:
        def add(act: Callable[[], None]) -> None:
            for name in names:
                keys.add(name)(lambda _: act())

        return add

    on("n")(lambda: pager.step(1))
    on("N", "p")(lambda: pager.step(-1))
    on("j", "down", "enter")(lambda: pager.scroll_to(pager.top + 1))
    on("k", "up")(lambda: pager.scroll_to(pager.top - 1))
    on("space", "f", "pagedown")(lambda: pager.scroll_to(pager.top + pager.rows - 1))
    on("b", "pageup")(lambda: pager.scroll_to(pager.top - pager.rows + 1))
    on("g", "home")(lambda: pager.scroll_to(0))
    on("G", "end")(lambda: pager.scroll_to(len(pager.lines.at(pager.width))))

    @keys.add("q")
    @keys.add("Q")
    @keys.add("c-c")
    @keys.add("c-d")
    def leave(event: KeyPressEvent) -> None:
        event.app.exit()

    return keys
