"""What a query may have meant that finds little: did you mean.

A word that is in no document may be misspelt, may be two words without their space, or may have been typed with the
keyboard in the other language. What it is corrected to is in the index. Corrections are ranked by a noisy channel
(Kernighan, Church and Gale, "A spelling correction program based on a noisy channel model", COLING 1990): how often a
word stands in the documents, times how likely it is mistyped so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from migsearch.analysis.analyzer import analyze
from migsearch.data import table
from migsearch.model import Correction, Span, Token
from migsearch.query.interpretation import Interpretation

Frequencies = Callable[[Sequence[str]], Sequence[int]]
"""Tells in how many documents each of some roots stands."""

Vocabulary = Callable[[], Mapping[str, int]]
"""Gives all surface forms, with the number of documents that have each."""

_EDIT_COST = math.log(50)
"""A word must be so many times as frequent to be preferred to one that is an edit nearer; 20 to 100 do not differ."""

_HOMOPHONE_COST = _EDIT_COST / 2
_FIRST_LETTER_COST = math.log(5)  # which is mistyped least
_SPLIT_COST = _EDIT_COST

_HOMOPHONES = (
    "\N{ARABIC LETTER SEEN}\N{ARABIC LETTER SAD}\N{ARABIC LETTER THEH}",
    "\N{ARABIC LETTER ZAIN}\N{ARABIC LETTER THAL}\N{ARABIC LETTER DAD}\N{ARABIC LETTER ZAH}",
    "\N{ARABIC LETTER TEH}\N{ARABIC LETTER TAH}",
    "\N{ARABIC LETTER HEH}\N{ARABIC LETTER HAH}",
    "\N{ARABIC LETTER GHAIN}\N{ARABIC LETTER QAF}",
    "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER AIN}",
)
"""Letters that Persian pronounces alike, and that are taken for one another most."""

_SOUNDS = str.maketrans({letter: letters[0] for letters in _HOMOPHONES for letter in letters})

_PIECE = re.compile(r"""(?:[A-Za-z]+:(?=.))?-*([^\s"()«»“”]+)""")  # with the keys that are letters in Persian


def corrections(
    interpretation: Interpretation, frequencies: Frequencies, vocabulary: Vocabulary, limit: int
) -> tuple[Correction, ...]:
    """Return what a query may have meant, the likeliest first; nothing if all of its words are known."""
    unknown = _unknown(_asked(interpretation), frequencies)
    if not unknown or limit < 1:
        return ()
    query = interpretation.query
    switched = dict(_switched(query, unknown, frequencies))
    choices: dict[Span, Sequence[str]] = {span: (text,) for span, text in switched.items()}
    rest = [token for token in unknown if not any(span.start <= token.span.start < span.end for span in switched)]
    words = vocabulary() if rest else {}
    for token in rest:
        found = _nearest(token.surface, words, limit)
        if found:
            written = query[token.span.start : token.span.end]
            choices[token.span] = [_as_written(word, written) for word in found]
    return tuple(_replaced(query, chosen) for chosen in _combined(dict(sorted(choices.items())), limit))


def _asked(interpretation: Interpretation) -> Iterator[Token]:
    for part in interpretation.parts:
        if part.kind in ("word", "phrase") and part.role not in ("excluded", "dropped"):
            yield from part.tokens


def _unknown(tokens: Iterator[Token], frequencies: Frequencies) -> list[Token]:
    """Return the tokens that are in no document, numbers apart, of which each is as likely as any."""
    asked = [token for token in tokens if not token.surface.isdecimal()]
    counts = frequencies([token.root for token in asked])
    return [token for token, count in zip(asked, counts, strict=True) if not count]


def _switched(query: str, unknown: Sequence[Token], frequencies: Frequencies) -> Iterator[tuple[Span, str]]:
    """Yield the pieces of a query that are words if they were typed with the keyboard in the other language."""
    for match in _PIECE.finditer(query):
        span = Span(*match.span(1))
        if not any(span.start <= token.span.start < span.end for token in unknown):
            continue
        for layout in _layouts():
            meant = match[1].translate(layout)
            tokens = analyze(meant) if meant != match[1] else ()
            if tokens and all(frequencies([token.root for token in tokens])):
                yield span, meant
                break


@cache
def _layouts() -> tuple[dict[int, str], ...]:
    """Return what keys give under the other layout, from Latin to Persian and back."""
    latin, persian = table("keyboard")["latin"], table("keyboard")["persian"]
    to_persian = dict(zip(latin, persian, strict=True))
    upper = {key.upper(): letter for key, letter in to_persian.items() if key.upper() not in to_persian}
    back = {letter: key for key, letter in to_persian.items()}
    arabic = {
        "\N{ARABIC LETTER YEH}": back["\N{ARABIC LETTER FARSI YEH}"],
        "\N{ARABIC LETTER KAF}": back["\N{ARABIC LETTER KEHEH}"],
    }
    return str.maketrans(upper | to_persian), str.maketrans({k: v.lower() for k, v in (back | arabic).items()})


def _nearest(word: str, words: Mapping[str, int], limit: int) -> list[str]:
    """Return the words of the index that one may be a misspelling of, the likeliest first."""
    edits = _edits(word)
    found = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=edits, limit=None) if edits else []
    worth = {near: math.log(words[near]) - _cost(word, near, int(distance)) for near, distance, _ in found}
    for first, second in _splits(word) if edits else ():
        if first in words and second in words:
            worth[f"{first} {second}"] = math.log(min(words[first], words[second])) - _SPLIT_COST
    return sorted(worth, key=lambda near: (-worth[near], near))[:limit]


def _edits(word: str) -> int:
    """Return how many edits a word may be away: as Lucene's AUTO, since of short words every one has a neighbour."""
    return 0 if len(word) < 3 or word.isdecimal() else 1 if len(word) < 6 else 2


def _cost(word: str, near: str, edits: int) -> float:
    sounds = OSA.distance(word.translate(_SOUNDS), near.translate(_SOUNDS))
    cost = sounds * _EDIT_COST + (edits - sounds) * _HOMOPHONE_COST
    return cost + (_FIRST_LETTER_COST if word[0] != near[0] else 0.0)


def _splits(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:place], word[place:]) for place in range(2, len(word) - 1))


def _as_written(word: str, written: str) -> str:
    """Return a word of the index, which are in lower case, with the capitals that it was typed with."""
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word.capitalize() if written[:1].isupper() else word


def _combined(choices: Mapping[Span, Sequence[str]], limit: int) -> Iterator[Mapping[Span, str]]:
    """Yield the best choice for all places together, then the others for each place alone."""
    best = {span: words[0] for span, words in choices.items()}
    others = ((span, word) for span, words in choices.items() for word in words[1:])
    alternatives = [best, *({**best, span: word} for span, word in others)] if best else []
    yield from alternatives[:limit]


def _replaced(query: str, chosen: Mapping[Span, str]) -> Correction:
    corrected, spans, end = "", [], 0
    for span, word in chosen.items():
        corrected += query[end : span.start]
        spans.append(Span(len(corrected), len(corrected) + len(word)))
        corrected, end = corrected + word, span.end
    return Correction(corrected + query[end:], tuple(spans))
