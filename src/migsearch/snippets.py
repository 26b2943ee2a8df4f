"""Why a document matched: the passages where the query's words stand, in the document's own spelling.

The text of the few hits shown is analysed again, so that a highlight is always the whole word as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from migsearch.analysis.analyzer import analyze
from migsearch.model import Snippet, Span, Token
from migsearch.query.tree import And, Node, Not, Or, Phrase, Prefix, Term

PASSAGE_LENGTH = 240
"""Code points in a passage, about: three lines of a terminal."""

MOST_PASSAGES = 2

_CLOSING = re.compile("[.!?؟»”)]{0,4}")  # what closes the last word
# Code points before the first highlight: up to the sentence's beginning, or else so many.
_SENTENCE_LEAD, _LEAD = 120, 60
_MOST_TEXT = 200_000  # code points of a document that are searched for passages


@dataclass
class Wanted:
    """What a query asks for that can be pointed at in a text."""

    roots: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    phrases: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def by(cls, query: Node, *, title: bool = False) -> Wanted:
        """Collect what a query asks for; with ``title`` also what it asks of the title alone."""
        wanted = cls()
        for node in _leaves(query):
            if node.field.startswith("title_") and not title:
                continue
            if isinstance(node, Phrase):
                wanted.phrases.add(node.terms)
            elif isinstance(node, Prefix):
                if node.field.endswith("surface"):  # a stem only ranks
                    wanted.prefixes.add(node.text)
            elif node.field.endswith("root"):  # a surface form always comes with its root
                wanted.roots.add(node.text)
        return wanted

    def found_in(self, tokens: Sequence[Token]) -> Iterator[tuple[Span, str]]:
        """Yield the span of each match, from left to right, with what was matched."""
        end = 0
        for number, token in enumerate(tokens):
            phrases = (p for p in self.phrases if _roots(tokens[number : number + len(p)]) == p)
            phrase = max(phrases, key=len, default=())
            inside = [t.span for t in tokens[number : number + len(phrase)] if t.span.start >= end]
            if inside:  # what an earlier phrase, which may overlap this one, leaves of it
                end = inside[-1].end
                yield Span(inside[0].start, end), " ".join(phrase)
            elif token.span.start >= end:
                if token.root in self.roots:
                    yield token.span, token.root
                elif prefix := next((p for p in self.prefixes if token.surface.startswith(p)), None):
                    yield token.span, prefix


def _leaves(node: Node) -> Iterator[Term | Phrase | Prefix]:
    if isinstance(node, Term | Phrase | Prefix):
        yield node
    elif isinstance(node, Or | And):
        children = (*node.children, *node.maybe) if isinstance(node, And) else node.children
        for child in children:
            if not isinstance(child, Not):
                yield from _leaves(child)


def _roots(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.root for token in tokens)


def highlights(text: str, wanted: Wanted) -> tuple[Span, ...]:
    """Return the spans of a text that a query asks for."""
    return tuple(span for span, _ in wanted.found_in(analyze(text)))


def passages(text: str, wanted: Wanted) -> tuple[Snippet, ...]:
    """Return the best passages of a text, in its order; its beginning if it has no match."""
    text = text[:_MOST_TEXT]
    tokens = analyze(text)
    if not tokens:
        return ()
    matches = list(wanted.found_in(tokens))
    if not matches:
        return (_cut(text, tokens, tokens[0].span.start, ()),)
    chosen: list[Snippet] = []
    for start in _best_starts(matches):
        snippet = _cut(text, tokens, start, (span for span, _ in matches))
        if not any(_overlap(snippet, other) for other in chosen):
            chosen.append(snippet)
        if len(chosen) == MOST_PASSAGES:
            break
    return tuple(sorted(chosen, key=lambda snippet: snippet.start))


def _best_starts(matches: Sequence[tuple[Span, str]]) -> list[int]:
    """Return the places where a passage may begin: first those followed by the most different matches."""

    def worth(number: int) -> tuple[int, int, int]:
        begin = matches[number][0].start
        inside = [what for span, what in matches[number:] if span.end <= begin + PASSAGE_LENGTH - _SENTENCE_LEAD]
        return -len(set(inside)), -len(inside), number

    # A document that repeats a word hundreds of times shows it soon enough.
    return [matches[number][0].start for number in sorted(range(min(len(matches), 200)), key=worth)]


def _cut(text: str, tokens: Sequence[Token], place: int, spans: Iterable[Span]) -> Snippet:
    """Cut a passage of whole words around a place, from the beginning of its sentence if that is near."""
    starts = [token.span.start for token in tokens if place - _SENTENCE_LEAD <= token.span.start <= place]
    sentences = [start for start in starts if _begins_sentence(text, start)]
    start = sentences[-1] if sentences else min((s for s in starts if s >= place - _LEAD), default=place)
    ends = [token.span.end for token in tokens if start < token.span.end <= start + PASSAGE_LENGTH]
    end = max(ends, default=min(len(text), start + PASSAGE_LENGTH))
    end += len(_CLOSING.match(text, end)[0])  # type: ignore[index]  # it matches anywhere
    spans = list(spans)
    paragraph = text.find("\n", max((span.end for span in spans if span.start <= place), default=place), end)
    if paragraph >= start + PASSAGE_LENGTH // 2:
        end = paragraph
    inside = (Span(s.start - start, s.end - start) for s in spans if start <= s.start and s.end <= end)
    return Snippet(text[start:end], start, tuple(inside))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 10) : start].rstrip(' \t\N{NO-BREAK SPACE}«“"(')
    return not before or before[-1] in ".!?؟:\n"


def _overlap(one: Snippet, other: Snippet) -> bool:
    return one.start < other.start + len(other.text) and other.start < one.start + len(one.text)
