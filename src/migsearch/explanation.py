"""Why a document has the score it has for a query, or does not match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from migsearch.engine.judging import Contribution, Judged
from migsearch.query.interpretation import Asked, Interpretation, Kind, Part, asked_text, key
from migsearch.query.tree import And, DateRange, Keyword, Not


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document matches a query, and with which score, or why it does not.

    ``contributions`` add up to ``score``. ``missing`` says, of a document that does not match, what it lacks.
    """

    id: str
    interpretation: Interpretation
    matches: bool
    score: float
    contributions: tuple[Contribution, ...]
    missing: tuple[str, ...]


def explain(interpretation: Interpretation, id: str, judged: Judged) -> Explanation:
    """Explain the answer of an engine to a query that was read so."""
    missing = tuple(_lacks(judged, interpretation.parts))
    added = tuple(_together(judged.contributions))
    return Explanation(id, interpretation, judged.matches, judged.score, added, missing)


def _together(contributions: Iterable[Contribution]) -> Iterator[Contribution]:
    """Yield what is asked for twice, as of the best hit with feedback, as one of twice the weight."""
    for one, times in Counter(contributions).items():
        if times == 1:
            yield one
        else:
            yield replace(one, asked=replace(one.asked, weight=one.weight * times), score=one.score * times)


def _lacks(judged: Judged, parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield a clause for each node that must match and does not."""
    node = judged.node
    if judged.matches:
        return
    if isinstance(node, And):
        for child in judged.children[: len(node.children)]:
            yield from _lacks(child, parts)
    elif isinstance(node, Not):
        yield f"it has what is excluded: {', '.join(_names(_leaves_that(judged, True), parts))}"
    else:
        names = _names(_leaves_that(judged, False), parts)
        yield f"it lacks {names[0]}" if len(names) == 1 else f"it has none of: {', '.join(names)}"


def _leaves_that(judged: Judged, matches: bool) -> Iterator[Asked]:
    """Yield the leaves below a node that match, or that do not and are asked for."""
    node = judged.node
    if isinstance(node, Asked):
        if judged.matches is matches:
            yield node
    elif matches or not isinstance(node, Not):
        required = judged.children[: len(node.children)] if isinstance(node, And) else judged.children
        for child in required:
            yield from _leaves_that(child, matches)


def _names(leaves: Iterator[Asked], parts: tuple[Part, ...]) -> list[str]:
    """Return the parts that leaves stand for, as they were typed."""
    asked = {key(leaf): asked_text(leaf) for leaf in leaves}
    names = (_name(part) for part in parts if not asked.keys().isdisjoint(map(key, part.asked)))
    return list(dict.fromkeys(names)) or list(asked.values())  # of what several parts are asked for together


_FORMS: dict[Kind, str] = {
    "word": "the word {}",
    "phrase": "the phrase {}",
    "near": "the words {}",
    "prefix": "a word like {}",
    "pattern": "a word like {}",
    "misspelt": "a word like {}",
    "filter": "{}",
}


def _name(part: Part) -> str:
    in_title = any(not isinstance(node, Keyword | DateRange) and node.field.startswith("title_") for node in part.asked)
    return _FORMS[part.kind].format(part.text) + (" in its title" if in_title else "")
