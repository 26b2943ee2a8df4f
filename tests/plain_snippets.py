"""Highlights and passages found in the plainest way: every token is looked at. What the quick way must agree with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migsearch.analysis.analyzer import analyze
from migsearch.model import Snippet, Span, Token
from migsearch.query.expansion import distance
from migsearch.query.tree import Near
from migsearch.snippets import MOST_PASSAGES, PASSAGE_LENGTH, Wanted

CLOSING = ".!?؟»”)"


def spans(tokens: Sequence[Token], wanted: Wanted) -> Iterator[tuple[Span, str]]:
    end = 0
    for number, token in enumerate(tokens):
        here = {p for p in wanted.phrases if tuple(t.root for t in tokens[number : number + len(p)]) == p}
        phrase = max(here, key=len, default=())
        inside = [t.span for t in tokens[number : number + len(phrase)] if t.span.start >= end]
        if inside:
            end = inside[-1].end
            yield Span(inside[0].start, end), " ".join(phrase)
        elif token.span.start >= end:
            like = [n.text for n in wanted.surfaces_like if distance(n)(token.surface) is not None]
            like += [n.text for n in wanted.roots_like if distance(n)(token.root) is not None]
            if token.root in wanted.roots or any(is_near(number, tokens, node) for node in wanted.near):
                yield token.span, token.root
            elif like:
                yield token.span, min(like)


def is_near(number: int, tokens: Sequence[Token], node: Near) -> bool:
    """Tell whether a token stands in a run that has all the words that are to stand near one another."""
    length = len(node.terms) + node.apart
    starts = range(max(0, number - length + 1), number + 1)
    runs = ([t.root for t in tokens[start : start + length]] for start in starts)
    return tokens[number].root in node.terms and any(
        all(run.count(term) >= node.terms.count(term) for term in node.terms) for run in runs
    )


def passages(text: str, wanted: Wanted) -> tuple[Snippet, ...]:
    tokens = list(analyze(text))
    matches = list(spans(tokens, wanted))
    if not tokens:
        return ()
    if not matches:
        return (cut(text, tokens, tokens[0].span.start, []),)
    ranked = []
    for number, (span, _) in enumerate(matches):
        inside = [what for s, what in matches[number:] if s.end <= span.start + PASSAGE_LENGTH // 2]
        ranked.append((-len(set(inside)), -len(inside), number))
    chosen: list[Snippet] = []
    for *_, number in sorted(ranked[:200]):
        snippet = cut(text, tokens, matches[number][0].start, [span for span, _ in matches])
        ends = snippet.start + len(snippet.text)
        if all(ends <= other.start or other.start + len(other.text) <= snippet.start for other in chosen):
            chosen.append(snippet)
    return tuple(sorted(chosen[:MOST_PASSAGES], key=lambda snippet: snippet.start))


def cut(text: str, tokens: Sequence[Token], place: int, matches: Sequence[Span]) -> Snippet:
    starts = [token.span.start for token in tokens if token.span.start <= place]
    sentences = [start for start in starts if start >= place - 120 and begins_sentence(text[:start])]
    start = sentences[-1] if sentences else min(start for start in starts if start >= place - 60)
    ends = [token.span.end for token in tokens if start < token.span.end <= start + PASSAGE_LENGTH]
    end = ends[-1] if ends else min(len(text), start + PASSAGE_LENGTH)
    for _ in range(4):
        end += text[end : end + 1] in CLOSING and end < len(text)
    before = [span.end for span in matches if span.start <= place]
    paragraph = text.find("\n", max(before, default=place), end)
    end = paragraph if paragraph >= start + PASSAGE_LENGTH // 2 else end
    inside = [Span(s.start - start, s.end - start) for s in matches if s.start >= start and s.end <= end]
    return Snippet(text[start:end], start, tuple(inside))


def begins_sentence(before: str) -> bool:
    kept = before[-10:].rstrip(' \t\N{NO-BREAK SPACE}«“"(')
    return not kept or kept[-1] in ".!?؟:\n"
