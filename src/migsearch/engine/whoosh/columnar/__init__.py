"""A segment on disk as flat arrays, read where they lie and computed with as a whole.

``arrays`` is the file; ``sums`` codes numbers that only grow; ``strings``, ``postings``, ``columns`` and ``records``
are what a segment is made of; ``inversion`` and ``builder`` make one of documents, ``merge`` one of several. Nothing
here knows Whoosh, or what a query is.
"""
