"""What the bench does to spelling: what a reader would take for the same text, the same each time."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from benchmarks.ours import bare
from benchmarks.perturb import KINDS, perturbed

SENTENCES = (
    "سازمان بین‌المللی مهاجرت می‌گوید ۱۲۰ خانواده بازگشته‌اند.",
    "كتابخانه هاي ديجيتال در سال 1398",
    "خانهٔ پدری او در کوچه باغ‌ها بود و آنها می خواهند بازگردند",
)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("yeh and kaf", "کتابی كه", "كتابي که"),
        ("ZWNJ dropped", "می‌خواهد برنامه‌ها", "میخواهد برنامهها"),
        ("ZWNJ to space", "می‌خواهد برنامه‌ها", "می خواهد برنامه ها"),
        ("ZWNJ added", "او می خواهد", "او می‌خواهد"),
        ("ZWNJ added", "برنامه های تازه", "برنامه‌های تازه"),
        ("ZWNJ added", "كتابهاي بزرگ تر", "كتاب‌هاي بزرگ‌تر"),
        ("ZWNJ added", "تنها بهای آن", "تنها بهای آن"),
        ("ZWNJ added", "کمی بعد", "کمی بعد"),
        ("heh", "خانه‌ها و شده است", "خانه‌ها و شده است"),
        ("heh", "راه دانشگاه تازه", "راه دانشگاه تازه"),
    ],
)
def test_a_kind_writes_as_others_do(kind: str, text: str, expected: str) -> None:
    assert perturbed(text, kind, "1") == expected


def test_an_ezafe_after_heh_takes_all_its_forms() -> None:
    forms = {KINDS["heh"]("خانه پدر", random.Random(seed)) for seed in range(50)}
    assert forms == {"خانۀ پدر", "خانهٔ پدر", "خانه‌ی پدر", "خانه ی پدر"}


def test_numbers_keep_their_value() -> None:
    text = "در ۱۲ ماه و 345 روز و ٦٧ ساعت"
    changed = perturbed(text, "digits", "1")
    before, after = re.findall(r"\d+", text), re.findall(r"\d+", changed)
    assert list(map(int, before)) == list(map(int, after))
    assert not set(before) & set(after)


@pytest.mark.parametrize("kind", ["harakat", "tatweel"])
@pytest.mark.parametrize("text", SENTENCES)
def test_marks_are_only_added(kind: str, text: str) -> None:
    changed = perturbed(text, kind, "1")
    added = [sign for sign in changed if unicodedata.category(sign) == "Mn" or sign == "\N{ARABIC TATWEEL}"]
    assert len(changed) - len(text) >= 4
    assert len(added) >= len(changed) - len(text)
    kept = iter(changed)
    assert all(sign in kept for sign in text), "each sign of the text still stands, in order"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", SENTENCES)
def test_every_run_meets_the_same_text(kind: str, text: str) -> None:
    assert perturbed(text, kind, "7") == perturbed(text, kind, "7")


@pytest.mark.parametrize("kind", KINDS)
def test_english_is_left_alone(kind: str) -> None:
    assert perturbed("Refugees in Iran, and others.", kind, "1") == "Refugees in Iran, and others."


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('فیلم "بهشت" -تازه', "فیلم بهشت تازه"),
        ("well-being OR title:(health*)", "well-being or title health"),
    ],
)
def test_a_query_of_a_set_is_words_alone(query: str, expected: str) -> None:
    assert " ".join(bare(query).split()) == expected
