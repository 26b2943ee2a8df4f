"""How a query was read, part by part.

Each part of a query is read once more by itself: what it asks for then, and the whole query asks for too, is what
became of it. So whatever the reading of queries learns, such as alternatives to a word, shows here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from migsearch.analysis.analyzer import analyze, words_in
from migsearch.model import Note, Span, Token
from migsearch.query.expansion import MAX_EXPANSIONS, MAX_FUZZY
from migsearch.query.parse import parse
from migsearch.query.resolve import read_query
from migsearch.query.syntax import (
    Exclude,
    Filter,
    InTitle,
    Misspelt,
    Pattern,
    Quoted,
    Require,
    Starts,
    Syntax,
    Together,
    Words,
)
from migsearch.query.tree import (
    And,
    DateRange,
    Expanded,
    Fuzzy,
    Keyword,
    Leaf,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Term,
    leaves,
)

if TYPE_CHECKING:
    from migsearch.ingest.gazetteer import Gazetteer

Asked = Leaf | Keyword | DateRange
"""What a part of a query asks of the engine."""

Kind = Literal["word", "phrase", "near", "prefix", "pattern", "misspelt", "filter"]
Role = Literal["ranks", "required", "excluded", "dropped"]


@dataclass(frozen=True, slots=True)
class Part:
    """A word, phrase, beginning of words or filter in a query, and what it was read as.

    ``text`` stands at ``span`` of the query. ``tokens`` are its words with surface and root, their spans in the query;
    a compound is one word of several tokens. ``asked`` is what the engine is asked for it, each with its weight: the
    roots, the surface form, the stem as a prefix of roots, alternatives, or the values of a filter.

    ``role`` is ``ranks`` if it adds to the score, ``required`` if nothing matches without it, ``excluded`` if nothing
    matches with it, and ``dropped`` if it is too common to search by.
    """

    kind: Kind
    text: str
    span: Span
    role: Role
    tokens: tuple[Token, ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def surface(self) -> str:
        """The folded spelling."""
        return " ".join(token.surface for token in self.tokens)

    @property
    def root(self) -> str:
        """The roots of its words."""
        return " ".join(token.root for token in self.tokens)

    @property
    def alternatives(self) -> tuple[Asked, ...]:
        """What is asked beside its own root, stem and surface form."""
        own = {self.surface, self.root}
        others = (node for node in self.asked if self.kind == "word" and not isinstance(node, Prefix))
        return tuple(node for node in others if asked_text(node) not in own)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a query was read.

    ``parts`` are in the order of the query; ``together`` is what is asked for several of them, such as words side by
    side; ``shared`` are words that the best hits share, if these were looked at; ``notes`` say what was read leniently;
    ``tree`` is what an engine answers.
    """

    query: str
    parts: tuple[Part, ...]
    together: tuple[Asked, ...]
    notes: tuple[Note, ...]
    tree: Node
    shared: tuple[Term, ...] = ()


def interpret(query: str, gazetteer: Gazetteer | None = None) -> Interpretation:
    """Tell how a query is read; raises :class:`~migsearch.errors.QueryError`."""
    syntax, _ = parse(query)
    tree, notes = read_query(query, gazetteer)
    asked: dict[Asked, list[Asked]] = {}
    for leaf in dict.fromkeys(_leaves(tree)):
        asked.setdefault(key(leaf), []).append(leaf)
    parts = tuple(
        _resolved(part, read_query(scope + part.text, gazetteer)[0], scope, tree, asked)
        for part, scope in _parts(syntax, query)
    )
    accounted = {key(leaf) for part in parts for leaf in part.asked}
    together = tuple(leaf for k, leaves in asked.items() if k not in accounted for leaf in leaves)
    return Interpretation(query, parts, together, notes, tree)


def capped_notes(capped: Iterable[Expanded], query: str, gazetteer: Gazetteer | None = None) -> Iterator[Note]:
    """Yield a note for each part of a query that stands for more words than were looked for."""
    keys = {key(node) for node in capped}
    for part in interpret(query, gazetteer).parts:
        for node in part.asked if part.kind in _LIMITS else ():
            if key(node) in keys:
                most, which = _LIMITS[part.kind]
                yield Note(f"this stands for more than {most:,} words; looked for were {which}", part.span)
                break


