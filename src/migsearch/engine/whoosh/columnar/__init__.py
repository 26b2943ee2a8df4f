"""A segment on disk as flat arrays, read where they lie and computed with as a whole.

``arrays`` is the file; ``sums`` codes numbers that only grow; ``strings``, ``postings``, ``columns`` and ``records``
are what a segment is made of; ``terms`` keeps postings that are asked for again, ``phrases`` and ``alike`` search.
``inversion`` and ``builder`` make a segment of documents, ``merge`` one of several. Nothing here knows Whoosh, or what
a query is.
"""
