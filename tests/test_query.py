"""Queries as they are read: queries.txt, the limits, and text of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migsearch.engine.memory import MemoryEngine
from migsearch.errors import QueryError
from migsearch.index import Index
from migsearch.model import Document
from migsearch.query.parse import MAX_DEPTH, MAX_QUERY_LENGTH
from migsearch.query.resolve import read_query
from migsearch.query.tree import (
    And,
    DateRange,
    Everything,
    Fuzzy,
    Keyword,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)
from migsearch.query.words import STEM_WEIGHT, SURFACE_WEIGHT

GOLDEN = Path(__file__).with_name("queries.txt")

# ----------------------------------------------------------------------------------------------------------------------
# queries.txt
# ----------------------------------------------------------------------------------------------------------------------


def answer(query: str) -> list[str]:
    """Return the lines below a query in queries.txt."""
    try:
        node, notes = read_query(query)
    except QueryError as error:
        return [f"error {pointed(query, error.span)} {str(error).partition(': write')[0]}"]
    return [f"tree {shown(node)}", *(f"note {pointed(query, note.span)} {note.message}" for note in notes)]


def pointed(query: str, span: tuple[int, int] | None) -> str:
    assert span
    start, end = span
    return f"{start}..{end} «{query[start:end]}»"


def shown(node: Node, *, inside: bool = False) -> str:
    """Print a tree in the notation of queries.txt."""
    if isinstance(node, Or):
        return grouped(list(alternatives(node.children)), " | ", inside=inside)
    if isinstance(node, And):
        maybe = " ? " + " ? ".join(alternatives(node.maybe)) if node.maybe else ""
        text = " & ".join(shown(child, inside=True) for child in node.children) + maybe
        return f"({text})" if inside else text
    if isinstance(node, Not):
        return f"-{shown(node.child, inside=True)}"
    if isinstance(node, Keyword):
        return f"{node.field}={node.value}"
    if isinstance(node, DateRange):
        return f"{node.first or ''}..{node.last or ''}"
    if isinstance(node, Everything):
        return "everything"
    return leaf(node)


def grouped(parts: Sequence[str], sign: str, *, inside: bool) -> str:
    text = sign.join(parts)
    return f"({text})" if inside and len(parts) > 1 else text


def alternatives(children: Sequence[Node]) -> Iterator[str]:
    """Print alternatives, a root and the form after it as one word."""
    rest = list(children)
    while rest:
        node = rest.pop(0)
        form = rest[0] if rest else None
        if (
            isinstance(node, Term)
            and isinstance(form, Term)
            and form.field == node.field.replace("root", "surface") != node.field
            and node.weight / form.weight * SURFACE_WEIGHT in (1, pytest.approx(1 + STEM_WEIGHT))
        ):
            rest.pop(0)
            word = node.text if node.text == form.text else f"{form.text}→{node.text}"
            yield f"{title(node)}{word}{times(form.weight / SURFACE_WEIGHT)}"
        else:
            yield shown(node, inside=True)


def leaf(node: Leaf) -> str:
    if isinstance(node, Near):
        return f'{title(node)}"{" ".join(node.terms)}"~{node.apart}{times(node.weight)}'
    if isinstance(node, Wildcard):
        return f"{title(node)}={node.text}{times(node.weight)}"
    if isinstance(node, Fuzzy):
        return f"{title(node)}{'=' * node.field.endswith('surface')}{node.text}~{node.edits}{times(node.weight)}"
    if isinstance(node, Prefix) and node.field == "root":
        return f"{node.text}~{times(node.weight / STEM_WEIGHT)}"
    if isinstance(node, Prefix):
        return f"{title(node)}{node.text}*{times(node.weight)}"
    if isinstance(node, Phrase):
        return f'{title(node)}"{" ".join(node.terms)}"{times(node.weight)}'
    if node.field.endswith("surface"):
        return f"{title(node)}={node.text}{times(node.weight / SURFACE_WEIGHT)}"
    return f'{title(node)}"{node.text}"{times(node.weight)}'


def title(node: Leaf) -> str:
    return "title:" if node.field.startswith("title_") else ""


def times(weight: float) -> str:
    return "" if weight == 1 else f"×{weight:g}"


_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_HIDDEN = re.compile("[\N{ZERO WIDTH NON-JOINER}\x00\ud800-\udfff]")


def unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def escaped(text: str) -> str:
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def written_anew(text: str) -> str:
    """Return queries.txt with the answers as they are now."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("query"):
            if lines[-1] and not lines[-1].startswith("#"):
                lines.append("")
            lines += [line, *map(escaped, answer(unescaped(line[6:])))]
        elif not line or line.startswith("#"):
            lines.append(line)
    return "\n".join(lines) + "\n"


