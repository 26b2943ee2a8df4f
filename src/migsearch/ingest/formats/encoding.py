"""From bytes to text: the encoding by its mark, by what it can be at all, by the words that come out.

A declaration is only evidence: pages declare what they are not. What is valid UTF-8 is UTF-8. Among the encodings of
one byte a letter, which read any bytes as some text, the one that gives words wins.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from migsearch.ingest.formats.content import NotReadableError
from migsearch.ingest.formats.known_words import is_known

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before the mark of UTF-16, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = ("windows-1252", "windows-1256", "iso8859-6")
# Pages that declare these mean what contains them: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1252": "windows-1252", "cp1256": "windows-1256"}
_SAMPLE = 20_000  # characters whose words are looked at
_PLAUSIBLE = 0.25  # score of an encoding that can be meant: one Persian word in four known, and no impossible one
_CLEAR = 0.5  # above which there is no doubt, if the next is as far below
_FOR_DECLARED = 0.2  # what a declaration adds to the score
_VALID_FOR_BROKEN = 5  # sequences of UTF-8 for each byte that is none, in a text that is UTF-8 but damaged


class Decoded(NamedTuple):
    """A text, the encoding it was in, and what is doubtful about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode a page; ``declared`` is the encoding that it names, if it does.

    Raises :class:`NotReadableError` for bytes that are no text in an encoding that is known.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, len(mark))
    if b"\0" in data:
        return _without_mark(data)
    try:
        return _strict(data, "utf-8")
    except NotReadableError as error:
        return _damaged(data) or _by_words(data, _codec(declared), error)


def is_declared_wrongly(declared: str, found: str) -> bool:
    """Tell whether a page names another encoding than the one it is in."""
    return bool(declared) and _codec(declared) not in (found, "") and not found.startswith("utf-16")


def _strict(data: bytes, encoding: str, start: int = 0) -> Decoded:
    """Decode all of a text; one that was cut within its last character loses that and has a warning."""
    try:
        return Decoded(data[start:].decode(encoding), encoding)
    except UnicodeDecodeError as error:
        place = start + error.start
        if error.reason in ("unexpected end of data", "truncated data"):
            warning = f"the page was cut: at byte {place} it ends in a part of a character"
            return Decoded(data[start:place].decode(encoding), encoding, (warning,))
        raise NotReadableError(
            f"it is not {encoding.upper().removesuffix('-LE').removesuffix('-BE')}: "
            f"byte 0x{data[place]:02x} at {place} cannot be decoded"
        ) from None


def _without_mark(data: bytes) -> Decoded:
    """Decode UTF-16 that has no mark; in a text of ours the higher bytes are of few scripts."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data[:_SAMPLE].decode(encoding, "replace")
        if sum(map(_is_plain, text)) >= 0.95 * len(text):
            return _strict(data, encoding)
    raise NotReadableError("it is a binary file: it holds zero bytes")


_SCRIPTS = re.compile(
    "[\t\n\r -\u024f\u0300-\u036f\u0400-\u052f\u0600-\u077f\u2000-\u206f\u20a0-\u214f\ufb50-\ufdff\ufe70-\ufeff]"
)


def _is_plain(character: str) -> bool:
    return _SCRIPTS.match(character) is not None


def _damaged(data: bytes) -> Decoded | None:
    """Decode UTF-8 in which a few bytes are wrong."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    valid = sum(character > "\x7f" for character in text) - wrong
    if valid < _VALID_FOR_BROKEN * wrong:
        return None
    warning = f"it is damaged UTF-8: {wrong:,} of its bytes or so stand as \N{REPLACEMENT CHARACTER}"
    return Decoded(text, "utf-8", (warning,))


def _by_words(data: bytes, declared: str, error: NotReadableError) -> Decoded:
    names = dict.fromkeys((*([declared] if declared else ()), *_ONE_BYTE))
    # The sort is stable: of two that give the same text, the declared one or the first is meant.
    candidates = sorted(
        (
            (score + (_FOR_DECLARED if name == declared else 0), name, text)
            for name, text, score in _scored(data, names)
        ),
        key=lambda candidate: -candidate[0],
    )
    if candidates and candidates[0][0] < _PLAUSIBLE:
        candidates = [candidate for candidate in candidates if candidate[1] == declared]
    if not candidates:
        raise NotReadableError(f"{error}, and no other encoding that is known gives words")
    best, encoding, text = candidates[0]
    others = [score for score, _, other in candidates if other != text]
    in_doubt = best < _CLEAR or any(best - score < _CLEAR / 2 for score in others)
    warnings = (f"its encoding is in doubt; it was read as {encoding}",) if in_doubt else ()
    return Decoded(text, encoding, warnings)


def _scored(data: bytes, names: dict[str, None]) -> list[tuple[str, str, float]]:
    found = []
    for name in names:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):  # hex and its like are no encodings of text
            continue
        found.append((name, text, _score(text[:_SAMPLE])))
    return found


_WORD = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile("[\u0620-\u06ff]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
# Controls; signs within a word; Arabic marks and marks of direction on a Latin letter.
_MISPLACED = re.compile(
    r"[\x80-\x9f]|[^\W\d_][\u00a4-\u00b6\u00d7\u00f7][^\W\d_]|[A-Za-z\u00c0-\u024f][\u064b-\u0652\u200e\u200f]"
)
_WEIGHT = 5  # letters that a misplaced sign counts as: a word


def _score(text: str) -> float:
    """Return how well a text reads, at most 1: its words beyond ASCII that are known, less those that cannot be."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    misplaced = len(_MISPLACED.findall(text))
    if not words:
        return 1.0 if not misplaced else -1.0
    letters = sum(map(len, words))
    return (sum(len(word) * _worth(word) for word in words) - _WEIGHT * misplaced) / letters


def _worth(word: str) -> float:
    """Return what a word tells by each of its letters: short ones are known by chance."""
    if _ARABIC.fullmatch(word):
        return float(is_known(word))
    letters = [character for character in word if not character.isascii()]
    if _CYRILLIC.fullmatch(word):
        return 0.0
    latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    # "Köln", "Besançon": half of a word or more is plain, and none of its capitals stands within.
    is_word = latin and 2 * len(letters) <= len(word) and (word.istitle() or word.islower() or word.isupper())
    return 1.0 if is_word else -1.0


def _codec(name: str) -> str:
    """Return the name of the encoding that a page means, empty if there is none of that name."""
    try:
        known = codecs.lookup(name.strip()).name if name else ""
    except (LookupError, ValueError):  # ValueError: a zero byte
        return ""
    return _MEANT.get(known, known)
