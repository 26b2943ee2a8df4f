"""The peers of the speed bench, each set up as its manual has it, with one field of text and what is stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.speed_texts import Query, Text
from benchmarks.unavailable import Unavailable

TOP = 10
"""How many documents a search gives back."""


class Fts5:
    """SQLite's full text search."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "texts.db"

    def build(self, texts: Iterable[Text]) -> None:
        self._path.parent.mkdir()
        self.open()
        self._db.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, title, text, language UNINDEXED, year UNINDEXED)"
        )
        rows = ((text.id, text.title, text.body, text.language, text.year) for text in texts)
        self._db.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", rows)
        self._db.commit()
        self._db.close()

    def open(self) -> None:
        self._db = sqlite3.connect(self._path)

    def search(self, query: Query) -> int:
        quoted = [f'"{word}"' for word in query.words]
        text = " OR ".join(quoted)
        if query.kind == "AND 3":
            text = " AND ".join(quoted)
        elif query.kind.startswith("phrase"):
            text = '"{}"'.format(" ".join(query.words))
        elif query.kind == "prefix":
            text += "*"
        columns = "id, title, text, language, year"
        if query.kind == "snippets":
            columns += ", snippet(texts, 2, '[', ']', '...', 30)"
        matching = "FROM texts WHERE texts MATCH ?"
        if query.kind == "date range":
            sql = f"SELECT {columns} {matching} AND year BETWEEN ? AND ? ORDER BY rank LIMIT ?"
            return len(self._db.execute(sql, (text, *query.years, TOP)).fetchall())
        if query.kind == "facets + years":
            for column in ("year", "language"):
                self._db.execute(f"SELECT {column}, count(*) {matching} GROUP BY {column}", (text,)).fetchall()
        return len(self._db.execute(f"SELECT {columns} {matching} ORDER BY rank LIMIT ?", (text, TOP)).fetchall())


