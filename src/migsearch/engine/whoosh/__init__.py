"""The engine on disk: a Whoosh index whose segments are flat arrays, searched as a whole with numpy.

=============  ===========================================================================================
``store``      the engine: opens an index, writes to it, follows it as others write to it
``folder``     its commits and the files of its segments, as they are read: without Whoosh
``writing``    how entries are written, by Whoosh's index and writer as they are used in ``commits``
``schema``     what an index holds, in Whoosh's terms; ``values`` as it is stored
``entries``    entries on their way into a segment, ``deleting`` documents of earlier ones
``assembly``   a segment in the making; ``merging`` says which segments become one, ``files`` saves and opens
``columnar``   the arrays themselves
``snapshot``   one commit, read; its terms are in ``lexicon``
``evaluate``   queries answered over a snapshot, with ``matches``, ``ranking``, ``facets``; ``explain`` says why
``codec``      segments as Whoosh itself sees them, by ``writers``, ``readers`` and ``matcher``
=============  ===========================================================================================
"""

from migsearch.engine.whoosh.store import WhooshEngine

__all__ = ["WhooshEngine"]
