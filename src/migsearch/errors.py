"""The errors that migsearch raises.

One tree; catch the branch you can do something about::

    MigsearchError
    ├── DocumentError        a document that cannot be stored as it is
    ├── SourceError          a path to read that does not exist
    ├── GazetteerError       a file of organisations that cannot be read
    ├── QueryError           a query that cannot be read (has the span)
    └── StoreError           anything about an index on disk
        ├── IndexNotFoundError   no index at that path
        ├── IndexPathError       the path cannot hold an index
        ├── IndexVersionError    made by another version of migsearch
        ├── IndexDamagedError    files of the index are missing or unreadable
        └── IndexLockedError     another program is writing

Messages name the file, span or option and say what to do. Errors of the libraries below never come through;
``engine/whoosh/errors.py`` translates those of the index.
"""

from __future__ import annotations


class MigsearchError(Exception):
    """Root of all errors that migsearch raises on purpose."""


class DocumentError(MigsearchError, ValueError):
    """A document that cannot be stored as it is: its id, a date, or characters that have no encoding."""


class SourceError(MigsearchError):
    """A path given to :func:`migsearch.read` that does not exist."""


class GazetteerError(MigsearchError, ValueError):
    """A file of organisations that cannot be read; the message names the file and the entry."""


class QueryError(MigsearchError, ValueError):
    """A query or filter that cannot be read.

    ``span`` is the half-open range of code points in the query that is to blame, ``None`` for a filter given
    as an argument.
    """

    def __init__(self, message: str, span: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.span = span


class StoreError(MigsearchError):
    """Anything that is wrong with an index on disk."""


class IndexNotFoundError(StoreError):
    """There is no index at the path."""


class IndexPathError(StoreError):
    """The path cannot hold an index: a file, a folder with other things in it, or no permission."""


class IndexVersionError(StoreError):
    """The index was made by a version of migsearch whose format differs from this one's."""


class IndexDamagedError(StoreError):
    """Files of the index are missing or cannot be read."""


class IndexLockedError(StoreError):
    """Another program holds the index open for writing."""
