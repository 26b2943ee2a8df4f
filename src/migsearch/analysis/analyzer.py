"""The one way from text to tokens, for documents and queries alike.

A text is taken as runs, which spaces and line ends part. What can be known of a run by itself (words, spelling,
roots, affixes within it) is found once for each distinct run, see :mod:`migsearch.analysis.words`, and remembered;
the loop over a text only looks it up and joins the affixes that stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from migsearch.analysis import compounds, english, persian
from migsearch.analysis.tokens import Tokens, Word, end_of, form_of, moved, placed, start_of
from migsearch.analysis.vocabulary import ENDING, GAP, PREFIX, Form, Vocabulary
from migsearch.analysis.words import core_of, form_number, is_prefix, words_of
from migsearch.model import Token

# No rule of UAX #29 looks across these, so that they part a text into runs that can be taken one by one.
_SEPARATORS = "\n\t\r\N{NO-BREAK SPACE}"  # and the space
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_GAP = f" \N{NO-BREAK SPACE}{_ZWNJ}"  # between a word and an affix that stands apart
_HYPHENS = ("-", "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}")

_REMEMBERED = 160_000  # runs, and those of the text that is being analysed; as many that were met before
_FORMS = 500_000  # of words; when there are so many, all is forgotten
_LONGEST = 64  # code points of a run that is remembered
_REMEMBERED_TEXT = 50_000  # code points of a text whose tokens are remembered

_Known = dict[str, Word | tuple[Word, ...]]


class _Memory(NamedTuple):
    """What is remembered of runs and words.

    ``known`` has the runs that are one word whatever stands beside them, and the words of others before any are joined;
    ``before`` those that were met before the last time that so many were known, from which what is met again is taken
    over. ``parts`` are the words that became one within a run. The vocabulary has the forms of all words.
    """

    known: _Known
    before: _Known
    parts: dict[Word, tuple[Word, ...]]
    vocabulary: Vocabulary

    def parts_of(self, found: Word | tuple[Word, ...]) -> tuple[Word, ...]:
        """Return the words of a run before any are joined."""
        return found if isinstance(found, tuple) else self.parts.get(found, (found,))

    @classmethod
    def empty(cls) -> _Memory:
        return cls({}, {}, {}, Vocabulary())


_memory = _Memory.empty()


def analyze(text: str) -> Tokens:
    """Return the tokens of a text in order.

    Spelling is folded by ICU; an ending or prefix that a Persian writer set apart by ZWNJ or a space joins its
    word, so that the three spellings of one word give one token; a compound gives the tokens of its parts however
    it is written; spans are code points of ``text``.
    """
    # A document's language, organisations and terms each ask for the same tokens.
    return _recently_analyzed(text) if len(text) <= _REMEMBERED_TEXT else _analyzed(text)


def words_in(text: str) -> list[tuple[Token, ...]]:
    """Return the words of a query, each with its tokens: one, or those of a compound in any of its spellings."""
    words: list[tuple[Token, ...]] = []
    for token in analyze(text):
        if words and _is_one_word(text, words[-1], token):
            words[-1] = (*words[-1], token)
        else:
            words.append((token,))
    return words


def _is_one_word(text: str, word: tuple[Token, ...], following: Token) -> bool:
    """Tell whether a token continues a Persian word: after ZWNJ or nothing, or as a known compound after a space."""
    if word[-1].language != "fa" or following.language != "fa":
        return False
    gap = text[word[-1].span.end : following.span.start]
    if not gap.strip(_ZWNJ):
        return True
    first = tuple(token.surface for token in word)
    return not gap.strip(_GAP) and any(
        compounds.is_compound((*first, last)) for last in {following.surface, following.root}
    )


def forget() -> None:
    """Forget every word that was met, which frees its memory; the next texts are slower for it."""
    global _memory
    _memory = _Memory.empty()
    _recently_analyzed.cache_clear()


@lru_cache(maxsize=8)
def _recently_analyzed(text: str) -> Tokens:
    return _analyzed(text)


def _analyzed(text: str) -> Tokens:
    # The one hot loop of analysis: nearly every run is a whole word or none at all, and is only looked up.
    memory = _remembered()
    joining = _Joining(text, memory.vocabulary)
    words, origins = joining.words, joining.origins
    known = memory.known
    runs = _runs(text)
    start = 0
    pending = False  # the last word may be the prefix of the next
    for run in runs:
        found = known.get(run)
        if isinstance(found, int) and not pending:
            words.append(found)
            origins.append(start)
        elif found is None or found:
            pending = joining.add(memory.parts_of(_learnt(run, runs, memory) if found is None else found), start)
        start += len(run) + 1
    return Tokens(words, origins, memory.vocabulary)


def _runs(text: str) -> list[str]:
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return text.split(" ")


def _remembered() -> _Memory:
    """Return what is remembered; it is replaced when it is full, not emptied: another thread may be reading it."""
    global _memory
    if len(_memory.vocabulary) >= _FORMS:
        _memory = _Memory.empty()
    elif len(_memory.known) >= _REMEMBERED:
        _memory = _memory._replace(known={}, before=_memory.known)
    return _memory


def _learnt(run: str, runs: Sequence[str], memory: _Memory) -> Word | tuple[Word, ...]:
    """Return what a run is that is new, and remember it with the other new ones of its text."""
    known, before = memory.known, memory.before
    if len(run) > _LONGEST:
        return words_of([run], memory.vocabulary)[0]
    # To learn them together is quicker.
    new = [run for run in set(runs).difference(known) if len(run) <= _LONGEST]
    if before:
        known.update((run, before[run]) for run in new if run in before)
        new = [run for run in new if run not in known]
    cores = {run: core_of(run) for run in new}
    words = [word for word in dict.fromkeys(core for core, _ in cores.values()) if word not in known]
    found = words_of(words, memory.vocabulary)
    known.update((word, _settled(word, its_words, memory)) for word, its_words in zip(words, found, strict=True))
    known.update((run, _moved(known[core], by, memory)) for run, (core, by) in cores.items() if run != core)
    return known[run]


def _moved(found: Word | tuple[Word, ...], by: int, memory: _Memory) -> Word | tuple[Word, ...]:
    """Return what a run is, for the same with signs around it."""
    if not by:  # mostly they stand after it
        return found
    if isinstance(found, tuple):
        return tuple(moved(word, by) for word in found)
    if found in memory.parts:
        memory.parts[moved(found, by)] = tuple(moved(part, by) for part in memory.parts[found])
    return moved(found, by)


def _settled(run: str, words: tuple[Word, ...], memory: _Memory) -> Word | tuple[Word, ...]:
    """Return the one word that a run is, if nothing beside it can change that; else its words."""
    affixes = memory.vocabulary.affixes
    if not words or affixes[form_of(words[0])] & ENDING:
        return words
    if len(words) == 1:
        return words if affixes[form_of(words[0])] & PREFIX else words[0]
    joining = _Joining(run, memory.vocabulary)
    if joining.add(words, 0) or len(joining.words) > 1:
        return words
    memory.parts[joining.words[0]] = words
    return joining.words[0]


class _Joining:
    """The words of a text so far, to which an affix that stands apart is joined."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self.words: list[Word] = []
        self.origins: list[int] = []

    def add(self, words: Sequence[Word], origin: int) -> bool:
        """Add the words of a run that begins at ``origin``; tells whether the last may be the prefix of the next."""
        affixes = self._vocabulary.affixes
        before = affixes[form_of(self.words[-1])] if self.words else 0
        for word in words:
            own = affixes[form_of(word)]
            # Only where one of two may be an affix; mostly neither is.
            longer = self._joined(word, origin) if own & ENDING or before & PREFIX else None
            if longer:
                self.words[-1] = longer
                before = affixes[form_of(longer)]
            else:
                self.words.append(word)
                self.origins.append(origin)
                before = own
        return bool(before & PREFIX)

    def _joined(self, following: Word, origin: int) -> Word | None:
        """Return the last word and the one after it as one, if one is an affix of the other."""
        if not self.words:
            return None
        last, start = self.words[-1], self.origins[-1]
        gap = _gap_kind(self._text[start + end_of(last) : origin + start_of(following)])
        if gap is None:
            return None
        # Across a space a day before it makes "می" the month.
        before = self._vocabulary.surfaces[form_of(self.words[-2])] if len(self.words) > 1 and gap == " " else ""
        pair = form_of(last), form_of(following), gap, before if persian.is_day(before) else ""
        form = self._vocabulary.joined.get(pair)
        if form is None:
            form = self._vocabulary.joined[pair] = _joined_form(*pair, self._vocabulary)
        return placed(form, start_of(last), origin + end_of(following) - start) if form != GAP else None


