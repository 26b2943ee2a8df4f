"""Why a document matched: the passages where the query's words stand, in the document's own spelling.

The text of the few hits shown is analysed again, so that a highlight is always the whole word as it is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migsearch.analysis.analyzer import analyze
from migsearch.analysis.tokens import Tokens
from migsearch.model import Snippet, Span
from migsearch.query.expansion import distance
from migsearch.query.tree import And, Expanded, Leaf, Near, Node, Not, Or, Phrase, Prefix

PASSAGE_LENGTH = 240
"""Code points in a passage, about: three lines of a terminal."""

MOST_PASSAGES = 2

_CLOSING = re.compile("[.!?؟»”)]{0,4}")  # what closes the last word
# What stands before the first word of a sentence; so many blanks part sentences too.
_SENTENCE_END = re.compile(r"""(?:^|[.!?؟:\n]|[ \t\N{NO-BREAK SPACE}«“"(]{10})[ \t\N{NO-BREAK SPACE}«“"(]*""")
_MARGIN = 11
# Code points before the first highlight: up to the sentence's beginning, or else so many.
_SENTENCE_LEAD, _LEAD = 120, 60
_MOST_TEXT = 200_000  # code points of a document that are searched for passages
_MOST_STARTS = 200  # matches that a passage may begin at


@dataclass
class Wanted:
    """What a query asks for that can be pointed at in a text."""

    roots: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    near: set[Near] = field(default_factory=set)
    surfaces_like: set[Expanded] = field(default_factory=set)
    roots_like: set[Expanded] = field(default_factory=set)

    @classmethod
    def by(cls, query: Node, *, title: bool = False) -> Wanted:
        """Collect what a query asks for; with ``title`` also what it asks of the title alone."""
        wanted = cls()
        for node in _leaves(query):
            if node.field.startswith("title_") and not title:
                continue
            if isinstance(node, Phrase):
                wanted.phrases.add(node.terms)
            elif isinstance(node, Near):
                wanted.near.add(node)
            elif isinstance(node, Expanded):
                if node.field.endswith("surface"):
                    wanted.surfaces_like.add(node)
                elif not isinstance(node, Prefix):  # a stem only ranks
                    wanted.roots_like.add(node)
            elif node.field.endswith("root"):  # a surface form always comes with its root
                wanted.roots.add(node.text)
        return wanted

    def found_in(self, tokens: Tokens) -> Sequence[tuple[Span, str]]:
        """Return the span of each match, from left to right, with what was matched."""
        words = self._words(tokens)
        if self.phrases:
            return tuple(self._with_phrases(tokens, words))
        return [(tokens.span(number), words[number]) for number in sorted(words)]

    def _with_phrases(self, tokens: Tokens, words: Mapping[int, str]) -> Iterator[tuple[Span, str]]:
        end = 0
        for number in sorted({*words, *self._beginnings(tokens)}):
            phrases = (p for p in self.phrases if tokens.roots[number : number + len(p)] == p)
            phrase = max(phrases, key=len, default=())
            spans = map(tokens.span, range(number, number + len(phrase)))
            inside = [span for span in spans if span.start >= end]
            if inside:  # what an earlier phrase, which may overlap this one, leaves of it
                end = inside[-1].end
                yield Span(inside[0].start, end), " ".join(phrase)
            elif number in words and (span := tokens.span(number)).start >= end:
                yield span, words[number]

    def _beginnings(self, tokens: Tokens) -> Iterable[int]:
        """Return the numbers of the tokens at which a phrase may begin."""
        return tokens.with_roots({phrase[0] for phrase in self.phrases}) if self.phrases else ()

    def _words(self, tokens: Tokens) -> dict[int, str]:
        """Return the numbers of the tokens that match by themselves, with what of the query they match."""
        found = {number: text for node in self.near for number, text in _near(tokens.roots, node)}
        if self.roots_like:
            found |= _like(tokens.roots, self.roots_like)
        if self.surfaces_like:
            found |= _like(tokens.surfaces, self.surfaces_like)
        return found | tokens.with_roots(self.roots)


def _near(roots: Sequence[str], node: Near) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the roots that stand as near one another as a node asks for."""
    times = Counter(node.terms)
    numbers = [number for number, root in enumerate(roots) if root in times]
    length = len(node.terms) + node.apart
    for place, number in enumerate(numbers):
        run = numbers[place : bisect_left(numbers, number + length)]
        if not times - Counter(roots[one] for one in run):
            yield from ((one, roots[one]) for one in run)


def _like(terms: Sequence[str], nodes: Iterable[Expanded]) -> dict[int, str]:
    """Return the numbers of the terms that any of some nodes stands for, with what it looks for."""
    distinct = set(terms)
    meant: dict[str, str] = {}
    for node in sorted(nodes, key=lambda node: node.text):
        far = distance(node)
        meant = {term: node.text for term in distinct if far(term) is not None} | meant
    return {number: meant[term] for number, term in enumerate(terms) if term in meant}


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Or | And):
        children = (*node.children, *node.maybe) if isinstance(node, And) else node.children
        for child in children:
            if not isinstance(child, Not):
                yield from _leaves(child)


def highlights(text: str, wanted: Wanted) -> tuple[Span, ...]:
    """Return the spans of a text that a query asks for."""
    return tuple(span for span, _ in wanted.found_in(analyze(text))) if text else ()


def passages(text: str, wanted: Wanted) -> tuple[Snippet, ...]:
    """Return the best passages of a text, in its order; its beginning if it has no match."""
    text = text[:_MOST_TEXT]
    tokens = analyze(text)
    if not tokens:
        return ()
    matches = wanted.found_in(tokens)
    if not matches:
        return (_cut(text, tokens, tokens.span(0).start, ()),)
    spans = [span for span, _ in matches]
    chosen: list[Snippet] = []
    for start in _best_starts(matches):
        if any(other.start <= start < other.start + len(other.text) for other in chosen):
            continue  # as most of the others
        snippet = _cut(text, tokens, start, spans)
        if not any(_overlap(snippet, other) for other in chosen):
            chosen.append(snippet)
        if len(chosen) == MOST_PASSAGES:
            break
    return tuple(sorted(chosen, key=lambda snippet: snippet.start))


def _best_starts(matches: Sequence[tuple[Span, str]]) -> list[int]:
    """Return the places where a passage may begin: first those followed by the most different matches."""
    # A document that repeats a word hundreds of times shows it soon enough.
    numbers = range(min(len(matches), _MOST_STARTS))
    ends = [span.end for span, _ in matches]

    def worth(number: int) -> tuple[int, int, int]:
        begin = matches[number][0].start
        last = bisect_right(ends, begin + PASSAGE_LENGTH - _SENTENCE_LEAD, number)
        return -len({what for _, what in matches[number:last]}), number - last, number

    return [matches[number][0].start for number in sorted(numbers, key=worth)]


def _cut(text: str, tokens: Tokens, place: int, spans: Sequence[Span]) -> Snippet:
    """Cut a passage of whole words around a place where one begins, from the beginning of its sentence if near."""
    start = _start(text, tokens, place)
    last = tokens.ended_by(start + PASSAGE_LENGTH) - 1
    end = tokens.span(last).end if last >= 0 else start
    if end <= start:  # the word is longer than a passage
        end = min(len(text), start + PASSAGE_LENGTH)
    end += len(_CLOSING.match(text, end)[0])  # type: ignore[index]  # it matches anywhere
    paragraph = text.find("\n", max((span.end for span in spans if span.start <= place), default=place), end)
    if paragraph >= start + PASSAGE_LENGTH // 2:
        end = paragraph
    inside = (Span(s.start - start, s.end - start) for s in spans if start <= s.start and s.end <= end)
    return Snippet(text[start:end], start, tuple(inside))


def _start(text: str, tokens: Tokens, place: int) -> int:
    """Return where the passage around a place begins."""
    first = max(0, place - _SENTENCE_LEAD)
    begins = [match.end() for match in _SENTENCE_END.finditer(text, max(0, first - _MARGIN), place)]
    for start in reversed(begins):
        if start >= first and tokens.span(tokens.first_from(start)).start == start:
            return start
    return tokens.span(tokens.first_from(place - _LEAD)).start


def _overlap(one: Snippet, other: Snippet) -> bool:
    return one.start < other.start + len(other.text) and other.start < one.start + len(one.text)
