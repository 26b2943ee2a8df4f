"""What the marks on an inspected page mean, of those that are on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from migsearch.terminal.layout import Paragraph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from migsearch.model import PartialDate
    from migsearch.terminal.modes import Mode

_STYLES = {"organisation": "bold green", "date": "bold magenta"}
PUBLISHED = "published"
"""Of a date: that it is the one of publication."""

_KINDS = {
    "organisation": ("Name[1]", "an organisation; below it, at [1], its id, why it counts, and the evidence"),
    "date": ("1 May[2]", "a date; below it, at [2], its days, the form that it was read by, and its flags"),
}

RULES = {
    "name": "the name is nobody else's",
    "acronym": "the acronym is nobody else's",
    "misspelt": "a letter is wrong; this is the right spelling",
    "also-named": "alone it may be another; so it is named in full elsewhere",
    "context": "alone it may be another; these words on the page support it",
    "with-its-country": "a ministry or service beside its country",
    "country-referred": "its country is the one meant by our country or that country",
    "country-of-sentence": "its sentence begins with its country",
    "country-as-before": "its country is that of the same ministry before",
    "country-beside": "its country is that of the organisation beside it",
    "country-of-page": "its country is the one that the page is about",
}
"""By what the name of an organisation counts; see :class:`~migsearch.model.Mention`."""

EVIDENCE = {
    "label": "a date after a word such as Published",
    "head": "a date on a line around the title",
    "opening": "a date on a line where the article begins",
    "dateline": "the place and date before the first sentence",
    "closing": "a date on a line where the article ends",
    "caption": "a date at the end of a caption that is the title",
    "address": "a date in the address of the page",
    "title": "the only day in the title",
    "month": "the only month on a line of its own",
    "stamp": "the stamp of the program that fetched the page",
    "update": "the day of the last change, below the title",
    "article": "the first day that the article tells of",
}
"""By what a date counts as that of publication; see :mod:`migsearch.ingest.date_evidence`."""

FLAGS = {
    "inferred": "a part of the date is not written there",
    "event": "the day of what the page tells, for want of one of publication",
    "weekday-disagrees": "the weekday beside it is another day's",
    "calendars-disagree": "beside it, in another calendar, is another day",
    "ambiguous-order": "day and month could be exchanged",
    "ambiguous-year": "another year would do as well",
    "approximate": "a lunar day, which may be seen a day sooner or later",
    "after-crawl": "later than the day on which the page was fetched",
}
"""What is not certain of a date; see :class:`~migsearch.model.PartialDate`."""

_INDENT = "  "


class Reason(NamedTuple):
    """What one number on the page stands for: something named, and why it counts."""

    kind: str
    ref: str
    rule: str
    evidence: str


def style_of(kind: str) -> str:
    """Return the style of what is named, by its kind."""
    return _STYLES.get(kind, "bold")


def legend(reasons: Collection[Reason], published: Collection[PartialDate], mode: Mode) -> Iterator[Paragraph]:
    """Yield a line for each kind of mark, rule, kind of evidence and flag that is on the page."""
    rows = list(_rows(reasons, published))
    width = max((len(sign) for sign, *_ in rows), default=0)
    for sign, meaning, style in rows:
        text = Text(meaning)
        if style:
            text.highlight_words(_KINDS, style)
        yield Paragraph(text, mode, gutter=f"{_INDENT}{sign:<{width}}  ")


def _rows(reasons: Collection[Reason], published: Collection[PartialDate]) -> Iterator[tuple[str, str, str]]:
    """Yield each sign with its meaning, and the style of the word in it that names a kind."""
    kinds = {reason.kind for reason in reasons}
    yield from ((*_KINDS[kind], style_of(kind)) for kind in _KINDS if kind in kinds)
    if any(date.inferred for date in published):
        yield "~", "inferred from the text", ""
    named = {reason.rule for reason in reasons if reason.kind == "organisation"}
    dated = {date.rule.partition(" ")[0] for date in published}
    flags = {flag for reason in reasons if reason.kind == "date" for flag in reason.evidence.split(", ")}
    flags.update(flag for date in published for flag in date.flags)
    for shown, meanings in ((named, RULES), (dated, EVIDENCE), (flags, FLAGS)):
        yield from ((sign, meaning, "") for sign, meaning in meanings.items() if sign in shown)
