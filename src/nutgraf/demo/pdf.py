"""A PDF writer just large enough for a report: one typeface, pages, a header and a footer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from textwrap import wrap

__all__ = ["report_pdf"]

LINES_A_PAGE = 42
LETTERS_A_LINE = 84
FONTS = {"F1": "Times-Roman", "F2": "Times-Bold", "F3": "Times-Italic"}

Line = tuple[str, str, int]
"""Font, text, size in points."""


def report_pdf(
    title: str, authors: Sequence[str], paragraphs: Iterable[str], running: str, at: datetime
) -> bytes:
    """The bytes of a PDF report on A4, each page with `running` as its header and a page number.

    Letters outside Windows-1252 become question marks: the built-in typefaces have no others.
    """
    pages = list(_pages(_lines(title, authors, paragraphs, at)))
    streams = [_stream(page, running, i + 1, len(pages)) for i, page in enumerate(pages)]
    return _file(_objects(streams, _info(title, authors, at)))


def _lines(
    title: str, authors: Sequence[str], paragraphs: Iterable[str], at: datetime
) -> Iterable[Line]:
    yield from (("F2", line, 18) for line in wrap(title, 48))
    yield "F3", ", ".join(authors), 11
    yield "F1", f"{at.day} {at:%B %Y}", 11
    for paragraph in paragraphs:
        yield "F1", "", 11
        yield from (("F1", line, 11) for line in wrap(paragraph, LETTERS_A_LINE))


def _pages(lines: Iterable[Line]) -> Iterable[list[Line]]:
    all_lines = list(lines)
    for start in range(0, len(all_lines), LINES_A_PAGE):
        yield all_lines[start : start + LINES_A_PAGE]


def _stream(page: Iterable[Line], running: str, number: int, count: int) -> bytes:
    parts = [_show("F3", running, 9, 72, 800), _show("F1", f"Page {number} of {count}", 9, 270, 40)]
    y = 760
    for font, text, size in page:
        parts.append(_show(font, text, size, 72, y))
        y -= 16 if size < 16 else 24
    return b"\n".join(parts)


def _show(font: str, text: str, size: int, x: int, y: int) -> bytes:
    return b"BT /%s %d Tf %d %d Td %s Tj ET" % (font.encode(), size, x, y, _string(text))


def _string(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    for letter in (b"\\", b"(", b")"):
        raw = raw.replace(letter, b"\\" + letter)
    return b"(" + raw + b")"


def _info(title: str, authors: Sequence[str], at: datetime) -> bytes:
    return b"<< /Title %s /Author %s /CreationDate (D:%s) >>" % (
        _string(title),
        _string("; ".join(authors)),
        f"{at:%Y%m%d%H%M%S}Z".encode(),
    )


def _objects(streams: Sequence[bytes], info: bytes) -> list[bytes]:
    """The numbered objects: catalogue, page tree, info, fonts, then a page and its text each."""
    first = 4 + len(FONTS)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(streams)))
    fonts = b" ".join(b"/%s %d 0 R" % (name.encode(), 4 + i) for i, name in enumerate(FONTS))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        info,
        *(_font(name) for name in FONTS.values()),
    ]
    for i, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << %s >> >> /Contents %d 0 R >>" % (fonts, first + 2 * i + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return objects


def _font(name: str) -> bytes:
    return (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
        % name.encode()
    )


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