def golden() -> Iterator[tuple[str, list[str]]]:
    """Yield each query with the lines below it."""
    for block in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines:
            yield lines[0][6:], lines[1:]


@pytest.mark.parametrize(("query", "expected"), [pytest.param(*case, id=case[0] or "nothing") for case in golden()])
def test_queries(query: str, expected: list[str]) -> None:
    assert [escaped(line) for line in answer(unescaped(query))] == expected


def test_the_file_is_as_it_would_be_written() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert written_anew(text) == text


# ----------------------------------------------------------------------------------------------------------------------
# Limits
# ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index(MemoryEngine(), Path())
    index.add(
        Document(id=id, title=title, text=text, date=date, organisations=organisations)  # type: ignore[arg-type]
        for id, title, text, date, organisations in (
            (
                "1",
                "Returns to Kabul",
                "IOM and UNHCR help refugees with safe migration to Kabul.",
                "2021-03",
                ["iom", "unhcr"],
            ),
            (
                "2",
                "Global compact",
                "For safe migration, orderly and regular. Migrants need it in camps.",
                "2018-12-10",
                ["un"],
            ),
            ("3", "بازگشت مهاجرین", "وزارت امور مهاجرین از بازگشت پناهندگان به کابل خبر داد.", "2021", ["morr"]),
            ("4", "Camps of refugees", "Migration that is safe. Camps near Herat 😀.", None, ["iom"]),
            ("5", "", "safe", "2022", ["eu"]),
        )
    )
    return index


def ids(index: Index, query: str) -> set[str]:
    return {hit.document.id for hit in index.search(query)}


def refused(query: str) -> tuple[str, tuple[int, int] | None]:
    with pytest.raises(QueryError) as caught:
        read_query(query)
    return str(caught.value), caught.value.span


def test_length(index: Index) -> None:
    longest = ("safe refugees " * MAX_QUERY_LENGTH)[:MAX_QUERY_LENGTH]
    assert index.search(longest).total == 4
    assert refused(longest + "s") == (
        "the query has 5,001 characters; at most 5,000 are allowed",
        (MAX_QUERY_LENGTH, MAX_QUERY_LENGTH + 1),
    )
    assert refused("پناهنده " * 12_500)[1] == (MAX_QUERY_LENGTH, 100_000)


@pytest.mark.parametrize(
    "nest", ["({})", "({}", "-({})", "title:{}", "title:({})", "-title:{}", "safe OR ({})", "(safe {})"]
)
def test_depth(index: Index, nest: str) -> None:
    def nested(times: int) -> str:
        query = "refugees"
        for _ in range(times):
            query = nest.format(query)
        return query

    levels = nest.count("(") + nest.count("title:") + nest.count("-")
    deepest = MAX_DEPTH // levels
    # An exclusion of an exclusion asks for what is excluded.
    assert ids(index, nested(deepest)) == ids(index, nested(deepest - 2))
    for times in (deepest + 1, 400):
        message, span = refused(nested(times))
        assert message == f"the query is nested more than {MAX_DEPTH} deep"
        assert span
        # The first sign that goes too deep.
        assert re.fullmatch(r"\(|-|title:", nested(times)[slice(*span)])
        assert span[0] <= len(nested(deepest))


