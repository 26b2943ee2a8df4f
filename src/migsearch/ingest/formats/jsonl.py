"""JSON Lines: one object a line, each a document."""

from __future__ import annotations

import json
from collections.abc import Iterator

from migsearch.ingest.formats.content import Broken, Content, NotReadableError, Source
from migsearch.ingest.formats.rows import content_of_row, text_lines


def read(source: Source) -> Iterator[Content | Broken]:
    """Read one document a line; a line that is none is passed over with its number."""
    lines, encoding = text_lines(source)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise NotReadableError("it is no object with named fields")
            yield content_of_row(source, row, line.rstrip("\r\n"), encoding)
        except json.JSONDecodeError as error:
            yield Broken(f"line {number:,}", f"it is no JSON: {error.msg} at character {error.pos + 1:,}")
        except RecursionError:
            yield Broken(f"line {number:,}", "it is nested too deeply")
        except NotReadableError as error:
            yield Broken(f"line {number:,}", str(error))
