"""The words and numbers that dates consist of, each with its place in the text.

A text is first spelled one way without moving a character, so that every span is one of the original. A line
then becomes a string of kinds, one letter for each word, number or sign, and the form of a date is a short
pattern on kinds: ``DMY`` is a day, the name of a month and a year. The letters are:

======  =======================================  ======  ======================================
``D``   number of one or two digits              ``o``   of
``Y``   number that could be a year              ``&``   and
``n``   any other number                         ``>``   to
``M``   name of a month                          ``a``   on, day, date
``m``   name of a month that is also a word      ``i``   in, for, during
``v``   name of a month that is mostly a verb    ``f``   from
``l``   English name of a month, no capital      ``g``   last, ``G`` next (of years)
``W``   name of a weekday                        ``k``   year
``x``   any other word                           ``c``   month
``t``   the                                      ``r``   current, ``R`` this year
``d``   joins words of a Pashto date             ``L``   law, decree
``s``   until, since                             ``N``   number, telephone, price
``u``   number in words, ``U`` as an ordinal     ``e``   calendar of a year
``'``   apostrophe                               ``|``   any other sign
======  =======================================  ======  ======================================

Numbers in words become numbers where a date is (see :mod:`migsearch.ingest.date_numbers`), other words elsewhere.
``-``, ``/``, ``.`` and ``:`` stand for themselves between characters that they touch; ``~`` is a dash or a
hyphen with space around it, ``p`` a full stop after a word, ``,``, ``(`` and ``)`` are what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from migsearch.analysis import icu
from migsearch.data import table

Readings = tuple[tuple[str, int], ...]
"""What the name of a month can mean: calendars, each with the month's number."""

_LOCALES = {
    "gregorian": ("en", "fa", "fa_AF", "ps_AF", "ru"),
    "solar": ("en", "fa", "fa_AF", "ps_AF"),
    # Pashto in CLDR calls two lunar months by one word.
    "lunar": ("fa", "fa_AF", "ar"),
}
_WORD_KINDS = {
    "of": "o", "the": "t", "and": "&", "to": ">", "from": "f", "on": "a", "in": "i", "for": "F", "year": "k",
    "month": "c", "current": "r", "current_year": "R", "last_year": "g", "next_year": "G", "pashto": "d",
    "limit": "s", "document": "L", "number": "N",
}  # fmt: skip

_NOTHING = "\N{ZERO WIDTH SPACE}"  # stands for a character that is not seen
_UNSEEN = (
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}\N{ZERO WIDTH JOINER}"
    "\N{SOFT HYPHEN}\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LETTERS = {
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}\N{ARABIC LETTER ALEF MAKSURA}\N{ARABIC LETTER E}"
    "\N{ARABIC LETTER YEH WITH TAIL}\N{ARABIC LETTER YEH WITH HAMZA ABOVE}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}\N{ARABIC LETTER SWASH KAF}",
    "\N{ARABIC LETTER GAF}": "\N{ARABIC LETTER KAF WITH RING}",
    "\N{ARABIC LETTER HEH}": "\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER AE}\N{ARABIC LETTER HEH GOAL}"
    "\N{ARABIC LETTER HEH WITH YEH ABOVE}\N{ARABIC LETTER HEH DOACHASHMEE}",
    "\N{ARABIC LETTER ALEF}": "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}"
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}",
    "\N{ARABIC LETTER WAW}": "\N{ARABIC LETTER WAW WITH HAMZA ABOVE}",
    " ": "\N{NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}\N{NARROW NO-BREAK SPACE}",
    ",": "\N{ARABIC COMMA}\N{FULLWIDTH COMMA}",
    "-": "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}",
    "\N{EN DASH}": "\N{EM DASH}\N{HORIZONTAL BAR}\N{FIGURE DASH}",
    "/": "\N{ARABIC DATE SEPARATOR}\N{FRACTION SLASH}\N{DIVISION SLASH}\N{FULLWIDTH SOLIDUS}\\",
    ".": "\N{ARABIC DECIMAL SEPARATOR}",
    ":": "\N{FULLWIDTH COLON}",
    _NOTHING: _UNSEEN,
}
_SPELLING = {ord(variant): letter for letter, variants in _LETTERS.items() for variant in variants}
_SPELLING |= {zero + digit: str(digit) for zero in (0x0660, 0x06F0, 0xFF10) for digit in range(10)}
_REPLACED = tuple((chr(variant), letter) for variant, letter in _SPELLING.items())
_LONG = 20  # code points of a text from which on to replace letter by letter is quicker than to translate

