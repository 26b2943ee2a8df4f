"""The gazetteer: which organisations there are, and by what names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.ingest.display_names import FirstNames, first_names, named
from migsearch.ingest.listing import Listing, shipped_listing
from migsearch.ingest.name_index import Name, NameIndex
from migsearch.model import Span


class Gazetteer:
    """All organisations with their names; made by :func:`read_gazetteer`."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self._names_by_language: dict[str, FirstNames] = {}

    @cached_property
    def names(self) -> NameIndex:
        """The index of all names, made when the first text is searched for them."""
        listed = [*_listed(self.listing)]
        analyzed = _analyze_each(name.written for name, _ in listed)
        return NameIndex(
            [
                (_compared(name, context, tokens), tokens)
                for (name, context), tokens in zip(listed, analyzed, strict=True)
            ]
        )

    @cached_property
    def also_words(self) -> frozenset[str]:
        """The surfaces of acronyms that are words, too: in a headline all in capitals, WHO may be no organisation."""
        return frozenset(surface for word in self.listing.also_words for surface in analyze(word).surfaces)

    def subject(self, key: str) -> Name | None:
        """Return the ministry whose subject has these roots in a row, as "Interior" beside another one's."""
        return self._subjects.get(key)

    @cached_property
    def _subjects(self) -> dict[str, Name]:
        subjects = [
            *((entry, subject) for entry in self.listing.of_kind("body") for subject in entry.ministry_subjects()),
            *(
                (entry, subject)
                for entry in self.listing.of_kind("portfolio")
                for each in entry.subjects.values()
                for subject in each
            ),
        ]
        analyzed = _analyze_each(subject for _, subject in subjects)
        return {
            "".join(tokens.roots): Name(entry.kind, entry.ref, subject)
            for (entry, subject), tokens in zip(subjects, analyzed, strict=True)
        }

    def names_of_acronym(self, acronym: str) -> Iterator[str]:
        """Yield every name of the organisations that go by an acronym."""
        for name in self.names.named("".join(analyze(acronym).roots)):
            if name.kind == "body":
                entry = self.listing.entries[name.kind, name.ref]
                yield from (written for written, _ in entry.sure_names())

    def is_listed(self, name: str) -> bool:
        """Tell whether an organisation goes by this very name, in any spelling, whether sure or ambiguous."""
        key = "".join(analyze(name).roots)
        return any(found.kind in ("body", "portfolio") for found in self.names.named(key))

    def id_in(self, portfolio: str, country: str) -> str:
        """Return the id of a country's holder of a portfolio: ``mfa-tm`` for ``mfa`` and ``TM``, or that of a body."""
        return self.holder(portfolio, country) or f"{portfolio}-{country.lower()}"

    def holder(self, portfolio: str, country: str) -> str:
        """Return the id of the body that holds a portfolio in a country, empty if none is listed."""
        return self._holders.get((portfolio, country), "")

    @cached_property
    def _holders(self) -> dict[tuple[str, str], str]:
        bodies = self.listing.of_kind("body")
        return {(portfolio, body.country): body.ref for body in bodies for portfolio in body.holds}

    def country_of(self, body: str) -> str:
        """Return the code of the state that a body belongs to, empty for an international one."""
        return self.listing.entries["body", body].country

    def needs_country(self, portfolio: str) -> bool:
        """Tell whether a portfolio is named only together with its country, as an embassy is."""
        return self.listing.entries["portfolio", portfolio].country_needed

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and (("body", id) in self.listing.entries or self._is_held(id))

    def display_name(self, id: str, language: str = "en") -> str:
        """Return an organisation's first name in a language (``en`` or ``fa``); its id if it is not listed."""
        return named(id, language, self._first_names(language))

    def _first_names(self, language: str) -> FirstNames:
        if language not in self._names_by_language:
            self._names_by_language[language] = first_names(self.listing, language)
        return self._names_by_language[language]

    def _is_held(self, id: str) -> bool:
        ref, _, country = id.rpartition("-")
        return ("portfolio", ref) in self.listing.entries and country.upper() in icu.territory_names("en")


def _listed(listing: Listing) -> Iterator[tuple[Name, tuple[str, ...]]]:
    """Yield all names, with the words that support those which are ambiguous."""
    # The names that CLDR has come first, so that an entry prevails.
    not_countries = frozenset(map(icu.fold, listing.not_countries))
    for locale in ("en", "fa", "fa_AF", "ps"):
        names = icu.territory_names(locale)
        for (code, name), folded in zip(names.items(), icu.fold_each(names.values()), strict=True):
            if folded not in not_countries:
                yield Name("country", code, name), ()
    for entry in listing.entries.values():
        for name, language in entry.sure_names():
            capitals = name in listing.with_capitals
            yield Name(entry.kind, entry.ref, name, head_last=language == "ps", with_capitals=capitals), ()
        for name, context in entry.ambiguous.items():
            capitals = name in listing.with_capitals
            yield Name(entry.kind, entry.ref, name, ambiguous=True, with_capitals=capitals), context
        for city in entry.cities:
            yield Name("city", entry.ref, city), ()


def _compared(name: Name, context: Sequence[str], tokens: Tokens) -> Name:
    """Return a name with what it is compared by, beside its key."""
    if len(tokens) != 1 and not context:  # nearly all
        return name
    is_acronym = len(tokens) == 1 and _is_acronym(name.written)
    one = is_acronym or (len(tokens) == 1 and name.kind in ("body", "portfolio", "press"))
    supports = tuple((word, frozenset(analyze(word).roots)) for word in context)
    return replace(name, word=tokens[0].surface if one else "", is_acronym=is_acronym, context=supports)


def _is_acronym(name: str) -> bool:
    """Tell whether a name counts as it is written only: in capitals, or with two at least, as MoRR."""
    return " " not in name and (name.isupper() or sum(map(str.isupper, name)) > 1)


def _analyze_each(names: Iterable[str]) -> Iterator[Tokens]:
    """Yield the tokens of each name."""
    names = list(names)
    tokens = analyze("\n".join(names))  # all at once, which takes a third of the time
    start = 0
    for name in names:
        yield tokens.part(start, start + len(name))
        start += len(name) + 1


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with migsearch."""
    return Gazetteer(shipped_listing())


Organisations: TypeAlias = "Gazetteer | str | PathLike[str] | Iterable[str | PathLike[str]] | None"
"""Organisations as they may be given: a gazetteer, the path of one or more files that extend ours, or none."""


def gazetteer_of(organisations: Organisations) -> Gazetteer | None:
    """Return the gazetteer that is meant, ``None`` for ours alone; raises as :func:`read_gazetteer` does."""
    if organisations is None or isinstance(organisations, Gazetteer):
        return organisations
    files = [organisations] if isinstance(organisations, str | PathLike) else list(organisations)
    return read_gazetteer(*files) if files else None


def read_gazetteer(*files: str | PathLike[str]) -> Gazetteer:
    """Return the gazetteer that ships with migsearch, extended by files of the same format, the last prevailing.

    Raises :class:`~migsearch.errors.GazetteerError` with the file and the entry that cannot be read.
    """
    listing = shipped_listing()
    for file in files:
        listing = listing.with_file(Path(fspath(file)))
    return Gazetteer(listing) if files else default_gazetteer()


def span_of(tokens: Tokens, first: int, last: int) -> Span:
    """Return where the tokens from ``first`` up to, not including, ``last`` stand."""
    return Span(tokens.span(first).start, tokens.span(last - 1).end)
