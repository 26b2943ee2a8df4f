"""The formats that are read, one module each. What a format needs beyond migsearch itself is an extra."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from migsearch.ingest.formats.content import NotReadableError, Reader


class Format(NamedTuple):
    """A format: its name, the endings of its files, the module that reads it, and the extra which that needs.

    ``many`` tells that a file of it may hold many documents.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    extra: str = ""
    many: bool = False


FORMATS = (
    Format("text", (".txt", ".text"), "text"),
    Format("html", (".html", ".htm", ".xhtml"), "html_page", "html"),
    Format("pdf", (".pdf",), "pdf", "pdf"),
    Format("docx", (".docx",), "docx", "office"),
    Format("mail", (".eml",), "mail"),
    Format("mbox", (".mbox",), "mbox", many=True),
    Format("jsonl", (".jsonl", ".ndjson"), "jsonl", many=True),
    Format("csv", (".csv", ".tsv"), "table", many=True),
)
_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".warc", ".jar")


def format_of(path: Path) -> Format:
    """Return the format of a file by the ending of its name; raises :class:`NotReadableError` if it is not read."""
    suffix = path.suffix.lower()
    if suffix in _ARCHIVES:
        raise NotReadableError("archives are not opened; unpack it and give the folder", failed=False)
    if suffix not in _BY_SUFFIX:
        read = ", ".join(format.suffixes[0] for format in FORMATS)
        told = f"{suffix} is no format that is read" if suffix else "no suffix tells its format"
        raise NotReadableError(f"{told}; {read} are read", failed=False)
    return _BY_SUFFIX[suffix]


def holds_many(path: Path) -> bool:
    """Tell whether a file may hold many documents, by the ending of its name."""
    format = _BY_SUFFIX.get(path.suffix.lower())
    return format is not None and format.many


@cache
def reader(format: Format) -> Reader:
    """Return what reads a format; raises :class:`NotReadableError` if its extra is not installed."""
    try:
        module = import_module(f"{__name__}.{format.module}")
    except ModuleNotFoundError as error:
        if not format.extra:
            raise
        raise NotReadableError(
            f"{error.name} is not installed, which reads {format.name}: pip install 'migsearch[{format.extra}]'"
        ) from None
    read: Reader = module.read
    return read