# Marks stand within words, so that the month with all its vowels is one word.
_MARKS = "\N{ARABIC FATHATAN}-\N{ARABIC WAVY HAMZA BELOW}\N{ARABIC LETTER SUPERSCRIPT ALEF}"
_MARK = re.compile(f"[{_MARKS}\N{ARABIC TATWEEL}]+")
_IGNORED = re.compile(f"[{_MARKS}\N{ARABIC TATWEEL}{_NOTHING}\\s.'\N{RIGHT SINGLE QUOTATION MARK}-]")
_TOKEN = re.compile(
    # 3rd, in Russian 3-го, in Persian with meem or alef and meem, in Pashto also with heh or yeh after them.
    # A year or a day may be glued to what follows: "Nov 20 20194:29 AM", "20223 min read", "1401/09/0710:15".
    r"(?P<number>(?:1[34]|20)\d\d(?=\d{1,2}(?::\d\d(?!\d)| min))|(?<=/)\d\d(?=\d\d:\d\d(?!\d))|[0-9]+)"
    r"(?:(?:st|nd|rd|th|-?(?:го|ое|е|я)|[ -]?\N{ARABIC LETTER ALEF}\N{ARABIC LETTER MEEM}"
    r"|\N{ARABIC TATWEEL}?\N{ARABIC LETTER MEEM}[\N{ARABIC LETTER HEH}\N{ARABIC LETTER FARSI YEH}]?)(?![^\W\d_]))?"
    rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{_MARKS}])*)|[^\s{_NOTHING}]"
)
_ANY_UNSEEN = re.compile(f"[{_UNSEEN}{_NOTHING}]")
_TIGHT = "-/.:"
_APOSTROPHES = {"'": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}
_SIGN_KINDS = _APOSTROPHES | {"-": "~", "\N{EN DASH}": "~", ".": "p", ",": ",", "(": "(", ")": ")", "[": "(", "]": ")"}


def spelled(text: str) -> str:
    """Return a text of the same length with one spelling for digits, letters, spaces and signs."""
    if text.isascii():
        return text
    if len(text) < _LONG:
        return text.translate(_SPELLING)
    for variant, letter in _REPLACED:
        text = text.replace(variant, letter)
    return text


def has_unseen(text: str) -> bool:
    """Tell whether a text has characters that are not seen, which part the words of dates."""
    return not text.isascii() and _ANY_UNSEEN.search(text) is not None


@dataclass(frozen=True, slots=True)
class Tokens:
    """A line's words, numbers and signs: a letter, a span in the text and a meaning for each."""

    kinds: str
    spans: list[tuple[int, int]]
    values: list[Any]


