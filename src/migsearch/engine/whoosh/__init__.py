"""The engine on disk: Whoosh stores, merges and locks; the queries are evaluated here.

``store`` opens and writes the index, ``schema`` says what is in it, ``snapshot`` reads one commit of it and
``evaluate`` answers queries over a snapshot.
"""

from migsearch.engine.whoosh.store import WhooshEngine

__all__ = ["WhooshEngine"]
