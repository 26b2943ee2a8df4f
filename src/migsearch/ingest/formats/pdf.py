"""Documents in PDF, by pdfminer.six, which says where each letter stands."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTPage, LTTextBox
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from migsearch.ingest.formats.content import MAX_FILE_BYTES, Content, NotReadableError, Source
from migsearch.ingest.formats.paragraphs import written_paragraphs
from migsearch.ingest.formats.pdf_unpacking import MOST_UNPACKED, TooLargeError, bounded
from migsearch.ingest.formats.visual_order import Glyph, is_right_to_left
from migsearch.ingest.page import joined, take_apart

_MOST_PAGES = 300  # of a document; what has more is a book
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_LINE_GAP = 1.0  # of the height of a line, within a block; paragraphs.py parts its paragraphs
_RUNNING = 3  # pages on which a line stands that is the head or foot of each
_DIGITS = re.compile(r"\d+")
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of every font


def read(source: Source) -> Iterator[Content]:
    """Read a document; Persian comes out in logical order, in letters and not in presentation forms."""
    data = source.data(MAX_FILE_BYTES)
    try:
        with bounded():
            pages = [_blocks(page) for page in islice(_pages(data), _MOST_PAGES + 1)]
    except TooLargeError:
        raise NotReadableError(
            f"unpacked it would have more than {MOST_UNPACKED / 1e6:,.0f} MB, as no page has"
        ) from None
    except PDFPasswordIncorrect:
        raise NotReadableError("it is locked with a password") from None
    except Exception as error:  # what is broken ends in any error
        raise NotReadableError(f"it is no PDF that pdfminer can read: {type(error).__name__} {error}".strip()) from None
    warnings = _check(pages)
    if len(pages) > _MOST_PAGES:
        warnings += (f"only its first {_MOST_PAGES} pages were read",)
    texts = written_paragraphs(pages[:_MOST_PAGES])
    running = _running(texts)
    body = [text for page in texts for text in page if _numberless(text) not in running]
    apart = [text for page in texts for text in page if _numberless(text) in running]
    whole = "\n\n".join(body)
    page = take_apart(whole)
    yield Content(
        page=replace(page, tail=joined([page.tail, *dict.fromkeys(apart)])),
        provenance=source.provenance(data, len(whole), "", warnings),
    )


def _pages(data: bytes) -> Iterator[LTPage]:
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))):
        interpreter.process_page(page)
        yield device.get_result()


def _blocks(page: LTPage) -> list[list[Glyph]]:
    """Return the letters of a page, block by block in the order of reading."""
    letters = [letter for letter in _letters(page) if letter.get_text()]
    mirrored = is_right_to_left(map(_glyph, letters))
    if mirrored:  # so that of two columns the right one comes first
        _mirror(page, letters)
    page.analyze(LAParams(all_texts=True, line_margin=_LINE_GAP))
    boxes = [[letter for letter in _letters(box) if letter.get_text()] for box in page if isinstance(box, LTTextBox)]
    if mirrored:
        _mirror(page, letters)
    return [[_glyph(letter) for letter in box] for box in boxes]


def _letters(container: LTContainer[Any]) -> Iterator[LTChar]:
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _letters(item)


def _mirror(page: LTPage, letters: list[LTChar]) -> None:
    for letter in letters:
        letter.set_bbox((page.x1 - letter.x1, letter.y0, page.x1 - letter.x0, letter.y1))


def _glyph(letter: LTChar) -> Glyph:
    return Glyph(letter.get_text(), letter.x0, letter.x1, letter.y0, letter.y1)


def _check(pages: list[list[list[Glyph]]]) -> tuple[str, ...]:
    """Return a warning for signs that mean nothing; raises :class:`NotReadableError` if there is no text."""
    signs = [glyph.text for page in pages for block in page for glyph in block]
    if not signs:
        raise NotReadableError("it has no text, only pictures: recognise its text (OCR) first", failed=False)
    unknown = sum(_UNKNOWN.fullmatch(sign) is not None for sign in signs)
    if 2 * unknown > len(signs):
        raise NotReadableError("its fonts do not say which letters they show: recognise its text (OCR)")
    return (f"{unknown:,} of its signs are lost: their fonts do not say which letters they show",) if unknown else ()


def _running(pages: list[list[str]]) -> set[str]:
    """Return the paragraphs that begin or end most pages, without their numbers."""
    counts = Counter(text for page in pages for text in {_numberless(text) for text in (*page[:1], *page[-1:])})
    return {text for text, count in counts.items() if count >= max(_RUNNING, len(pages) / 2)}


def _numberless(text: str) -> str:
    return _DIGITS.sub("", text)
