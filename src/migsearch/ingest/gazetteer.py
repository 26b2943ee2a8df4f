"""The gazetteer: which organisations there are, and where a text may name one.

Names are compared as their analysed roots written without spaces, so that every spelling of a word, an ending, a
line break or a lost space makes no difference; and as their surface forms written without spaces, since a space lost
between English words leaves no root that could be compared. A word of a longer name may have one wrong letter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from os import PathLike, fspath
from pathlib import Path
from typing import NamedTuple, TypeAlias

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.ingest.listing import Entry, Kind, Listing, shipped_listing
from migsearch.ingest.misspelling import Spelling
from migsearch.model import Span, Token

_LEAST_MISSPELT = 14
"""Letters of a name in which one may be wrong: of a shorter one, too often, another word is meant."""
_MOST_MISSPELT = 2
_LEAST_PART = 4  # letters of a first word that a name may begin with in part, as where a word is torn
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry: ``ref`` is a body's id, a portfolio's id or a country's code.

    ``word`` is the surface of an organisation's name of one word, or of a country's in capitals, which must stand so
    in a text: its root alone may be that of another word (گاوی, the alliance, and گاو, a cow). ``is_acronym`` tells
    that it must be in capitals, too (IOM, WHO). ``context`` are words that support an ambiguous name, each as listed
    and as its roots; a sure name has none. ``head_last`` tells of a Pashto ministry, which follows its country;
    ``with_capitals`` of a name that is common words in small letters.
    """

    kind: Kind
    ref: str
    written: str
    word: str = ""
    is_acronym: bool = False
    ambiguous: bool = False
    context: tuple[tuple[str, frozenset[str]], ...] = ()
    head_last: bool = False
    with_capitals: bool = False


class Candidate(NamedTuple):
    """A place that may be a name: the tokens up to, not including, ``last``.

    ``names`` are the entries that go by it; ``misspelt`` is the word that is written wrong there, if one is.
    """

    last: int
    names: tuple[Name, ...]
    misspelt: str = ""


class _Way(NamedTuple):
    """The beginning of a name as it was read so far: by roots, or by surface forms; with the words written wrong."""

    key: str
    by_surface: bool = False
    misspelt: tuple[str, ...] = ()


