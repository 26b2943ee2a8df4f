"""The arrays of a segment: what was written is read again, however long, far apart, frequent or many it is."""

from __future__ import annotations

from array import array
from collections import Counter
from io import BytesIO

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migsearch.engine.whoosh.columnar import postings, records, sums
from migsearch.engine.whoosh.columnar.alike import near
from migsearch.engine.whoosh.columnar.arrays import ArrayFile, ArrayWriter, DamagedFileError
from migsearch.engine.whoosh.columnar.builder import SegmentBuilder
from migsearch.engine.whoosh.columnar.columns import NumberBuffer, StringBuffer
from migsearch.engine.whoosh.columnar.inversion import TermBuffer
from migsearch.engine.whoosh.columnar.kept import Kept
from migsearch.engine.whoosh.columnar.merge import Source, merged
from migsearch.engine.whoosh.columnar.phrases import side_by_side
from migsearch.engine.whoosh.columnar.postings import Inverted, Postings, PostingsWriter
from migsearch.engine.whoosh.columnar.records import RecordBuffer
from migsearch.engine.whoosh.columnar.segment import Segment
from migsearch.engine.whoosh.columnar.strings import Strings, append_strings
from migsearch.engine.whoosh.columnar.terms import TermPostings, UnitedPostings
from migsearch.query.expansion import edits

steps = st.lists(st.integers(0, 300) | st.sampled_from([254, 255, 256, 65_534, 65_535, 65_536, 700_000]), max_size=20)


def saved(arrays: ArrayWriter) -> ArrayFile:
    file = BytesIO()
    arrays.save(file)
    return ArrayFile(file.getvalue())


# ----------------------------------------------------------------------------------------------------------------------
# Codes
# ----------------------------------------------------------------------------------------------------------------------


@given(steps, st.sampled_from(sums.WIDTHS))
def test_sums_come_back(given_steps: list[int], width: int) -> None:
    coded, ends = sums.encode(np.asarray(given_steps, dtype=np.int64), width)
    expected = np.cumsum(given_steps, dtype=np.int64).tolist()
    assert sums.decode(coded, width).tolist() == expected
    assert len(coded) == (ends[-1] if given_steps else 0)
    for number, end in enumerate(ends.tolist()):
        assert sums.decode(coded[:end], width).tolist() == expected[: number + 1]


@given(st.lists(st.tuples(st.integers(0, 70_000), st.sampled_from(sums.WIDTHS)), min_size=1, max_size=20))
def test_each_step_may_have_a_width_of_its_own(several: list[tuple[int, int]]) -> None:
    numbers, widths = (np.asarray(column, dtype=np.int64) for column in zip(*several, strict=True))
    coded, ends = sums.encode(numbers, widths)
    starts = [0, *ends[:-1].tolist()]
    for (number, width), start, end in zip(several, starts, ends.tolist(), strict=True):
        assert sums.decode(coded[start:end], width).tolist() == [number]


@given(st.sets(st.text(max_size=5) | st.text("ab", max_size=400), max_size=20), st.text("ab", max_size=2))
def test_strings_are_found(strings: set[str], prefix: str) -> None:
    encoded = sorted(string.encode() for string in strings)
    arrays = ArrayWriter()
    append_strings(arrays, "s", encoded[:7])
    append_strings(arrays, "s", encoded[7:])
    read = Strings(saved(arrays), "s")
    assert read.read() == [read[number] for number in range(len(read))] == encoded
    assert [read.find(string) for string in encoded] == list(range(len(encoded)))
    assert read.find(b"nobody has this") is None
    begun = [number for number, string in enumerate(encoded) if string.startswith(prefix.encode())]
    assert list(read.starting(prefix.encode())) == begun


# ----------------------------------------------------------------------------------------------------------------------
# The file
# ----------------------------------------------------------------------------------------------------------------------


