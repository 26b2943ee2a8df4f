"""The one way from text to tokens, for documents and queries alike.

What can be known of a piece of text between two word boundaries (spelling, parts, root) is computed once for each
distinct piece and remembered; the loop over a text only looks it up and joins the affixes that stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from migsearch.analysis import compounds, english, icu, persian, persian_words
from migsearch.data import table
from migsearch.model import Span, Token

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
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_GAP = " \N{NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}"  # between a word and an affix that stands apart
_HYPHENS = ("-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}")
_ALEF, _ALEF_WITH_MADDA = "\N{ARABIC LETTER ALEF}", "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}"
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"

_REMEMBERED = 200_000  # pieces
_REMEMBERED_TEXT = 50_000  # code points of a text whose tokens are remembered


class _Piece(NamedTuple):
    """A word within a piece of text; ``start`` and ``end`` are counted from the beginning of the piece."""

    surface: str
    root: str
    language: str
    start: int
    end: int
    is_affix: bool  # or may be, where it stands beside a word


_words: dict[str, tuple[str, str, str] | tuple[()]] = {}
"""Pieces that are one word: surface, root, language; or no word."""


def analyze(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order.

    Spelling is folded by ICU; an ending or prefix that a Persian writer set apart by ZWNJ or a space joins its
    word, so that the three spellings of one word give one token; a compound gives the tokens of its parts however
    it is written; spans are code points of ``text``.
    """
    # A document's language, organisations and terms each ask for the same tokens.
    return _recently_analyzed(text) if len(text) <= _REMEMBERED_TEXT else tuple(_analyzed(text))


def words_in(text: str) -> list[tuple[Token, ...]]:
    """Return the words of a query, each with its tokens: one, or those of a compound in any of its spellings."""
    words: list[tuple[Token, ...]] = []
    for token in analyze(text):
        if words and _is_one_word(text, words[-1], token):
            words[-1] = (*words[-1], token)
        else:
            words.append((token,))
    return words


def _is_one_word(text: str, word: tuple[Token, ...], following: Token) -> bool:
    """Tell whether a token continues a Persian word: after ZWNJ or nothing, or as a known compound after a space."""
    if word[-1].language != "fa" or following.language != "fa":
        return False
    gap = text[word[-1].span.end : following.span.start]
    if not gap.strip(_ZWNJ):
        return True
    first = tuple(token.surface for token in word)
    return not gap.strip(_GAP) and any(
        compounds.is_compound((*first, last)) for last in {following.surface, following.root}
    )


@lru_cache(maxsize=8)
def _recently_analyzed(text: str) -> tuple[Token, ...]:
    return tuple(_analyzed(text))


def _analyzed(text: str) -> list[Token]:
    # The one hot loop of analysis: nearly every piece is a whole word or none at all, and is only looked up.
    tokens: list[Token] = []
    make, words = tuple.__new__, _words
    start = 0
    pending = False  # the last token may be the prefix of the next
    for end in icu.boundaries(text):
        raw = text[start:end]
        word = words.get(raw)
        if word is None or (word and pending):
            pending = _add_pieces(text, start, raw, tokens, pending)
        elif word:
            surface, root, language = word
            tokens.append(make(Token, (surface, root, make(Span, (start, end)), language)))
        start = end
    return tokens


def _add_pieces(text: str, start: int, raw: str, tokens: list[Token], pending: bool) -> bool:
    """Add the words of a piece of text; tells whether the last one may be the prefix of the next."""
    for surface, root, language, first, last, is_affix in _pieces(raw):
        token = Token(surface, root, Span(start + first, start + last), language)
        longer = _with_affix(text, tokens, token) if tokens and (is_affix or pending) else None
        if longer:
            tokens[-1] = longer
        else:
            tokens.append(token)
        pending = is_affix
    return pending


@lru_cache(maxsize=_REMEMBERED)
def _pieces(raw: str) -> tuple[_Piece, ...]:
    pieces = tuple(_taken_apart(raw))
    if len(_words) >= _REMEMBERED:
        _words.clear()
    if not pieces:
        _words[raw] = ()
    elif len(pieces) == 1 and not pieces[0].is_affix and (pieces[0].start, pieces[0].end) == (0, len(raw)):
        _words[raw] = pieces[0][:3]
    return pieces


