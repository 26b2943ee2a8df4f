"""How many organisations of a foreign corpus the gazetteer finds, and what it costs.

    make bench-organisations
    make bench-organisations ARGS="--missed"
    make bench-organisations ARGS="--sample 200 --seed 1"

The corpus is PEYMA: sentences of Iranian news with their organisations marked (``ner_fa``). A marked span counts as
*listed* if its letters are those of a name in the gazetteer. Letters are compared without our analysis: NFKC, Arabic
yeh and kaf as Persian ones, everything but letters and digits left out. A name is one of a body or of a portfolio,
whether sure or ambiguous; a portfolio may be followed by the name of a country. Press agencies, which we list as
sources, do not count. A listed span is *found* if a mention covers it in the sentence. Each sentence is read alone, as
Iranian Persian.

``--sample`` prints mentions drawn at random, for a person to read: precision cannot be computed from marks that leave
out what we list and mark what we do not (a marked span may be «خارجه» of «وزیر خارجه»).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import migsearch
from benchmarks.datasets import DATA, ROOT
from migsearch import Mention
from migsearch.analysis import icu
from migsearch.ingest.gazetteer import default_gazetteer
from migsearch.ingest.organisations import find_organisations

_LETTERS = str.maketrans(
    {"\N{ARABIC LETTER YEH}": "\N{ARABIC LETTER FARSI YEH}", "\N{ARABIC LETTER KAF}": "\N{ARABIC LETTER KEHEH}"}
)
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the spans that are marked as organisations."""

    text: str
    marked: tuple[tuple[int, int], ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 if the corpus is not there."""
    parser = argparse.ArgumentParser(prog="organisations", description=__doc__.partition("\n")[0])
    parser.add_argument("--missed", action="store_true", help="print the listed spans that were not found")
    parser.add_argument("--sample", type=int, metavar="N", help="print N mentions to be read")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that has ner_fa/")
    options = parser.parse_args(arguments)
    _print_cost()
    if not (options.data / "ner_fa").is_dir():
        print(f"skipped: {options.data / 'ner_fa'} is absent", file=sys.stderr)
        return 1
    read = [(sentence, find_organisations("", sentence.text, "IR")) for sentence in sentences(options.data / "ner_fa")]
    if options.sample:
        _print_sample(read, options.sample, options.seed)
        return 0
    _print_recall(read, missed=options.missed)
    return 0


def sentences(folder: Path) -> Iterator[Sentence]:
    """Yield the sentences of a corpus with a word and its mark in each line, and an empty line after each sentence."""
    for file in sorted(folder.glob("*.txt")):
        words: list[tuple[str, str]] = []
        for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
            word, _, mark = line.rpartition("|")
            if word:
                words.append((word, mark))
            elif words:
                yield _sentence(words)
                words = []


def _sentence(words: Sequence[tuple[str, str]]) -> Sentence:
    text = ""
    marked: list[tuple[int, int]] = []
    goes_on = False
    for word, mark in words:
        start = len(text) + bool(text)
        text = f"{text} {word}" if text else word
        if mark == "B_ORG":
            marked.append((start, len(text)))
        elif mark == "I_ORG" and goes_on:
            marked[-1] = (marked[-1][0], len(text))
        goes_on = mark in ("B_ORG", "I_ORG")
    return Sentence(text, tuple(marked))


def letters(text: str) -> str:
    """Return the letters and digits of a text, in one spelling, without our analysis."""
    plain = unicodedata.normalize("NFKC", text).translate(_LETTERS).casefold()
    return re.sub(r"[\W_]", "", plain)


def is_listed(span: str) -> bool:
    """Tell whether a marked span is a name in the gazetteer; see above."""
    bodies, portfolios = _names()
    written = letters(span)
    return written in bodies or any(
        written == name or (written.startswith(name) and written[len(name) :] in _countries()) for name in portfolios
    )


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    listing = default_gazetteer().listing
    bodies, portfolios = (
        frozenset(
            letters(name)
            for entry in listing.of_kind(kind)
            for name in (*(name for name, _ in entry.sure_names()), *entry.ambiguous)
        )
        for kind in ("body", "portfolio")
    )
    return bodies, portfolios


@cache
def _countries() -> frozenset[str]:
    listed = (name for entry in default_gazetteer().listing.of_kind("country") for name, _ in entry.sure_names())
    return frozenset(letters(name) for name in (*listed, *icu.territory_names("fa").values()))


def _print_recall(read: Sequence[tuple[Sentence, Sequence[Mention]]], *, missed: bool) -> None:
    spans = listed = found = 0
    for sentence, mentions in read:
        for start, end in sentence.marked:
            spans += 1
            if not is_listed(sentence.text[start:end]):
                continue
            listed += 1
            covered = any(mention.span.start <= start and end <= mention.span.end for mention in mentions)
            found += covered
            if missed and not covered:
                print(f"missed {sentence.text[start:end]!r}: {sentence.text[max(0, start - 60) : end + 60]}")
    print(f"{spans:,} marked spans, {listed:,} listed, {found:,} of these found: {found / listed:.1%}")
    print(f"{sum(len(mentions) for _, mentions in read):,} mentions in {len(read):,} sentences")


def _print_sample(read: Sequence[tuple[Sentence, Sequence[Mention]]], number: int, seed: int) -> None:
    mentions = [(sentence, mention) for sentence, found in read for mention in found]
    chosen = random.Random(seed).sample(mentions, min(number, len(mentions)))
    for place, (sentence, mention) in enumerate(chosen, start=1):
        start, end = mention.span
        around = f"{sentence.text[max(0, start - 70) : start]}[[{mention.literal}]]{sentence.text[end : end + 50]}"
        marked = any(begin < end and start < stop for begin, stop in sentence.marked)
        print(f"{place:>3} {mention.ref:<22} {mention.rule:<18} {'marked' if marked else '-':<6} {around}")


def _print_cost() -> None:
    """Print the processor time of finding organisations in the pages of the corpus, beside that of analysis."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "corpus").glob("*.txt"))]
    size = sum(len(text.encode()) for text in texts)
    began = time.process_time()
    find_organisations("", "warm")
    print(f"{time.process_time() - began:.2f} s of processor time to load")
    analysis = both = float("inf")
    for _ in range(_ROUNDS):  # the least of several, since a machine has other things to do
        began = time.process_time()
        for text in texts:
            migsearch.analyze(text)
        between = time.process_time()
        for text in texts:
            find_organisations("", text)
        analysis, both = min(analysis, between - began), min(both, time.process_time() - between)
    by_page = 1536 / size * 1000
    more = f"{(both - analysis) * by_page:.2f} ms more for its organisations"
    print(f"a page of 1.5 KB: {analysis * by_page:.2f} ms for its tokens, {more}")


if __name__ == "__main__":
    sys.exit(main())
