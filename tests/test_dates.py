"""Dates in text, and which of them is that of publication."""

from __future__ import annotations

import datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migsearch.errors import DocumentError
from migsearch.ingest.asked_date import parse_date
from migsearch.ingest.complete import read_page
from migsearch.ingest.date_hints import tokens_may_have_date
from migsearch.ingest.date_meaning import Context
from migsearch.ingest.dates import find_dates
from migsearch.ingest.publication import publication_date
from migsearch.model import PartialDate
from migsearch.records import from_record, to_record

IN_2021 = Context(published=PartialDate.of(2021))
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def rows() -> list[tuple[str, ...]]:
    lines = (Path(__file__).parent / "dates.tsv").read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    return [tuple([*row, "", "", "", ""][:6]) for row in table[1:]]


def context(known: str) -> Context:
    """Read what is known of a page: ``2021-04-15 crawled=2021-05-01 month-first``."""
    words = known.split()
    published = [PartialDate.parse(word) for word in words if word[0].isdigit()]
    crawled = [datetime.date.fromisoformat(word[8:]) for word in words if word.startswith("crawled=")]
    return Context(published[0] if published else None, crawled[0] if crawled else None, "month-first" in words)


@pytest.mark.parametrize(("text", "dates", "rule", "flags", "known", "time"), rows())
def test_forms(text: str, dates: str, rule: str, flags: str, known: str, time: str) -> None:
    text = text.replace("\\n", "\n")
    found = find_dates(text, context(known))
    assert (" ".join(item.date.isoformat() for item in found) or "-") == dates
    for item in found:
        assert text[slice(*item.span)] == item.date.literal
    if found and rule:
        assert (found[0].date.rule, " ".join(found[0].date.flags)) == (rule, flags)
    if time:
        moment = found[0].date.moment
        assert (moment.isoformat() if moment else "") == time


def test_the_table_has_traps_enough() -> None:
    traps = [row for row in rows() if row[1] == "-"]
    assert len(rows()) >= 250
    assert len(traps) >= len(rows()) / 3


