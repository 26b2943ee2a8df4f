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
    assert detect_language(text) == (code, region)


@pytest.mark.parametrize(("code", "region", "text"), [row for row in TEXTS if row[0] in {"en", "ps"} or row[1]])
def test_a_foreign_name_does_not_change_the_language(code: str, region: str, text: str) -> None:
    name = "ښاغلی" if code != "ps" else "IOM"
    if len(text.split()) > 5:
        assert detect_language(f"{text} {name}") == (code, region)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()))
def test_any_text_has_a_language(text: str) -> None:
    code, region = detect_language(text)
    assert code in {"en", "fa", "ps", "und"}
    assert region in {"", "AF", "IR"}
    assert not region or code == "fa"
