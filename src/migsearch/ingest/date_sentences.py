"""What a sentence says of a day that it tells: that it is to come, that something was counted then, that it is past."""

from __future__ import annotations

import re

_SENTENCE_START = re.compile(r"(?<=[.!?؟۔])(?<!No\.)\s")
_PLANNED = re.compile(
    r"\b(?:will|shall|scheduled|planned|due|expected|(?:is|are) (?:to|set|held)"
    r"|takes? (?:place|effect)|(?:comes?|enters?) into|opens?|begins?|starts?) "
    r"(?:\w+ ){0,6}?(?:on|from|by|for) (?:\w+,? )?$|قرار (?:است|بود)|\bبه (?:د|په|پر) $"
    r"|\b(?:[sS]tarting|[eE]ffective) (?:on |from )?(?:\w+, )?$"
    r"|\b(?:expire[sd]?|expiring|expiry|deadline) "
    r"(?:(?:date|is|was|were|of|had|has|been|set|to) ){0,3}(?:on |for )?(?:\w+, )?$"
    r"|\b(?:beyond|until|till|no later than) (?:\w+, )?$"
)
_PLANNED_AFTER = re.compile(
    r"خواه(?:د|ند) \w+|^[^،؛:]{0,80} (?:برگزار|دایر|تدویر|آغاز|اجرا|افتتاح|برپا|تشکیل|گشایش) می ?(?:شو|گرد|یاب)ن?د\b"
)
_COUNTED = re.compile(r"\bas (?:of|at|on) (?:\w+,? )?$|\b(?:data|figures|situation) (?:for|on|at) $", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"\b(?:since|law|act|decree|regulation|founded|established|born)\b(?: [\w'.]+){0,6} (?:(?:on|of|in) )?(?:\w+, )?$"
    r"|\b(?:after|following) (?:\w+ ){1,4}of $|متولد (?:\w+ )?$"
    r"|(?:پس از|بعد از|به دنبال|در پی|از زمان) "
    r"(?:زلزله|سقوط|سیل|حمله|جنگ|تسلط|روی کار آمدن|به قدرت رسیدن) (?:\w+ ){0,5}$",
    re.IGNORECASE,
)


def is_planned(before: str, after: str) -> bool:
    """Tell whether a day between two pieces of text is to come or an end: "will be held on", «برگزار می‌شود»."""
    return bool(_PLANNED.search(_last_sentence(before)) or _PLANNED_AFTER.search(_SENTENCE_START.split(after)[0]))


def is_counted(before: str) -> bool:
    """Tell whether a day is that up to which something was counted: "as of"."""
    return _COUNTED.search(before) is not None


def is_background(before: str) -> bool:
    """Tell whether a day explains what is told: "since the fall of Kabul on", "under Law No. 6458 of", «متولد»."""
    return _BACKGROUND.search(_last_sentence(before)) is not None


def _last_sentence(text: str) -> str:
    return _SENTENCE_START.split(text)[-1]
