"""The Unicode bidirectional algorithm, for terminals that show characters in the order they receive them.

``python-bidi`` does the work. Its ``get_display`` returns a string, from which styles cannot be mapped, and
its Python half lacks the rule for brackets (N0); so its steps are called one by one here, each character
carrying its glyph along, and N0 stands in :func:`_resolve_brackets`.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from migsearch.terminal.shaping import Glyph, clusters, shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Base = Literal["L", "R"]
"""The direction of a paragraph: where its first word stands."""

_RIGHT_TO_LEFT = frozenset({"fa", "ps", "ar", "ur", "he"})
_KNOWN = _RIGHT_TO_LEFT | {"en"}
_UNKNOWN = frozenset({"", "LRI", "RLI", "FSI", "PDI"})
"""Classes the steps cannot take: code points newer than this Python, and isolates, which ``clean`` drops."""
_MARKS = frozenset("\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")
_RIGHT_AND_NEUTRAL = frozenset({"R", "AL", "WS", "ON", "CS", "ES", "ET"})
"""Classes of which a line has but one direction: what is written from right to left, and what takes on that."""
_OPPOSITE = {"L": "R", "R": "L"}
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # numbers count as right-to-left beside neutrals


def base_direction(text: str, language: str = "") -> Base:
    """Return the direction of a paragraph: its language's, else that of its first letter.

    A Persian headline may begin with "IOM", so the language goes first; but a paragraph in Persian news may
    be English from end to end, so it counts only where a letter agrees with it.
    """
    kinds = map(unicodedata.bidirectional, text)
    strong: Iterator[Base] = ("L" if kind == "L" else "R" for kind in kinds if kind in ("L", "R", "AL"))
    expected: Base = "R" if language in _RIGHT_TO_LEFT else "L"
    first = next(strong, expected)
    return expected if first == expected or (language in _KNOWN and expected in strong) else first


def visual_line(text: str, base: Base) -> list[Glyph]:
    """Return one line's glyphs from left to right: joined, reordered, brackets mirrored.

    ``text`` is a line as it will stand, already wrapped; joiners have done their work and are gone.
    """
    if base == "L" and text.isascii():
        return clusters(text)
    # Marks of direction have done their work, too.
    return [glyph for glyph in reorder(shape(text), base) if glyph.letter not in _MARKS]


def turned_words(text: str, base: Base) -> list[Glyph]:
    """Return one line's glyphs for a terminal that turns each word of Arabic script, and joins its letters.

    Words stand in visual order, and so do the letters once the terminal has turned them. That is what kitty does:
    https://sw.kovidgoyal.net/kitty/conf/#opt-kitty.force_ltr.
    """
    return turned(glyph for glyph in reorder(clusters(text, joiners=True), base) if glyph.letter not in _MARKS)


def turned(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return glyphs in visual order with the letters of each word of Arabic script in the order of reading."""
    turned: list[Glyph] = []
    for is_word, word in groupby(glyphs, key=is_turned):
        letters = list(word)
        right_to_left = is_word and any(unicodedata.bidirectional(glyph.letter) in ("R", "AL") for glyph in letters)
        turned += reversed(letters) if right_to_left else letters
    return turned


def is_turned(glyph: Glyph) -> bool:
    """Whether such a terminal draws a glyph in one piece with its neighbours: what is of Arabic script, digits too."""
    return "\N{ARABIC NUMBER SIGN}" <= glyph.letter <= "\u08ff" or unicodedata.bidirectional(glyph.letter) == "R"


def reorder(glyphs: Sequence[Glyph], base: Base) -> list[Glyph]:
    """Return ``glyphs`` in visual order, mirrored where they stand in right-to-left text."""
    if base == "R" and _RIGHT_AND_NEUTRAL.issuperset(unicodedata.bidirectional(glyph.letter) for glyph in glyphs):
        return _reversed(glyphs)  # every rule leaves such a line on one level
    from bidi import algorithm  # type: ignore[import-untyped, unused-ignore]

    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"] = 0 if base == "L" else 1
    storage["base_dir"] = base
    algorithm.get_embedding_levels("".join(glyph.letter for glyph in glyphs), storage)
    for character, glyph in zip(storage["chars"], glyphs, strict=True):
        character["glyph"] = glyph
        if character["type"] in _UNKNOWN:
            character["type"] = character["orig"] = "L"
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return [_lettered(character["glyph"], character["ch"]) for character in storage["chars"]]


def _reversed(glyphs: Sequence[Glyph]) -> list[Glyph]:
    from bidi.mirror import MIRRORED  # type: ignore[import-untyped, unused-ignore]

    letters = (glyph.letter for glyph in reversed(glyphs))
    shown = (MIRRORED.get(letter, letter) if unicodedata.mirrored(letter) else letter for letter in letters)
    return list(map(_lettered, reversed(glyphs), shown))


def _lettered(glyph: Glyph, letter: str) -> Glyph:
    return glyph if letter == glyph.letter else glyph._replace(letter=letter)


def _resolve_brackets(storage: dict[str, Any]) -> None:
    """Rule N0: a pair of brackets takes one direction, so that "(UN)" is not torn apart in Persian."""
    for run in storage["runs"]:
        characters = storage["chars"][run["start"] : run["start"] + run["length"]]
        for start, end in sorted(_bracket_pairs(characters)):
            direction = _bracket_direction(characters, start, end, run["sor"])
            if direction:
                characters[start]["type"] = characters[end]["type"] = direction


def _bracket_direction(characters: Sequence[dict[str, Any]], start: int, end: int, before: str) -> str:
    """Return the direction of the pair at ``start`` and ``end``, empty if nothing inside decides it."""
    embedding = "R" if characters[start]["level"] % 2 else "L"
    inside = set(_strong_types(characters[start + 1 : end]))
    if not inside or embedding in inside:
        return embedding if inside else ""
    context = next(_strong_types(reversed(characters[:start])), before)
    return _OPPOSITE[embedding] if context != embedding else embedding


def _strong_types(characters: Any) -> Iterator[str]:
    return (_STRONG[character["type"]] for character in characters if character["type"] in _STRONG)


def _bracket_pairs(characters: Sequence[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    from bidi.mirror import MIRRORED  # type: ignore[import-untyped, unused-ignore]

    open_brackets: list[tuple[str, int]] = []
    for i, character in enumerate(characters):
        bracket = character["ch"]
        kind = unicodedata.category(bracket) if character["type"] == "ON" and bracket in MIRRORED else ""
        if kind == "Ps":
            open_brackets.append((MIRRORED[bracket], i))
        elif kind == "Pe":
            for depth in range(len(open_brackets) - 1, -1, -1):
                if open_brackets[depth][0] == bracket:
                    yield open_brackets[depth][1], i
                    del open_brackets[depth:]
                    break
