"""What was read from a page and why, for a person.

Names and dates are numbered where they stand, as footnotes are, and explained below their paragraph: a number reads
the same in text of either direction, and without colours.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from migsearch.ingest.complete import language_confidence
from migsearch.model import Span
from migsearch.terminal.bidi import base_direction
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.legend import PUBLISHED, Reason, legend, style_of
from migsearch.terminal.safety import clean, clean_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from migsearch.model import Document, Mention, PartialDate, Provenance
    from migsearch.terminal.modes import Mode

_INDENT = "  "
_RAIL = "│ "


class _Place(NamedTuple):
    """Where something is named, in the title, the text or the surroundings."""

    field: str
    span: Span
    number: int
    reason: Reason


def inspection_page(documents: Iterable[Document], mode: Mode, name: Callable[[str], str]) -> Iterator[RenderableType]:
    """Yield of each document what it was read from, what was read, the article with its evidence, and what is left out.

    ``name`` returns an organisation's name by its id, or the id. A legend ends the page.
    """
    reasons: set[Reason] = set()
    published: list[PartialDate] = []
    for document in documents:
        places = list(_numbered(document))
        reasons.update(place.reason for place in places)
        published += [document.date] if document.date else []
        yield from _facts(document, mode, name)
        yield from _parts(document, places, mode)
        yield Text("")
    explained = list(legend(reasons, published, mode))
    if explained:
        yield _heading("Legend")
        yield from explained


def _facts(document: Document, mode: Mode, name: Callable[[str], str]) -> Iterator[RenderableType]:
    yield from _origin(document, mode)
    yield _fact("language", _language(document), mode)
    yield from _publication(document, mode)
    yield from _organisations(document, mode, name)
    yield Text("")


def _parts(document: Document, places: Sequence[_Place], mode: Mode) -> Iterator[RenderableType]:
    yield _heading("Article")
    if document.title:
        yield from _prose(document, "title", places, mode, style="bold")
        yield Text("")
    if document.text:
        yield from _prose(document, "text", places, mode)
        yield Text("")
    if document.surroundings:
        yield _heading("Left out")
        yield from _prose(document, "surroundings", places, mode, style="dim", gutter=_RAIL)
    else:
        yield _heading("Nothing was left out")


def _numbered(document: Document) -> Iterator[_Place]:
    """Yield the places in the order in which they are read; a reason that comes again has its number again."""
    numbers: dict[Reason, int] = {}
    mentions = sorted(document.mentions, key=lambda mention: (mention.field == "text", mention.span))
    found = [(mention.field, mention.span, _reason(mention, document.date)) for mention in mentions]
    published = _left_out_date(document)
    if published and document.date:
        reason = Reason("date", document.date.isoformat(), PUBLISHED, ", ".join(document.date.flags))
        found.append(("surroundings", published, reason))
    for field, span, reason in found:
        yield _Place(field, span, numbers.setdefault(reason, len(numbers) + 1), reason)


def _reason(mention: Mention, published: PartialDate | None) -> Reason:
    # Of an event of several days it is the first.
    first_day = mention.ref.partition("..")[0]
    is_published = published and (published.literal, published.isoformat()) == (mention.literal, first_day)
    rule = f"{PUBLISHED}, {mention.rule}" if mention.kind == "date" and is_published else mention.rule
    return Reason(mention.kind, mention.ref, rule, mention.evidence)


def _left_out_date(document: Document) -> Span | None:
    """Return where in the surroundings the date of publication was read, if its words stand there once only."""
    literal = document.date.literal if document.date else ""
    if not literal or document.surroundings.count(literal) != 1:
        return None
    start = document.surroundings.index(literal)
    return Span(start, start + len(literal))


def _near(file: str) -> str:
    """Return the path from the current folder, if that is above."""
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - as text, as it is stored
    return file.removeprefix(here)


def _origin(document: Document, mode: Mode) -> Iterator[RenderableType]:
    provenance = document.provenance
    file = _near(provenance.file) if provenance else document.source
    yield Paragraph(Text(clean(file), style="bold cyan"), mode)
    if provenance is None:
        return
    if document.id != file:
        yield _fact("id", document.id, mode)
    if document.source not in (file, provenance.file):
        yield _fact("source", document.source, mode)
    yield _fact("read as", _measures(provenance), mode)
    yield _fact("sha256", provenance.sha256, mode)
    for id in document.alike:
        yield _fact("alike", id, mode)
    for warning in provenance.warnings:
        yield _fact("warning", warning, mode, "yellow")


def _measures(provenance: Provenance) -> str:
    sizes = (f"{provenance.size:,} bytes", f"{provenance.characters:,} characters")
    return " · ".join(filter(None, (provenance.format, provenance.encoding, *sizes)))


def _language(document: Document) -> str:
    language = "-".join(filter(None, (document.language, document.region)))
    confidence = language_confidence(document)
    return f"{language} · " + ("as the page declares" if confidence is None else f"confidence {confidence:.2f}")


def _publication(document: Document, mode: Mode) -> Iterator[RenderableType]:
    date = document.date
    if date is None:
        yield _fact("published", "no date was found", mode)
        return
    moment = date.moment.timetz().isoformat("minutes") if date.moment else ""
    shown = ("~" if date.inferred else "") + date.isoformat()
    yield _fact("published", " · ".join(filter(None, (shown, moment, date.rule, *date.flags))), mode)
    # On a line of its own: behind Latin letters the day and the year of a Persian date would change places.
    literal = clean(date.literal)
    if literal:
        yield Paragraph(
            Text(literal, style_of("date")), mode, base_direction(literal, document.language), _fact_gutter("")
        )


def _organisations(document: Document, mode: Mode, name: Callable[[str], str]) -> Iterator[RenderableType]:
    counts = Counter(mention.ref for mention in document.mentions if mention.kind == "organisation")
    width = max(map(len, document.organisations), default=0)
    label = "names"
    for id in document.organisations:
        times = f"{counts[id]:>3} × " if counts[id] else ""
        known = name(id) if name(id) != id else ""
        yield _fact(label, f"{id:<{width}} {times}{known}".rstrip(), mode)
        label = ""
    if not document.organisations:
        yield _fact(label, "no organisation", mode)


def _fact(label: str, text: str, mode: Mode, style: str = "") -> Paragraph:
    return Paragraph(Text(clean(text), style=style), mode, gutter=_fact_gutter(label))


def _fact_gutter(label: str) -> str:
    return f"{_INDENT}{label:<11}"


def _heading(words: str) -> Text:
    return Text(words, style="bold dim")


def _prose(
    document: Document, field: str, places: Sequence[_Place], mode: Mode, *, style: str = "", gutter: str = ""
) -> Iterator[RenderableType]:
    """Yield a part of a document, paragraph by paragraph, each with the reasons that are numbered in it below."""
    start = 0
    for line in str(getattr(document, field)).split("\n"):
        end = start + len(line)
        here = [
            place._replace(span=Span(place.span.start - start, place.span.end - start))
            for place in places
            if place.field == field and place.span.start < end and start < place.span.end
        ]
        text = _marked(line, here, style)
        base = base_direction(text.plain, document.language)
        yield Paragraph(text, mode, base, gutter if text else gutter.rstrip(), rail=bool(gutter))
        noted = {place.number: place.reason for place in here if place.span.end <= len(line)}
        for number, reason in sorted(noted.items()):
            yield _note(number, reason, mode, gutter)
        start = end + 1


def _marked(line: str, places: Sequence[_Place], style: str) -> Text:
    """Return a line with what is named in it styled, its number behind it; a name may end on a later line."""
    spans = [(max(0, place.span.start), min(place.span.end, len(line))) for place in places]
    plain, moved = clean_spans(line, spans)
    styled = Text(plain, style=style)
    numbers: dict[int, str] = {}
    for place, (start, end) in zip(places, moved, strict=True):
        styled.stylize(style_of(place.reason.kind), start, end)
        if place.span.end <= len(line):
            numbers[end] = f"{numbers.get(end, '')}[{place.number}]"
    ends = sorted(numbers)
    marked = Text()
    for part, number in zip(styled.divide(ends), [*map(numbers.__getitem__, ends), ""], strict=True):
        marked.append_text(part).append(number, style="dim")
    return marked


def _note(number: int, reason: Reason, mode: Mode, gutter: str) -> Paragraph:
    why = "".join(f" · {clean(part)}" for part in (reason.rule, reason.evidence) if part)
    text = Text.assemble((clean(reason.ref), style_of(reason.kind)), (why, "dim"))
    return Paragraph(text, mode, gutter=f"{gutter}{_INDENT}{f'[{number}]':>4} ")