# What publication_date reads: head, text, the date and the evidence it is read from.
PUBLICATIONS = [
    # Labelled in the head.
    ("Home\nPublished 02.03.2021\n3739", "The sides met on 1 March 2021.", "2021-03-02", "label"),
    ("Published on\n2 March 2021", "Text.", "2021-03-02", "label"),
    ("تاریخ انتشار:\n۱۴۰۰/۱/۲۶", "متن", "2021-04-15", "label"),
    ("تاریخ انتشار: ۱۴۰۰/۱/۲۶ کد خبر: ۲۷۶۱۰", "متن", "2021-04-15", "label"),
    ("نشر شده در پنجشنبه ۱۴۰۰/۱/۲۶", "متن", "2021-04-15", "label"),
    ("تاریخ: ۲۶ حمل ۱۴۰۰", "متن", "2021-04-15", "label"),
    ("Posted by admin on 2 March 2021 in News", "Text.", "2021-03-02", "label"),
    ("Posted on 3rd of May, 2016", "Text.", "2016-05-03", "label"),
    ("Date: 18 Dec 2018 | 10:30", "Text.", "2018-12-18", "label"),
    ("Date of the accident: 3 March 2021\nPublished 5 March 2021", "Text.", "2021-03-05", "label"),
    ("Published 2 March 2021, updated 5 March 2021", "Text.", "2021-03-02", "label"),
    ("Updated 5 March 2021 | Published 2 March 2021", "Text.", "2021-03-02", "label"),
    ("1 March 2021\nPublished 2 March 2021", "Text.", "2021-03-02", "label"),
    ("تاریخ انتشار: ۲۶ حمل ۱۴۰۰ | 15 April 2021 | ۲ رمضان ۱۴۴۲", "متن", "2021-04-15", "label"),
    # A line of the head that is mainly a date.
    ("Sun, Jun 06 2021 3:29 PM", "Text.", "2021-06-06", "head"),
    ("anwari_morr\nپنجشنبه ۱۴۰۰/۱/۲۶ - ۱۴:۲۰\n____________", "روز یکشنبه، 22 حمل سال روان", "2021-04-15", "head"),
    ("۱ حوت ۱۳۹۷ | 20 فبروری 2019", "متن", "2019-02-20", "head"),
    ("کابل ۸۶/۱۰/۱۵", "متن", "2008-01-05", "head"),
    ("August, 30, 2022 - 11:25", "Text.", "2022-08-30", "head"),
    ("تاریخ رویداد: ۵ آذر ۱۴۰۱\n۷ آذر ۱۴۰۱", "متن", "2022-11-28", "head"),
    ("News | 5 May 2021 | Kabul", "Text.", "2021-05-05", "head"),
    ("Today: Monday 10 May 2021\n5 May 2021", "Text.", "2021-05-05", "head"),
    ("Monday 10 May 2021\n5 May 2021", "Text.", "2021-05-05", "head"),  # a clock is not earlier than the page
    ("5 May 2021", "Kabul, 4 May 2021 – Text.", "2021-05-05", "head"),
    # At the beginning of the article.
    ("", "Published 02.03.2021\nText of 1 March 2021.", "2021-03-02", "opening"),
    ("News", "A caption.\n5 May 2021\nText.", "2021-05-05", "opening"),
    ("", "5 May 2021\nDate: 6 May 2021\nText.", "2021-05-06", "opening"),
    ("", "۲۶ حمل ۱۴۰۰ | 15 April 2021 | ۲ رمضان ۱۴۴۲\nمتن", "2021-04-15", "opening"),
    # A place and a date before the first sentence.
    ("", "Ashgabat – On December 9, 2022, the coordinator held a meeting with them.", "2022-12-09", "dateline"),
    ("", "Kabul, 5 May 2021 – One week after the floods of 28 April came the aid.", "2021-05-05", "dateline"),
    ("", "Kabul, 5 May – One week after the floods of April 2021 came the aid.", "2021-05-05", "dateline"),
    ("", "A caption of a picture.\nKABUL, Afghanistan (AP) — May 5, 2021 — One week.", "2021-05-05", "dateline"),
    ("", "GENEVA (18 December 2018) The High Commissioner has said so many times.", "2018-12-18", "dateline"),
    ("", "5 May 2021, Kabul – One week after the floods of April the aid came.", "2021-05-05", "dateline"),
    ("", "کابل، ۱۲ ثور ۱۳۹۷ – روند بازگشت داوطلبانه مهاجرین ادامه دارد.", "2018-05-02", "dateline"),
    ("", "هرات، ١٤ ميزان ١٣٩٧ – وزارت اعلام كرد كه كمك رساني ادامه دارد.", "2018-10-06", "dateline"),
    ("", "A wall. © Someone (Ankara, November 18, 2022) – They push people back.", "2022-11-18", "dateline"),
    ("May 2021", "Kabul, 5 May 2021 – One week after the floods the aid came.", "2021-05-05", "dateline"),
    # A month.
    ("August 2018", "Drought has forced them. On 3 August 2018 it began.", "2018-08", "month"),
    ("", "شماره ۶، جون ۲۰۲۱\nاین بولتن خلاصه‌ای از ارقام است.", "2021-06", "month"),
    # A day told in the article.
    ("", "On 27 March in Brussels they met. The next is in the second half of 2017.", "2017-03-27", "article"),
    ("", "It is valid until 30 June 2023. On 16 May 2022 they met in the capital.", "2022-05-16", "article"),
    ("Copyright 2024", "On 16 May 2022 they met in the capital to talk about it.", "2022-05-16", "article"),
    ("", "ورکشاپ روز یکشنبه، 22 حمل سال روان دایر شد و تا پایان سال 1400 ادامه دارد.", "2021-04-11", "article"),
    ("", "They met on May 15,\n2016 and they will meet again in 2017, as has been agreed.", "2016-05-15", "article"),
    # A crawler's stamp.
    ("date 2022-05-18", "On 16 May 2022 they met in the capital to talk about it.", "2022-05-18", "stamp"),
    ("date 2025-10-06", "No other date.", "2025-10-06", "stamp"),
    ("date 2025-10-06", "On 16 May 2022 they met in the capital to talk about it.", "2022-05-16", "article"),
    ("date 2022-05-18", "The conference of 27-28 June 2022 in Geneva is being prepared.", "2022-05-18", "stamp"),
]
UNDATED = [
    ("", ""),
    ("3739", "Text."),
    ("07.10", "It has been so since 2014."),
    ("Kabul Local Time: Monday 10 May 2021", "Text."),
    ("12:30 10 May 2021 Kabul Local Time", "Text."),
    ("به روز شده در ۱۴۰۰/۱/۲۶", "متن"),
    ("به روز شده در:\n۱۴۰۰/۱/۲۶", "متن"),
    ("Last updated: 10 May 2021", "Text."),
    ("Last updated\n10 May 2021", "Text."),
    ("Today is Monday, 10 May 2021", "Text."),
    ("امروز: پنجشنبه ۲۶ حمل ۱۴۰۰", "متن"),
    ("پنجشنبه ۲۶ حمل ۱۴۰۰ | 15 April 2021 | ۲ رمضان ۱۴۴۲", "متن"),
    ("Deadline: 10 May 2021", "Text."),
    ("Copyright 2021", "Text."),
    ("Date of birth: 1 January 1990", "Text."),
    ("تاریخ تصویب: ۵ آذر ۱۴۰۱", "متن"),
    ("آخرین به‌روزرسانی سایت: ۱۴ مرداد ۱۴۰۴", "متن"),
    ("8.8 C\nSunday, December 10, 2023", "Text."),
    ("date 2025-01-01", "Text."),
    ("March 2021\nApril 2021", "Text."),
    ("", "It is valid until 30 June 2023."),
    ("", "The law of 3 March 2013 is still in force."),
    ("", "The conference on returns takes place in Geneva on 12 December 2022."),
    ("", "The new rules come into force on 12 December 2022."),
    ("", "A donor meeting is set for 12 December 2022."),
    ("", "The project, 1 January 2022 to 31 December 2022, is funded by the state."),
    ("", "در بازه ۱ فروردین ۱۴۰۲ تا ۳۰ مهر ۱۴۰۲ سیصد هزار نفر از مرز گذشتند."),
    ("", "دارندگان کارت از تاریخ ۱۴۰۳/۰۲/۰۱ لغایت ۱۴۰۳/۰۴/۳۱ مراجعه کنند."),
    ("", "Starting 12 December 2022, all travellers need a visa."),
    ("", "Since the fall of Kabul on 15 August 2021, 1.6 million people have left."),
    ("", "Following the earthquake of 22 June 2022, agencies brought tents."),
    ("", "Law No. 6458 of 11 April 2013 on foreigners governs their stay."),
    ("", "همایش مهاجرت ۲۱ آذر ۱۴۰۱ در تهران برگزار می‌شود."),
    ("", "نشست شورا که قرار بود ۲۱ آذر ۱۴۰۱ برگزار شود به تعویق افتاد."),
    ("", "پس از زلزله ۱ تیر ۱۴۰۱ در پکتیکا کمک‌ها رسید."),
    ("", "On 27 March in Brussels they met. The office has existed since 2014."),
    ("", "On 27 March in Brussels they met. In 2016 and in 2017 they did so too."),
    ("", "Call 020-12-05-2021 or come on 5 May."),
    ("", "Some 2000 families left by 5 May."),
    ("", "The parties met in the capital on May 15,\n1987 and they will meet again in 1991."),
    ("", "در این ماه 2000 خانواده می روند. ۵ می شود."),
    ("The minister said on 5 May 2021 that all who had left would come back soon", "Text."),
]


