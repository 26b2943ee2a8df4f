"""How a query was read and where a score comes from, for a person.

What is in another script stands last in its line, where it cannot move the numbers before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.query.interpretation import asked_field, asked_text
from migsearch.query.tree import Several
from migsearch.terminal.layout import Paragraph, Pointed
from migsearch.terminal.render import title_line
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from migsearch.engine.judging import Contribution
    from migsearch.explanation import Explanation
    from migsearch.model import Document
    from migsearch.query.interpretation import Asked, Interpretation, Part, Role
    from migsearch.terminal.modes import Mode

_ROLES: dict[Role, str] = {
    "ranks": "adds to the score",
    "required": "must match",
    "excluded": "must not match",
    "dropped": "left out, too common to search by",
}
_INDENT = "    "
_FIELD = 14  # cells
_NARROW = 80  # columns, below which there is no room for what makes up a score


def interpretation_page(interpretation: Interpretation, mode: Mode) -> Iterator[RenderableType]:
    """Yield how a query was read: each part with what is asked for it and its weight."""
    yield Text("The query is read as", style="dim")
    if not interpretation.parts:
        yield Text("everything")
    for part in interpretation.parts:
        yield _part(part, mode)
        for node in part.asked:
            yield _asked(node, mode)
    if interpretation.together:
        yield Text("several of them together: adds to the score")
        for node in interpretation.together:
            yield _asked(node, mode)
    if interpretation.shared:
        yield Text("words that the best hits share: add to the score")
        for node in interpretation.shared:
            yield _asked(node, mode)
    for note in interpretation.notes:
        yield Paragraph(Text(f"note: {clean(note.message)}", style="yellow"), mode)
        if note.span is not None:
            yield Pointed(interpretation.query, note.span, mode)
    yield Text("")


def explanation_page(
    explanation: Explanation, document: Document, mode: Mode, rank: int | None = None
) -> Iterator[RenderableType]:
    """Yield why a document has its score, term by term, or what it lacks."""
    yield title_line(document, mode, "" if rank is None else f"{rank:>2}. ")
    yield Paragraph(Text(clean(document.id), style="dim"), mode, gutter=_INDENT)
    if not explanation.matches:
        yield Paragraph(Text("does not match:"), mode, gutter=_INDENT)
        for clause in explanation.missing:
            yield Paragraph(Text(clean(clause)), mode, gutter=_INDENT + "  ")
    elif explanation.contributions:
        yield _Contributions(explanation.contributions, mode)
    if explanation.matches:
        yield Paragraph(Text(f"{explanation.score:6.3f}  the score", style="bold"), mode, gutter=_INDENT)
    yield Text("")


def _part(part: Part, mode: Mode) -> Paragraph:
    return Paragraph(Text(f"{part.kind}, {_ROLES[part.role]}: {clean(part.text)}"), mode)


def _asked(node: Asked, mode: Mode) -> Paragraph:
    weight = getattr(node, "weight", None)  # filters have none
    shown = "" if weight is None else f"{round(weight, 2):g}"
    return Paragraph(Text(clean(asked_text(node))), mode, gutter=f"{_INDENT}{shown:>5}  {asked_field(node):<{_FIELD}} ")


class _Contributions:
    """A row for each, the largest first; on a narrow screen without what makes it up."""

    def __init__(self, contributions: Iterable[Contribution], mode: Mode) -> None:
        self.contributions = sorted(contributions, key=lambda contribution: -contribution.score)
        self.mode = mode

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _NARROW
        factors = "   weight    idf  times  length  average" if wide else ""
        yield Text(f"{_INDENT}  adds{factors}  {'field':<{_FIELD}} term", style="dim")
        for contribution in self.contributions:
            figures = f"{contribution.score:6.3f}{_factors(contribution) if wide else ''}"
            gutter = f"{_INDENT}{figures}  {contribution.field:<{_FIELD}} "
            yield Paragraph(Text(clean(_term(contribution))), self.mode, gutter=gutter)


def _factors(contribution: Contribution) -> str:
    return (
        f" {contribution.weight:8.2f} {contribution.idf:6.2f} {contribution.frequency:6} "
        f"{contribution.length:7} {contribution.average_length:8.1f}"
    )


def _term(contribution: Contribution) -> str:
    asked = asked_text(contribution.asked)
    return f"{contribution.term} of {asked}" if isinstance(contribution.asked, Several) else asked
