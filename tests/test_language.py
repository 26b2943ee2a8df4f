"""The language of a text, and whose Persian it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migsearch.ingest.language import detect_language

TEXTS = [
    ("en", "", "The Ministry of Refugees and Repatriations received forty tents on Tuesday."),
    ("en", "", "Ashgabat – Mr. Zeynal Hajiyev met the Chairman of the Service, Mr. Nazar Atagarayev."),
    ("en", "", "Migration"),
    ("en", "", "The article, headed «وزارت امور مهاجرین», was translated for the readers of this page by the editors."),
    # Dari
    ("fa", "AF", "وزارت امور مهاجرین و عودت‌کنندگان ورکشاپ سه روزه را در ولسوالی بهسود دایر کرد."),
    ("fa", "AF", "معین وزارت گفت که پروسه ثبت بیجاشدگان در ولایت هرات از ماه حوت آغاز می‌گردد."),
    (
        "fa",
        "AF",
        "\u0648\u0632\u064a\u0631 \u0645\u0639\u0627\u0631\u0641 \u062f\u0631 \u0643\u0627\u0628\u0644",
    ),  # Arabic yeh
    # Iranian Persian
    ("fa", "", "تیم ملی در دیدار پایانی پیروز شد و قهرمانی را به مردم کشور پیشکش کرد."),  # no "ملیون", a million
    ("fa", "AF", "به اساس یک سروی تازه، یک ملیون خانواده هنوز به کمک غذایی نیاز دارد."),
    ("fa", "IR", "مدیرکل امور اتباع و مهاجرین خارجی استانداری کرمان در نشست روز ۲۵ تیر سخن گفت."),
    ("fa", "IR", "دانش‌آموزان پناهنده در مدارس استان‌های تهران و اصفهان ثبت نام می‌شوند."),
    # Persian, and nothing that tells whose
    ("fa", "", "این کتاب را دیروز خواندم و فردا آن را به دوستم می‌دهم."),
    ("fa", "", "نماینده IOM گفت که UNHCR و WFP از این کار پشتیبانی کردند."),
    # Pashto, one with Persian words and a Persian name
    ("ps", "", "د کډوالو او راستنېدونکو چارو وزارت وايي چې په تېرو درې ورځو کې زرګونه کډوال هېواد ته راستانه شوي دي."),
    ("ps", "", "د کډوالو چارو وزارت"),
    # None of them
    ("und", "", "وفاقی وزیر داخلہ نے کہا کہ افغان مہاجرین کی واپسی کا عمل جاری ہے اور حکومت اقدامات کر رہی ہے۔"),
    (
        "und",
        "",
        "أعلنت المنظمة الدولية للهجرة اليوم عن إطلاق برنامج جديد لمساعدة المهاجرين العائدين إلى بلدانهم، وذلك "
        "بالتعاون مع الحكومات المعنية في المنطقة ومنظمات المجتمع المدني.",
    ),
    (
        "und",
        "",
        "İçişleri Bakanlığı Göç İdaresi Başkanlığı, düzensiz göçle mücadele kapsamında yapılan çalışmalar hakkında "
        "bilgi verdi ve önümüzdeki dönemde iş birliğinin artırılacağını belirtti.",
    ),
    (
        "und",
        "",
        "Das Bundesministerium hat am Montag in Berlin mitgeteilt, dass die Zahl der Anträge gesunken ist und weitere "
        "Maßnahmen folgen werden, sagte ein Sprecher der Behörde den Reportern.",
    ),
    ("und", "", "Министерство иностранных дел Туркменистана провело встречу с представителями IOM и UNHCR."),
    ("und", "", "国際移住機関は、IOM と呼ばれる。"),
    ("und", "", ""),
    ("und", "", " \n\t\u200c"),
    ("und", "", "۱۴۰۰/۱/۲۶ 12:30"),
    ("und", "", "😀 – *** –"),
]


@pytest.mark.parametrize(
    ("code", "region", "text"), TEXTS, ids=[f"{code}{region}-{text[:20]}" for code, region, text in TEXTS]
)
def test_a_text_is_told_by_its_letters_and_words(code: str, region: str, text: str) -> None:
    assert detect_language(text)[:2] == (code, region)


CONFIDENCE = [
    # at least, at most
    (0.99, 1.0, "The Ministry of Refugees and Repatriations received forty tents on Tuesday from the Agency."),
    (0.99, 1.0, "معین وزارت گفت که پروسه ثبت بیجاشدگان در ولایت هرات از ماه حوت آغاز می‌گردد."),
    (0.99, 1.0, "د کډوالو او راستنېدونکو چارو وزارت وايي چې په تېرو درې ورځو کې زرګونه کډوال هېواد ته راستانه شوي دي."),
    # headlines, with few of the commonest words or none
    (0.9, 0.99, "Migration"),
    (0.8, 0.95, "Turkmenistan hosts regional migration conference"),
    (0.8, 0.99, "عودت مهاجرین"),
    # a name in another script takes its share
    (0.7, 0.9, "نماینده IOM گفت که UNHCR و WFP از این کار پشتیبانی کردند."),
    (0.4, 0.6, "The Ministry received forty tents on Tuesday. وزارت در روز سه‌شنبه چهل خیمه را دریافت کرد."),
    # a language that is none of ours, and one that could be Persian or Pashto
    (
        0.85,
        1.0,
        "Das Bundesministerium hat am Montag in Berlin mitgeteilt, dass die Zahl der Anträge gesunken ist und weitere "
        "Maßnahmen folgen werden, sagte ein Sprecher der Behörde den Reportern.",
    ),
    (0.5, 0.7, "د کډوالو چارو وزارت"),
    # no words, no evidence
    (0.0, 0.0, ""),
    (0.0, 0.0, "۱۴۰۰/۱/۲۶ 12:30"),
]


@pytest.mark.parametrize(("least", "most", "text"), CONFIDENCE, ids=[text[:25] for *_, text in CONFIDENCE])
def test_confidence_says_how_much_speaks_for_the_language(least: float, most: float, text: str) -> None:
    assert least <= detect_language(text).confidence <= most


def test_more_of_the_same_is_no_less_sure() -> None:
    sentence = "The Ministry of Refugees received forty tents on Tuesday. "
    one, ten = (detect_language(sentence * times).confidence for times in (1, 10))
    assert one <= ten


def test_a_page_drowned_in_another_language_is_less_sure() -> None:
    english, persian = "The tents are for the families. ", "خیمه‌ها برای این خانواده‌ها است. "
    confidences = [detect_language(english * 10 + persian * times).confidence for times in (0, 1, 3, 6)]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == 4


@pytest.mark.parametrize(("code", "region", "text"), [row for row in TEXTS if row[0] in {"en", "ps"} or row[1]])
def test_a_foreign_name_does_not_change_the_language(code: str, region: str, text: str) -> None:
    name = "ښاغلی" if code != "ps" else "IOM"
    if len(text.split()) > 5:
        assert detect_language(f"{text} {name}")[:2] == (code, region)


@settings(max_examples=200)
@given(st.text(st.characters()))
def test_any_text_has_a_language(text: str) -> None:
    code, region, confidence = detect_language(text)
    assert code in {"en", "fa", "ps", "und"}
    assert 0 <= confidence <= 1
    assert region in {"", "AF", "IR"}
    assert not region or code == "fa"
