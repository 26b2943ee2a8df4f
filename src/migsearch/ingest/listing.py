"""What gazetteer files list: read, checked and put together, before any name is analysed.

The format is told in ``data/organisations/README.md``; a user's own file has the same one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from migsearch.analysis import icu
from migsearch.data import parsed, resource
from migsearch.errors import GazetteerError

Kind = Literal["body", "portfolio", "country", "city", "press"]
"""What a name is that of: an organisation, an office that many states have, a state or a city of it, or who reports."""

LANGUAGES = ("en", "fa", "ps", "ru")

_SECTIONS: dict[str, Kind] = {"bodies": "body", "portfolios": "portfolio", "countries": "country", "press": "press"}
_KEYS: dict[Kind, frozenset[str]] = {
    "body": frozenset({*LANGUAGES, "source", "country", "holds", "ambiguous", "former", "without", "remove"}),
    "portfolio": frozenset({*LANGUAGES, "subjects", "country_needed", "ambiguous", "without", "remove"}),
    "country": frozenset({*LANGUAGES, "cities", "without"}),
    "press": frozenset({*LANGUAGES, "remove"}),
}
_LISTS = ("not_countries", "also_words", "with_capitals")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BRACES = re.compile(r"\{([^{}]*)\}")

# How a ministry and its minister are called after their subject: "Ministry of Finance", "Finance Minister".
_SUBJECT_FORMS = {
    "en": (
        "Ministry of {}", "Ministry for {}", "{} Ministry", "Minister of {}", "Minister for {}", "{} Minister",
        "Ministry of the {}", "Minister of the {}",
    ),
    "fa": (
        "وزارت {}", "وزیر {}", "وزارتخانه {}", "وزرات {}",  # the last a slip of many pages
        "وزیر محترم {}", "وزیر سابق {}", "وزیر پیشین {}", "وزیر وقت {}", "وزیر پیشنهادی {}",
    ),
    "ps": (
        "{} وزارت", "{} محترم وزارت", "{} وزیر", "{} محترم وزیر",
        "{} له وزارت", "{} په وزارت", "{} د وزارت", "{} له وزیر", "{} وزیره", "{} سرپرست وزیر",
        "{} ځای ناستی وزیر", "{} ځای ناستې وزیر", "{} ځای ناستي وزیر",
    ),
    "ru": ("Министерство {}", "Министерства {}", "Министр {}"),
}  # fmt: skip

_MINISTRY = re.compile(r"Ministry (?:of|for) (?:the )?(.+)|(.+) Ministry|وزارت (.+)|(?:د )?(.+?)(?: له| په| د)? وزارت")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``ref`` is a body's or portfolio's id, or a country's code.

    ``names`` are by language, the one to show first; ``ambiguous`` are names that count only in a document that
    supports them, each with words that do; ``former`` are names of old with their years; ``subjects`` what a ministry
    is for, by language; a body ``holds`` portfolios of its country; an embassy is one only with its country
    (``country_needed``); ``cities`` speak for a country without being part of a name; ``origin`` is the file.
    """

    kind: Kind
    ref: str
    origin: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cities: tuple[str, ...] = ()
    country: str = ""
    holds: tuple[str, ...] = ()
    country_needed: bool = False
    source: str = ""

    def sure_names(self) -> Iterator[tuple[str, str]]:
        """Yield each name that means nothing else, with its language (that of a former name is unknown, empty)."""
        for language in LANGUAGES:
            for name in self.names.get(language, ()):
                yield name, language
            for subject, form in product(self.subjects.get(language, ()), _SUBJECT_FORMS[language]):
                yield form.format(subject), language
        for name in self.former:
            yield name, ""

    def ministry_subjects(self) -> Iterator[str]:
        """Yield what a ministry with names of its own is for: "Refugees" of a "Ministry of Refugees"."""
        for name, _ in self.sure_names():
            if found := _MINISTRY.fullmatch(name):
                yield next(filter(None, found.groups()))


