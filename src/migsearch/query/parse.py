"""The query language, read leniently: what a user typed becomes a syntax tree, and notes on what was mended.

===================  =============================================================================
``IOM Turkmenistan``  words: one or more must match, more matching words rank higher
``"safe migration"``  a phrase, which must match
``+word``             must match; also ``+(a b)``: one of them must
``-word``             must not match; also ``-"a phrase"``, ``-org:eu``, ``-(a b)``, ``NOT word``
``migra*``            words that begin so; ``migra*on``, ``*stan``: words with any letters at each ``*``
``refugee~``          words that are spelt nearly so, with a letter wrong; ``refugee~2``: with two
``"safe return"~5``   words in any order with at most so many others among them, which must match
``a AND b``           both must match, where several words stand side by side one of them; ``&&`` likewise
``a OR b``, ``( )``   alternatives and groups; ``|`` likewise. AND binds more closely than OR
``title:word``        must match in the title; also a phrase, prefix or group
``org:iom``           a filter by organisation: an id or a name, ``org:"European Union"``
``lang:fa``           a filter by language, ``lang:fa-AF`` for Dari
``date:2021``         a filter by date: ``date:2021-04``, ``date:2021-04..2022``, ``date:..2019``, ``date:1400/1/26``,
                      ``date:حمل-1400``, ``date:رمضان-1445``; numbers from 1300 to 1414 are Solar Hijri
===================  =============================================================================

In a line all in capitals, such as a headline, AND, OR and NOT are words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from migsearch.errors import QueryError
from migsearch.model import Note, Span
from migsearch.query.syntax import (
    Both,
    Either,
    Exclude,
    Filter,
    Group,
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

MAX_QUERY_LENGTH = 5_000
"""Code points in a query; far more than anybody types, few enough to be answered at once."""

MAX_EDITS = 2
"""Wrong letters in a word that is looked for though misspelt."""

MAX_APART = 100
"""Words that may stand among words that are looked for near one another."""

MAX_DEPTH = 50
"""Parentheses, fields and exclusions within one another."""

_FIELDS = {
    "title": "title",
    "org": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "lang": "language",
    "language": "language",
    "date": "date",
}
_QUOTATION = re.compile(r'["“«](.*)["”»](?:~(\d*))?', re.DOTALL)
_MISSPELT = re.compile(r"(.+)~(\d?)")
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<exclude>-+(?=[^\s)-]))
  | (?P<require>\++(?=[^\s)+]))
  | (?P<open>\()
  | (?P<close>\))
  | (?P<field>[A-Za-z]+:(?=[^\s)]))
  | (?P<quoted>(?:"[^"]*"|“[^”]*”|«[^»]*»)(?:~\d*)?)
  | (?P<unclosed>["“«])
  | (?P<or>(?:OR|\|\|?)(?=[\s()]|$))
  | (?P<and>(?:AND|&&)(?=[\s()]|$))
  | (?P<not>NOT(?=[\s()]|$))
  | (?P<word>[^\s()"“”«»]+|[”»])
    """,
    re.VERBOSE,
)


def parse(query: str) -> tuple[Group, tuple[Note, ...]]:
    """Read a query; returns its syntax and what was read leniently.

    Raises :class:`QueryError` if it is longer than :data:`MAX_QUERY_LENGTH`, nested deeper than :data:`MAX_DEPTH`
    or holds a lone surrogate.
    """
    if len(query) > MAX_QUERY_LENGTH:
        message = f"the query has {len(query):,} characters; at most {MAX_QUERY_LENGTH:,} are allowed"
        raise QueryError(message, (MAX_QUERY_LENGTH, len(query)))
    try:
        query.encode()
    except UnicodeEncodeError as error:
        raise QueryError("the query holds a lone surrogate, which has no encoding", (error.start, error.end)) from None
    parser = _Parser(query)
    group = parser.group(opened=None, depth=0)
    return group, tuple(parser.notes)


