"""Search from code: the best hits for a query, with what matched in them.

Run it with a query of your own: python examples/search_from_code.py "مهاجران هرات"
"""

import sys

import migsearch

query = " ".join(sys.argv[1:]) or "IOM Turkmenistan"
results = migsearch.search(query, limit=3)

print(f"{results.total} documents match {query}")
for hit in results:
    print()
    print(f"{hit.document.date}  {hit.document.title}")
    for snippet in hit.snippets:
        print(f"    {snippet.marked('[', ']')}")
