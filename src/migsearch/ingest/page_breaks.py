"""The lines that stand on one line of a page: where a dump has lost the break between them."""

from __future__ import annotations

import re

from migsearch.ingest.page_lines import begins_surroundings

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PARAGRAPH = 60  # characters of a line at least that is no label
_STAMP = re.compile(r"(date \d{4}-\d\d-\d\d)\s+(?=\S)")
_SIGNED = re.compile(r"\s*(?=//+\s*\w[^./()]{1,40}(?:[(\[][^()\[\]]*[)\]])?$)")
_SAID_TO_END = re.compile(r"(.+[.!?؟۔»\"”])\s*((?:انتهای|پایان) پیام)\b\s*(.*)")
_DAY_AND_TITLE = re.compile(
    r"(\d{4}-\d\d-\d\d|\d\d[./]\d\d[./]\d{4}) [\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}»|] (?=\S+(?: \S+){4})"
)
_TITLE_AND_DATELINE = re.compile(rf"(?<=[^\W\d_])(?=\d{{1,2}} {_MONTH} \d{{4}}, [^\W\d_]+ [-\N{{EN DASH}}] )")
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PLACE_AND_WEEKDAY = re.compile(rf"(?<=[^\W\d_])(?={_WEEKDAY},? (?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? \d{{4}}$)")
_SENTENCE_AND_MORE = re.compile(r"(.+[^\W\d_][.!?؟۔»\"”])(\s?)([^\W\d_][^.!?]{2,30})")


def parted(line: str) -> list[str]:
    """Return the lines that stand on one: a day, a title, a sentence, a signature, the heading of a side column.

    ``date 2025-08-06 ASHGABAT, Turkmenistan, August 6. ...``, ``2019-11-07 › The title of the news``,
    ``Centre opened11 November 2016, Osh – ...``, ``Dubai, UAESunday 5 March 2017``, ``... he said.Related news``,
    ``... he said. ///nCa``,
    «... گفت. انتهای پیام برچسب‌ها: ...».
    """
    if stamp := _STAMP.match(line):
        return [stamp[1], *parted(line[stamp.end() :])]
    if day := _DAY_AND_TITLE.match(line):
        return [day[1], line[day.end() :]]
    if dateline := _TITLE_AND_DATELINE.search(line) or _PLACE_AND_WEEKDAY.search(line):
        return [line[: dateline.start()], *parted(line[dateline.start() :])]
    if ended := _SAID_TO_END.fullmatch(line):
        return [part for part in ended.groups() if part]
    if (glued := _SENTENCE_AND_MORE.fullmatch(line)) and begins_surroundings(glued[3]):
        return [glued[1], glued[3]]
    return _SIGNED.split(line, maxsplit=1) if len(line) > _PARAGRAPH else [line]
