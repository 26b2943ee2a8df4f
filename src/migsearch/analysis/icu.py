"""All that migsearch asks of ICU; no other module imports it.

ICU counts UTF-16 units and its objects must not be shared between threads; neither is seen outside.
"""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Iterable
from functools import cache, cached_property

import icu

# The order of folding, one visible list. Each entry is a rule of an ICU transliterator:
# https://unicode-org.github.io/icu/userguide/transforms/general/rules.html
_FOLDING = (
    # Before anything decomposes it: U+06C0 falls into AE and hamza, not into heh and hamza.
    "\N{ARABIC LETTER HEH WITH YEH ABOVE} > \N{ARABIC LETTER HEH};",
    "[\N{ARABIC LETTER HEH}\N{ARABIC LETTER AE}] \N{ARABIC HAMZA ABOVE} > \N{ARABIC LETTER HEH};",
    # Presentation forms, lam-alef ligatures, full width; it also joins a letter and its hamza or madda.
    ":: NFKC;",
    # Marks and signs that are written or left out at will. ZWNJ is not among them: it parts words.
    "[[\N{ARABIC FATHATAN}-\N{ARABIC WAVY HAMZA BELOW}]\N{ARABIC LETTER SUPERSCRIPT ALEF}"
    "\N{ARABIC TATWEEL}\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
    "[:Bidi_Control:]] > ;",
    # Yeh with hamza before waw is the same seat as waw with hamza: both spellings of the word "responsible".
    "\N{ARABIC LETTER YEH WITH HAMZA ABOVE} } \N{ARABIC LETTER WAW} > \N{ARABIC LETTER WAW};",
    "[\N{ARABIC LETTER YEH}\N{ARABIC LETTER ALEF MAKSURA}\N{ARABIC LETTER YEH WITH HAMZA ABOVE}]"
    " > \N{ARABIC LETTER FARSI YEH};",
    "[\N{ARABIC LETTER KAF}\N{ARABIC LETTER SWASH KAF}] > \N{ARABIC LETTER KEHEH};",
    "[\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER HEH GOAL}\N{ARABIC LETTER HEH DOACHASHMEE}"
    "\N{ARABIC LETTER AE}] > \N{ARABIC LETTER HEH};",
    "[\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\N{ARABIC LETTER ALEF WITH HAMZA BELOW}"
    "\N{ARABIC LETTER ALEF WASLA}] > \N{ARABIC LETTER ALEF};",
    "\N{ARABIC LETTER WAW WITH HAMZA ABOVE} > \N{ARABIC LETTER WAW};",
    *(f"[{chr(0x0660 + digit)}{chr(0x06F0 + digit)}] > {digit};" for digit in range(10)),
    ":: Lower;",
    "\N{LATIN SMALL LETTER DOTLESS I} > i;",
    "\N{RIGHT SINGLE QUOTATION MARK} > \\';",
    # Accents of Latin (and Cyrillic) letters: Türkiye is typed Turkiye.
    ":: NFD;",
    "[\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}] > ;",
    ":: NFC;",
)

# What folding leaves as it is, in any order: ASCII but capitals, and the letters and signs of Persian and Pashto news.
_FOLDED = re.compile(
    r"[\t\n\r -@\[-~"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}\N{ARABIC FULL STOP}"
    "\N{EN DASH}\N{EM DASH}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{ARABIC LETTER HAMZA}\N{ARABIC LETTER ALEF}\N{ARABIC LETTER BEH}\N{ARABIC LETTER TEH}-\N{ARABIC LETTER GHAIN}"
    "\N{ARABIC LETTER FEH}\N{ARABIC LETTER QAF}\N{ARABIC LETTER LAM}-\N{ARABIC LETTER WAW}"
    "\N{ARABIC LETTER TTEH}-\N{ARABIC LETTER KEHEH}\N{ARABIC LETTER GAF}\N{ARABIC LETTER KAF WITH RING}"
    "\N{ARABIC LETTER NOON WITH RING}\N{ARABIC LETTER FARSI YEH}\N{ARABIC LETTER YEH WITH TAIL}"
    "\N{ARABIC LETTER E}\N{ZERO WIDTH NON-JOINER}]*"
)


