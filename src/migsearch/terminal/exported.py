"""Results as text for other programs: JSON, CSV, Markdown, BibTeX.

The text is logical and unshaped, in the order in which it is read, without anything that a terminal would obey.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Literal, get_args

from migsearch.errors import MigsearchError
from migsearch.terminal.citations import bibtex_entries
from migsearch.terminal.safety import clean, clean_spans
from migsearch.terminal.structured import dumps, results_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migsearch.model import Document, Hit, Results, Span

Format = Literal["json", "csv", "markdown", "bibtex"]

FORMATS: tuple[Format, ...] = get_args(Format)

SUFFIXES: dict[str, Format] = {".json": "json", ".csv": "csv", ".md": "markdown", ".bib": "bibtex"}
"""The format of a file by the end of its name."""

COLUMNS = (
    "rank",
    "id",
    "title",
    "date",
    "date_inferred",
    "organisations",
    "language",
    "region",
    "source",
    "score",
    "snippet",
)
"""The columns of CSV; ids of organisations have a space between them, snippets a line end."""

# A cell that begins so is a formula to a spreadsheet: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"[=+\-@]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~!&])")
# What begins a block where a line begins: a list, a rule, a heading underlined.
_BLOCK = re.compile(r"^(\d+)?([-+=.)])(?=\s|$|[-+=])")


def export(results: Results, format: str) -> str:
    """Return ``results`` in one of :data:`FORMATS`, whole lines; raises :class:`MigsearchError` for another."""
    if format == "json":
        return dumps(results_object(results)) + "\n"
    if format == "csv":
        return _csv(results)
    if format == "markdown":
        return "".join(f"{line}\n" for line in _markdown(results))
    if format == "bibtex":
        return bibtex_entries(hit.document for hit in results.hits)
    raise MigsearchError(f"results are exported as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not as {format!r}")


def _csv(results: Results) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for rank, hit in enumerate(results.hits, start=results.offset + 1):
        writer.writerow({"rank": rank, **_row(hit)})
    return text.getvalue()


def _row(hit: Hit) -> dict[str, object]:
    document = hit.document
    texts = {
        "id": document.id,
        "title": document.title,
        "organisations": " ".join(document.organisations),
        "language": document.language,
        "region": document.region,
        "source": document.source,
    }
    return {
        **{name: _cell(clean(text)) for name, text in texts.items()},
        "date": document.date.isoformat() if document.date else "",
        "date_inferred": int(bool(document.date and document.date.inferred)),
        "score": f"{hit.score:.6g}",
        "snippet": _cell("\n".join(clean(snippet.text) for snippet in hit.snippets)),
    }


def _cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _markdown(results: Results) -> Iterator[str]:
    yield f"# {_escaped(clean(results.query))}"
    yield ""
    yield "1 document" if results.total == 1 else f"{results.total:,} documents"
    for rank, hit in enumerate(results.hits, start=results.offset + 1):
        number = f"{rank}. "
        indent = " " * len(number)  # what is indented less is not of the item
        yield ""
        yield f"{number}{_heading(hit)}  "
        yield f"{indent}{_facts(hit.document)}"
        for snippet in hit.snippets:
            yield ""
            yield f"{indent}> {_marked(snippet.text, snippet.highlights)}"


def _heading(hit: Hit) -> str:
    title = _escaped(clean(hit.document.title).strip()) or "(no title)"
    address = clean(hit.document.source)
    if not re.match("https?://", address):
        return f"**{title}**"
    return f"**[{title}](<{address.replace('<', '%3C').replace('>', '%3E')}>)**"


def _facts(document: Document) -> str:
    date = document.date
    facts = [
        ("\\~" if date.inferred else "") + date.isoformat() if date else "no date",
        _escaped(clean(", ".join(document.organisations))),
        "-".join(filter(None, (document.language, document.region))),
        _escaped(clean(document.id)),
    ]
    return " · ".join(filter(None, facts))


def _marked(text: str, highlights: Iterable[Span]) -> str:
    """Return a passage with its highlights bold; they begin and end with letters, without which ``**`` is not seen."""
    plain, spans = clean_spans(text, highlights)
    parts, end = [], 0
    for start, stop in spans:
        parts += [_escaped(plain[end:start], within=bool(end)), f"**{_escaped(plain[start:stop], within=True)}**"]
        end = stop
    return "".join([*parts, _escaped(plain[end:], within=bool(end))])


def _escaped(text: str, *, within: bool = False) -> str:
    """Return text as Markdown that shows it as it is; ``within`` a line, nothing can begin a block."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return escaped if within else _BLOCK.sub(r"\1\\\2", escaped.lstrip())