def test_every_byte_of_a_file_is_checked() -> None:
    arrays = ArrayWriter()
    arrays.facts["documents"] = 3
    arrays.append("numbers", np.arange(20, dtype=np.int32))
    arrays.append("numbers", np.arange(20, dtype=np.int32))
    arrays.append("bytes", np.arange(5, dtype=np.uint8))
    file = BytesIO()
    arrays.save(file)
    data = file.getvalue()
    read = ArrayFile(data)
    assert read["numbers"].tolist() == [*range(20), *range(20)]
    assert (read.facts["documents"], sorted(read), "bytes" in read, "none" in read) == (
        (3, ["bytes", "numbers"], True, False)
    )
    padding = [place for place in range(len(data)) if data[place] == 0]
    for place in set(range(len(data))) - set(padding):
        broken = bytearray(data)
        broken[place] ^= 0x55
        with pytest.raises(DamagedFileError):
            ArrayFile(bytes(broken)).check()
    for length in (0, 10, len(data) // 2, len(data) - 1):
        with pytest.raises(DamagedFileError):
            ArrayFile(data[:length])


def test_what_is_the_same_lies_there_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migsearch.engine.whoosh.columnar.arrays._HELD", 300)  # more goes to a temporary file
    monkeypatch.setattr("zlib.crc32", lambda data, crc=0: 0)  # any two arrays have the same checksum
    ids = np.frombuffer(b"a.txt b.txt " * 100, dtype=np.uint8)
    others = np.frombuffer(b"a.txt c.txt " * 100, dtype=np.uint8)
    arrays = ArrayWriter()
    for name, values in (("column", ids), ("others", others), ("terms", ids), ("counts", ids.view("<u4"))):
        arrays.append(name, values)
    file = BytesIO()
    arrays.save(file)
    assert file.getvalue().count(ids.tobytes()) == 2  # once more as numbers
    read = ArrayFile(file.getvalue())
    assert read["column"].tobytes() == read["terms"].tobytes() == read["counts"].tobytes() == ids.tobytes()
    assert read["others"].tobytes() == others.tobytes()


def test_an_array_is_of_one_type() -> None:
    arrays = ArrayWriter()
    arrays.append("a", np.zeros(1, dtype=np.int32))
    with pytest.raises(TypeError, match="a is of <i4, not of <f8"):
        arrays.append("a", np.zeros(1))


# ----------------------------------------------------------------------------------------------------------------------
# Postings
# ----------------------------------------------------------------------------------------------------------------------

DOCUMENTS = 100_000  # so that terms of one, two and four bytes a document come up

postings_of_a_term = st.dictionaries(
    st.integers(0, 200) | st.integers(0, DOCUMENTS - 1),
    st.sets(st.integers(0, 40) | st.integers(0, 90_000), min_size=1, max_size=5),
    min_size=1,
    max_size=30,
)


@settings(max_examples=50)
@given(st.lists(postings_of_a_term, min_size=1, max_size=6), st.booleans(), st.integers(0, 6))
def test_postings_come_back(terms: list[dict[int, set[int]]], is_long: bool, cut: int) -> None:
    terms[0] |= {document: {document % 9} for document in range(0, 3 * DOCUMENTS // 4, 31)}  # one that many have
    terms[-1][DOCUMENTS - 1] = set(range(0, 900, 3))  # often in one document
    arrays = ArrayWriter()
    writer = PostingsWriter(arrays, "f", DOCUMENTS, 10**12 if is_long else 0)
    for part in (terms[:cut], terms[cut:]):
        writer.append(inverted(part, first=cut if part == terms[cut:] and cut else 0))
    writer.finish()
    read = Postings(saved(arrays), "f", DOCUMENTS)
    for number, expected in enumerate(terms):
        assert read.documents(number).tolist() == sorted(expected)
        frequencies = read.frequencies(number, number + 1)
        assert frequencies.tolist() == [len(expected[document]) for document in sorted(expected)]
        found = read.positions(number, number + 1, frequencies).tolist()
        assert found == [position for document in sorted(expected) for position in sorted(expected[document])]
    whole, wanted = read.inverted(0, len(terms)), inverted(terms)
    assert whole.terms == wanted.terms
    for name in ("counts", "documents", "frequencies", "positions"):
        assert getattr(whole, name).tolist() == getattr(wanted, name).tolist()


def inverted(terms: list[dict[int, set[int]]], first: int = 0) -> Inverted:
    postings = [(document, sorted(places)) for term in terms for document, places in sorted(term.items())]
    return Inverted(
        [f"{first + number:03}".encode() for number in range(len(terms))],
        np.asarray([len(term) for term in terms], dtype=np.int64),
        np.asarray([document for document, _ in postings], dtype=np.int64),
        np.asarray([len(places) for _, places in postings], dtype=np.int64),
        np.asarray([place for _, places in postings for place in places], dtype=np.int64),
    )


words = st.lists(st.none() | st.sampled_from("abcd"), max_size=12)


@given(st.lists(words, max_size=8), st.lists(st.sampled_from("abcd"), min_size=1, max_size=3))
def test_documents_are_inverted(documents: list[list[str | None]], phrase: list[str]) -> None:
    buffer = TermBuffer(frequencies=True, positions=True)
    for document in documents:
        buffer.add(document)
    terms = sorted({term for document in documents for term in document if term})
    inverted = buffer.inverted()
    assert inverted.terms == [term.encode() for term in terms]
    containing = [[number for number, document in enumerate(documents) if term in document] for term in terms]
    assert inverted.documents.tolist() == [number for numbers in containing for number in numbers]
    assert inverted.counts.tolist() == [len(numbers) for numbers in containing]
    assert buffer.lengths().tolist() == [len(document) - document.count(None) for document in documents]
    if terms and set(phrase) <= set(terms):
        arrays = ArrayWriter()
        writer = PostingsWriter(arrays, "f", len(documents), 0)
        writer.append(inverted)
        writer.finish()
        postings = Postings(saved(arrays), "f", len(documents))
        expected = [
            number
            for number, document in enumerate(documents)
            if any(document[place : place + len(phrase)] == phrase for place in range(len(document)))
        ]
        found = side_by_side([TermPostings(postings, terms.index(word)) for word in phrase])
        assert found.documents.tolist() == expected


@given(st.lists(st.tuples(words, st.sampled_from([None, "dcba", "abbacd"])), max_size=8))
def test_numbers_in_any_vocabulary_are_inverted_as_their_terms(
    given: list[tuple[list[str | None], str | None]],
) -> None:
    by_terms, by_numbers = (TermBuffer(frequencies=True, positions=True) for _ in range(2))
    vocabularies = {letters: [None, *letters] for letters in ("dcba", "abbacd")}  # of two numbers one term
    for document, letters in given:
        by_terms.add(document)
        if letters:
            vocabulary = vocabularies[letters]
            by_numbers.add_numbers(array("I", map(vocabulary.index, document)), vocabulary)
        else:
            by_numbers.add(document)
    expected, found = by_terms.inverted(), by_numbers.inverted()
    assert found.terms == expected.terms
    for name in ("counts", "documents", "frequencies", "positions"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
    assert by_numbers.gaps() == by_terms.gaps()


@given(st.lists(words, max_size=8), st.sets(st.sampled_from("abcd"), min_size=1), st.sampled_from([0, 1_000]))
def test_several_terms_are_united(documents: list[list[str | None]], chosen: set[str], empty: int) -> None:
    buffer = TermBuffer(frequencies=True, positions=True)
    for document in documents:
        buffer.add(document)
    inverted = buffer.inverted()
    numbers = [number for number, term in enumerate(inverted.terms) if term.decode() in chosen]
    if numbers:
        size = len(documents) + empty
        arrays = ArrayWriter()
        writer = PostingsWriter(arrays, "f", size, 0)
        writer.append(inverted)
        writer.finish()
        united = UnitedPostings(Postings(saved(arrays), "f", size), np.asarray(numbers), size)
        counts = [sum(term in chosen for term in document if term) for document in documents]
        expected = {number: count for number, count in enumerate(counts) if count}
        assert dict(zip(united.documents.tolist(), united.frequencies.tolist(), strict=True)) == expected


def test_what_was_not_asked_for_longest_makes_room() -> None:
    kept: Kept[str, str] = Kept()
    kept.keep("a", "first", 10_000)
    assert "a" not in kept  # which has no room
    kept.limit = 50_000
    for key in "abcd":
        kept.keep(key, key.upper(), 10_000)
    assert kept["a"] == "A"
    kept.keep("none", "", 0)
    kept.keep("e", "E", 10_000)
    assert [key for key in "abcde" if key in kept] == ["a", "c", "d", "e"]
    kept.limit = 10_000
    kept.keep("other", "", 0)
    assert not any(key in kept for key in "abcde")
    assert kept["other"] == ""


words = st.text(st.sampled_from("abcم😀"), max_size=7)


@settings(max_examples=150)
@given(st.sets(words, min_size=1, max_size=30), words, st.integers(1, 2))
@example({"ca"}, "abc", 2)  # three edits where none is edited again
@example({"a" * 300, "a" * 299}, "a" * 301, 2)
def test_terms_that_are_few_edits_away(terms: set[str], word: str, most: int) -> None:
    arrays = ArrayWriter()
    append_strings(arrays, "s", [term.encode() for term in sorted(terms)])
    strings = Strings(saved(arrays), "s")
    numbers, away = near(strings, word, most)
    found = {strings[number].decode(): far for number, far in zip(numbers.tolist(), away.tolist(), strict=True)}
    assert found == {term: far for term in terms if (far := edits(word, term, most)) <= most}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0),
        ("ab", "ba", 1),
        ("ca", "abc", 3),
        ("kabul", "kabol", 1),
        ("kabul", "kbul", 1),
        ("مهاجر", "مهجار", 1),
    ],
)
def test_edits(one: str, other: str, expected: int) -> None:
    assert edits(one, other, 9) == edits(other, one, 9) == expected


# ----------------------------------------------------------------------------------------------------------------------
# Merging
# ----------------------------------------------------------------------------------------------------------------------


def segment(documents: list[list[str | None]], number: int) -> Segment:
    builder = SegmentBuilder()
    text, column, strings, stored = (
        TermBuffer(frequencies=True, positions=True),
        NumberBuffer(),
        StringBuffer(),
        RecordBuffer(),
    )
    for place, document in enumerate(documents):
        text.add(document)
        if place % 2:
            column.put(place, place * 1_000)
            strings.put(place, f"{len(document)}".encode())
        stored.put(place, str(document).encode())
    builder.documents = len(documents)
    builder.fields["text"] = text
    if number % 3:
        builder.columns |= {"numbers": column, "strings": strings}
    builder.stored["record"] = stored
    return Segment(saved(builder.write()))


@settings(max_examples=60)
@given(st.lists(st.lists(st.tuples(words, st.booleans()), max_size=6), min_size=1, max_size=5), st.integers(1, 9))
def test_merged_segments_are_as_one(parts: list[list[tuple[list[str | None], bool]]], at_once: int) -> None:
    segments = [segment([document for document, _ in part], number) for number, part in enumerate(parts)]
    kept = [np.flatnonzero([keep for _, keep in part]) for part in parts]
    remaining = [document for part in parts for document, keep in part if keep]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "AT_ONCE", at_once)
        found = Segment(saved(merged([Source(*source) for source in zip(segments, kept, strict=True)])))
    expected = segment(remaining, 0)
    assert found.documents == len(remaining)
    assert [found.records["record"][place] for place in range(len(remaining))] == [
        str(document).encode() for document in remaining
    ]
    ours, theirs = found.postings("text"), expected.postings("text")
    assert (ours is None) == (theirs is None)
    if ours and theirs:
        mine, other = ours.inverted(0, len(ours.terms)), theirs.inverted(0, len(theirs.terms))
        assert mine.terms == other.terms
        for name in ("counts", "documents", "frequencies", "positions"):
            assert getattr(mine, name).tolist() == getattr(other, name).tolist()
    numbers, strings = found.numbers("numbers"), found.strings("strings")
    wanted = [
        column if number % 3 else (0, "")
        for number, part in enumerate(parts)
        for column, (_, keep) in zip(columns_of(part), part, strict=True)
        if keep
    ]
    if numbers is not None and strings is not None:
        assert numbers.tolist() == [column for column, _ in wanted]
        assert [strings.strings[number].decode() for number in strings.ordinals.tolist()] == [
            text for _, text in wanted
        ]


