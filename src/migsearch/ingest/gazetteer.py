"""The gazetteer: which organisations there are and by what names, read from ``data/organisations.toml``.

Names are compared as their analysed roots written without spaces, so that every spelling of a word, an ending, a
line break or a lost space makes no difference: one look-up a candidate, whatever the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.data import table
from migsearch.model import Token

Kind = Literal["body", "portfolio", "country"]

_SECTIONS: dict[Kind, str] = {"body": "bodies", "portfolio": "portfolios", "country": "countries"}
_LONG_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry: ``ref`` is a body's id, a portfolio's id or a country's code.

    ``acronym`` is the surface of a name in capitals (IOM, WHO), which counts only as written so; a name with
    ``context`` only in a document that holds one of these words, each given as its roots.
    """

    kind: Kind
    ref: str
    acronym: str = ""
    context: frozenset[frozenset[str]] = frozenset()


class Match(NamedTuple):
    """A name found: the tokens ``first`` up to, not including, ``last``."""

    name: Name
    first: int
    last: int


class Gazetteer:
    """All names, with a search for them in analysed text."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = entries
        self._names: dict[str, list[Name]] = {}
        self._beginnings: set[str] = set()  # of the keys of names, by which most places in a text are ruled out
        for kind, section in _SECTIONS.items():
            for ref, entry in entries[section].items():
                for name, context in _spellings(entry):
                    self._add(name, kind, ref, context)
        for locale in ("en", "fa", "fa_AF"):
            for code, name in icu.territory_names(locale).items():
                if name not in entries["not_countries"]:
                    self._add(name, "country", code, ())

    def _add(self, name: str, kind: Kind, ref: str, context: Iterable[str]) -> None:
        tokens = analyze(name)
        key = "".join(tokens.roots)
        acronym = tokens[0].surface if len(tokens) == 1 and name.isupper() else ""
        roots = frozenset(frozenset(analyze(word).roots) for word in context)
        entry = Name(kind, ref, acronym, roots)
        names = self._names.setdefault(key, [])
        if key and entry not in names:
            names.append(entry)
        self._beginnings.update(key[:length] for length in range(1, len(key) + 1))

    def matches(self, text: str, tokens: Tokens, context: frozenset[str]) -> Iterator[Match]:
        """Yield the names in a text from left to right, the longest at each place, none inside another.

        ``context`` are the roots of the whole document.
        """
        end = 0
        for first, root in enumerate(tokens.roots):
            if (
                first >= end
                and root in self._beginnings
                and (match := self._longest_match(text, tokens, first, context))
            ):
                yield match
                end = match.last

    def _longest_match(self, text: str, tokens: Tokens, first: int, context: frozenset[str]) -> Match | None:
        found = None
        key = ""
        for last in range(first + 1, len(tokens) + 1):
            key += tokens.roots[last - 1]
            if key not in self._beginnings:
                break
            for name in self._names.get(key, ()):
                if _counts(name, text, tokens[first:last], context):
                    found = Match(name, first, last)
                    break
        return found

    @staticmethod
    def id_in(portfolio: str, country: str) -> str:
        """Return the id of a country's holder of a portfolio: ``mfa-tm`` for ``mfa`` and ``TM``."""
        return f"{portfolio}-{country.lower()}"

    def country_of(self, body: str) -> str:
        """Return the code of the state that a body belongs to, empty for an international one."""
        return str(self._entries["bodies"][body].get("country", ""))

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and (id in self._entries["bodies"] or self._portfolio_of(id) is not None)

    def display_name(self, id: str, language: str = "en") -> str:
        """Return an organisation's first name in a language (``en`` or ``fa``); its id if it is not listed."""
        body = self._entries["bodies"].get(id)
        if body:
            return str((body.get(language) or body.get("en") or body["fa"])[0])
        parts = self._portfolio_of(id)
        if not parts:
            return id
        portfolio, country = parts
        name = self._entries["portfolios"][portfolio][language][0]
        territory = icu.territory_names(language)[country]
        return f"{name} {territory}" if language == "fa" else f"{name}, {territory}"

    def _portfolio_of(self, id: str) -> tuple[str, str] | None:
        portfolio, _, country = id.rpartition("-")
        if portfolio in self._entries["portfolios"] and country.upper() in icu.territory_names("en"):
            return portfolio, country.upper()
        return None


def _spellings(entry: Mapping[str, Any]) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each name of an entry with the words of which it needs one beside it."""
    for language in ("en", "fa"):
        for name in entry.get(language, ()):
            yield name, ()
    yield from entry.get("ambiguous", {}).items()


def _counts(name: Name, text: str, tokens: Sequence[Token], context: frozenset[str]) -> bool:
    if name.acronym:
        start, end = tokens[0].span
        literal = text[start:end].removesuffix("'s").removesuffix("’s")
        # Also Unicef and Frontex: a long acronym in title case is no other word.
        written = literal.isupper() or (len(literal) >= _LONG_ACRONYM and literal == literal.capitalize())
        # The surface, since IRCS has the root of IRC.
        if len(tokens) > 1 or tokens[0].surface != name.acronym or not written:
            return False
    return not name.context or any(word <= context for word in name.context)


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with migsearch."""
    return Gazetteer(table("organisations"))


def display_name(id: str, language: str = "en") -> str:
    """Return the name of an organisation in a language (``en`` or ``fa``); its id if it is not listed."""
    return default_gazetteer().display_name(id, language)