def lexemes(query: str) -> Iterator[tuple[str, Span]]:
    """Yield the kind and the place of each word, sign and space of a query, as for colouring it while it is typed.

    The kinds are ``word``, ``space``, ``field``, ``quoted``, ``unclosed``, ``exclude``, ``require``, ``or``, ``and``,
    ``not``, ``open`` and ``close``.
    """
    in_capitals = _in_capitals(query)
    for match in _TOKEN.finditer(query):
        kind = _kind(match, in_capitals)
        unknown = kind == "field" and match[0].lower().rstrip(":") not in _FIELDS
        yield "word" if unknown else kind, Span(*match.span())


_HEADLINE = 6  # words all in capitals; fewer may be acronyms


def _in_capitals(query: str) -> bool:
    """Tell whether a query is a line all in capitals."""
    return query.isupper() and len(re.findall(r"[A-Z]{2,}", query)) >= _HEADLINE


def _kind(match: re.Match[str], in_capitals: bool) -> str:
    kind = str(match.lastgroup)
    return "word" if in_capitals and kind in ("or", "and", "not") and match[0].isalpha() else kind


@dataclass
class _Parser:
    """Reads one query from left to right."""

    query: str
    position: int = 0
    notes: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._in_capitals = _in_capitals(self.query)

    def group(self, opened: int | None, depth: int) -> Group:
        """Read up to the parenthesis that closes the group, or to the end."""
        items: list[Syntax] = []
        operator: re.Match[str] | None = None  # the OR or AND that ties the next item to the last one
        while (match := self._next()) is not None:
            kind = self._kind(match)
            if kind == "close":
                if opened is not None:
                    break
                self._note("there is no ( for this )", match)
            elif kind in ("or", "and"):
                operator = match if items else None
                if not items:
                    self._note(f"{match[0]} has nothing before it", match)
            elif (item := self._item(match, depth)) is not None:
                self._append(items, item, self._kind(operator) if operator else "")
                operator = None
        else:
            if opened is not None:
                self.notes.append(Note("this ( is not closed", Span(opened, opened + 1)))
        if operator:
            self._note(f"{operator[0]} has nothing after it", operator)
        return Group(tuple(items))

    def _kind(self, match: re.Match[str]) -> str:
        return _kind(match, self._in_capitals)

    def _next(self) -> re.Match[str] | None:
        match = _TOKEN.match(self.query, self.position)
        if match is None:
            return None
        self.position = match.end()
        return self._next() if self._kind(match) == "space" else match

    def _item(self, match: re.Match[str], depth: int) -> Syntax | None:
        """Read one word, phrase, group, filter or exclusion that begins with the match."""
        kind, span = self._kind(match), Span(*match.span())
        if kind == "open":
            return self.group(match.start(), _deeper(depth, match))
        if kind in ("exclude", "not", "require"):
            return self._marked(match, depth)
        if kind == "field":
            return self._in_field(match, depth)
        if kind == "quoted":
            return self._quoted(match)
        if kind == "unclosed":
            return self._unclosed(match)
        text = match.group()
        if text.endswith(":") and text[:-1].lower() in _FIELDS:
            self._note(f"{text} needs a value right after it", match)
            return None
        if "*" in text and any(map(str.isalnum, text)):
            return Starts(text.rstrip("*"), span) if "*" not in text.rstrip("*") else Pattern(text, span)
        if (misspelt := _MISSPELT.fullmatch(text)) and any(map(str.isalnum, misspelt[1])):
            return self._misspelt(misspelt[1], int(misspelt[2] or 1), match)
        return Words(text, span)

    def _misspelt(self, text: str, edits: int, match: re.Match[str]) -> Syntax:
        if not 1 <= edits <= MAX_EDITS:
            self._note(f"1 or {MAX_EDITS} letters of a word may be wrong, not {edits}", match)
        return Misspelt(text, min(max(edits, 1), MAX_EDITS), Span(*match.span()))

    def _quoted(self, match: re.Match[str]) -> Syntax:
        text, number = _unquoted(match)
        apart = int(number[:6] or 0)  # more digits are more than enough
        if apart > MAX_APART:
            self._note(f"at most {MAX_APART} other words may stand among these, not {number}", match)
        span = Span(*match.span())
        return Together(text, min(apart, MAX_APART), span) if apart else Quoted(text, span)

    def _marked(self, match: re.Match[str], depth: int) -> Syntax | None:
        """Read what must match, or must not."""
        requires = self._kind(match) == "require"
        following = self._next()
        if following is None or self._kind(following) in ("close", "or", "and"):
            self._note(f"{match[0]} has nothing to {'require' if requires else 'exclude'}", match)
            self.position = match.end() if following is None else following.start()
            return None
        item = self._item(following, _deeper(depth, match))
        if item is None:
            return None
        return Require(item) if requires else Exclude(item)

    def _in_field(self, match: re.Match[str], depth: int) -> Syntax | None:
        typed = match.group()[:-1]
        name = _FIELDS.get(typed.lower())
        if name is None:
            if not self.query.startswith("//", match.end()):
                self._note(f"there is no field {typed!r}: the fields are title, org, lang and date", match)
            return Words(typed, Span(match.start(), match.end() - 1))
        following = self._next()
        if following is None:  # only an odd sign follows
            return None
        if name == "title":
            item = self._item(following, _deeper(depth, match))
            return None if item is None else InTitle(item)
        quoted = self._kind(following) == "quoted"
        value = _unquoted(following)[0] if quoted else following.group()
        if not value.strip() or not (quoted or self._kind(following) == "word"):
            self._note(f"{typed}: needs a value right after it", match)
            self.position = following.end() if quoted else following.start()
            return None
        return Filter(name, value, Span(*following.span()))  # type: ignore[arg-type]

    def _unclosed(self, match: re.Match[str]) -> Syntax | None:
        self._note("this quotation mark is not closed; the words after it are read as words", match)
        return None

    def _note(self, message: str, match: re.Match[str]) -> None:
        self.notes.append(Note(message, Span(*match.span())))

    def _append(self, items: list[Syntax], item: Syntax, operator: str) -> None:
        last = items[-1] if items else None
        if operator and last is not None:
            items[-1] = _tied(last, item, operator)
        elif last is not None and isinstance(item, Words) and (longer := self._continued(last, item)) is not None:
            items[-1] = longer
        else:
            items.append(item)

    def _continued(self, last: Syntax, word: Words) -> Syntax | None:
        """Return an item with the next word at its end, if it ends in words side by side.

        Words are analysed together: an ending that stands apart belongs to the word before it.
        """
        if isinstance(last, Both | Either):
            end = self._continued(last.children[-1], word)
            return None if end is None else type(last)((*last.children[:-1], end))
        if not isinstance(last, Words) or self._left_out(last.span.end, word.span.start):
            return None
        return Words(self.query[last.span.start : word.span.end], Span(last.span.start, word.span.end))

    def _left_out(self, start: int, end: int) -> bool:
        """Tell whether something with letters, such as a field without a value, was left out between two places."""
        return any(map(str.isalnum, self.query[start:end]))


def _tied(last: Syntax, item: Syntax, operator: str) -> Syntax:
    """Return two items as one: alternatives, or what must match together, which binds more closely."""
    if operator == "or":
        return Either((*(last.children if isinstance(last, Either) else (last,)), item))
    if isinstance(last, Either):
        return Either((*last.children[:-1], _tied(last.children[-1], item, operator)))
    return Both((*(last.children if isinstance(last, Both) else (last,)), item))


def _unquoted(match: re.Match[str]) -> tuple[str, str]:
    """Return what stands between quotation marks, and the number after them."""
    quotation = _QUOTATION.fullmatch(match.group())
    return (quotation[1], quotation[2] or "") if quotation else ("", "")


def _deeper(depth: int, match: re.Match[str]) -> int:
    if depth == MAX_DEPTH:
        raise QueryError(f"the query is nested more than {MAX_DEPTH} deep", match.span())
    return depth + 1