class _PerThread(threading.local):
    """ICU objects, made once in each thread that uses them, when it does."""

    def __init__(self) -> None:
        self.calendars: dict[str, icu.Calendar] = {}

    @cached_property
    def words(self) -> icu.BreakIterator:
        return icu.BreakIterator.createWordInstance(icu.Locale("fa"))

    @cached_property
    def folding(self) -> icu.Transliterator:
        return icu.Transliterator.createFromRules("migsearch-fold", "\n".join(_FOLDING), icu.UTransDirection.FORWARD)

    @cached_property
    def ascii(self) -> icu.Transliterator:
        return icu.Transliterator.createInstance("Any-Latin; Latin-ASCII")


_icu = _PerThread()


def fold(text: str) -> str:
    """Return the text with one spelling for each letter: case, accents, yeh and kaf, digits, marks.

    Idempotent. ZWNJ stays, since it parts words; the length may change. Half a surrogate pair becomes U+FFFD, as it
    does in ICU where a character beyond U+FFFF stands in the same text, but not elsewhere.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # Dropping a mark can bring letters together that compose anew, so fold until nothing changes.
    while not _FOLDED.fullmatch(text) and (folded := str(_icu.folding.transliterate(text))) != text:
        text = folded
    return text


def fold_each(words: Iterable[str]) -> list[str]:
    """Return words folded, in one go: a call for each word of a long list would take a hundred times as long.

    A word that is folded as it is, as most are, is returned itself: there are hundreds of thousands in memory.
    """
    words = list(words)
    # Of folding, only lower case concerns ASCII.
    folded = iter(fold("\n".join(word for word in words if not word.isascii())).split("\n"))
    each = (word.lower() if word.isascii() else next(folded) for word in words)
    return [word if word == other else other for word, other in zip(words, each, strict=True)]


def to_ascii(text: str) -> str:
    """Return a text in Latin letters without accents, as CLDR transliterates it; a Persian word has its consonants."""
    return str(_icu.ascii.transliterate(text))


def boundaries(text: str) -> list[int]:
    """Return the places where a word, a number or what stands between them ends (UAX #29), in code points."""
    breaks = _icu.words
    breaks.setText(icu.UnicodeString(text))
    ends = list(breaks)
    if text.isascii() or not text or max(text) <= "\uffff":
        return ends
    index = _code_point_index(text)
    return [index[end] for end in ends]


def _code_point_index(text: str) -> list[int]:
    """Map UTF-16 offsets to code points."""
    index = []
    for position, character in enumerate(text):
        index += [position] * (2 if character > "\uffff" else 1)
    return [*index, len(text)]


def logical_order(visual: str, *, right_to_left: bool) -> list[int]:
    """Return for a line in the order in which it is seen, from left to right, the places of its letters as written.

    It is the Unicode bidirectional algorithm reversed: ``"".join(visual[place] for place in order)`` is the line in
    logical order. ``right_to_left`` is the direction of its paragraph.
    """
    line = icu.Bidi()
    line.setReorderingMode(icu.UBiDiReorderingMode.INVERSE_LIKE_DIRECT)
    # A letter beyond the BMP would count as two.
    text = icu.UnicodeString("".join(letter if letter <= "\uffff" else "x" for letter in visual))
    line.setPara(text, int(right_to_left))
    return list(line.getVisualMap())


CALENDARS = {"gregorian": "gregorian", "solar": "persian", "lunar": "islamic-umalqura"}
"""The calendars that migsearch reads, with their CLDR keys."""


def to_gregorian(calendar: str, year: int, month: int, day: int) -> datetime.date | None:
    """Convert a date of a calendar of :data:`CALENDARS`; months count from 1.

    Returns ``None`` if that calendar has no such day.
    """
    converter = _converter(calendar)
    converter.clear()
    converter.set(icu.UCalendarDateFields.EXTENDED_YEAR, year)
    converter.set(icu.UCalendarDateFields.MONTH, month - 1)
    converter.set(icu.UCalendarDateFields.DAY_OF_MONTH, day)
    try:
        seconds = converter.getTime()
    except icu.ICUError:  # not lenient: the day does not exist
        return None
    try:
        return _EPOCH + datetime.timedelta(days=seconds // 86400)
    except OverflowError:  # beyond the year 9999
        return None


def calendar_date(calendar: str, date: datetime.date) -> tuple[int, int, int]:
    """Return year, month and day of a day in a calendar of :data:`CALENDARS`; months count from 1."""
    converter = _converter(calendar)
    converter.setTime((date - _EPOCH).days * 86400.0)
    fields = icu.UCalendarDateFields
    year, month, day = (int(converter.get(f)) for f in (fields.EXTENDED_YEAR, fields.MONTH, fields.DAY_OF_MONTH))
    return year, month + 1, day


def calendar_year(calendar: str, date: datetime.date) -> int:
    """Return the year of a day in a calendar of :data:`CALENDARS`."""
    return calendar_date(calendar, date)[0]


def calendar_month(calendar: str, date: datetime.date) -> int:
    """Return the month of a day in a calendar of :data:`CALENDARS`, from 1 on."""
    converter = _converter(calendar)
    converter.setTime((date - _EPOCH).days * 86400.0)
    return int(converter.get(icu.UCalendarDateFields.MONTH)) + 1


_EPOCH = datetime.date(1970, 1, 1)


def _converter(calendar: str) -> icu.Calendar:
    if calendar not in _icu.calendars:
        locale = icu.Locale(f"en@calendar={CALENDARS[calendar]}")
        made = icu.Calendar.createInstance(icu.TimeZone.getGMT(), locale)
        made.setLenient(False)
        _icu.calendars[calendar] = made
    return _icu.calendars[calendar]


@cache
def month_names(calendar: str, locale: str) -> tuple[tuple[str, ...], ...]:
    """Return the names that CLDR knows for each month, the first month first: full, short and standing alone."""
    symbols = icu.Locale(f"{locale}@calendar={CALENDARS[calendar]}")
    converter = icu.Calendar.createInstance(icu.TimeZone.getGMT(), symbols)
    months = []
    for month in range(12):
        converter.clear()
        converter.set(icu.UCalendarDateFields.EXTENDED_YEAR, 2000 if calendar == "gregorian" else 1400)
        converter.set(icu.UCalendarDateFields.MONTH, month)
        converter.set(icu.UCalendarDateFields.DAY_OF_MONTH, 10)
        names = (_formatted(pattern, symbols, converter.getTime()) for pattern in ("LLLL", "MMMM", "LLL", "MMM"))
        months.append(tuple(dict.fromkeys(names)))
    return tuple(months)


@cache
def weekday_names(locale: str) -> tuple[tuple[str, ...], ...]:
    """Return the names that CLDR knows for each weekday, Monday first: full and short."""
    symbols = icu.Locale(locale)
    days = []
    for day in range(7):
        seconds = (day + 4) * 86400.0  # 5 January 1970 was a Monday
        names = (_formatted(pattern, symbols, seconds) for pattern in ("cccc", "EEEE", "ccc", "EEE"))
        days.append(tuple(dict.fromkeys(names)))
    return tuple(days)


def _formatted(pattern: str, locale: icu.Locale, seconds: float) -> str:
    formatter = icu.SimpleDateFormat(pattern, locale)
    formatter.setTimeZone(icu.TimeZone.getGMT())
    return str(formatter.format(seconds))


@cache
def territory_names(locale: str) -> dict[str, str]:
    """Return the countries by their ISO 3166 code, named in a language (CLDR)."""
    language = icu.Locale(locale)
    return {code: str(icu.Locale("", code).getDisplayCountry(language)) for code in icu.Locale.getISOCountries()}


@cache
def language_names(locale: str) -> dict[str, str]:
    """Return the languages by their ISO 639 code, named in a language (CLDR)."""
    language = icu.Locale(locale)
    return {
        code: str(icu.Locale(code).getDisplayLanguage(language))
        for code in icu.Locale.getISOLanguages()
        if len(code) == 2
    }


@cache
def city_names(language: str) -> dict[str, str]:
    """Return the cities that stand for time zones, by the zone's name, such as ``Asia/Kabul``, in a language (CLDR)."""
    cities = icu.TimeZoneNames.createInstance(icu.Locale(language))
    names = {zone: cities.getExemplarLocationName(zone) for zone in icu.TimeZone.createEnumeration()}
    return {zone: str(name) for zone, name in names.items() if name is not None and "/" in zone}


def version() -> str:
    """Return the version of ICU, such as ``77.1``."""
    return str(icu.ICU_VERSION)