def asked_field(node: Asked) -> str:
    """Return where a leaf of a tree looks."""
    return "date" if isinstance(node, DateRange) else node.field


def asked_text(node: Asked) -> str:
    """Return what a leaf of a tree asks for, in words."""
    if isinstance(node, Phrase | Near):
        return " ".join(node.terms) + (f" ~{node.apart}" if isinstance(node, Near) else "")
    if isinstance(node, Leaf):
        return node.text + ("*" if isinstance(node, Prefix) else f"~{node.edits}" if isinstance(node, Fuzzy) else "")
    return node.value if isinstance(node, Keyword) else f"{node.first or ''}..{node.last or ''}"


_KINDS: dict[type[Syntax], Kind] = {
    Quoted: "phrase",
    Together: "near",
    Starts: "prefix",
    Pattern: "pattern",
    Misspelt: "misspelt",
}


_LIMITS: dict[Kind, tuple[int, str]] = {
    "prefix": (MAX_EXPANSIONS, "the first in alphabetical order"),
    "pattern": (MAX_EXPANSIONS, "those of most documents"),
    "misspelt": (MAX_FUZZY, "the nearest"),
}


def _parts(item: Syntax, query: str, scope: str = "", role: Role = "ranks") -> Iterator[tuple[Part, str]]:
    """Yield the parts of a query in order, before anything is known of what they ask, and what each stands under."""
    if isinstance(item, Words):
        for word in words_in(item.text):
            tokens = _moved(word, item.span.start)
            span = Span(tokens[0].span.start, tokens[-1].span.end)
            yield Part("word", query[span.start : span.end], span, role, tokens), scope
    elif isinstance(item, Quoted | Together | Starts | Pattern | Misspelt):
        start, end = item.span
        tokens = _moved(analyze(item.text), query.index(item.text, start))
        yield Part(_KINDS[type(item)], query[start:end], item.span, role, tokens), scope
    elif isinstance(item, Filter):
        text = query[item.span.start : item.span.end]
        yield Part("filter", f"{item.name}:{text}", item.span, role), scope
    elif isinstance(item, InTitle):
        yield from _parts(item.child, query, "title:", role)
    elif isinstance(item, Require):
        yield from _parts(item.child, query, scope, role)
    elif isinstance(item, Exclude):
        yield from _parts(item.child, query, scope, "ranks" if role == "excluded" else "excluded")
    else:
        for child in item.children:
            yield from _parts(child, query, scope, role)


def _moved(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    return tuple(token._replace(span=Span(token.span.start + start, token.span.end + start)) for token in tokens)


def _resolved(part: Part, alone: Node, scope: str, tree: Node, asked: Mapping[Asked, Sequence[Asked]]) -> Part:
    """Return a part, which ``alone`` reads so, with what is asked for it and the role that it plays in the tree."""
    keys = dict.fromkeys((*map(key, _leaves(alone)), *_own(part, scope)))
    found = tuple(leaf for k in keys for leaf in asked.get(k, ()))
    role = part.role
    if not found:
        role = "dropped"
    elif role == "ranks" and not _can_match(tree, frozenset(keys)):
        role = "required"
    return replace(part, asked=found, role=role)


def _own(part: Part, scope: str) -> Iterator[Asked]:
    # Read alone, a word may be a sign, such as OR.
    if part.kind == "word" and len(part.tokens) == 1:
        [token] = part.tokens
        yield Term("title_root" if scope else "root", token.root, 0.0)
        yield Term("title_surface" if scope else "surface", token.surface, 0.0)


def key(node: Asked) -> Asked:
    """Return what a leaf is found by whatever its weight, which adds up where a word is typed twice."""
    return node if isinstance(node, Keyword | DateRange) else replace(node, weight=0.0)


def _leaves(node: Node) -> Iterator[Asked]:
    return (leaf for leaf in leaves(node) if isinstance(leaf, Asked))


def _can_match(node: Node, without: frozenset[Asked]) -> bool:
    """Tell whether a document can match a node without matching some leaves."""
    if isinstance(node, Asked):
        return key(node) not in without
    if isinstance(node, And):
        return all(_can_match(child, without) for child in node.children)
    return not isinstance(node, Or) or any(_can_match(child, without) for child in node.children)
