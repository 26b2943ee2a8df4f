"""The names that organisations are shown by, which a search needs without the rest of the gazetteer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from migsearch.analysis import icu
from migsearch.analysis.derived import derived

if TYPE_CHECKING:
    from migsearch.ingest.listing import Entry, Listing

FirstNames: TypeAlias = "dict[Literal['body', 'portfolio'], dict[str, str]]"
"""The first name of each organisation in one language, by its kind and id."""

_NAMED: tuple[Literal["body"], Literal["portfolio"]] = ("body", "portfolio")


def display_name(id: str, language: str = "en") -> str:
    """Return the name of an organisation in a language (``en`` or ``fa``); its id if it is not listed."""
    return named(id, language, _shipped_names(language))


@cache
def _shipped_names(language: str) -> FirstNames:
    # To read the whole listing takes a tenth of the time of a first search.
    return derived(f"organisations_{language}", lambda: _listed_names(language))


def _listed_names(language: str) -> FirstNames:
    from migsearch.ingest.listing import shipped_listing  # takes long to import, and is seldom needed

    return first_names(shipped_listing(), language)


def named(id: str, language: str, names: FirstNames) -> str:
    """Return the display name of an organisation, given the first names of all."""
    body = names["body"].get(id)
    if body is not None:
        return body
    ref, _, country = id.rpartition("-")
    portfolio = names["portfolio"].get(ref)
    territory = icu.territory_names(language).get(country.upper()) if portfolio is not None else None
    if territory is None:
        return id
    return f"{portfolio} {territory}" if language == "fa" else f"{portfolio}, {territory}"


def first_names(listing: Listing, language: str) -> FirstNames:
    """Return the first names in a language of all that a listing has, by their kind and id."""
    return {kind: {entry.ref: _first_name(entry, language) for entry in listing.of_kind(kind)} for kind in _NAMED}


def _first_name(entry: Entry, language: str) -> str:
    in_order = (language, "en", "fa", "ps", "ru")
    names = (name for each in in_order for name in entry.names.get(each, ()))
    return next(names, next(iter(entry.ambiguous), entry.ref))
