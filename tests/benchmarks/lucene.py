"""Lucene as OpenSearch and Elasticsearch users get it: the built-in analysers ``persian`` and ``english``.

Takes part where ``MIGSEARCH_OPENSEARCH`` names a server, such as ``http://127.0.0.1:9200``. Each set gets an index of
its own there, which is deleted at the end.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.datasets import Dataset
from benchmarks.unavailable import Unavailable

VARIABLE = "MIGSEARCH_OPENSEARCH"
_ANALYZERS = {"en": "english", "fa": "persian"}
_BATCH = 500  # texts in one request
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the server is near: no proxy between


@contextmanager
def opened(dataset: Dataset, folder: Path) -> Iterator[_Searcher]:
    """Index a set on the server; BM25 with the defaults, in one shard."""
    server = os.environ.get(VARIABLE, "").rstrip("/")
    if not server:
        raise Unavailable(f"{VARIABLE} names no OpenSearch server")
    index = f"{server}/migsearch-bench-{dataset.name}-{uuid4().hex[:8]}"
    try:
        _ask("PUT", index, _settings(_ANALYZERS[dataset.language]))
    except urllib.error.HTTPError as error:  # such as a server without the module of analysers
        raise Unavailable(f"{server}: {error.read(1000).decode(errors='replace')}") from None
    except OSError as error:
        raise Unavailable(f"{server}: {error}") from None
    try:
        _fill(index, dataset)
        yield _Searcher(index)
    finally:
        _ask("DELETE", index)


class _Searcher:
    def __init__(self, index: str) -> None:
        self._index = index

    def search(self, query: str, limit: int) -> list[str]:
        asked = {"query": {"match": {"text": query}}, "size": limit, "_source": False}
        answer = _ask("POST", f"{self._index}/_search", json.dumps(asked))
        return [hit["_id"] for hit in answer["hits"]["hits"]]


def _settings(analyzer: str) -> str:
    return json.dumps(
        {
            "settings": {"number_of_shards": 1, "number_of_replicas": 0},
            "mappings": {"properties": {"text": {"type": "text", "analyzer": analyzer}}},
        }
    )


def _fill(index: str, dataset: Dataset) -> None:
    texts = iter(dataset.texts)
    while batch := list(islice(texts, _BATCH)):
        lines = (json.dumps(line) for text in batch for line in ({"index": {"_id": text.id}}, {"text": text.whole}))
        if _ask("POST", f"{index}/_bulk", "".join(f"{line}\n" for line in lines))["errors"]:
            raise RuntimeError(f"OpenSearch did not take all texts of {dataset.name}")
    _ask("POST", f"{index}/_refresh")


def _ask(method: str, url: str, body: str = "") -> dict[str, Any]:
    kind = "application/x-ndjson" if url.endswith("_bulk") else "application/json"
    request = urllib.request.Request(url, body.encode() or None, {"Content-Type": kind}, method=method)
    with _direct.open(request, timeout=60) as answer:
        return json.load(answer)
