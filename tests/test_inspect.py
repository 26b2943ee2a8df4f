"""``migsearch inspect``: what was read from a page and why, as a person sees it and as a program reads it.

``python tests/test_inspect.py`` writes the screens anew, so that the difference shows what a change does to them. They
are those of a terminal that neither joins nor reorders letters: an editor that does so shows Persian backwards.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import CORPUS, ROOT
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from terminal_pty import PROGRAM, Terminal
from test_terminal_render import harmless_id, hostile, modes, printed

import migsearch
from migsearch import Document, Mention, PartialDate, Provenance, Span
from migsearch.ingest.date_evidence import KINDS
from migsearch.terminal.inspected import inspection_page
from migsearch.terminal.legend import EVIDENCE, FLAGS, RULES
from migsearch.terminal.modes import Mode

SCREENS = Path(__file__).with_name("screens")
ENGLISH = "corpus/joint-plan-iom-migration-service-en.txt"
PERSIAN = "corpus/turkish-interior-talks-fa.txt"
GOLDEN = [(page, columns) for page in (ENGLISH, PERSIAN) for columns in (40, 80, 120)]
ROWS = 150  # none of the pages is longer, so that no pager is asked


def environment(home: Path) -> dict[str, str]:
    inherited = {
        name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT", "XDG_CACHE_HOME") if name in os.environ
    }
    return {**inherited, "HOME": str(home), "LC_ALL": "C.UTF-8"}


def screen(page: str, columns: int, env: Mapping[str, str]) -> list[str]:
    with Terminal("inspect", page, env=env, rows=ROWS, columns=columns, folder=ROOT) as terminal:
        assert terminal.finish() == 0
        return terminal.rows


def golden_path(page: str, columns: int) -> Path:
    return SCREENS / f"inspect-{Path(page).stem}-{columns}.txt"


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path)


def run(*arguments: str, env: Mapping[str, str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "inspect", *arguments],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# ----------------------------------------------------------------------------------------------------------------------
# For a person
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "columns"), GOLDEN, ids=[golden_path(*case).stem for case in GOLDEN])
def test_the_screen_of_a_page(page: str, columns: int, env: dict[str, str]) -> None:
    rows = screen(page, columns, env)
    assert "\n".join(rows) + "\n" == golden_path(page, columns).read_text(encoding="utf-8")
    assert all(cell_len(row) <= columns for row in rows)


def test_what_counts_is_marked_without_colours_too(env: dict[str, str]) -> None:
    with Terminal("inspect", ENGLISH, env={**env, "NO_COLOR": "1"}, rows=ROWS, folder=ROOT) as terminal:
        assert terminal.finish() == 0
        assert not re.search(r"\x1b\[[0-9;]*3\dm", terminal.received)
        assert terminal.rows == golden_path(ENGLISH, 80).read_text(encoding="utf-8").splitlines()


def test_what_is_piped_is_plain_and_logical(env: dict[str, str]) -> None:
    result = run(PERSIAN, env=env)
    assert (result.returncode, result.stderr) == (0, "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", result.stdout)
    lines = result.stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("معین امور پناهندگان[1]"))
    assert lines[place].endswith("این دیدار روز یکشنبه، 16 سرطان سال روان[3] در کابل صورت گرفت.")
    assert lines[place + 1 : place + 4] == [
        "   [1] morr-af · name",
        "   [2] moi-tr · with-its-country · ترکیه",
        "   [3] 2019-07-07 · day-month-this-year · inferred",
    ]
    assert "│ دوشنبه ۱۷ سرطان ۱۳۹۸[5] ساعت ۱۴:۱۰" in lines
    assert "│    [5] 2019-07-08 · published" in lines


def test_a_terminal_that_reorders_gets_logical_text(env: dict[str, str]) -> None:
    with Terminal("inspect", PERSIAN, env={**env, "VTE_VERSION": "7603"}, rows=ROWS, folder=ROOT) as terminal:
        assert terminal.finish() == 0
        assert "گفتگو با هیئت ترکیه درباره وضعیت مهاجرین افغان" in terminal.rows


def lines_of(document: Document, mode: Mode = "logical", width: int = 80) -> list[str]:
    page = printed(*inspection_page([document], mode, str.upper), width=width)
    return re.sub("\x1b\\[[0-9;]*m", "", page).split("\n")


def organisation(ref: str, span: tuple[int, int], field: str = "text") -> Mention:
    return Mention("organisation", ref, "", field, Span(*span), "name")


def test_names_that_share_words_and_names_over_lines() -> None:
    shared = [organisation("moi-ir", (4, 9)), organisation("mfa-ir", (4, 9))]
    document = Document(id="d", text="The names of\ntwo lines", mentions=(*shared, organisation("un", (10, 16))))
    lines = lines_of(document)
    start = lines.index("Article")
    assert lines[start + 1 : start + 6] == [
        "The names[1][2] of",
        "   [1] moi-ir · name",
        "   [2] mfa-ir · name",
        "two[3] lines",
        "   [3] un · name",
    ]


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (Document(id="d", text="Nothing."), "  published  no date was found"),
        (Document(id="d", text="Nothing."), "  names      no organisation"),
        (Document(id="d", text="Nothing."), "Nothing was left out"),
        (Document(id="d", title="T", text="Salaam.", language="ps"), "  language   ps · as the page declares"),
        (
            Document(id="d", text="T", provenance=Provenance(file="f", format="text", warnings=("cut",))),
            "  warning    cut",
        ),
    ],
)
def test_what_is_missing_or_doubtful_is_said(document: Document, line: str) -> None:
    assert line in lines_of(document)


def test_what_a_row_says_itself_needs_no_legend(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id,text,organisations,date\na1,A note.,own,2021-04\n", encoding="utf-8")
    lines = run("rows.csv", env=env, folder=tmp_path).stdout.splitlines()
    assert "  published  2021-04 · column date" in lines
    assert "  names      own" in lines
    assert lines[-2:] == ["Nothing was left out", ""]


def test_mentions_of_other_kinds_are_marked_too() -> None:
    person = Mention("person", "kakar", "Kakar", "text", Span(0, 5))
    assert "Kakar[1] spoke." in lines_of(Document(id="d", text="Kakar spoke.", mentions=(person,)))


def test_a_date_is_marked_in_what_was_left_out_only_where_it_can_be_no_other() -> None:
    day = PartialDate.of(2021, 4, 15)
    date = PartialDate(day.first, day.last, "15 April", "label day-month", ("inferred",))
    once = Document(id="d", text="T", date=date, surroundings="Published 15 April")
    assert "│ Published 15 April[1]" in lines_of(once)
    twice = Document(id="d", text="T", date=date, surroundings="Published 15 April\n15 April: a teaser")
    assert "│ Published 15 April" in lines_of(twice)


@given(st.data(), modes, st.sampled_from([40, 80]))
def test_no_document_commands_the_terminal_or_overflows_it(data: st.DataObject, mode: Mode, width: int) -> None:
    text = data.draw(hostile)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda span: span[0] < span[1])
    mentions = [
        Mention("organisation", data.draw(harmless_id), "", "text", Span(*span), data.draw(hostile), data.draw(hostile))
        for span in (data.draw(st.lists(spans, max_size=3)) if text else [])
    ]
    document = Document(
        id=data.draw(harmless_id),
        title=data.draw(hostile),
        text=text,
        surroundings=data.draw(hostile),
        source=data.draw(hostile),
        organisations=tuple(mention.ref for mention in mentions),
        mentions=tuple(mentions),
        date=PartialDate(*[PartialDate.of(2021, 1, 1).first] * 2, data.draw(hostile), data.draw(hostile)),
        language=data.draw(st.sampled_from(["fa", "en", "und", ""])),
    )
    for line in lines_of(document, mode, width):
        assert cell_len(line) <= width
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)


def test_the_legend_knows_every_sign() -> None:
    flags = re.findall(r"^- ``([a-z-]+)``:", inspect.getdoc(PartialDate) or "", re.MULTILINE)  # 3.13 indents less
    assert list(FLAGS) == flags
    assert list(EVIDENCE) == list(dict(KINDS))
    documents = list(migsearch.read(CORPUS))
    mentions = [mention for document in documents for mention in document.mentions]
    assert {mention.rule for mention in mentions if mention.kind == "organisation"} <= set(RULES)
    assert all(rule in (Mention.__doc__ or "") for rule in RULES)


# ----------------------------------------------------------------------------------------------------------------------
# For a program
# ----------------------------------------------------------------------------------------------------------------------


def test_json_tells_the_same(env: dict[str, str]) -> None:
    result = run(PERSIAN, "--json", env=env)
    answer = json.loads(result.stdout)
    assert (answer["skipped"], answer["failed"]) == ([], [])
    [document] = answer["documents"]
    assert document["title"] == "گفتگو با هیئت ترکیه درباره وضعیت مهاجرین افغان"
    assert document["language_confidence"] == pytest.approx(1, abs=0.01)
    assert document["published"] == {
        "first": "2019-07-08",
        "last": "2019-07-08",
        "precision": "day",
        "literal": "۱۷ سرطان ۱۳۹۸",
        "rule": "head day-month-year",
        "flags": [],
        "moment": "2019-07-08T14:10:00",
    }
    for mention in document["mentions"]:
        assert document[mention["field"]][slice(*mention["span"])] == mention["literal"]
    assert document["mentions"][-1]["rule"] == "day-month-this-year"
    assert document["mentions"][-1]["evidence"] == "inferred"
    assert "۳۸۲" in document["surroundings"]
    assert document["provenance"]["format"] == "text"


KEYS = [
    *("id", "title", "date", "date_inferred", "organisations", "language", "region", "source", "text", "provenance"),
    *("alike", "language_confidence", "published", "mentions", "surroundings"),
]


def test_the_keys_of_json_are_those_that_help_names(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Note\n\nNothing is told here, and nobody is named.\n", encoding="utf-8")
    [document] = json.loads(run("undated.txt", "--json", env=env, folder=tmp_path).stdout)["documents"]
    assert list(document) == KEYS
    assert document["published"] is None
    described = run("--help", env=env).stdout
    assert all(re.search(rf"\b{key}\b", described) for key in (*KEYS, *document["provenance"], "skipped", "failed"))


def test_relative_words_are_read_by_the_day_of_the_crawl(env: dict[str, str], tmp_path: Path) -> None:
    page = "Office opened in Osh\n\nIOM opened an office in Osh yesterday, and ten people work in it from now on.\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    assert "2021-04-14" in run("page.txt", "--crawled", "2021-04-15", env=env, folder=tmp_path).stdout


def test_organisations_of_ones_own_are_marked(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[bodies.hearth]\nen = ["Hearth Foundation"]\n', encoding="utf-8")
    (tmp_path / "page.txt").write_text("A new house\n\nThe Hearth Foundation built a house.\n", encoding="utf-8")
    assert "hearth" not in run("page.txt", env=env, folder=tmp_path).stdout
    assert "The Hearth Foundation[1] built a house." in (
        run("page.txt", "--organisations", "own.toml", env=env, folder=tmp_path).stdout
    )


def test_each_row_of_a_table_is_a_document(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("id,story\na1,IOM helped.\na2,UNHCR helped.\n", encoding="utf-8")
    result = run("rows.csv", "--column", "text=story", env=env, folder=tmp_path)
    assert result.returncode == 0
    assert [line for line in result.stdout.splitlines() if line.endswith("helped.")] == [
        "IOM[1] helped.",
        "UNHCR[1] helped.",
    ]
    assert result.stdout.count("Legend") == 1


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_is_shown(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 not really")
    (tmp_path / "page.txt").write_text("A note\n\nThe IOM helped.\n", encoding="utf-8")
    result = run("broken.docx", "page.txt", env=env, folder=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("migsearch: failed broken.docx: ")
    assert "The IOM[1] helped." in result.stdout
    result = run("broken.docx", "--json", env=env, folder=tmp_path)
    answer = json.loads(result.stdout)
    assert (result.returncode, answer["documents"]) == (2, [])
    [failure] = answer["failed"]
    assert failure["file"] == "broken.docx"
    assert f"failed broken.docx: {failure['reason']}" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nowhere.txt"], "migsearch: there is no file or folder nowhere.txt\n"),
        (["empty"], "migsearch: skipped empty: the folder is empty\n"),
        ([], "migsearch inspect: the following arguments are required: FILE\n"),
    ],
)
def test_nothing_to_inspect(arguments: list[str], complaint: str, env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run(*arguments, env=env, folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(complaint)


if __name__ == "__main__":
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        for page, columns in GOLDEN:
            rows = screen(page, columns, environment(Path(home)))
            golden_path(page, columns).write_text("\n".join(rows) + "\n", encoding="utf-8")
