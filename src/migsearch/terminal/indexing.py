"""What ``migsearch index`` does: files are read, and the index brought up to date with them."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from migsearch import library
from migsearch.errors import IndexNotFoundError
from migsearch.ingest.following import follow
from migsearch.ingest.read import Reading
from migsearch.mirror import Mirror
from migsearch.terminal.layout import Paragraph
from migsearch.terminal.safety import clean

if TYPE_CHECKING:
    from collections.abc import Collection

    from migsearch.index import Index
    from migsearch.mirror import Synced
    from migsearch.terminal.options import Indexing
    from migsearch.terminal.screen import Screen


def run(args: Indexing, screen: Screen) -> int:
    """Bring an index up to date with files, and follow them if that is asked for."""
    path = args.index or Path(os.environ.get("MIGSEARCH_INDEX") or Path("indexes", "default"))
    changes = follow(*args.paths, besides=path) if args.watch else iter(())
    next(changes, None)  # from here on nothing is missed
    reading = _reading(args, path)
    index = _opened(path, reading, args)
    if index is None:
        return _report_nothing(reading, args, screen)
    with index:
        mirror = Mirror(index)
        with reading_status(reading, screen):
            synced = mirror.update(reading, prune=args.prune, reread=args.reread)
        if not args.watch and not reading.ids and not synced.removed:
            return _report_nothing(reading, args, screen)
        _report(synced, reading, args, screen, path)
        if args.watch:
            screen.complain(f"following {', '.join(args.paths)}; Ctrl-C ends")
        for changed in filter(None, changes):
            reading = _reading(args, path, among=changed)
            synced = mirror.update(reading, prune=args.prune)
            if reading.files or synced.removed:
                _report(synced, reading, args, screen, path)
    return 0


def reading_status(reading: Reading, screen: Screen) -> AbstractContextManager[object]:
    """Tell on a terminal, while the context lasts, how far the reading is."""
    return screen.errors.status(_Position(reading)) if screen.errors.is_terminal else nullcontext()


@dataclass(frozen=True, slots=True)
class _Position:
    """Drawn anew many times a second."""

    reading: Reading

    def __rich__(self) -> Text:
        return Text(f"reading file {self.reading.position:,} of {len(self.reading.files):,}")


def _reading(args: Indexing, index: Path, among: Collection[Path] | None = None) -> Reading:
    return Reading(
        *args.paths,
        columns=dict(args.column),
        crawled=args.crawled,
        among=among,
        besides=index,
        teasers=args.teasers,
        processes=args.processes,
    )


def _opened(path: Path, reading: Reading, args: Indexing) -> Index | None:
    """Open the index or make it; ``None`` if it would be left behind empty."""
    try:
        return library.open(path, organisations=args.organisations)
    except IndexNotFoundError:
        if not args.watch and next(iter(reading), None) is None:
            return None
        return library.open(path, create=True, organisations=args.organisations)


def _report_nothing(reading: Reading, args: Indexing, screen: Screen) -> int:
    report_unread(reading, screen)
    screen.complain("nothing was indexed: no document was found in " + ", ".join(args.paths))
    return 2


def _report(synced: Synced, reading: Reading, args: Indexing, screen: Screen, path: Path) -> None:
    report_unread(reading, screen)
    for warning in reading.warnings:
        screen.complain(f"{warning.path}: {warning.reason}")
    found = f"{synced.new:,} new, {synced.replaced:,} replaced, {synced.unchanged:,} unchanged"
    counts = [f"read {len(reading.ids):,} ({found})"]
    counts += [f"copies {synced.copies:,}"] if synced.copies else []
    counts += [f"alike {synced.alike:,}"] if synced.alike else []
    counts += [f"removed {synced.removed:,}"] if args.prune else []
    counts += [f"skipped {len(reading.skipped):,}", f"failed {len(reading.failed):,} in {path}"]
    screen.print(Paragraph(Text(clean(", ".join(counts))), screen.mode))


def report_unread(reading: Reading, screen: Screen) -> None:
    """Print which files were not read, and why."""
    for skip in reading.skipped:
        screen.complain(f"skipped {skip.path}: {skip.reason}")
    for failure in reading.failed:
        screen.complain(f"failed {failure.path}: {failure.reason}")
