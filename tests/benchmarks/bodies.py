"""How well the article is found in pages of HTML, beside other extractors, on the same pages in one run.

    make bench-html
    make bench-html ARGS="--worst 10"

Each page's tokens are words (``\\w+``) as a multiset; F1 is the mean over the pages of each page's own. The last column
compares runs of four words, so that the order counts (the measure of scrapinghub/article-extraction-benchmark, whose
pages these are). Rules were tuned on these very pages: what they are worth on others is for others to tell. "Lines" is
for a page that comes as text, with its menus and without its tags, as crawlers dump it. The times are processor time of
this run, pages already decoded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.datasets import DATA
from benchmarks.report import number, table
from benchmarks.unavailable import Unavailable
from migsearch.ingest.formats.encoding import decode
from migsearch.ingest.formats.html_page import content_of_html
from migsearch.ingest.page import take_apart
from migsearch.model import Provenance

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset(("head", "noscript", "script", "style", "svg", "template"))
_BLOCK = re.compile(
    "address|article|aside|blockquote|br|button|d[dlt]|div|fig(?:caption|ure)|footer|form|h[1-6r]|header|label|li|main|nav"
    "|ol|option|p|section|select|t(?:able|d|h|r)|ul"
)
_NOWHERE = Provenance(file="", format="html")
Extractor = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was found is right, how much of what is right was found, and both in one."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two, 0 if nothing is right."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(found: str, gold: str, length: int = 1) -> Score:
    """Compare two texts by their runs of so many words."""
    ours, theirs = _runs(found, length), _runs(gold, length)
    common = sum((ours & theirs).values())
    return Score(common / max(1, sum(ours.values())), common / max(1, sum(theirs.values())))


def _runs(text: str, length: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[start : start + length]) for start in range(max(1, len(words) - length + 1)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 if the pages are not there."""
    parser = argparse.ArgumentParser(prog="bodies", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="the folder that has pages_html/")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also show our N worst pages")
    options = parser.parse_args(arguments)
    folder = options.data / "pages_html"
    if not folder.is_dir():
        print(f"skipped: {folder} is absent", file=sys.stderr)
        return 1
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {name: decode(gzip.decompress((folder / f"{name}.html.gz").read_bytes())).text for name in truth}
    cells: dict[tuple[str, str], str] = {}
    for system, load in SYSTEMS.items():
        try:
            extract = load()
        except Unavailable as error:
            print(f"{system} does not take part: {error}", file=sys.stderr)
            continue
        began = time.process_time()
        found = {name: extract(page) for name, page in pages.items()}
        cells[system, "ms a page"] = f"{(time.process_time() - began) / len(pages) * 1000:.0f}"
        scores = [score(found[name], row["articleBody"]) for name, row in truth.items()]
        cells[system, "F1"] = number(_mean([item.f1 for item in scores]))
        cells[system, "precision"] = number(_mean([item.precision for item in scores]))
        cells[system, "recall"] = number(_mean([item.recall for item in scores]))
        runs = [score(found[name], row["articleBody"], 4).f1 for name, row in truth.items()]
        cells[system, "F1 of 4 words"] = number(_mean(runs))
        if system == "migsearch":
            ranked = sorted(zip((item.f1 for item in scores), truth, strict=True))
            worst = [f"  {f1:.3f} {truth[name]['url']}" for f1, name in ranked[: options.worst]]
    columns = ("F1", "precision", "recall", "F1 of 4 words", "ms a page")
    print(table(f"The article of {len(pages)} pages of HTML", tuple(SYSTEMS), columns, cells))
    print("\n".join(worst))
    return 0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _ours() -> Extractor:
    return lambda page: content_of_html(page, _NOWHERE).page.text


def _ours_from_lines() -> Extractor:
    html = _imported("lxml.html")
    return lambda page: take_apart(_lines(html.fromstring(page))).text


def _lines(tree: Any) -> str:
    """Return all that a page shows as lines of text, which is how crawlers dump pages."""
    found: list[str] = []

    def gather(element: Any) -> None:
        is_seen = isinstance(element.tag, str) and element.tag not in _UNSEEN
        edge = "\n" if is_seen and _BLOCK.fullmatch(element.tag) else ""
        if is_seen:
            found.extend((edge, _SPACE.sub(" ", element.text or "")))
            for child in element:
                gather(child)
        found.extend((edge, _SPACE.sub(" ", element.tail or "")))

    gather(tree)
    return "\n".join(line.strip() for line in "".join(found).split("\n") if line.strip())


def _trafilatura() -> Extractor:
    trafilatura = _imported("trafilatura")
    return lambda page: trafilatura.extract(page, include_comments=False) or ""


def _readability() -> Extractor:
    readability, html = _imported("readability"), _imported("lxml.html")
    return lambda page: html.fromstring(readability.Document(page).summary()).text_content()


def _resiliparse() -> Extractor:
    module = _imported("resiliparse.extract.html2text")
    return lambda page: module.extract_plain_text(page, main_content=True, alt_texts=False, links=False)


def _justext() -> Extractor:
    justext = _imported("justext")
    stop_words = justext.get_stoplist("English")
    return lambda page: "\n".join(
        paragraph.text for paragraph in justext.justext(page.encode(), stop_words) if not paragraph.is_boilerplate
    )


def _html2text() -> Extractor:
    module = _imported("html2text")

    def extract(page: str) -> str:
        converter = module.HTML2Text()
        converter.ignore_links = converter.ignore_images = converter.ignore_emphasis = True
        return str(converter.handle(page))

    return extract


def _imported(name: str):
    try:
        return __import__(name, fromlist=["_"])
    except ImportError as error:
        raise Unavailable(f"{error}; see the extra 'bench'") from None


SYSTEMS: dict[str, Callable[[], Extractor]] = {
    "migsearch": _ours,
    "migsearch, lines": _ours_from_lines,
    "readability": _readability,
    "trafilatura": _trafilatura,
    "resiliparse": _resiliparse,
    "justext": _justext,
    "html2text": _html2text,
}

if __name__ == "__main__":
    sys.exit(main())