def columns_of(part: list[tuple[list[str | None], bool]]) -> list[tuple[int, str]]:
    return [(place * 1_000, f"{len(document)}") if place % 2 else (0, "") for place, (document, _) in enumerate(part)]


def test_records_share_a_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_TRAINED_FROM", 50)
    monkeypatch.setattr(records, "_SHARE", 8)
    texts = [
        f"release {number} of the ministry of refugees and repatriations, {number**3}".encode() for number in range(120)
    ]
    sizes = Counter[str]()
    kept = []
    for name, some in {"many": texts, "few": texts[:20]}.items():
        buffer, arrays = RecordBuffer(), ArrayWriter()
        for document, text in enumerate(some):
            buffer.put(document, text)
        buffer.write(arrays, "r", len(some) + 1)
        read = records.Records(saved(arrays), "r")
        assert [read[document] for document in range(len(some))] == some
        assert read[len(some)] == b""
        sizes[name] = sum(len(read.compressed(document)) for document in range(20))
        kept.append((read, np.arange(0, len(some), 2)))
    assert sizes["many"] < sizes["few"]
    for much_smaller in (4, 0):  # the dictionary of most stays, and gives way to a larger one
        monkeypatch.setattr(records, "_MUCH_SMALLER", much_smaller)
        arrays = ArrayWriter()
        records.write_merged(arrays, "r", [*kept, (None, np.arange(1))])
        merged_records = records.Records(saved(arrays), "r")
        assert [merged_records[document] for document in range(71)] == [*texts[::2], *texts[:20:2], b""]
        assert (merged_records.dictionary == kept[0][0].dictionary) == bool(much_smaller)
