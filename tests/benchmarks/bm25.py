"""BM25 over the stems or lemmas of others: what their analysis does, with a ranking that is Lucene's."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import Stemmer

from benchmarks.datasets import Dataset
from benchmarks.unavailable import Unavailable

K1 = 1.2
B = 0.75
"""Both as Lucene has them."""

Analysis = Callable[[str], Sequence[str]]

_WORD = re.compile(r"[\w\N{ZERO WIDTH NON-JOINER}\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]+")


@contextmanager
def opened_snowball(dataset: Dataset, folder: Path) -> Iterator[BM25]:
    """Index the stems of Snowball's Persian or English stemmer."""
    stem = cache(Stemmer.Stemmer({"en": "english", "fa": "persian"}[dataset.language]).stemWord)
    yield BM25(dataset, lambda text: [stem(word) for word in _WORD.findall(text.lower())])


@contextmanager
def opened_hazm(dataset: Dataset, folder: Path) -> Iterator[BM25]:
    """Index the lemmas of Hazm, after its normaliser and tokeniser."""
    if dataset.language != "fa":
        raise Unavailable("for Persian alone")
    try:
        from hazm import Lemmatizer, Normalizer, WordTokenizer
    except ImportError as error:
        raise Unavailable(f"not installed ({error})") from None
    normalize, tokenize = Normalizer().normalize, WordTokenizer(join_verb_parts=False).tokenize
    lemma = cache(Lemmatizer().lemmatize)
    yield BM25(dataset, lambda text: [lemma(word) for word in tokenize(normalize(text)) if any(map(str.isalnum, word))])


class BM25:
    """An index in memory."""

    def __init__(self, dataset: Dataset, analysis: Analysis) -> None:
        self._analysis = analysis
        self._ids = [text.id for text in dataset.texts]
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths = []
        for number, text in enumerate(dataset.texts):
            terms = Counter(analysis(text.whole))
            lengths.append(terms.total())
            for term, frequency in terms.items():
                self._postings[term].append((number, frequency))
        average = sum(lengths) / max(1, len(lengths))
        self._norms = [K1 * (1 - B + B * length / average) for length in lengths]

    def search(self, query: str, limit: int) -> list[str]:
        """Return the best texts; a word that is asked for twice counts twice."""
        scores: dict[int, float] = defaultdict(float)
        for term, times in Counter(self._analysis(query)).items():
            postings = self._postings.get(term, ())
            weight = times * math.log(1 + (len(self._ids) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, frequency in postings:
                scores[number] += weight * frequency * (K1 + 1) / (frequency + self._norms[number])
        best = heapq.nsmallest(limit, scores, key=lambda number: (-scores[number], number))
        return [self._ids[number] for number in best]