@pytest.mark.parametrize(("head", "text", "date", "evidence"), PUBLICATIONS)
def test_publication(head: str, text: str, date: str, evidence: str) -> None:
    found = publication_date(head, text)
    assert found is not None
    assert (found.isoformat(), found.rule.split()[0]) == (date, evidence)
    assert ("event" in found.flags) == (evidence == "article")
    assert found.literal in f"{head}\n{text}"


@pytest.mark.parametrize(("head", "text"), UNDATED)
def test_no_date_is_better_than_a_wrong_one(head: str, text: str) -> None:
    assert publication_date(head, text) is None


@pytest.mark.parametrize(
    ("number", "head_lines", "date", "flags"),
    [
        ("000", slice(2, 3), "2021-06-06", ()),
        ("001", slice(2, 5), "2021-04-15", ()),
        ("002", slice(0, 8), "2021-03-02", ()),
        ("003", slice(1, 2), "2017-03-27", ("inferred", "event")),
        ("004", slice(0, 3), "2022-12-09", ()),
    ],
)
def test_seeds(number: str, head_lines: slice, date: str, flags: tuple[str, ...]) -> None:
    if not SEEDS.is_dir():
        pytest.skip("needs ../shared/seeds beside the repository")
    lines = next(SEEDS.glob(f"{number}_*.txt")).read_text(encoding="utf-8").splitlines()
    ends = [number for number, line in enumerate(lines) if line in {"Latest news", "Last news", "تازه ترین خبر", "***"}]
    text = "\n".join(lines[head_lines.stop : ends[0] if ends else None])
    found = publication_date("\n".join(lines[head_lines]), text)
    assert found is not None
    assert (found.isoformat(), found.flags) == (date, flags)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-04", "2021-04-01", "2021-04-30"),
        ("2024/2", "2024-02-01", "2024-02-29"),
        ("04/2021", "2021-04-01", "2021-04-30"),
        ("2021-04-15", "2021-04-15", "2021-04-15"),
        ("2021/4/15", "2021-04-15", "2021-04-15"),
        ("15.04.2021", "2021-04-15", "2021-04-15"),
        ("1400", "2021-03-21", "2022-03-20"),
        ("۱۴۰۰", "2021-03-21", "2022-03-20"),
        ("١٤٠٠/١", "2021-03-21", "2021-04-20"),
        ("1399/12", "2021-02-19", "2021-03-20"),
        ("1400/1/26", "2021-04-15", "2021-04-15"),
        ("1350/1/1", "1971-03-21", "1971-03-21"),
        ("March 2021", "2021-03-01", "2021-03-31"),
        ("march 2021", "2021-03-01", "2021-03-31"),
        ("حمل 1400", "2021-03-21", "2021-04-20"),
        ("حمل-1400", "2021-03-21", "2021-04-20"),
        ("فروردین ۱۴۰۰", "2021-03-21", "2021-04-20"),
        ("22 حمل 1400", "2021-04-11", "2021-04-11"),
        ("hamal 1400", "2021-03-21", "2021-04-20"),
        ("2021-apr", "2021-04-01", "2021-04-30"),
        ("1400-حمل", "2021-03-21", "2021-04-20"),
        ("حمل-۱۴۰۰", "2021-03-21", "2021-04-20"),
        ("رمضان-1445", "2024-03-11", "2024-04-09"),
        ("ramadan 1445", "2024-03-11", "2024-04-09"),
        ("ربیع‌الاول-1445", "2023-09-16", "2023-10-15"),
        ("1445", "2023-07-19", "2024-07-06"),  # as a Solar year it would be 2066
        ("1445/9", "2024-03-11", "2024-04-09"),
        ("1414", "2035-03-21", "2036-03-19"),
        ("1414 هجری قمری", "1993-06-21", "1994-06-10"),
        ("سال ۱۴۰۰ هجری شمسی", "2021-03-21", "2022-03-20"),
        ("май 2021", "2021-05-01", "2021-05-31"),
        ("مۍ ۲۰۲۱", "2021-05-01", "2021-05-31"),
        ("وری ۱۴۰۰", "2021-03-21", "2021-04-20"),
        (" 5 May 1975 ", "1975-05-05", "1975-05-05"),
    ],
)
def test_parse_date(text: str, first: str, last: str) -> None:
    date = parse_date(text)
    assert (date.first.isoformat(), date.last.isoformat()) == (first, last)
    assert date.literal == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "12", "May", "حمل", "5 May", "March 1400", "2021-02-30", "2021-13", "1400/13/1"),
        *("32 حمل 1400", "20210415", "2021 2022", "since 2021", "\N{SUPERSCRIPT TWO}021", "9" * 100_000),
    ],
)
def test_parse_date_says_what_may_be_written(text: str) -> None:
    with pytest.raises(DocumentError, match="write 2021, 2021-04"):
        parse_date(text)


