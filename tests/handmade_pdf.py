"""PDF written by hand, so that tests decide which letter stands where and in which order letters are drawn.

The font is named and not embedded: a reader of text needs only the widths and the table from signs to letters.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN, SIZE, LINE = 600, 800, 50, 12, 20
_LETTER = 6  # the width of each letter, half its size
_PER_PAGE = 30


def pdf(lines: Sequence[str], *, right_to_left: bool = True, backwards: bool = False) -> bytes:
    """Return a document whose lines show these letters from left to right; ``backwards`` draws the last one first."""
    letters = sorted({letter for line in lines for letter in line})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    pages = [lines[start : start + _PER_PAGE] for start in range(0, len(lines), _PER_PAGE)]
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    kids = [6 + 2 * number for number in range(len(pages))]
    objects[2] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    objects[3] = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    objects[4] = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 "
        "/FontBBox [0 -200 1000 800] /ItalicAngle 0 /StemV 80 >> >>"
    )
    objects[5] = _stream(_to_unicode(codes))
    for kid, page in zip(kids, pages, strict=True):
        objects[kid] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {kid + 1} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects[kid + 1] = _stream(_drawn(page, codes, right_to_left, backwards))
    return _file(objects)


def _drawn(lines: Sequence[str], codes: dict[str, int], right_to_left: bool, backwards: bool) -> str:
    drawn = []
    for number, line in enumerate(lines):
        left = WIDTH - MARGIN - _LETTER * len(line) if right_to_left else MARGIN
        places = [(left + _LETTER * place, letter) for place, letter in enumerate(line)]
        for x, letter in reversed(places) if backwards else places:
            y = HEIGHT - MARGIN - LINE * number
            drawn.append(f"BT /F {SIZE} Tf 1 0 0 1 {x} {y} Tm <{codes[letter]:04X}> Tj ET")
    return "\n".join(drawn)


def _to_unicode(codes: dict[str, int]) -> str:
    rows = "\n".join(f"<{code:04X}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(codes)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def packed(content: bytes, times: int = 1) -> bytes:
    """Return a document with one page whose content is deflated so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = "/ASCIIHexDecode" + " /FlateDecode" * times
    letters = content.hex() + ">"
    return _file({
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        4: f"<< /Length {len(letters)} /Filter [{filters}] >>\nstream\n{letters}\nendstream",
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    })  # fmt: skip


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: dict[int, str]) -> bytes:
    body, places = "%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(body)
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{places[number]:010d} 00000 n \n" for number in sorted(objects))
    end = f"xref\n0 1\n0000000000 65535 f \n1 {len(objects)}\n{table}"
    trailer = f"trailer << /Root 1 0 R /Size {len(objects) + 1} >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end + trailer).encode("ascii")