@dataclass(frozen=True, slots=True)
class Listing:
    """All entries by kind and id, in the order in which files give them; see the format for the lists."""

    entries: Mapping[tuple[Kind, str], Entry]
    not_countries: frozenset[str] = frozenset()
    also_words: frozenset[str] = frozenset()
    with_capitals: frozenset[str] = frozenset()

    def of_kind(self, kind: Kind) -> Iterator[Entry]:
        """Yield the entries of a kind."""
        return (entry for entry in self.entries.values() if entry.kind == kind)

    def with_file(self, path: Path) -> Listing:
        """Return this listing extended by a file; raises :class:`~migsearch.errors.GazetteerError`."""
        return _Reader(path.name if path.name else str(path), self).read(_bytes(path), str(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GazetteerError(f"cannot read the organisations in {path}: {error.strerror or error}") from None


@cache
def shipped_listing() -> Listing:
    """Return what the files that ship with migsearch list."""
    listing = Listing({})
    folder = resource("organisations")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    for file in files:
        tables = parsed(file.name, file.read_text(encoding="utf-8"))
        listing = _Reader(file.name, listing).read_tables(tables, file.name)
    return listing


class _Reader:
    """Reads one file into a listing; its complaints name the file and the entry."""

    def __init__(self, origin: str, before: Listing) -> None:
        self._origin = origin
        self._before = before
        self._where = origin
        self._alternatives: Mapping[str, tuple[str, ...]] = {}

    def read(self, content: bytes, path: str) -> Listing:
        self._origin = self._where = path
        return self.read_tables(self._tables(content), path)

    def read_tables(self, tables: dict[str, Any], path: str) -> Listing:
        self._alternatives = {
            name: self._names(values, f"alternatives.{name}") for name, values in tables.pop("alternatives", {}).items()
        }
        lists = {name: frozenset(self._names(tables.pop(name, []), name)) for name in _LISTS}
        entries = dict(self._before.entries)
        for section, table in tables.items():
            kind = _SECTIONS.get(section)
            if kind is None or not isinstance(table, dict):
                raise self._error(f"there is no table [{section}]; there are {', '.join(_SECTIONS)}")
            for ref, fields in table.items():
                self._where = f"{path}: [{section}.{ref}]"
                self._put(entries, kind, ref, fields)
        return Listing(
            entries,
            self._before.not_countries | lists["not_countries"],
            self._before.also_words | lists["also_words"],
            self._before.with_capitals | lists["with_capitals"],
        )

    def _tables(self, content: bytes) -> dict[str, Any]:
        # In pure Python, and needed for files of one's own alone.
        if sys.version_info >= (3, 11):
            import tomllib
        else:
            import tomli as tomllib
        try:
            return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            raise self._error(f"byte {error.start:,} is not UTF-8; save the file as UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise self._error(f"not TOML: {error}") from None

    def _put(self, entries: dict[tuple[Kind, str], Entry], kind: Kind, ref: str, fields: Any) -> None:
        self._check(kind, ref, fields)
        before = entries.pop((kind, ref), None)  # so that an entry given again comes last, where its names prevail
        if fields.get("remove"):
            if before is None:
                raise self._error("there is no such entry to remove")
            return
        entry = self._entry(kind, ref, fields)
        if before is not None:
            entry = _extended(before, entry, frozenset(self._names(fields.get("without", []), "without")))
        elif not any(entry.sure_names()) and not entry.ambiguous and kind != "country":
            raise self._error('it has no name; give one, as in en = ["..."]')
        entries[kind, ref] = entry

    def _entry(self, kind: Kind, ref: str, fields: Mapping[str, Any]) -> Entry:
        return Entry(
            kind,
            ref,
            self._origin,
            {language: self._names(fields[language], language) for language in LANGUAGES if language in fields},
            self._by_name(fields.get("ambiguous", {}), "ambiguous"),
            self._former(fields.get("former", {})),
            self._by_language(fields.get("subjects", {})),
            self._names(fields.get("cities", []), "cities"),
            fields.get("country", ""),
            self._names(fields.get("holds", []), "holds"),
            bool(fields.get("country_needed")),
            fields.get("source", ""),
        )

    def _check(self, kind: Kind, ref: str, fields: Any) -> None:
        if not isinstance(fields, dict):
            raise self._error("an entry is a table of its own")
        for key in fields:
            if key not in _KEYS[kind]:
                raise self._error(f"there is no {key!r} in it; there are {', '.join(sorted(_KEYS[kind]))}")
        if kind == "country" and ref not in icu.territory_names("en"):
            raise self._error(f"{ref!r} is no country; write its ISO 3166 code in capitals, such as AF")
        if kind != "country" and not _ID.fullmatch(ref):
            raise self._error(f"{ref!r} is no id; use the letters a to z, digits and single hyphens")
        country = fields.get("country", "")
        if country and country not in icu.territory_names("en"):
            raise self._error(f"country is {country!r}; write an ISO 3166 code in capitals, such as AF")
        if not isinstance(fields.get("source", ""), str):
            raise self._error("source is not a string")

    def _names(self, values: Any, key: str) -> tuple[str, ...]:
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self._error(f'{key} is not a list of strings, as in {key.split(".")[0]} = ["..."]')
        names = tuple(dict.fromkeys(name for value in values for name in self._expanded(value)))
        for name in names:
            if not any(map(str.isalnum, name)):
                raise self._error(f"{key} has {name!r}, a name without a letter")
        return names

    def _expanded(self, value: str) -> Iterator[str]:
        """Yield the names that one with braces stands for: "{UN|United Nations} Women"."""
        if "{" not in value:
            yield value
            return
        choices = [self._choices(part) if number % 2 else (part,) for number, part in enumerate(_BRACES.split(value))]
        for parts in product(*choices):
            yield " ".join("".join(parts).split())

    def _choices(self, braced: str) -> tuple[str, ...]:
        if "|" in braced:
            return tuple(braced.split("|"))
        if braced not in self._alternatives:
            raise self._error(f"{{{braced}}} is neither {{one|or another}} nor listed under [alternatives]")
        return self._alternatives[braced]

    def _by_name(self, table: Any, key: str) -> dict[str, tuple[str, ...]]:
        if not isinstance(table, dict):
            raise self._error(f'{key} is not a table such as {{ "IRC" = ["rescue", "refugees"] }}')
        found = {name: self._names(words, f"{key}.{name}") for name, words in table.items()}
        return {expanded: words for name, words in found.items() for expanded in self._expanded(name)}

    def _by_language(self, table: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(table, dict) or not set(table) <= set(LANGUAGES):
            raise self._error(f"subjects is not a table of lists by language ({', '.join(LANGUAGES)})")
        return {language: self._names(values, f"subjects.{language}") for language, values in table.items()}

    def _former(self, table: Any) -> dict[str, str]:
        if not isinstance(table, dict) or not all(isinstance(years, str) for years in table.values()):
            raise self._error('former is not a table of years by name, as in { "EASO" = "2010-2022" }')
        return {expanded: years for name, years in table.items() for expanded in self._expanded(name)}

    def _error(self, message: str) -> GazetteerError:
        return GazetteerError(f"{self._where}: {message}")


def _extended(before: Entry, more: Entry, without: frozenset[str]) -> Entry:
    """Return an entry with more names, in front of those that it had, and without some."""
    names = {
        language: _without((*more.names.get(language, ()), *before.names.get(language, ())), without)
        for language in LANGUAGES
    }
    return replace(
        more,
        names={language: found for language, found in names.items() if found},
        ambiguous={
            name: words for name, words in {**before.ambiguous, **more.ambiguous}.items() if name not in without
        },
        former={name: years for name, years in {**before.former, **more.former}.items() if name not in without},
        subjects={**before.subjects, **more.subjects},
        cities=(*more.cities, *before.cities),
        country=more.country or before.country,
        holds=(*more.holds, *before.holds),
        country_needed=more.country_needed or before.country_needed,
        source=more.source or before.source,
    )


def _without(names: Iterable[str], without: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in without)
