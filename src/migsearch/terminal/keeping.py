"""The commands that keep queries: save one, run it again, show what is new."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch.errors import MigsearchError
from migsearch.terminal.filters import Filters
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.render import prose
from migsearch.terminal.safety import clean
from migsearch.terminal.saved import SavedQueries, SavedQuery, Seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migsearch.model import Hit, Results
    from migsearch.terminal.session import Session

_MOST_SEEN = 10_000  # documents of a query whose ids are kept; the best ones


def save(session: Session, name: str) -> None:
    """Keep the last query with its filters and order; what it finds now counts as seen."""
    if not session.query:
        raise MigsearchError("there is no query to save; type one")
    _see(session, name, SavedQuery(session.query, session.filters, session.sort))
    session.screen.print(Paragraph(Text(f"saved as {clean(name)}; :run and :new ask it again"), session.screen.mode))


def run(session: Session, name: str) -> None:
    """Ask a saved query again; what it finds now counts as seen."""
    saved = SavedQueries().read(name)
    _ask(session, saved)
    session.show_answer()
    _see(session, name, saved)


def show_new(session: Session, name: str) -> None:
    """Show what a saved query finds that it did not find the last time in this index."""
    saved = SavedQueries().read(name)
    last = saved.seen.get(_place(session))
    _ask(session, saved)
    found = session.find(0, _MOST_SEEN, snippets=False)
    new = [(rank, hit) for rank, hit in enumerate(found.hits) if last is None or hit.document.id not in set(last.ids)]
    since = f"since {last.time}" if last else "in this index"
    session.screen.print(Paragraph(Text(f"{len(new):,} new {since} for {clean(name)}"), session.screen.mode))
    if new:
        session.show_list(lambda offset, limit: _page(session, found, new, offset, limit))
    _see(session, name, saved)


def forget(session: Session, name: str) -> None:
    """Delete a saved query."""
    SavedQueries().delete(name)
    session.screen.print(Paragraph(Text(f"{clean(name)} is forgotten"), session.screen.mode))


def show_saved(session: Session) -> None:
    """List what is saved: names, queries, filters."""
    queries = SavedQueries()
    names = queries.names()
    if not names:
        raise MigsearchError("nothing is saved; :save NAME keeps the last query")
    for name in names:
        saved = queries.read(name)
        session.screen.print(prose(name, "", session.screen.mode, "  "))
        session.screen.print(prose(saved.query, "", session.screen.mode, "      "))
        if saved.filters != Filters():
            session.screen.print(Paragraph(Text(clean(f"[{saved.filters}]")), session.screen.mode, gutter="      "))


def _ask(session: Session, saved: SavedQuery) -> None:
    session.query, session.filters, session.sort = saved.query, saved.filters, saved.sort


def _see(session: Session, name: str, saved: SavedQuery) -> None:
    ids = tuple(hit.document.id for hit in session.find(0, _MOST_SEEN, snippets=False))
    now = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    SavedQueries().write(name, replace(saved, seen={**saved.seen, _place(session): Seen(now, ids)}))


def _place(session: Session) -> str:
    return str(session.index.path.absolute())


def _page(session: Session, found: Results, new: Sequence[tuple[int, Hit]], offset: int, limit: int) -> Results:
    """Return some of the new hits, with passages unless another program changed the index in between."""
    hits = []
    for rank, hit in new[offset : offset + limit]:
        again = session.find(rank, 1).hits
        hits.append(again[0] if again and again[0].document.id == hit.document.id else hit)
    return replace(found, total=len(new), hits=tuple(hits), offset=offset, facets={})
