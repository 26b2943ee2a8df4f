"""Lines that pages of one source share are left out of their articles; lines that they share by chance are not."""

from __future__ import annotations

from pathlib import Path

import migsearch
from migsearch.ingest.read import Reading

_BANNER = "The portal of the regional office on the movement of people and their rights"
_FOOTER = "The office works with partners in five countries and answers within three working days."
_TOPICS = ("Herat", "Mashhad", "Quetta", "Dushanbe")


def _page(topic: str, banner: str = _BANNER, footer: str = _FOOTER, inner: str = "") -> str:
    sentences = (
        f"The office in {topic} registered families who had come back and gave them tents and food for a month.",
        inner or f"Its doctors in {topic} saw children first, and then the old and the ill who had waited for days.",
        f"The governor of {topic} thanked the staff for their work and promised them a larger house near the road.",
    )
    return "\n\n".join((banner, f"Families return to {topic} with new papers", *sentences, footer))


def _read(folder: Path, pages: dict[str, str]) -> dict[str, migsearch.Document]:
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {document.id: document for document in migsearch.read(folder)}


def test_what_three_pages_share_at_their_edges_is_left_out_and_kept(tmp_path: Path) -> None:
    documents = _read(tmp_path, {f"{topic}.txt": _page(topic) for topic in _TOPICS})
    assert len(documents) == len(_TOPICS)
    for topic in _TOPICS:
        document = documents[f"{topic}.txt"]
        assert document.title == f"Families return to {topic} with new papers"
        assert document.text.startswith(f"The office in {topic}")
        assert document.text.endswith("near the road.")
        assert _BANNER in document.surroundings
        assert _FOOTER in document.surroundings


def test_what_two_pages_share_stays(tmp_path: Path) -> None:
    documents = _read(tmp_path, {f"{topic}.txt": _page(topic) for topic in _TOPICS[:2]})
    assert all(document.text.endswith(_FOOTER) for document in documents.values())


def test_a_sentence_within_articles_stays(tmp_path: Path) -> None:
    inner = "More than half of the families had lived abroad for over ten years, the office said in its yearly report."
    documents = _read(tmp_path, {f"{topic}.txt": _page(topic, inner=inner) for topic in _TOPICS})
    assert all(inner in document.text for document in documents.values())


def test_an_article_that_is_published_again_stays(tmp_path: Path) -> None:
    documents = _read(tmp_path, {f"{number}.txt": _page("Herat") for number in range(4)})
    assert len({document.text for document in documents.values()}) == 1
    assert "registered families" in documents["0.txt"].text


def test_pages_of_other_sites_in_the_folder_are_another_source(tmp_path: Path) -> None:
    pages = {f"{topic}.txt": f"https://{topic}.example.org/news/1\n\n{_page(topic)}" for topic in _TOPICS}
    assert all(_FOOTER in document.text for document in _read(tmp_path, pages).values())


def test_one_page_is_read_as_it_is_among_the_others(tmp_path: Path) -> None:
    documents = _read(tmp_path, {f"{topic}.txt": _page(topic) for topic in _TOPICS})
    among = Reading(tmp_path, among=[tmp_path / "Quetta.txt"])
    assert [document.text for document in among] == [documents["Quetta.txt"].text]