def test_times_of_different_zones_compare_in_utc() -> None:
    kabul, geneva = find_dates("2021-05-06T01:30:00+04:30 and 5 May 2021 21:30 GMT")
    assert (kabul.date.first, geneva.date.first) == (datetime.date(2021, 5, 6), datetime.date(2021, 5, 5))
    assert kabul.date.instant is not None
    assert geneva.date.instant is not None
    assert kabul.date.instant < geneva.date.instant
    assert find_dates("5 May 2021 21:30")[0].date.instant is None  # of no zone, so of no moment


def test_what_a_page_tells_is_kept_with_its_place() -> None:
    document = read_page(
        "A visit to Torkham\nPublished: 5 January 2022 10:15 +04:30\n\nOn 28 December the delegation visited Torkham, "
        "where families had waited for days in the cold, and promised to come again by 1 March 2022.",
        id="a",
    )
    assert [(mention.ref, mention.literal) for mention in document.mentions if mention.kind == "date"] == [
        ("2021-12-28", "28 December"),
        ("2022-03-01", "1 March 2022"),
    ]
    again = from_record(to_record(document))
    assert again == document
    assert again.date is not None
    assert document.date is not None
    assert (again.date.moment, again.date.flags) == (document.date.moment, document.date.flags)
    assert str(again.date.instant) == "2022-01-05 05:45:00+00:00"


