"""Documents as citations, for a list of references."""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING

from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from migsearch.model import Document, PartialDate

# The names that biblatex and babel know, which typeset Persian from right to left.
_LANGUAGES = {"en": "english", "fa": "persian", "ps": "pashto"}
_SPECIAL = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def citation(document: Document) -> str:
    """Return one line for a reader: title, date, where it was found."""
    date = document.date.isoformat() if document.date else "no date"
    parts = [clean(document.title).strip() or "(no title)", date, clean(document.source or document.id)]
    return ". ".join(part.rstrip(".") for part in parts) + "."


def bibtex_entries(documents: Iterable[Document]) -> str:
    """Return an ``@online`` entry of biblatex for each document, under keys of their own."""
    entries: dict[str, str] = {}
    for document in documents:
        key = _key(document.id, entries)
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(document))
        entries[key] = f"@online{{{key},\n{fields}}}\n"
    return "\n".join(entries.values())


def _key(id: str, taken: Collection[str]) -> str:
    """Return a key of letters, digits and hyphens, which alone are safe in all versions of BibTeX."""
    plain = re.sub("[^A-Za-z0-9]+", "-", id).strip("-") or "document"
    numbered = (f"{plain}-{number}" for number in count(2))
    return next(key for key in chain([plain], numbered) if key not in taken)


def _fields(document: Document) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{_escaped(document.title)}}}"  # in braces again, lest its capitals be changed
    if document.date:
        yield "date", _interval(document.date)
    # An address is verbatim to biblatex.
    source = clean(document.source)
    if re.match("https?://", source):
        yield "url", re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", source)
    elif source:
        yield "note", _escaped(source)
    if document.language in _LANGUAGES:
        yield "langid", _LANGUAGES[document.language]
    if document.organisations:
        yield "keywords", _escaped(", ".join(document.organisations))


def _interval(date: PartialDate) -> str:
    """Return a date as biblatex reads it (ISO 8601-2): an interval with a slash, ``~`` for what was inferred."""
    return date.isoformat().replace("..", "/") + ("~" if date.inferred else "")


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in clean(text))