@pytest.mark.parametrize(
    "sign", ["(", ")", '"', "-", "OR ", "| ", "* ", "()", '""', "a*", "a|", "-a ", "«", "»", "org:"]
)
def test_a_sign_repeated_to_no_end(index: Index, sign: str) -> None:
    query = sign * (MAX_QUERY_LENGTH // len(sign))
    if sign == "(":
        assert refused(query)[1] == (MAX_DEPTH, MAX_DEPTH + 1)
    else:
        assert index.search(query).total <= 5


# ----------------------------------------------------------------------------------------------------------------------
# Whatever is typed
# ----------------------------------------------------------------------------------------------------------------------

SIGNS = [
    "(",
    ")",
    '"',
    "“",
    "”",
    "«",
    "»",
    "-",
    "--",
    "*",
    "OR",
    "|",
    ":",
    "..",
    " ",
    " ",
    " ",
    "\u200c",
    "\t",
    "\n",
    "\u3000",
]
FIELDS = ["title:", "org:", "lang:", "date:", "Organisation:", "author:", "نام:", "http://", "10:30"]
VALUES = [
    "2021",
    "2021-04",
    "1400",
    "soon",
    "iom",
    "fa-AF",
    "the",
    "در",
    "ها",
    "می",
    "safe",
    "migration",
    "کابل",
    "پناهندگان",
    "😀",
]
typed = st.lists(st.sampled_from([*SIGNS, *FIELDS, *VALUES]) | st.text(max_size=3), max_size=14).map("".join)
anything = typed | st.text(st.characters(), max_size=40)


@settings(max_examples=1000)
@given(anything)
@example("\ud800")
@example("org:\udcff")
@example("-" * 3000 + "a")
@example("title:" * 800)
def test_no_text_raises_anything_but_a_query_error(index: Index, query: str) -> None:
    try:
        complaints = [(note.message, note.span) for note in index.search(query, facets=["year", "region"]).notes]
    except QueryError as error:
        complaints = [(str(error), error.span or (0, 0))]
    for message, (start, end) in complaints:
        assert message
        assert 0 <= start < end <= len(query)
        assert query[start:end].strip()  # it can be seen


@settings(max_examples=300)
@given(typed, st.sampled_from([" ", "\t", "\u3000", "  \n"]))
def test_space_around_a_query_changes_nothing(query: str, space: str) -> None:
    assert tree_of(f"{space}{query}{space}") == tree_of(query)


def tree_of(query: str) -> object:
    try:
        return read_query(query)[0]
    except QueryError as error:
        return str(error)


words = st.sampled_from(
    ["safe", "migration", "refugees", "Kabul", "camps", "مهاجرین", "the", "کابل", "migra*", '"safe"']
)
marked = st.sampled_from(
    ['"safe migration"', "org:iom", "lang:fa", "date:2021", "title:camps", "title:(Kabul OR camps)"]
)


def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda several: f"({' '.join(several)})"),
        st.lists(parts, min_size=2, max_size=3).map(" OR ".join),
        parts.filter(lambda part: " OR " not in part or part.startswith("(")).map(lambda part: f"-{part.lstrip('-')}"),
    )


well_formed = st.lists(st.recursive(words | marked, larger, max_leaves=6), max_size=3).map(" ".join)

MUST = {
    '"safe migration"': {"1", "2"},
    "org:iom": {"1", "4"},
    "org:iom OR org:un": {"1", "2", "4"},
    "(org:iom OR org:un)": {"1", "2", "4"},
    "lang:fa": {"3"},
    "date:2021": {"1", "3"},
    "title:refugees": {"4"},
    '("safe migration" IOM)': {"1", "2"},
    "-kabul": {"2", "3", "4", "5"},
    "-کابل": {"1", "2", "4", "5"},
    "-(camps herat)": {"1", "3", "5"},
    '-"safe migration"': {"3", "4", "5"},
    "-org:iom": {"2", "3", "5"},
}


@pytest.mark.parametrize(("sign", "allowed"), MUST.items())
@settings(max_examples=30)
@given(rest=well_formed)
def test_what_is_marked_must_match_and_what_is_excluded_must_not(
    index: Index, sign: str, allowed: set[str], rest: str
) -> None:
    assert ids(index, sign) == allowed
    for query in (f"{sign} {rest}", f"({rest}) {sign}"):
        results = index.search(query)
        assert {hit.document.id for hit in results} <= allowed
        assert results.notes == ()


@pytest.mark.parametrize("sign", MUST)
def test_bare_words_only_rank(index: Index, sign: str) -> None:
    """Words beside a phrase or a title take nothing away; beside a filter, which ranks nothing, one must match."""
    alone, with_words = ids(index, sign), ids(index, f"{sign} safe nansen")
    ranks = '"' in sign or "title:" in sign
    assert with_words == (alone if ranks and sign[0] != "-" else alone & {"1", "2", "4", "5"})


if __name__ == "__main__":
    GOLDEN.write_text(written_anew(GOLDEN.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_note_says_what_stands_for_more_words_than_are_looked_for() -> None:
    index = Index(MemoryEngine(), Path())
    letters = [chr(ord("a") + number) for number in range(26)]
    words = [f"kabul{one}{other}" for one in letters for other in letters]
    index.add([Document(id="a", text=" ".join((*words, *(f"herat{word}" for word in words))))])
    assert [index.search(query).notes for query in ("kabul*", "kabul", "*abul*a", "kabul~1")] == [(), (), (), ()]
    for query, part, most in (
        ("Herat kabul~2", "kabul~2", "50"),
        ("title:Herat -kabul~2", "kabul~2", "50"),
        ("Herat *b*", "*b*", "1,000"),
    ):
        (note,) = index.search(query).notes
        assert query[slice(*note.span)] == part
        assert f"more than {most} words" in note.message