def test_a_relative_day_is_read_only_with_the_day_of_the_crawl() -> None:
    page = "A visit to Torkham\n3 days ago\n\nThe delegation visited Torkham and spoke with families who had waited."
    assert read_page(page, id="a").date is None
    assert str(read_page(page, id="a", crawled=datetime.date(2022, 1, 5)).date) == "2022-01-02"


SOLAR_LEAP_YEARS = {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412}
HAMAL = ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]
FARVARDIN = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
PERSIAN_WEEKDAYS = ["دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه"]
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def solar(date: datetime.date) -> tuple[int, int, int]:
    """Reckon a Solar date from 1 Hamal 1371 with a table of leap years, without ICU."""
    days, year = (date - datetime.date(1992, 3, 21)).days, 1371
    while days >= (length := 365 + (year in SOLAR_LEAP_YEARS)):
        days, year = days - length, year + 1
    month = days // 31 if days < 186 else 6 + (days - 186) // 30
    return year, month + 1, days - (month * 31 if month < 6 else 186 + (month - 6) * 30) + 1


DAYS = st.dates(datetime.date(1992, 3, 21), datetime.date(2033, 12, 31))
GREGORIAN_FORMS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%a, %b %d %Y",
    "%A %d-%b-%Y",
    "%d/%b/%Y",
]


@given(DAYS, st.sampled_from(GREGORIAN_FORMS), st.text(alphabet="ab é\n😀", max_size=60))
def test_any_day_is_read_back(day: datetime.date, form: str, before: str) -> None:
    text = f"{before} {day.strftime(form)} {before}"
    (found,) = find_dates(text)
    assert (found.date.first, found.date.last, found.date.flags) == (day, day, ())
    assert text[slice(*found.span)] == found.date.literal
    assert found.weekday == ("%a" in form.lower())