class Tantivy:
    """tantivy with one thread, title and text in one field, as a library in Rust is called from Python."""

    def __init__(self, folder: Path) -> None:
        try:
            import tantivy
        except ImportError as error:
            raise Unavailable(str(error)) from None
        self._tantivy = tantivy
        self._folder = folder
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, index_option="basic", tokenizer_name="raw")
        builder.add_text_field("whole", stored=True)
        builder.add_text_field("language", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("year", stored=True, indexed=True, fast=True)
        self._schema = builder.build()

    def build(self, texts: Iterable[Text]) -> None:
        self._folder.mkdir()
        index = self._tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(100_000_000, 1)
        for text in texts:
            writer.add_document(
                self._tantivy.Document(id=text.id, whole=text.whole, language=text.language, year=text.year)
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = self._tantivy.Index.open(str(self._folder))
        self._searcher = self._index.searcher()

    def search(self, query: Query) -> int:
        asked = self._query(query)
        hits = self._searcher.search(asked, TOP).hits
        found = [self._searcher.doc(address).to_dict() for _, address in hits]
        if query.kind == "facets + years":
            terms = {name: {"terms": {"field": name, "size": 100}} for name in ("language", "year")}
            self._searcher.aggregate(asked, terms)
        if query.kind == "snippets":
            generator = self._tantivy.SnippetGenerator.create(self._searcher, asked, self._schema, "whole")
            for _, address in hits:
                generator.snippet_from_doc(self._searcher.doc(address)).to_html()
        return len(found)

    def _query(self, query: Query) -> Any:
        make, occur = self._tantivy.Query, self._tantivy.Occur
        words = [word.lower() for word in query.words]
        if query.kind.startswith("phrase"):
            return make.phrase_query(self._schema, "whole", list(words))
        if query.kind == "prefix":
            return make.regex_query(self._schema, "whole", f"{words[0]}.*")
        how = occur.Must if query.kind == "AND 3" else occur.Should
        asked = make.boolean_query([(how, make.term_query(self._schema, "whole", word)) for word in words])
        if query.kind != "date range":
            return asked
        kind = self._tantivy.FieldType.Integer
        dated = make.range_query(self._schema, "year", kind, *query.years)
        return make.boolean_query([(occur.Must, asked), (occur.Must, dated)])


class PlainWhoosh:
    """Whoosh as a user would set it up."""

    def __init__(self, folder: Path) -> None:
        from whoosh import fields

        self._folder = folder
        self._schema = fields.Schema(
            id=fields.ID(stored=True),
            title=fields.STORED(),
            body=fields.STORED(),
            text=fields.TEXT(),
            language=fields.ID(stored=True, sortable=True),
            year=fields.NUMERIC(int, stored=True, sortable=True),
        )

    def build(self, texts: Iterable[Text]) -> None:
        from whoosh import index

        self._folder.mkdir()
        with index.create_in(str(self._folder), self._schema).writer(limitmb=256) as writer:
            for text in texts:
                writer.add_document(
                    id=text.id,
                    title=text.title,
                    body=text.body,
                    text=text.whole,
                    language=text.language,
                    year=text.year,
                )

    def open(self) -> None:
        from whoosh import index

        self._searcher = index.open_dir(str(self._folder)).searcher()

    def search(self, query: Query) -> int:
        from whoosh import query as q

        words = [word.lower() for word in query.words]
        terms = [q.Term("text", word) for word in words]
        asked: Any = q.And(terms) if query.kind == "AND 3" else q.Or(terms)
        if query.kind.startswith("phrase"):
            asked = q.Phrase("text", words)
        elif query.kind == "prefix":
            asked = q.Prefix("text", words[0])
        options: dict[str, Any] = {}
        if query.kind == "date range":
            options["filter"] = q.NumericRange("year", *query.years)
        elif query.kind == "facets + years":
            options["groupedby"] = ["year", "language"]
        hits = self._searcher.search(asked, limit=TOP, **options)
        if query.kind == "snippets":
            for hit in hits:
                hit.highlights("text", text=hit["body"])
        return len([hit.fields() for hit in hits])


class Xapian:
    """Xapian, where its Python binding is installed (Debian: python3-xapian)."""

    def __init__(self, folder: Path) -> None:
        try:
            import xapian
        except ImportError as error:
            raise Unavailable(str(error)) from None
        self._xapian = xapian
        self._folder = folder

    def build(self, texts: Iterable[Text]) -> None:
        xapian = self._xapian
        database = xapian.WritableDatabase(str(self._folder), xapian.DB_CREATE)
        generator = xapian.TermGenerator()
        for text in texts:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(text.title)
            generator.increase_termpos()
            generator.index_text(text.body)
            document.add_value(0, xapian.sortable_serialise(text.year))
            document.add_value(1, text.language)
            document.set_data(json.dumps((text.id, text.title, text.body, text.language, text.year)))
            database.add_document(document)
        database.commit()
        database.close()

    def open(self) -> None:
        self._database = self._xapian.Database(str(self._folder))

    def search(self, query: Query) -> int:
        xapian = self._xapian
        words = [word.lower() for word in query.words]
        operator = xapian.Query.OP_AND if query.kind == "AND 3" else xapian.Query.OP_OR
        asked = xapian.Query(operator, words)
        if query.kind.startswith("phrase"):
            asked = xapian.Query(xapian.Query.OP_PHRASE, words)
        elif query.kind == "prefix":
            asked = xapian.Query(xapian.Query.OP_WILDCARD, words[0])
        elif query.kind == "date range":
            low, high = map(xapian.sortable_serialise, query.years)
            dated = xapian.Query(xapian.Query.OP_VALUE_RANGE, 0, low, high)
            asked = xapian.Query(xapian.Query.OP_FILTER, asked, dated)
        enquire = xapian.Enquire(self._database)
        enquire.set_query(asked)
        spies = [xapian.ValueCountMatchSpy(slot) for slot in (0, 1)] if query.kind == "facets + years" else []
        for spy in spies:
            enquire.add_matchspy(spy)
        hits = enquire.get_mset(0, TOP, self._database.get_doccount() if spies else TOP)
        if query.kind == "snippets":
            for hit in hits:
                hits.snippet(json.loads(hit.document.get_data())[2])
        for spy in spies:
            list(spy.values())
        return len([json.loads(hit.document.get_data()) for hit in hits])