def _taken_apart(raw: str) -> Iterator[_Piece]:
    """Yield the words of a piece of text between two boundaries: none, one, or the parts of a compound."""
    if not any(character.isalpha() or character.isdecimal() for character in raw):
        return
    if raw.isalnum() or _ACRONYM.fullmatch(raw):  # nearly all
        yield from _parts(raw, 0)
        return
    for part in _PARTS.finditer(raw):
        yield from _parts(part.group(), part.start())


def _parts(written: str, start: int) -> Iterator[_Piece]:
    surface = _surface(written)
    if not surface:
        return
    parts = compounds.parts(surface) if _ARABIC.search(surface) else (surface,)
    if len(parts) == 1:
        yield _piece(surface, start, start + len(written))
        return
    letters, end = 0, 0
    for part in parts:
        begin, letters = end, letters + len(part)
        end = _length_with(written, letters)
        yield _piece(part, start + begin, start + end)


def _length_with(written: str, letters: int) -> int:
    """Return how much of a written word has so many letters when it is folded: marks are written and folded away."""
    if len(_surface(written)) == len(written):
        return letters
    fewer = (end for end in range(letters, len(written)) if len(_surface(written[: end + 1])) > letters)
    return next(fewer, len(written))


def _piece(surface: str, start: int, end: int) -> _Piece:
    root, language = _root(surface)
    is_affix = (
        persian.is_suffix(surface, after_zwnj=True) or surface in persian.VERB_PREFIXES or surface in english.PREFIXES
    )
    return _Piece(surface, root, language, start, end, is_affix)


def _with_affix(text: str, tokens: list[Token], following: Token) -> Token | None:
    """Join the last token and the one after it if one is an affix of the other."""
    word = tokens[-1]
    gap = text[word.span.end : following.span.start]
    if word.language == "en":
        return _with_prefix(word, following) if gap in _HYPHENS else None
    if gap.strip(_GAP) or word.language != "fa":
        return None
    surface, span = word.surface + following.surface, Span(word.span.start, following.span.end)
    if persian.is_suffix(following.surface, _ZWNJ in gap, word.surface):
        # Written in one, "بیشتر" and "آنها" are words of the list, and keep their ending.
        root = _root(surface)[0] if surface in persian.protected() else word.root
        return Token(surface, root, span, word.language)
    before = tokens[-2].surface if len(tokens) > 1 and _ZWNJ not in gap else ""
    if persian.is_verb_prefix(word.surface, following.surface, before):
        return Token(surface, _root(surface)[0], span, word.language)
    return None


def _with_prefix(word: Token, following: Token) -> Token | None:
    """Join an English prefix and its word, as in "re-integration"."""
    if not english.joined_prefix(word.surface, following.surface):
        return None
    surface = word.surface + following.surface
    return Token(surface, _root(surface)[0], Span(word.span.start, following.span.end), word.language)


def _surface(written: str) -> str:
    # One character can stand for a phrase with its spaces (U+FDFA), and a term has none.
    folded = "".join(icu.fold(written).split())
    if _ARABIC.search(folded):
        return folded
    # Digits are grouped by commas, in Persian by U+066C; what remains of a folded word are letters and digits.
    return english.surface(folded).replace(",", "").replace("\N{ARABIC THOUSANDS SEPARATOR}", "")


@lru_cache(maxsize=_REMEMBERED)
def _root(surface: str) -> tuple[str, str]:
    """Return the root of a surface form and the language that it was found by."""
    if _ARABIC.search(surface):
        return _without_madda(persian.root(surface)), "fa"
    if _LATIN.search(surface):
        return english.root(surface), "en"
    return surface, ""


def _without_madda(root: str) -> str:
    """Write a plain alef for one with madda, as many do, where that makes no other word: "اغاز" is "آغاز"."""
    keeps = root in _needing_madda() or root in persian_words.names()
    return root if keeps else root.replace(_ALEF_WITH_MADDA, _ALEF)


@cache
def _needing_madda() -> frozenset[str]:
    return frozenset(icu.fold_each(table("madda")["words"]))