class Gazetteer:
    """All organisations, with a search for their names in analysed text; made by :func:`read_gazetteer`."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self._starts: dict[tuple[str, str], tuple[_Way, ...]] = {}

    @cached_property
    def _names(self) -> dict[str, tuple[Name, ...]]:
        names: dict[str, tuple[Name, ...]] = {}
        for name, tokens in self._analyzed:
            for key in {"".join(token.root for token in tokens), "".join(token.surface for token in tokens)}:
                if key:
                    names[key] = _with_name(names.get(key, ()), name)
        return names

    @cached_property
    def _analyzed(self) -> list[tuple[Name, Sequence[Token]]]:
        listed = [*_listed(self.listing)]
        names = []
        for (name, context), tokens in zip(listed, _analyze_each(name.written for name, _ in listed), strict=True):
            one = len(tokens) == 1 and (name.kind in ("body", "portfolio", "press") or _is_acronym(name.written))
            word = tokens[0].surface if one else ""
            supports = tuple((each, frozenset(token.root for token in analyze(each))) for each in context)
            made = replace(name, word=word, is_acronym=bool(word) and _is_acronym(name.written), context=supports)
            names.append((made, tokens))
        return names

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self._names)

    @cached_property
    def _spelling(self) -> Spelling:
        words = {
            token.surface: token.root
            for name, tokens in self._analyzed
            if name.kind in ("body", "portfolio") and len(tokens) > 1
            for token in tokens
        }
        countries = {token.surface for name, tokens in self._analyzed if name.kind == "country" for token in tokens}
        return Spelling(words, countries)

    @cached_property
    def also_words(self) -> frozenset[str]:
        """The surfaces of acronyms that are words, too: in a headline all in capitals, WHO may be no organisation."""
        return frozenset(token.surface for word in self.listing.also_words for token in analyze(word))

    def candidates(self, tokens: Sequence[Token]) -> dict[int, list[Candidate]]:
        """Return what may be named in a text, by the number of its first token, the longest name first."""
        found = {}
        starts = self._starts
        for first, token in enumerate(tokens):
            ways = starts.get((token[0], token[1]))
            if ways is None:
                ways = self._remember(token)
            if ways:
                candidates = self._candidates(tokens, first, ways)
                if candidates:
                    found[first] = candidates
        return found

    def _candidates(self, tokens: Sequence[Token], first: int, ways: Iterable[_Way]) -> list[Candidate]:
        found: dict[int, Candidate] = {}
        names, spelling = self._names, self._spelling
        left = [(way, first + 1) for way in ways]
        while left:
            (key, by_surface, misspelt), last = left.pop()
            while True:
                # What is spelt right goes before what is not.
                new = last not in found or found[last].misspelt
                if new and key in names and _may_be_read(key, last - first, misspelt):
                    found[last] = Candidate(last, names[key], " ".join(misspelt))
                if last == len(tokens):
                    break
                token = tokens[last]
                last += 1
                longer = key + (token.surface if by_surface else token.root)
                if not self._is_beginning(longer):
                    if not by_surface and len(misspelt) < _MOST_MISSPELT:
                        wrong = (*misspelt, token.surface)
                        roots = spelling.roots_like(token.surface)
                        left += (
                            (_Way(key + root, False, wrong), last) for root in roots if self._is_beginning(key + root)
                        )
                    break
                key = longer
        return sorted(found.values(), reverse=True)

    def _remember(self, token: Token) -> tuple[_Way, ...]:
        """Return how a name may begin with a word, and remember it."""
        if len(self._starts) >= _REMEMBERED:
            self._starts.clear()
        ways = [
            _Way(key, by_surface)
            for key, by_surface in {token.root: False, token.surface: token.surface != token.root}.items()
            if (key in self._first_words or len(key) >= _LEAST_PART) and self._is_beginning(key)
        ]
        if token.surface == token.root and ways and token.root not in self._first_words:
            ways.append(_Way(token.surface, True))  # two words in one, perhaps, of which the first has another root
        ways += (_Way(root, False, (token.surface,)) for root in self._spelling.roots_like(token.surface))
        starts = self._starts[token.surface, token.root] = tuple(ways)
        return starts

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """The roots and surfaces that names begin with; only a part of some length may stand for one of them."""
        return frozenset(word for _, tokens in self._analyzed if tokens for word in tokens[0][:2])

    def _is_beginning(self, key: str) -> bool:
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place].startswith(key)

    def subject(self, key: str) -> Name | None:
        """Return the ministry whose subject has these roots in a row, as "Interior" beside another one's."""
        return self._subjects.get(key)

    @cached_property
    def _subjects(self) -> dict[str, Name]:
        subjects = [
            (entry, subject)
            for entry in self.listing.of_kind("portfolio")
            for each in entry.subjects.values()
            for subject in each
        ]
        analyzed = _analyze_each(subject for _, subject in subjects)
        return {
            "".join(token.root for token in tokens): Name("portfolio", entry.ref, subject)
            for (entry, subject), tokens in zip(subjects, analyzed, strict=True)
        }

    def names_of_acronym(self, acronym: str) -> Iterator[str]:
        """Yield every name of the organisations that go by an acronym."""
        for name in self._names.get("".join(token.root for token in analyze(acronym)), ()):
            if name.kind == "body":
                entry = self.listing.entries[name.kind, name.ref]
                yield from (written for written, _ in entry.sure_names())

    def is_listed(self, name: str) -> bool:
        """Tell whether an organisation goes by this very name, in any spelling, whether sure or ambiguous."""
        key = "".join(token.root for token in analyze(name))
        return any(found.kind in ("body", "portfolio") for found in self._names.get(key, ()))

    def id_in(self, portfolio: str, country: str) -> str:
        """Return the id of a country's holder of a portfolio: ``mfa-tm`` for ``mfa`` and ``TM``, or that of a body."""
        return self._holders.get((portfolio, country)) or f"{portfolio}-{country.lower()}"

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
        return isinstance(id, str) and (("body", id) in self.listing.entries or self._portfolio_of(id) is not None)

    def display_name(self, id: str, language: str = "en") -> str:
        """Return an organisation's first name in a language (``en`` or ``fa``); its id if it is not listed."""
        body = self.listing.entries.get(("body", id))
        if body:
            return _first_name(body, language)
        parts = self._portfolio_of(id)
        if not parts:
            return id
        portfolio, country = parts
        name = _first_name(portfolio, language)
        territory = icu.territory_names(language)[country]
        return f"{name} {territory}" if language == "fa" else f"{name}, {territory}"

    def _portfolio_of(self, id: str) -> tuple[Entry, str] | None:
        ref, _, country = id.rpartition("-")
        portfolio = self.listing.entries.get(("portfolio", ref))
        if portfolio and country.upper() in icu.territory_names("en"):
            return portfolio, country.upper()
        return None


def _first_name(entry: Entry, language: str) -> str:
    in_order = (language, "en", "fa", "ps", "ru")
    names = (name for each in in_order for name in entry.names.get(each, ()))
    return next(names, next(iter(entry.ambiguous), entry.ref))


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


def _may_be_read(key: str, words: int, misspelt: tuple[str, ...]) -> bool:
    return not misspelt or (words > 1 and len(key) >= _LEAST_MISSPELT * len(misspelt))


def _is_acronym(name: str) -> bool:
    """Tell whether a name counts as it is written only: in capitals, or with two at least, as MoRR."""
    return " " not in name and (name.isupper() or sum(map(str.isupper, name)) > 1)


def _with_name(names: tuple[Name, ...], name: Name) -> tuple[Name, ...]:
    """Return the names of one key with another: ambiguous ones side by side, of sure ones the last."""
    same = [other for other in names if (other.word, other.is_acronym) == (name.word, name.is_acronym)]
    if name.ambiguous:
        replaced = [other for other in same if other.ref == name.ref and other.kind == name.kind]
    else:
        replaced = [other for other in same if not other.ambiguous or other.ref == name.ref]
    return (*(other for other in names if other not in replaced), name)


def _analyze_each(names: Iterable[str]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each name; all are analysed in one go, which takes a third of the time."""
    names = list(names)
    tokens = iter(analyze("\n".join(names)))
    token = next(tokens, None)
    end = 0
    for name in names:
        end += len(name) + 1
        own = []
        while token is not None and token.span.start < end:
            own.append(token)
            token = next(tokens, None)
        yield own


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


def display_name(id: str, language: str = "en") -> str:
    """Return the name of an organisation in a language (``en`` or ``fa``); its id if it is not listed."""
    return default_gazetteer().display_name(id, language)


def span_of(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Return where the tokens from ``first`` up to, not including, ``last`` stand."""
    return Span(tokens[first].span.start, tokens[last - 1].span.end)
