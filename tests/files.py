"""Writes small PDF and Word files for the tests of the importer."""

import io
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from docx import Document

FONTS = {"": "Helvetica", "b": "Helvetica-Bold", "i": "Helvetica-Oblique"}


class Put(NamedTuple):
    """Words at a place on a page: points from the left and from the bottom, size and font ("", "b" or "i")."""

    x: float
    y: float
    words: str
    size: float = 11
    font: str = ""


def down(lines: list[str], x: float = 72, top: float = 720, leading: float = 14, **style) -> list[Put]:
    """Lines under each other; an empty one leaves the gap between two paragraphs."""
    return [Put(x, top - place * leading, words, **style) for place, words in enumerate(lines) if words]


def _drawn(put: Put) -> bytes:
    font = list(FONTS).index(put.font)
    words = put.words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F%d %.1f Tf %.1f %.1f Td (%s) Tj ET\n" % (font, put.size, put.x, put.y, words)


def pdf(*pages: list[Put], size: tuple[int, int] = (595, 842), drawing: bytes = b"") -> bytes:
    """A PDF with these pages; `drawing` is put on each of them."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    parts += [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name.encode()
        for name in FONTS.values()
    ]
    fonts = b" ".join(b"/F%d %d 0 R" % (place, place + 3) for place in range(len(FONTS)))
    kids = []
    for page in pages:
        content = b"".join(_drawn(put) for put in page) + drawing
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << %s >> >> >>"
            % (*size, len(parts), fonts)
        )
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return bound(parts)


def bound(parts: list[bytes], trailer: bytes = b"") -> bytes:
    """The objects of a PDF with its table of contents and its end."""
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, start)
    return out


def word(write: Callable) -> bytes:
    """A Word file: `write` is given the empty document to fill."""
    document, out = Document(), io.BytesIO()
    write(document)
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A Word file in which one part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()
