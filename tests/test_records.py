"""Records: a document comes back as it was, whatever it has and has not."""

from __future__ import annotations

import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from migsearch.model import Copy, Document, Mention, PartialDate, Provenance, Span
from migsearch.records import from_record, key_words, to_record

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(["", "a\nb", "«نامه»", "\u2028"])
names = st.lists(st.sampled_from(["iom", "unhcr", "af-moi"]), max_size=2, unique=True).map(tuple)
days = st.dates(datetime.date(1900, 1, 1))
dates = st.builds(
    lambda days, *rest: PartialDate(min(days), max(days), *rest),
    st.lists(days, min_size=1, max_size=2),
    text,
    text,
    st.lists(st.sampled_from(["inferred", "event"]), unique=True).map(tuple),
    st.none() | st.datetimes(timezones=st.none() | st.just(datetime.timezone.utc)).map(lambda day: day.replace(fold=0)),
)
provenances = st.builds(
    Provenance,
    file=st.just("/a"),
    format=st.just("text"),
    sketch=text,
    size=st.integers(0, 9),
    warnings=st.lists(text, max_size=2).map(tuple),
)
mentions = st.builds(
    Mention, text, text, text, st.sampled_from(["title", "text"]), st.builds(Span, st.just(0), st.integers(1, 9))
)
documents = st.builds(
    Document,
    id=st.sampled_from(["a", "گزارش.txt"]),
    date=st.none() | dates,
    organisations=names,
    mentions=st.lists(mentions, max_size=2).map(tuple),
    provenance=st.none() | provenances,
    copies=st.lists(st.builds(Copy, text, text, provenances), max_size=2).map(tuple),
    alike=names,
    **dict.fromkeys(["title", "text", "language", "region", "source", "surroundings"], text),
)


def test_key_words_come_back_to_half_a_hundredth() -> None:
    given = {"asylum": 0.111, "پناهنده": 0.05, "court": 0.001, "title": 0.5}
    record = to_record(Document(id="a", text="asylum"), given)
    assert key_words(record) == {"asylum": 0.11, "پناهنده": 0.05, "court": 0.0, "title": 0.175}
    assert from_record(record) == Document(id="a", text="asylum")
    assert key_words(to_record(Document(id="a"))) == {}


@settings(max_examples=60)
@given(documents)
@example(Document(id="a"))
@example(Document(id="a", text="\n"))
def test_a_document_comes_back(document: Document) -> None:
    again = from_record(to_record(document))
    assert again == document
    assert repr(again) == repr(document)  # in which is also what plays no part in comparing
    assert hash(again) == hash(document)
