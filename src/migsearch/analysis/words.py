"""The words of a run of text, as far as they can be known without what stands beside it: spelling, parts, root."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from sys import intern
from typing import NamedTuple

from migsearch.analysis import compounds, english, icu, persian
from migsearch.analysis.tokens import Word, placed
from migsearch.analysis.vocabulary import ENDING, PREFIX, Form, Vocabulary

_ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}\N{ARABIC LETTER TTEH}-\N{ARABIC LETTER AE}]")
_LATIN = re.compile("[a-z]")
# UAX #29 keeps these inside a word. ZWNJ parts the parts of a Persian word; the others, mostly, two words with
# a forgotten space: "sides.The", "مهاجرت.وی", "anwari_morr", "Dec 12,2022", "۱۴۰۰،۱۴۰۱". Only the commas that group
# the digits of one number stay in it.
_SEPARATORS = (
    r"\s\N{ZERO WIDTH NON-JOINER}._:;,\N{MIDDLE DOT}\N{HYPHENATION POINT}\N{FRACTION SLASH}"
    r"\N{ARABIC COMMA}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}"
)
_GROUPING = r"(?<=\d)[,\N{ARABIC THOUSANDS SEPARATOR}](?=\d{3}(?!\d))"
_PARTS = re.compile(f"(?:[^{_SEPARATORS}]|{_GROUPING})+")
# Nearly all runs are one word: letters or digits of one script with signs around them, none of which UAX #29 takes into
# a word where no letter follows.
_LETTERS = (
    "\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER GHAIN}\N{ARABIC LETTER FEH}-\N{ARABIC LETTER YEH}"
    "\N{ARABIC LETTER TTEH}-\N{ARABIC LETTER YEH BARREE}"
)
_DIGITS = "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}-\N{EXTENDED ARABIC-INDIC DIGIT NINE}"
_SIGNS = (
    r"!-/:-@\[-^`{-~"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}\N{HORIZONTAL ELLIPSIS}\N{EN DASH}\N{EM DASH}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
)
_ONE_WORD = re.compile(f"[{_SIGNS}]*([A-Za-z]+|[{_LETTERS}]+|[0-9]+|[{_DIGITS}]+)[{_SIGNS}]*")
_LATIN_WORD = re.compile("^[A-Za-z0-9]+")
_LATIN_LETTER = re.compile("[A-Za-z]")
_SCRIPTS = re.compile(f"[^A-Za-z]+|{_ARABIC.pattern.replace('[', '[^')}+")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"


def words_of(runs: Sequence[str], vocabulary: Vocabulary) -> list[tuple[Word, ...]]:
    """Return the words of each run: none, one, or several where signs part it or a compound is written in one.

    Affixes that stand apart are words of their own here. New forms become known to the vocabulary. To take many runs at
    once is quicker: all are folded in one go.
    """
    parted = [tuple(_parts(run)) for run in runs]
    written = [run[start:end] for run, places in zip(runs, parted, strict=True) for start, end in places]
    surfaces = map(_surface, icu.fold_each(written))
    found = []
    for run, places in zip(runs, parted, strict=True):
        words: list[Word] = []
        for start, end in places:
            surface = next(surfaces)
            parts = compounds.parts(surface) if _ARABIC.search(surface) else (surface,)
            if len(parts) > 1:
                words += _parts_of_compound(parts, run[start:end], start, vocabulary)
            elif surface:
                words.append(placed(form_number(surface, vocabulary), start, end))
        found.append(tuple(words))
    return found


def core_of(run: str) -> tuple[str, int]:
    """Return the one word of a run without the signs around it, and where it begins; any other run as it is."""
    word = _ONE_WORD.fullmatch(run)
    return (word[1], word.start(1)) if word else (run, 0)


def _parts(run: str) -> Iterable[tuple[int, int]]:
    """Return where the words of a run stand."""
    word = _ONE_WORD.fullmatch(run)
    return (word.span(1),) if word else _parts_by_icu(run)


def _parts_by_icu(run: str) -> Iterator[tuple[int, int]]:
    start = 0
    has_both = _LATIN_LETTER.search(run) and _ARABIC.search(run)
    for end in icu.boundaries(run):
        piece = run[start:end]
        if has_both and _is_mixed(piece):
            for part in _SCRIPTS.finditer(piece):
                yield from (
                    (start + part.start() + first, start + part.start() + last) for first, last in _parts(part[0])
                )
        elif piece.isalpha() or piece.isdecimal():
            yield start, end
        elif len(piece) > 1 and any(character.isalpha() or character.isdecimal() for character in piece):
            if piece.isalnum() or _ACRONYM.fullmatch(piece):
                yield start, end
            else:
                yield from ((start + first, start + last) for first, last in _parts_by_signs(piece))
        start = end


def _is_mixed(piece: str) -> bool:
    """Tell whether a space is missing between words of two scripts: "وUNHCR", but not in "NGOها"."""
    if not _LATIN_LETTER.search(piece) or not _ARABIC.search(piece):
        return False
    ending = _LATIN_WORD.sub("", piece)
    return not persian.is_suffix(_surface(icu.fold(ending)), after_zwnj=True)


def _parts_by_signs(piece: str) -> Iterator[tuple[int, int]]:
    """Yield what signs part; ZWNJ stays in a word that is known without it."""
    start = end = -1
    for part in _PARTS.finditer(piece):
        if piece[end : part.start()] == _ZWNJ and compounds.joins(
            _surface(icu.fold(piece[start:end])), _surface(icu.fold(part.group()))
        ):
            end = part.end()
            continue
        if end > 0:
            yield start, end
        start, end = part.span()
    if end > 0:
        yield start, end


def _parts_of_compound(parts: Sequence[str], written: str, start: int, vocabulary: Vocabulary) -> Iterator[Word]:
    """Yield the parts of a compound that is written at a place."""
    letters, end = 0, 0
    for part in parts:
        begin, letters = end, letters + len(part)
        end = _length_with(written, letters)
        yield placed(form_number(part, vocabulary), start + begin, start + end)


def _length_with(written: str, letters: int) -> int:
    """Return how much of a written word has so many letters when it is folded: marks are written and folded away."""
    if len(_surface(icu.fold(written))) == len(written):
        return letters
    lengths = range(letters, len(written))
    fewer = (end for end in lengths if len(_surface(icu.fold(written[: end + 1]))) > letters)
    return next(fewer, len(written))


def _surface(folded: str) -> str:
    if folded.isalpha():  # nearly all
        return folded
    # One character can stand for a phrase with its spaces (U+FDFA), and a term has none.
    folded = "".join(folded.replace(_ZWNJ, "").split())
    if _ARABIC.search(folded):
        return folded
    # Digits are grouped by commas, in Persian by U+066C; what remains of a folded word are letters and digits.
    return english.surface(folded).replace(",", "").replace("\N{ARABIC THOUSANDS SEPARATOR}", "")


class Knowledge(NamedTuple):
    """What is known of a surface form; the language is that by which its root was found.

    ``affixes`` tells, in bits, whether it may be a part of the word before it or after it.
    """

    root: str
    language: str
    affixes: int = 0


def knowledge(surface: str) -> Knowledge:
    """Return what is known of a surface form."""
    if _ARABIC.search(surface):
        affixes = ENDING * persian.is_suffix(surface, after_zwnj=True) | PREFIX * is_prefix(surface)
        return Knowledge(persian.root(surface), "fa", affixes)
    if _LATIN.search(surface):
        return Knowledge(english.root(surface), "en", PREFIX * is_prefix(surface))
    return Knowledge(surface, "")


def is_prefix(surface: str) -> bool:
    """Tell whether a surface form may be a part of the word after it."""
    return surface in persian.VERB_PREFIXES or surface in english.PREFIXES


def form_number(surface: str, vocabulary: Vocabulary) -> int:
    """Return the number of a surface form."""
    number = vocabulary.number(surface)
    if number is not None:
        return number
    root, language, affixes = knowledge(surface)
    # One string where the surface is the root, or that of others: hundreds of thousands are kept.
    surface = intern(surface)
    return vocabulary.add(Form(surface, intern(root), language, surface), affixes)