def _gap_kind(gap: str) -> str | None:
    """Return a hyphen, ZWNJ, a space or nothing for what parts two words; ``None`` for what no affix is beside."""
    if not gap:
        return ""
    if gap in _HYPHENS:
        return "-"
    if gap.strip(_GAP):
        return None
    return _ZWNJ if _ZWNJ in gap else " "


def _joined_form(last: int, following: int, gap: str, before: str, vocabulary: Vocabulary) -> int:
    """Return the number of the form of two words as one, :data:`GAP` if neither is an affix of the other."""
    first, second = vocabulary[last], vocabulary[following]
    root = _joined_root(first, second, gap, before, vocabulary)
    if root is None:
        return GAP
    form = Form(first.surface + second.surface, root, first.language, f"{first.pieces} {second.pieces}")
    return vocabulary.add(form, PREFIX * is_prefix(form.surface))


def _joined_root(first: Form, second: Form, gap: str, before: str, vocabulary: Vocabulary) -> str | None:
    """Return the root of two words that are parted by ``gap``, if one is an affix of the other."""
    whole = first.surface + second.surface
    if first.language == "en":  # "re-integration"
        joins = gap == "-" and english.joined_prefix(first.surface, second.surface)
    elif gap == "-" or first.language != "fa":
        return None
    elif persian.is_suffix(second.surface, gap == _ZWNJ, first.surface):
        # Written in one, "بیشتر" and "آنها" are words of the list, and keep their ending.
        if not persian.keeps_suffix(whole, second.surface):
            return first.root
        joins = True
    else:
        joins = persian.is_verb_prefix(first.surface, second.surface, before)
    return vocabulary.roots[form_number(whole, vocabulary)] if joins else None