@given(DAYS, st.sampled_from(["{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{d}/{m}/{y}"]), st.booleans())
@example(datetime.date(2021, 4, 15), "{y}/{m}/{d}", False)
@example(datetime.date(2021, 3, 20), "{y}/{m}/{d}", True)
def test_any_solar_day_is_read_back(day: datetime.date, form: str, persian: bool) -> None:
    year, month, number = solar(day)
    text = form.format(y=year, m=month, d=number).translate(PERSIAN_DIGITS if persian else {})
    (found,) = find_dates(text)
    assert (found.date.first, found.date.flags, found.calendar) == (day, (), "solar")


@given(
    DAYS,
    st.sampled_from([HAMAL, FARVARDIN]),
    st.sampled_from(["{w} {d} {m} {y}", "{m} {d}, {y}", "{w}، {d} {m} سال {y}"]),
)
def test_any_solar_month_is_read_back(day: datetime.date, months: list[str], form: str) -> None:
    year, month, number = solar(day)
    text = form.format(w=PERSIAN_WEEKDAYS[day.weekday()], d=number, m=months[month - 1], y=year)
    (found,) = find_dates(text.translate(PERSIAN_DIGITS))
    assert (found.date.first, found.date.flags) == (day, ())


@given(st.text(alphabet="0123456789۱۴/-.:,() \nMay حمل٫\u200c\u200fَ", max_size=80))
def test_spans_point_at_the_literal(text: str) -> None:
    places = [item.span for item in find_dates(text, IN_2021)]
    assert places == sorted(places)
    assert all(text[slice(*item.span)] == item.date.literal for item in find_dates(text, IN_2021))
    publication_date(text[:40], text[40:])


PIECES = """
    May Ramadan Safar Hamal Monday of year last this today week updated published on from to and AH GMT 1st 3rd
    حمل رمضان محرم می مارس حوت جولای تله شنبه سه پنجشنبه سال ماه روان جاری گذشته مورخ برابر با تا قمری از و ساعت
    мая года в 5 05 12 30 31 45 97 447 1400 1445 2021 5000 12500 20210423 ۵ ۱۲ ۴۴۷ ۱۴۰۰ ۵۰۰۰ 10:30 ۱۰:۵۴
"""


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES.split()), st.sampled_from([*" -/.,:'()|~\n", ", ", " - "])), max_size=9)
)
def test_whatever_stands_beside_one_another_is_read(pieces: list[tuple[str, str]]) -> None:
    text = "".join(chain.from_iterable(pieces))
    for item in find_dates(text, IN_2021):
        assert text[slice(*item.span)] == item.date.literal
        assert item.date.first <= item.date.last
    publication_date(text, text)


WORDS = """
    5 ۱۴ 1400 2021 447 25000 7,500,000 12.5.2021 5/6/07 20June2023 May april of year the حمل می رجب آذر ماه سال جاری
    دو بیست‌وششم رسد ها نفر ای
"""


@example(["5", "رجب", "25000"])  # no lunar year without its thousand
@example(["9", "april", "7,500,000"])
@given(st.lists(st.sampled_from([*WORDS.split(), "جمادی الاول"]), max_size=8))
def test_what_tokens_rule_out_is_no_date(words: list[str]) -> None:
    text = " ".join(words)
    assert tokens_may_have_date(text) or not find_dates(text)


@pytest.mark.parametrize(
    "unit", ["1", "1/", "1.", "1 ", "1,", "5 May ", "May ", "1\n", "5/6/2021 ", "سه ", " ", "date ", "\n"]
)
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    """A pattern that tries again and again would not end within the minutes a test may take."""
    text = unit * (100_000 // len(unit))
    find_dates(text)
    publication_date(text, text)
