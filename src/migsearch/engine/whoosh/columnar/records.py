"""What is stored of each document and given back as it was: bytes, each compressed by itself.

A record is short, and alone it would compress badly; so a segment keeps a dictionary of what its records share, trained
from some of them. Against blocks of four records, deflated, that takes a sixth less space, and a tenth of the time to
read one record (30,000 records of 1.7 KB, half of them Persian).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import zstandard

from migsearch.engine.whoosh.columnar import sums
from migsearch.engine.whoosh.columnar.arrays import Array, ArrayFile, ArrayWriter, DamagedFileError

_LEVEL = 6  # a tenth of a millisecond for a record, where its analysis takes four; 9 takes 1 % less space
_DICTIONARY = 256 << 10  # bytes at most
_SHARE = 32  # bytes of records for each of a dictionary that is trained from them
_MUCH_SMALLER = 4
_TRAINED_FROM = 500  # records; fewer do without a dictionary
# Length of the segments that a dictionary is made of, of what is compared in them, and how many are passed over; to try
# several, as zstd does if it is not told, takes a second more and wins 0.3 % of space.
_TRAINING = {"k": 200, "d": 8, "steps": 1, "accel": 4}


class RecordBuffer:
    """Records that are gathered and compressed."""

    def __init__(self, dictionary: bytes = b"") -> None:
        self._waiting: list[bytes] = []  # until there are enough of them to train the largest dictionary
        self._waiting_bytes = 0
        self._compressed: list[bytes] = []
        self.dictionary = dictionary
        """What all records share, once it is trained."""
        self._compressor = _compressor(dictionary) if dictionary else None

    def __len__(self) -> int:
        return len(self._compressed) + len(self._waiting)

    def put(self, document: int, record: bytes) -> None:
        """Store the record of a document, which is later than all others."""
        while len(self) < document:
            self._append(b"")
        self._append(record)

    def put_compressed(self, record: bytes) -> None:
        """Store a record that was compressed with the dictionary given."""
        self._compressed.append(record)

    def _append(self, record: bytes) -> None:
        if self._compressor:
            self._compressed.append(self._compressor.compress(record))
            return
        self._waiting.append(record)
        self._waiting_bytes += len(record)
        if len(self._waiting) >= _TRAINED_FROM and self._waiting_bytes >= _SHARE * _DICTIONARY:
            self._compress_waiting()

    def _train(self) -> None:
        size = min(_DICTIONARY, self._waiting_bytes // _SHARE)
        try:
            self.dictionary = zstandard.train_dictionary(size, [*self._waiting], **_TRAINING).as_bytes()
        except zstandard.ZstdError:  # the records are too short or too much alike
            self.dictionary = b""

    def _compress_waiting(self) -> None:
        if len(self._waiting) >= _TRAINED_FROM:
            self._train()
        self._compressor = _compressor(self.dictionary)
        self._compressed += map(self._compressor.compress, self._waiting)
        self._waiting.clear()

    def write(self, arrays: ArrayWriter, name: str, documents: int) -> None:
        """Write the records."""
        if self._waiting:
            self._compress_waiting()
        missing = documents - len(self)
        compressed = self._compressed + [_compressor(b"").compress(b"")] * missing
        lengths = np.fromiter(map(len, compressed), dtype=np.int64, count=documents)
        arrays.facts.setdefault("stored", []).append(name)
        arrays.append(f"{name}:records.dictionary", np.frombuffer(self.dictionary, dtype=np.uint8))
        arrays.append(f"{name}:records", np.frombuffer(b"".join(compressed), dtype=np.uint8))
        arrays.append(f"{name}:records.lengths", sums.encode(lengths, 2)[0])


class Records:
    """The records of a file by document."""

    def __init__(self, arrays: ArrayFile, name: str) -> None:
        self._data = arrays[f"{name}:records"].data
        self._lengths = arrays[f"{name}:records.lengths"]
        self.dictionary = arrays[f"{name}:records.dictionary"].tobytes()

    @cached_property
    def _ends(self) -> memoryview:
        return sums.ends(self._lengths, 2)

    @cached_property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        return zstandard.ZstdDecompressor(dict_data=_dictionary(self.dictionary))

    @property
    def size(self) -> int:
        """How many bytes all records take."""
        return len(self._data)

    def __getitem__(self, document: int) -> bytes:
        try:
            return self._decompressor.decompress(self.compressed(document))
        except zstandard.ZstdError as error:
            raise DamagedFileError(f"the record of document {document} cannot be read: {error}") from error

    def compressed(self, document: int) -> memoryview:
        """Return a record as it lies there."""
        ends = self._ends
        return self._data[ends[document - 1] if document else 0 : ends[document]]


def write_merged(arrays: ArrayWriter, name: str, parts: Sequence[tuple[Records | None, Array]]) -> None:
    """Write the records of several files, of each those of the documents that are kept."""
    # The dictionary of most is that of all: their records are copied as they are. One that was trained from far fewer
    # gives way to a larger one.
    _, dictionary = max((len(kept), records.dictionary) for records, kept in parts if records is not None)
    compressed = sum(records.size for records, _ in parts if records is not None)
    if _MUCH_SMALLER * len(dictionary) < min(_DICTIONARY, compressed // _SHARE):
        dictionary = b""
    buffer = RecordBuffer(dictionary)
    for records, kept in parts:
        for document in kept.tolist():
            if records is None:
                buffer.put(len(buffer), b"")
            elif dictionary and records.dictionary == dictionary:
                buffer.put_compressed(bytes(records.compressed(document)))
            else:
                buffer.put(len(buffer), records[document])
    buffer.write(arrays, name, len(buffer))


def _compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_dictionary(dictionary), write_dict_id=False)


def _dictionary(data: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(data) if data else None
