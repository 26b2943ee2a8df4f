"""Pashto nouns among Persian words: the base form without the endings of the plural and of the oblique case.

A word is Pashto by its letters, or by an ending that Persian has not and a Persian word before it: «وزارتونو» is of
وزارت. The endings are those of the noun classes in Tegey and Robson, "A Reference Grammar of Pashto" (1996), chapter 4.
All words here are folded, so that the yehs of کډوالي and کډوالی are one; within a word all yehs are, as «کمېسیون» is
written «کمیسیون», too, and «نړۍوال» is «نړیوال».
"""

from __future__ import annotations

import re

from migsearch.analysis.persian_nouns import is_known

_YEHS = "\N{ARABIC LETTER E}\N{ARABIC LETTER YEH WITH TAIL}"
_LETTERS = re.compile(
    f"[{_YEHS}\N{ARABIC LETTER TEH WITH RING}\N{ARABIC LETTER DAL WITH RING}\N{ARABIC LETTER REH WITH RING}"
    "\N{ARABIC LETTER NOON WITH RING}\N{ARABIC LETTER KAF WITH RING}\N{ARABIC LETTER HAH WITH HAMZA ABOVE}"
    "\N{ARABIC LETTER HAH WITH THREE DOTS ABOVE}\N{ARABIC LETTER REH WITH DOT BELOW AND DOT ABOVE}"
    "\N{ARABIC LETTER SEEN WITH DOT BELOW AND DOT ABOVE}]"
)
_ONE_YEH = dict.fromkeys(map(ord, _YEHS), "\N{ARABIC LETTER FARSI YEH}")
_FEMININE = "\N{ARABIC LETTER E}"  # of words in heh: «مرسته», «مرستې»
_HEH = "\N{ARABIC LETTER HEH}"

# "کډوالو" of "کډوال", "هېوادونه" and "هېوادونو" of "هېواد", "ښځې" and "ښځو" of "ښځه", "ګډونوال" as it is.
_ENDING = re.compile(f"(?:[\N{ARABIC LETTER KAF WITH RING}]ان[و{_FEMININE}]?|ون[هو]|انو?|[وه{_FEMININE}])$")
# "راستنېدونکي" and "راستنېدونکو" are of "راستنېدونکی"; of other words a yeh is mostly no ending: "کډوالي" is migration.
_AGENT = re.compile("(?<=ونک)[یو]$")
_OF_PERSIAN = re.compile("(?:ون[هو]|انو|ینو)$")  # "و" alone ends "پولیو" too
_LEAST = 2  # letters before an ending
_LEAST_OF_PERSIAN = 3


def pashto_root(word: str) -> str | None:
    """Return the base form of a Pashto word, ``None`` if a word is none."""
    if _LETTERS.search(word):
        return _base(word).translate(_ONE_YEH)
    shorter = _OF_PERSIAN.sub("", word)
    return shorter if shorter != word and len(shorter) >= _LEAST_OF_PERSIAN and is_known(shorter) else None


def _base(word: str) -> str:
    shorter = _AGENT.sub("", word)
    if shorter != word:
        return shorter
    shorter = _ENDING.sub("", word)
    if len(shorter) < _LEAST:
        return word
    if word == shorter + _FEMININE and not _LETTERS.search(shorter):
        return shorter + _HEH  # which is written without a letter of Pashto elsewhere
    return shorter
