"""The language of a text, and for Persian whose: Dari is ``fa`` with region ``AF``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.data import table
from migsearch.model import Token

# Letters of Pashto that Persian has not, and of Urdu: U+067C U+0681 U+0685 U+0689 U+0693 U+0696 U+069A U+06AB
# U+06BC U+06CD U+06D0; U+0679 U+0688 U+0691 U+06BA U+06D2.
_PASHTO = re.compile("[\u067c\u0681\u0685\u0689\u0693\u0696\u069a\u06ab\u06bc\u06cd\u06d0]")
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
# A name in another language brings a letter or two; a text in it has such a letter in every fourth word or so.
_SHARE_OF_WORDS = 0.1
_SAMPLE = 20_000  # code points that are looked at


class Language(NamedTuple):
    """An ISO 639 code (``en``, ``fa``, ``ps``, or ``und`` where none of them) and a region (``AF``, ``IR``)."""

    code: str
    region: str = ""


def detect_language(text: str) -> Language:
    """Tell the language of a text by its scripts, letters and commonest words."""
    tokens = analyze(text[:_SAMPLE])
    persian = [token for token in tokens if token.language == "fa"]
    latin = [token for token in tokens if token.language == "en"]
    others = sum(token.surface.isalpha() for token in tokens if not token.language)
    if max(len(persian), len(latin)) <= others:
        return Language("und")
    if len(persian) >= len(latin):
        return _arabic_script(text[:_SAMPLE], persian)
    return Language("en" if _is_written_in("en", latin) else "und")


def _is_written_in(language: str, tokens: list[Token]) -> bool:
    """Tell a language from others of its script by its commonest words; a few words get the benefit of the doubt."""
    common = sum(token.surface in _stop_words(language) for token in tokens)
    return len(tokens) < 20 or common >= len(tokens) * _SHARE_OF_WORDS


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(icu.fold(word) for word in table("stop_words")[language])


def _arabic_script(text: str, tokens: list[Token]) -> Language:
    threshold = len(tokens) * _SHARE_OF_WORDS
    if len(_PASHTO.findall(text)) > threshold:
        return Language("ps")
    if len(_URDU.findall(text)) > threshold or not _is_written_in("fa", tokens):  # Urdu, Arabic, Kurdish
        return Language("und")
    return Language("fa", _region(tokens))


def _region(tokens: Iterable[Token]) -> str:
    """Tell Dari from Iranian Persian by the words that only one of them uses; empty if neither prevails."""
    roots = f" {' '.join(token.root for token in tokens)} "
    evidence = {region: sum(f" {word} " in roots for word in words) for region, words in _region_words().items()}
    afghan, iranian = evidence["AF"], evidence["IR"]
    if afghan == iranian:
        return ""
    return "AF" if afghan > iranian else "IR"


@cache
def _region_words() -> dict[str, frozenset[str]]:
    # An entry of two words counts where both stand together: half of "گفت‌وگو" is in every text.
    return {
        region: frozenset(" ".join(token.root for token in analyze(word)) for word in words)
        for region, words in table("regions").items()
    }
