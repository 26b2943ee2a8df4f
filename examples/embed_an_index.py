"""Embed an index in a program of one's own: its documents, its ids, its own organisations, its errors handled."""

import tempfile
from pathlib import Path

import migsearch
from migsearch import Document

NOTES = [
    Document(
        id="note/1",
        title="Visit to the reception centre",
        text="Kabul, 5 May 2021 – UNHCR and the Ministry of Refugees and Repatriations visited the reception centre.",
    ),
    Document(
        id="note/2",
        title="نشست هماهنگی درباره برنامه‌های آموزشی",
        text="در این نشست نمایندگان سازمان بین‌المللی مهاجرت حضور داشتند.",
        date=migsearch.PartialDate.parse("2021-06"),
    ),
    Document(id="note/3", title="Budget", text="Figures for next year.", organisations=("our-finance-unit",)),
]

with tempfile.TemporaryDirectory() as folder, migsearch.open(Path(folder, "notes"), create=True) as index:
    print("added:", index.add(NOTES).added)

    # Language, date and organisations were read from the text where the note did not give them.
    for id in ("note/1", "note/2", "note/3"):
        note = index.document(id)
        if note is not None:
            print(f"{id}: {note.language} {note.date} {', '.join(note.organisations)}")

    # Three spellings of one word find one note.
    for query in ("برنامه‌ها", "برنامه ها", "برنامهها"):
        print(query, [hit.document.id for hit in index.search(query)])

    # The same id again replaces; what is deleted is gone.
    index.add([Document(id="note/3", title="Budget, revised", text="New figures.")])
    index.delete(["note/1"])
    print("left:", [hit.document.title for hit in index.search("")])

    try:
        index.search("date:someday")
    except migsearch.QueryError as error:
        print("error:", error)
