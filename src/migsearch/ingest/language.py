"""The language of a text, and for Persian whose: Dari is ``fa`` with region ``AF``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from migsearch.analysis import icu
from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.analysis.vocabulary import Form, FormTable
from migsearch.data import table

# Letters of Pashto that Persian has not, and of Urdu: U+067C U+0681 U+0685 U+0689 U+0693 U+0696 U+069A U+06AB
# U+06BC U+06CD U+06D0; U+0679 U+0688 U+0691 U+06BA U+06D2.
_PASHTO = re.compile("[\u067c\u0681\u0685\u0689\u0693\u0696\u069a\u06ab\u06bc\u06cd\u06d0]")
_URDU = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
_SAMPLE = 20_000  # code points that are looked at


class Language(NamedTuple):
    """What language a text is in, and how sure that is.

    ``code`` is an ISO 639 code (``en``, ``fa``, ``ps``, or ``und`` where it is none of them) and ``region`` ``AF``,
    ``IR`` or empty. ``confidence``, from 0 to 1, is the share of the words that are in the script of the language,
    times the probability that they are in this language and not in another of that script. A news page in one language
    has 0.95 or more, a headline about 0.9, a page half in another script about 0.5; a text without words has 0.
    """

    code: str
    region: str = ""
    confidence: float = 0.0

    def among(self, share: float) -> Language:
        """Return the language of a text of which only a share of the words was looked at."""
        return self._replace(confidence=self.confidence * share)


class _Evidence(NamedTuple):
    """How often one word in the language, and in others of its script, shows a mark of it; the odds beforehand."""

    rate: float
    rate_elsewhere: float
    odds: float


# Stop words: one in three in English and Persian news (0.35 and 0.32; 99.5 % of the texts have over 0.11), one in eight
# in headlines. In other languages a few words look like them, as "an" and "in" in German.
_PROSE = _Evidence(0.33, 0.03, 19)
_HEADLINE = _Evidence(0.13, 0.03, 19)
_HEADLINE_WORDS = 20
# Letters: a name in another language brings one or two; a text in it has one in every fourth word or so.
_LETTERS = _Evidence(0.25, 0.01, 1 / 9)
# Words of one text are not independent: more of them than so many add nothing to the confidence.
_INDEPENDENT_WORDS = 20


def detect_language(*texts: str) -> Language:
    """Tell the language of a text, or of one in several pieces, by its scripts, letters and commonest words."""
    # Piece by piece, since the tokens of a document's title and text are asked for again and then remembered.
    pieces = list(_sampled(texts))
    analyzed = [analyze(piece) for piece in pieces]
    kinds = b"".join(bytes(tokens.each(_KINDS)) for tokens in analyzed)
    persian, latin, others = (sum(map(kinds.count, of_script)) for of_script in (_PERSIAN, _LATIN, _OTHER))
    words = persian + latin + others
    if max(persian, latin) <= others:
        return Language("und", "", others / words if words else 0.0)
    if latin > persian:
        return _by_stop_words("en", kinds.count(_LATIN[0]), latin).among(latin / words)
    found = _arabic_script("\n".join(pieces), kinds.count(_PERSIAN[0]), persian).among(persian / words)
    return found._replace(region=_region(analyzed)) if found.code == "fa" else found


_PERSIAN, _LATIN, _OTHER = b"Ff", b"Ee", b"o"
"""Kinds of forms, one byte each: stop words and other words of a script, words of other scripts."""
_NO_WORD = ord(".")


def _kind(form: Form) -> int:
    if not form.language:
        return _OTHER[0] if form.surface.isalpha() else _NO_WORD
    stop_word, other = _PERSIAN if form.language == "fa" else _LATIN
    return stop_word if form.surface in _stop_words(form.language) else other


_KINDS = FormTable(_kind)


def _sampled(texts: Iterable[str]) -> Iterator[str]:
    left = _SAMPLE
    for text in texts:
        yield text[:left]
        left = max(0, left - len(text) - 1)


def _arabic_script(text: str, common: int, words: int) -> Language:
    pashto = _probability(len(_PASHTO.findall(text)), words, _LETTERS)
    if pashto >= 0.5:
        return Language("ps", "", pashto)
    urdu = _probability(len(_URDU.findall(text)), words, _LETTERS)
    if urdu >= 0.5:
        return Language("und", "", urdu)
    return _by_stop_words("fa", common, words)  # or Arabic, Kurdish


def _by_stop_words(language: str, common: int, words: int) -> Language:
    """Judge by how many stop words there are among so many words in the script of a language."""
    evidence = _HEADLINE if words < _HEADLINE_WORDS else _PROSE
    probability = _probability(common, words, evidence)
    return Language(language, "", probability) if probability >= 0.5 else Language("und", "", 1 - probability)


def _probability(marks: int, words: int, evidence: _Evidence) -> float:
    """Return the probability of a language whose marks were seen so often among so many words (Bayes' rule)."""
    rate, elsewhere, odds = evidence
    share = min(marks / words, 1.0)
    for_each_word = share * math.log(rate / elsewhere) + (1 - share) * math.log((1 - rate) / (1 - elsewhere))
    return 1 / (1 + math.exp(-math.log(odds) - min(words, _INDEPENDENT_WORDS) * for_each_word))


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(icu.fold(word) for word in table("stop_words")[language])


def _region(analyzed: Iterable[Tokens]) -> str:
    """Tell Dari from Iranian Persian by the words that only one of them uses; empty if neither prevails."""
    told = {word for tokens in analyzed for word in tokens.each(_OF_REGION) if word}
    if not told:
        return ""
    roots = [
        root
        for tokens in analyzed
        for root, language in zip(tokens.roots, tokens.languages, strict=True)
        if language == "fa"
    ]
    text = f" {' '.join(roots)} "
    evidence = {
        region: len(told & single) + sum(f" {phrase} " in text for phrase in phrases)
        for region, (single, phrases) in _region_words().items()
    }
    afghan, iranian = evidence["AF"], evidence["IR"]
    if afghan == iranian:
        return ""
    return "AF" if afghan > iranian else "IR"


def _of_region(form: Form) -> str:
    """Return the root of a word that stands in what only one region uses."""
    return form.root if form.language == "fa" and form.root in _in_region_words() else ""


_OF_REGION = FormTable(_of_region)


@cache
def _in_region_words() -> frozenset[str]:
    return frozenset(
        word for single, phrases in _region_words().values() for entry in (*single, *phrases) for word in entry.split()
    )


@cache
def _region_words() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return the words of each region, single ones and phrases, as roots."""
    # A phrase counts where its words stand together: half of "گفت‌وگو" is in every text.
    found = {}
    for region, entries in table("regions").items():
        roots = frozenset(" ".join(analyze(entry).roots) for entry in entries)
        phrases = frozenset(entry for entry in roots if " " in entry)
        found[region] = roots - phrases, phrases
    return found