def tokens(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Take a piece of a text apart that is spelled one way."""
    piece = text[start:end]
    kinds, spans, values = [], [], []
    position = 0
    for found in _TOKEN.finditer(piece):
        begin, stop = found.span()
        if begin < position:  # within a name of more than one word
            continue
        if found.lastgroup == "word":
            kind, value, begins = _meaning(found[0])
            if begins and (longer := _compounds().match(piece, begin)):
                stop = longer.end()
                kind, value, _ = _meaning(longer[0])
        elif found.lastgroup == "number":
            kind, value = _number(piece, begin, found["number"])
        else:
            kind, value = _sign(piece, begin), None
        kinds.append(kind)
        spans.append((start + begin, start + stop))
        values.append(value)
        position = stop
    return Tokens("".join(kinds), spans, values)


def _number(text: str, start: int, digits: str) -> tuple[str, int | None]:
    # A4, F-16, covid19: a Latin letter before a number makes it a name.
    is_named = start and text[start - 1].isascii() and text[start - 1].isalpha()
    if len(digits) in (1, 2, 4) and (not is_named or _is_glued(text, start)):
        number = int(digits)
        if len(digits) < 4:
            return "D", number
        if 1300 <= number < 2100:
            return "Y", number
    return "n", int(digits) if len(digits) == 3 else None


# Elements of a page that were run together: "release20 June 2023Brussels", "By Staff28 November 2022".
_AFTER_LABEL, _GLUED = (re.compile(rf"[0-3]?\d ([A-Z][a-z]{{2,8}}) \d{{4}}{end}") for end in ("", "(?=[A-Z][a-z])"))
_LABEL = re.compile(r"(?:published|posted|updated|created|date|news|release|statement|staff|[a-z]day)$", re.IGNORECASE)
_GLUED_TIME = re.compile(r"20\d\d([-/])\d\d\1\d\d \d\d:\d\d")  # "CMG2022/01/03 10:28:58"


def _is_glued(text: str, start: int) -> bool:
    """Tell whether a day stands between words without space, with its month and year, or behind one with its time."""
    found = (_AFTER_LABEL if _LABEL.search(text, max(0, start - 10), start) else _GLUED).match(text, start)
    is_day = found is not None and _meaning(found[1])[0] in ("M", "m")
    return is_day or _GLUED_TIME.match(text, start) is not None


def _sign(text: str, position: int) -> str:
    sign = text[position]
    before, after = text[position - 1 : position] or " ", text[position + 1 : position + 2] or " "
    if sign in _TIGHT and not (before.isspace() or after.isspace()):
        return sign
    return _SIGN_KINDS.get(sign, "|")


def key(word: str) -> str:
    """Return a word or name without what is written or left out at will: marks, spaces, capitals."""
    return _IGNORED.sub("", spelled(word)).casefold()


def unmarked(text: str) -> str:
    """Return a text without the marks that may stand within words."""
    return text if text.isascii() else _MARK.sub("", text)


@lru_cache(maxsize=1)
def likely_kinds() -> dict[str, str]:
    """Return the kinds of words by their keys; a word that the name of a month or a number may begin with is one."""
    kinds = {word: kind for word, (kind, _) in _words().items()}
    longer = [(key(words[0]), kinds[key("".join(words))]) for words in _long_names()]
    for sought, found in (("uU", "u"), ("Mmv", "M")):
        kinds |= {word: found for word, kind in longer if kind in sought}
    return kinds


@lru_cache(maxsize=1 << 15)
def _meaning(word: str) -> tuple[str, Any, bool]:
    """Return the kind and the value of a word, and whether a longer name may begin with it."""
    folded = key(word)
    kind, value = _words().get(folded, ("x", None))
    if kind in "MmW" and word.isascii() and word.islower():
        # Without its capital an English month is a verb (may, march) unless day and year stand beside it.
        kind, value = ("x", None) if kind == "W" else ("l", value)
    return kind, value, folded in _beginnings()


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, Any]]:
    words: dict[str, tuple[str, Any]] = {}
    lists = table("months")
    for section, kind in _WORD_KINDS.items():
        words |= {key(word): (kind, None) for word in lists["words"][section]}
    words |= {key(name): ("W", day) for day, names in enumerate(_weekdays()) for name in names}
    months: dict[str, dict[tuple[str, int], None]] = {}
    for calendar, names_by_month in _months().items():
        for month, names in enumerate(names_by_month, start=1):
            for name in names:
                months.setdefault(key(name), {})[calendar, month] = None
    words |= {key(name): ("e", calendar) for calendar, names in lists["eras"].items() for name in names}
    words |= _numbers(lists)
    words |= {name: ("M", tuple(readings)) for name, readings in months.items()}
    for section, kind in (("also_words", "m"), ("seldom_months", "v")):
        words |= {key(name): (kind, words[key(name)][1]) for name in lists[section]}
    return words


def _numbers(lists: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """Return the numbers in words, also with the Persian "and" joined to them."""
    return {
        key(joint + name): (kind, int(value))
        for section, kind in (("cardinals", "u"), ("ordinals", "U"))
        for value, names in lists[section].items()
        for name in names
        for joint in ("", "\N{ARABIC LETTER WAW}")
    }


@lru_cache(maxsize=1)
def month_names() -> frozenset[str]:
    """Return the names of months, spelled one way, by which a date without a digit is found."""
    lists = table("months")
    seldom = {key(name) for name in lists["seldom_months"]}
    names = {spelled(name) for months in _months().values() for names in months for name in names if " " not in name}
    names = {name for name in names if key(name) not in seldom and len(name) > 1}
    return frozenset(names | {name.capitalize() for name in names} | {name.upper() for name in names})


@lru_cache(maxsize=1)
def _months() -> dict[str, list[list[str]]]:
    """Return the names of the twelve months of each calendar."""
    return {
        calendar: [
            [*extra, *(name for locale in locales for name in icu.month_names(calendar, locale)[month])]
            for month, extra in enumerate(table("months")[calendar])
        ]
        for calendar, locales in _LOCALES.items()
    }


@lru_cache(maxsize=1)
def _weekdays() -> list[list[str]]:
    return [
        [*extra, *(name for locale in ("en", "fa", "ps_AF", "ru") for name in icu.weekday_names(locale)[day])]
        for day, extra in enumerate(table("months")["weekdays"])
    ]


@lru_cache(maxsize=1)
def _long_names() -> list[list[str]]:
    """Return the names that are written in more than one word."""
    names = [name for names in _weekdays() for name in names]
    names += [name for months in _months().values() for names in months for name in names]
    lists = table("months")
    for section in ("words", "eras", "cardinals", "ordinals"):
        names += [name for group in lists[section].values() for name in group]
    return [words for name in names if len(words := spelled(name).casefold().split()) > 1]


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(key(words[0]) for words in _long_names())


@lru_cache(maxsize=1)
def _compounds() -> re.Pattern[str]:
    patterns = {rf"[\s.{_NOTHING}-]{{1,2}}".join(map(_with_marks, words)) for words in _long_names()}
    return re.compile(rf"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})(?![^\W\d_])", re.IGNORECASE)


def _with_marks(word: str) -> str:
    return "".join(f"{re.escape(letter)}[{_MARKS}\N{ARABIC TATWEEL}]*" for letter in key(word))
