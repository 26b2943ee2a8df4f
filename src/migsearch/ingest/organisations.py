"""The organisations that a document names.

At each place the longest name that counts wins, and no name is found inside another: there is no UN in UNHCR. What
makes a name count is told in :mod:`migsearch.ingest.support`, whose ministry one is in
:mod:`migsearch.ingest.ministries`. Press agencies are listed, too, so that no name is found inside theirs ("UN News");
who reports is a source, and gives no mention.
"""

from __future__ import annotations

from migsearch.analysis.analyzer import analyze
from migsearch.ingest.gazetteer import Gazetteer, default_gazetteer, span_of
from migsearch.ingest.ministries import Ministries
from migsearch.ingest.ministry_lists import Match
from migsearch.ingest.support import Field, Support
from migsearch.model import Mention


def find_organisations(
    title: str, text: str, region: str = "", gazetteer: Gazetteer | None = None
) -> tuple[Mention, ...]:
    """Return the mentions of organisations in a document's title and text, in order.

    ``region`` is the country whose variety of Persian the text is written in, ``AF`` or ``IR``. Two mentions have one
    span where two ministries share a word of their names.
    """
    gazetteer = gazetteer or default_gazetteer()
    fields = [
        Field.of(name, written, analyze(written), gazetteer) for name, written in (("title", title), ("text", text))
    ]
    if not any(field.candidates for field in fields):
        return ()
    support = Support(gazetteer, fields)
    matches = [
        [
            Match(reading.name, first, last, reading.rule, reading.evidence)
            for reading, first, last in support.readings(field)
        ]
        for field in fields
    ]
    ministries = Ministries(gazetteer, list(zip(fields, matches, strict=True)), region)
    return tuple(
        Mention(
            "organisation",
            ref,
            field.literal(first, last),
            field.name,
            span_of(field.tokens, first, last),
            rule,
            evidence,
        )
        for field, ref, first, last, rule, evidence in ministries.resolved()
    )


def organisation_ids(name: str, gazetteer: Gazetteer | None = None) -> tuple[str, ...]:
    """Return the ids that an id or a name, such as ``UNHCR`` or ``Ministry of Interior of Turkey``, stands for."""
    gazetteer = gazetteer or default_gazetteer()
    if name.lower() in gazetteer:
        return (name.lower(),)
    # Whoever asks need not write capitals.
    mentions = find_organisations(name, "", gazetteer=gazetteer) or find_organisations(
        name.title(), "", gazetteer=gazetteer
    )
    return tuple(dict.fromkeys(mention.ref for mention in mentions))
