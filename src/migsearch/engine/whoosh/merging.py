"""Which segments a commit merges: few enough stay to be searched quickly, few enough documents are copied."""

from __future__ import annotations

from typing import Any

from migsearch.engine.whoosh import files
from migsearch.engine.whoosh.codec import ColumnarSegment
from migsearch.engine.whoosh.columnar.merge import Source

TIER = 5
"""So many segments of a tier become one of the next, as in Lucene's LogMergePolicy: segments of 1 to 4 documents are a
tier, those of 5 to 24 the next. A document is copied once in each, and no tier keeps more than four segments."""

_MOSTLY_DELETED = 0.5  # share of deleted documents from which on a segment is written anew


def merge_tiers(writer: Any, segments: list[ColumnarSegment]) -> list[ColumnarSegment]:
    """Take the segments to merge into the one that is written, and return the others: a merge policy of Whoosh's."""
    kept, taken = chosen(segments, writer.doc_count())
    for segment in taken:
        documents = segment.kept()
        if len(documents):
            writer.newsegment.assembly.take(Source(files.opened(writer.storage, segment), documents))
            writer.docnum += len(documents)
            writer._added = True
    return kept


def chosen(segments: list[ColumnarSegment], added: int) -> tuple[list[ColumnarSegment], list[ColumnarSegment]]:
    """Return which segments stay and which are merged, when as many documents are added as a segment of their own."""
    taken = [segment for segment in segments if segment.deleted_count() > _MOSTLY_DELETED * segment.documents]
    merged = added + sum(segment.doc_count() for segment in taken)
    while True:
        tier = _tier(merged)
        level = [segment for segment in segments if segment not in taken and _tier(segment.doc_count()) <= tier]
        if not merged or len([segment for segment in level if _tier(segment.doc_count()) == tier]) < TIER - 1:
            break
        taken += level
        merged += sum(segment.doc_count() for segment in level)
    return [segment for segment in segments if segment not in taken], taken


def _tier(documents: int) -> int:
    tier = 0
    while documents >= TIER:
        documents //= TIER
        tier += 1
    return tier
