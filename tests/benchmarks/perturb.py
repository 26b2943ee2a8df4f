"""The same text as another keyboard, another program or another hand would have written it.

Each kind is a function of a text and a source of chance. :func:`perturbed` seeds that by the kind and the id, so that
every run, and every system, meets the same text. The words stay what they are for a reader of Persian.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Kind = Callable[[str, random.Random], str]

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_LETTER = "[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER GHAIN}\N{ARABIC LETTER FEH}-\N{ARABIC LETTER YEH}پچژکگیۀ]"
_YEH = "[یي]"
_BEGIN = f"(?<!{_LETTER})(?<!{_ZWNJ})"
_END = f"(?!{_LETTER})(?!{_ZWNJ})"

_WORD = re.compile(f"{_LETTER}{{3,}}")
_PLURAL = f"ها(?:{_YEH}{{1,2}}|{_YEH}{{0,2}}(?:م|ت|ش|مان|تان|شان))?"


def swap_yeh_kaf(text: str, chance: random.Random) -> str:
    """Write Arabic yeh and kaf for Persian, and the other way round: some sets are in Arabic letters."""
    return text.translate(_YEH_KAF)


_YEH_KAF = str.maketrans("یکيك", "يكیک")


def drop_zwnj(text: str, chance: random.Random) -> str:
    """Join what ZWNJ parts."""
    return text.replace(_ZWNJ, "")


def space_zwnj(text: str, chance: random.Random) -> str:
    """Write a space for ZWNJ."""
    return text.replace(_ZWNJ, " ")


def add_zwnj(text: str, chance: random.Random) -> str:
    """Set endings and the verbs' prefix apart by ZWNJ where they stand after a space or are joined to their word."""
    text = _SPACE_BEFORE_ENDING.sub(_ZWNJ, text)
    text = _SPACE_AFTER_PREFIX.sub(_ZWNJ, text)
    return _JOINED_PLURAL.sub(lambda word: word[0] if word[0] in _NO_PLURALS else f"{word[1]}{_ZWNJ}{word[2]}", text)


_SPACE_BEFORE_ENDING = re.compile(f"(?<={_LETTER}) (?=(?:{_PLURAL}|تر(?:{_YEH}ن)?){_END})")
_SPACE_AFTER_PREFIX = re.compile(f"(?:(?<= م{_YEH})|(?<= نم{_YEH})) (?={_LETTER}{{2}})")
_JOINED_PLURAL = re.compile(f"{_BEGIN}({_LETTER}{{2,}}?)({_PLURAL}){_END}")
# They end like plurals and are none, or are never parted.
_NO_PLURALS = frozenset(
    {"تنها", "تنهایی", "انتها", "انتهای", "منتها", "اشتها", "رها", "رهایی", "بها", "بهای", "گرانبها", "پربها", "طاها"}
)


def change_digits(text: str, chance: random.Random) -> str:
    """Write each number in another set of digits."""
    return _NUMBER.sub(lambda number: _in_another_set(number[0], chance), text)


_DIGIT_SETS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
_NUMBER = re.compile("|".join(f"[{digits}]+" for digits in _DIGIT_SETS))


def _in_another_set(number: str, chance: random.Random) -> str:
    written = next(digits for digits in _DIGIT_SETS if number[0] in digits)
    other = chance.choice([digits for digits in _DIGIT_SETS if digits is not written])
    return number.translate(str.maketrans(written, other))


def change_heh(text: str, chance: random.Random) -> str:
    """Write the ezafe after a final heh in another of its forms: not at all, as a sign above, as a yeh."""
    return _FINAL_HEH.sub(lambda heh: heh[1] + chance.choice([form for form in _HEH_FORMS if form != heh[2]]), text)


_HEH_FORMS = (
    "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH WITH YEH ABOVE}",
    "\N{ARABIC LETTER HEH}\N{ARABIC HAMZA ABOVE}",
    f"\N{ARABIC LETTER HEH}{_ZWNJ}ی",
    "\N{ARABIC LETTER HEH} ی",
)
# After alef, waw and yeh, and in these words, heh is a consonant; before an ending or a copula there is no ezafe.
_CONSONANTAL = f"(?!{_LETTER}*(?:ازده|انزده|یزده|وجه|فقه|شبه|فرمانده){_END})"
_NO_EZAFE = (
    f"(?:(?:{_PLURAL}|تر|ترین|ا{_YEH}|ام|ات|اش|ان|و|که|از|به|در|را|تا|با|بر|اگر|ولی|اما){_END}"
    f"|است|اند|بود|باش|شد|شو|کن|کرد|گرد|گیر|گرفت|دار|داشت|داد|ده|م{_YEH}|نم{_YEH})"
)
_FINAL_HEH = re.compile(
    f"{_BEGIN}{_CONSONANTAL}({_LETTER}+[^\\WاآوؤیيىهۀA-Za-z])"
    f"(ه\N{ARABIC HAMZA ABOVE}|ه{_ZWNJ}ی{_END}|ه|ۀ)(?= {_LETTER})(?! {_NO_EZAFE})"
)


def add_harakat(text: str, chance: random.Random) -> str:
    """Put one vowel mark, shadda or sukun into each word."""
    return _WORD.sub(lambda word: _insert(word[0], range(1, len(word[0])), chance.choice(_HARAKAT), chance), text)


_HARAKAT = "\N{ARABIC FATHA}\N{ARABIC DAMMA}\N{ARABIC KASRA}\N{ARABIC SHADDA}\N{ARABIC SUKUN}"


def add_tatweel(text: str, chance: random.Random) -> str:
    """Stretch each word once, between two letters that join."""
    return _WORD.sub(lambda word: _insert(word[0], _joins(word[0]), "\N{ARABIC TATWEEL}", chance), text)


_JOINING = frozenset("ئبتثجحخسشصضطظعغفقكکلمنهيیپچگ")  # letters that join on both sides


def _joins(word: str) -> list[int]:
    return [place for place in range(1, len(word)) if word[place - 1] in _JOINING]


def _insert(word: str, places: list[int] | range, sign: str, chance: random.Random) -> str:
    if not places:
        return word
    place = chance.choice(places)
    return word[:place] + sign + word[place:]


def all_at_once(text: str, chance: random.Random) -> str:
    """Do all of it, with ZWNJ in one of its three ways."""
    zwnj = chance.choice((drop_zwnj, space_zwnj, add_zwnj))
    # The marks last: the kinds before them look at whole words.
    for kind in (zwnj, change_heh, change_digits, add_harakat, add_tatweel, swap_yeh_kaf):
        text = kind(text, chance)
    return text


KINDS: dict[str, Kind] = {
    "yeh and kaf": swap_yeh_kaf,
    "ZWNJ dropped": drop_zwnj,
    "ZWNJ to space": space_zwnj,
    "ZWNJ added": add_zwnj,
    "digits": change_digits,
    "heh": change_heh,
    "harakat": add_harakat,
    "tatweel": add_tatweel,
    "all at once": all_at_once,
}


AS_IT_IS = "as it is"
"""The kind that changes nothing, to compare the others with."""


def perturbed(text: str, kind: str, id: str) -> str:
    """Return the text as another would have written it; the same for the same kind and id."""
    return text if kind == AS_IT_IS else KINDS[kind](text, random.Random(f"{kind}:{id}"))
