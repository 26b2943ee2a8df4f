"""What a line of a page is by its words alone: a date, a menu, a button, a headline, the heading of a side column.

Cue words are in ``data/page_cues.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from migsearch.analysis import icu
from migsearch.data import table
from migsearch.ingest.date_words import key
from migsearch.ingest.page_words import cues, folded, opening, openings, phrases, spelled

# "... in 2019. (AGENCY)"
SENTENCE_END = re.compile(r"[.!?:;…؟؛۔][\"'”’»)\]]*(?:\s?\([A-Z]{2,9}\))?$")
STOP = re.compile(r"[.!?…؟۔][\"'”’»)\]]*(?:\s?\([A-Z]{2,9}\))?$")
_BREADCRUMB = re.compile(r"\S.*?\s(?:>|»|›|/|\\|\|)\s.*\S")

LABEL = 3
"""Words: a line of fewer is a label, not a title, if there is anything longer."""

ENTRY = 5
"""Words of a menu entry at most."""

SENTENCE = 16
"""Words: a line of so many with a full stop is a paragraph."""

TITLE = 30
"""Words: a line of more is a paragraph even without a full stop."""

LEAD = 7
"""Words of a lead that does not end in a stop."""

NEAR = 12
"""Lines, with empty ones, within which a menu begins, or a date stands between a lead and its article."""

KICKER = (":", "\N{ARABIC SEMICOLON}")
"""At the end of what leads to the headline below it."""

_INVITATION = 120  # characters of what a site asks its readers for, at most
_CAPTION = 40  # words of a caption at most
_ROW_OF_WORDS = 16  # in a row of labels and dates
_NUMERIC_DATE = re.compile(r"\b\d{1,2}([/.-])\d{1,2}\1\d{4}\b")
_ROW = 2  # entries on one line, of which more are a menu
_RUN = 4  # entries, one below the other, that make a menu
_HEADLINE = 21  # words that a headline has fewer of


def begins_surroundings(line: str) -> bool:
    """Tell whether a line is the heading of a side column, or the first of the contacts."""
    if credits_picture(line):
        return False
    beginning = opening(line[:80])
    if folded(line).strip("0123456789 (") in cues("side_columns") or beginning.startswith(openings("contacts")):
        return True
    if _MORE_IN.fullmatch(beginning):
        return True
    return len(line) < _INVITATION and phrases("invitations").search(beginning) is not None


_MORE_IN = re.compile(r"more (?:in|from)(?: [^\W\d_]+){1,3}:?")  # "More in Economy"


def begins_interruption(line: str) -> bool:
    """Tell whether a line is the heading of a few headlines below which the article may go on."""
    return folded(line) in cues("interruptions")


def was_cut(line: str) -> bool:
    """Tell whether the last line of a page, which does not end in a stop, is the beginning of a sentence."""
    if _CUT.search(line) or f"{spelled(line)} ".startswith(openings("sentence_openings", " ")):
        return True
    words = line.split()
    return len(words) > LABEL and 2 * sum(map(str.islower, words)) > len(words)  # headings have capitals


# Signs of a sentence that goes on; a letter alone is the beginning of a word.
_CUT = re.compile(r"[,،]$|^[\"“«]|\s[^\W\d_]$|\w, [a-z]")


def is_label(line: str) -> bool:
    """Tell whether a line is too short for a title or a sentence."""
    return len(line.split()) < LABEL and not SENTENCE_END.search(line)


def is_button(line: str) -> bool:
    """Tell whether a line is a button to share or to print what stands beside it."""
    return folded(line) in cues("buttons")


def is_entry(line: str) -> bool:
    """Tell whether a line is as short as an entry of a menu or a table, and no sentence, item or number."""
    return len(line.split()) <= ENTRY and not SENTENCE_END.search(line) and not _ITEM.match(line)


def begins_menu(lines: list[str], start: int) -> bool:
    """Tell whether entries of a menu, one below the other, begin at a line."""
    following = [line for line in lines[start : start + NEAR] if line][:_RUN]
    # Dumps mark some entries of a menu as items of a list.
    are_entries = all(len(line.split()) <= ENTRY + 1 and not SENTENCE_END.search(line) for line in following)
    return len(following) == _RUN and are_entries and (is_entry(following[0]) or is_noise(following[0]))


def is_headline(line: str) -> bool:
    """Tell whether a line without a full stop is short enough for a headline."""
    if len(line.split()) >= _HEADLINE or STOP.search(line) or is_item(line):
        return False
    return not spelled(line).startswith(openings("said", " "))


def is_item(line: str) -> bool:
    """Tell whether a line begins as an item of a list does."""
    return _ITEM.match(line) is not None


def is_ticker(line: str) -> bool:
    """Tell whether a line is a row of headlines, run together: many words and no full stop among them."""
    return len(line.split()) > _TICKER and not _STOP_WITHIN.search(line)


_TICKER = 60  # words
_STOP_WITHIN = re.compile(r"[.!?؟۔](?:\s|$)")


def credits_picture(line: str) -> bool:
    """Tell whether a line names whose a picture is: a sign of copyright without a year."""
    return line.startswith("\N{COPYRIGHT SIGN}") and not _DIGIT.search(line) and len(line.split()) < LEAD


@lru_cache(maxsize=4096)
def is_lead(line: str) -> bool:
    """Tell whether a line between title and article belongs to the article: bylines, places and captions do not."""
    words = len(line.split())
    if has_credit(line) or is_timed(line) or (words < SENTENCE and _COUNTED.search(line)) or begins_surroundings(line):
        return False
    if greets(line):
        return True
    return words >= LEAD or (words >= LABEL and SENTENCE_END.search(line) is not None and not line.endswith(KICKER))


def greets(line: str) -> bool:
    """Tell whether a line greets those whom a speech is addressed to."""
    is_short = len(line.split()) < SENTENCE and _GREETING_END.search(line) is not None
    return is_short and opening(line).startswith(openings("salutations"))


def is_timed(line: str) -> bool:
    """Tell whether a line names who wrote something where, with the day and the time."""
    return len(line.split()) < SENTENCE and _TIMED.search(spelled(line)) is not None


_GREETING_END = re.compile(r"[,،:!؛]$")
_COUNTED = re.compile(r":\s*\d+$")  # "Number of the text: 66498"
# "Name of an Agency, Herat, 3 Mizan 1397 at 13:29", "Name of the author Published April 20, 2024 | 04:20 PM";
# "13:05, 23 May 2023, Bishkek - Agency, by a writer".
_TIMED = re.compile(
    r"\b(?:1[34]|20)\d\d\b[^\d.!?]{0,12}\d{1,2}:\d\d(?: ?[ap]m)?$|^\d{1,2}:\d\d\b[^.!?]*\b(?:1[34]|20)\d\d\b"
)


def has_credit(line: str) -> bool:
    """Tell whether a line is a caption that names whose the picture is."""
    words = len(line.split())
    if words <= _CAPTION and (_CREDITED.search(line) or phrases("credits").search(spelled(line))):
        return True
    return words <= 2 * _CAPTION and _CREDITED_LAST.search(line) is not None


# "[Name/Agency]", ". \N{EM DASH} Agency/Name", "(OSCE/Name)", "REUTERS/Name", ". January 24, 2022",
# ", May 5, 2024, Osh." at the end of a caption.
_CREDITED_LAST = re.compile(
    r"[.\s]\[[^\[\]]{2,40}/[^\[\]]{2,60}\]$|\.\s?\N{EM DASH}\s?(?:[A-Z]\w+/[^.!?/]{2,50}|[^.!?/]{2,30} (?:photo|file))$"
)
_CREDITED = re.compile(
    r"[.\s]\([^()]{2,40}/[^()]{2,60}\)$"
    r"|\b(?:REUTERS|AFP|EPA|AP|ANSA|DPA)/\s?\w[\w .'-]{2,40}$"
    r"|[.؟?]\s+[A-Z][a-z]{2,8} \d{1,2}, \d{4}$|, [A-Z][a-z]{2,8} \d{1,2}, \d{4}(?:, [A-Z][\w ]{2,20})?\.$"
)
_ITEM = re.compile(r"[-*\N{BULLET}\N{EN DASH}\N{MIDDLE DOT}]|\d+[.)]?(?:\s|$)")


@lru_cache(maxsize=4096)
def is_noise(line: str) -> bool:
    """Tell whether a line is part of no article: empty, signs, numbers, a menu entry, a button, a date."""
    spelling = folded(line)
    if not any(map(str.isalpha, spelling)) or _BUTTONS.fullmatch(spelling):
        return True
    if (
        spelling in cues("noise")
        or ("\N{COPYRIGHT SIGN}" in line and len(line.split()) <= TITLE)  # else a caption is glued to a paragraph
        or _is_aside(line)
        or _is_repetitive(line)
        or _READ.search(spelling)
        or _COOKIES.match(spelled(line))
        or _POSTED.match(line)
        or (len(line.split()) <= _INVITED and _SHARED.search(spelled(line)))
    ):
        return True
    is_verse = len(_HARAKAT.findall(line)) > len(line) / _VOCALISED
    return is_verse or _is_menu(line) or is_date_line(line) or _SIGNATURE.match(line) is not None


_INVITED = 10  # words of what asks to share or to follow at most
_SHARED = re.compile(
    r"\b(?:share|follow|join)\b.*\b(?:facebook|twitter|telegram|whatsapp|linkedin|instagram)\b"
    r"|(?:فیسبوک|فیس بوک|توییتر|تویتر|تلگرام|واتساپ|فېسبوک|ټویټر|ټلګرام).*(?:شریک|اشتراک|دنبال کنید|بپیوندید)"
)
# Below what is quoted of a network, "- Name (@name) March 12, 2024"; "pic.twitter.com/AbC"; "img_8967.jpg".
_POSTED = re.compile(
    r"[\N{EM DASH}-]\s?[^()]{2,60}\(@\w+\)|pic\.(?:twitter|x)\.com/\w+$|[\w-]+\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE
)
_COOKIES = re.compile(
    r"(?=.*\bcookies\b)(?=.*\b(?:site|website|browser|experience|accept|consent|we use|use of)\b)"
    "|(?=.*کوکی)(?=.*(?:سایت|وب))"
)
_READ = re.compile(r"\bcomments off on |\d mins? read$|\d minutes? read$")
_BUTTONS = re.compile(r"0 [^\W\d_]+|[^\W\d_](?: [^\W\d_])+")  # "0 comments"; "T T", which change the size of letters


def _is_aside(line: str) -> bool:
    return opening(line[:80].lstrip("([")).startswith(openings("asides"))


def _is_repetitive(line: str) -> bool:
    """Tell whether a line says the same again and again, as advertisements do."""
    words = spelled(line).split()
    return LABEL < len(words) <= TITLE and 2 * len(set(words)) <= len(words)


_HARAKAT = re.compile("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}]")
_VOCALISED = 8  # letters to a mark: news is written without, verses of the Quran with all of them
# "pgh/mem/oda", "///nCa", "#refugees #aid", "By A. Writer in Peshawar, Pakistan"; in Pashto "by".
_SIGNATURE = re.compile(
    r"[a-z]{2,4}(?:\s?/\s?[A-Za-z]{2,4}){1,4}$|//|#[^\s#]"
    r"|(?:[A-Z]\.){1,3}(?:/(?:[A-Z]\.){1,3})*$"
    r"|د [^.؟!،]{3,60} (?:لخوا|له خوا)$"
    r"|By (?:[A-Z][^\s,.]*\.? ){1,4}in [A-Z][^\W\d_]*(?:,? [A-Z][^\W\d_]*){0,4}$"
)


def _is_menu(line: str) -> bool:
    """Tell whether a line is a breadcrumb, a row of buttons, or a date among labels."""
    entries = re.split(r"\s[>»›/\\|]\s|\s{2,}|\t", line)
    dates = [entry for entry in entries if is_date_line(entry) or _NUMERIC_DATE.search(entry)]
    if dates and len(entries) > 1 and len(line.split()) < _ROW_OF_WORDS:
        return all(len(entry.split()) < ENTRY or _is_aside(entry) for entry in entries if entry not in dates)
    if len(entries) > _ROW and all(len(entry.split()) < LABEL for entry in entries):
        return True
    known = sum(folded(entry) in cues("noise") for entry in entries)
    return len(entries) > 1 and (known == len(entries) or (known > 0 and bool(_BREADCRUMB.fullmatch(line))))


@lru_cache(maxsize=4096)
def is_date_line(line: str) -> bool:
    """Tell whether a line says a date, or a number under a label, and nothing else."""
    if len(line) > 100 or not _DIGIT.search(line) or line.startswith("+"):  # of a telephone
        return False
    dated = _BESIDE_DATE.sub("", spelled(line))
    words = [key(word) for word in re.split(r"[\W_]+", dated) if word]
    others = sum(not (word in _date_words() or _NUMBER.fullmatch(word)) for word in words)
    # The section of the site may stand there too.
    return others <= bool(_TIME_AND_YEAR.search(dated)) + bool(_YEAR_AND_TIME.search(dated))


_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d*(?:st|nd|rd|th|am|pm)?")
# "July 4, 2013 by Web Desk"; "Brussels, 7 November 2023".
_BESIDE_DATE = re.compile(
    r"(?:(?<=\d{4})|(?<=\d[ap]m)),? (?:off )?by(?: [^\W\d_.]+){1,4}$|^[^\W\d_]+, (?=\d{1,2} [^\W\d_]+ \d{4}$)"
)
_YEAR_AND_TIME = re.compile(r"\b20\d\d,? \d{1,2}:\d\d(?: \((?:utc|gmt)[^()]*\))?$")
_TIME_AND_YEAR = re.compile(r"(?=.*\b\d{1,2}:\d\d\b).*\b(?:1[34]|20)\d\d\b")


@cache
def _date_words() -> frozenset[str]:
    """Return the words of which date lines consist."""
    names = list(table("page_cues")["labels"])
    for locale in ("en", "fa", "fa_AF", "ps_AF", "ru"):
        for group in (
            *icu.weekday_names(locale),
            *icu.month_names("gregorian", locale),
            *icu.month_names("solar", locale),
            *icu.month_names("lunar", locale),
        ):
            names += group
    dates = table("months")
    names += dates["zones"]
    for part in ("times", "eras"):
        names += (name for words in dates[part].values() for name in words)
    for part in ("gregorian", "solar", "lunar", "weekdays"):
        names += (name for words in dates[part] for name in words)
    return frozenset(key(word) for name in names for word in re.split(r"[\W_]+", spelled(name)) if word)
