"""Bytes of a feed to text that an XML parser takes: encodings, junk, entities."""

from __future__ import annotations

import codecs
import re
from html.entities import html5

__all__ = ["clean", "decode", "xml_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is declared, and the wider set that is meant (WHATWG Encoding, "Names and labels").
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]+)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]+)", re.I)
# C1 controls are Windows-1252 that lost its name; other controls have no place in a text.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_START = re.compile(r"<(?:\?xml|rss|feed|rdf:rdf|channel|[a-z0-9]{1,10}:feed)\b", re.I)
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}>|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]*\]\s*)?>", re.I)
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.S)
_DECIMAL, _HEX, _NAME = r"#(\d{1,8});", r"#[xX]([0-9a-fA-F]{1,7});", r"([A-Za-z][A-Za-z0-9]{1,31};)"
_BARE = re.compile(rf"&(?!{_DECIMAL}|{_HEX}|{_NAME})")
_ENTITY = re.compile(rf"&(?!(?:amp|lt|gt|quot|apos);)(?:{_DECIMAL}|{_HEX}|{_NAME})")
_HEAD = 20_000


def decode(body: bytes, content_type: str) -> str:
    """The text of a feed or page, whatever it says of its own encoding.

    A byte-order mark decides; then bytes that are valid UTF-8 are UTF-8 (another encoding's text
    hardly ever is), unless an escape-based encoding is declared; then the XML declaration, then
    the HTTP header, then Windows-1252.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff")
    declared = _DECLARED.search(body[:1000])
    names = [declared[1].decode("ascii")] if declared else []
    charset = _CHARSET.search(content_type)
    names += [charset[1]] if charset else []
    if wide := _without_mark(body):
        return body.decode(wide, "replace")
    if not (b"\x1b" in body and any(n.lower().startswith("iso-2022") for n in names)):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return _decode_as(body, names)


def _without_mark(body: bytes) -> str:
    """UTF-16 or 32 that begins with "<" and has no byte-order mark."""
    starts = {
        b"<\0\0\0": "utf-32-le", b"\0\0\0<": "utf-32-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"
    }  # fmt: skip
    return next((name for start, name in starts.items() if body.startswith(start)), "")


def _decode_as(body: bytes, names: list[str]) -> str:
    """By the first name that Python knows and that isn't a proven lie."""
    for name in names:
        try:
            known = codecs.lookup(name).name
            if known.startswith("utf"):
                # Not valid, so damaged, or another encoding's. A few bad bytes are damage.
                text = body.decode("utf-8", "replace")
                if text.count("\ufffd") * 50 < len(text.encode()) - len(text) + 50:
                    return text
            else:
                return body.decode(_WIDER.get(known, known), "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Without NUL and other control characters; Windows-1252 in disguise put right."""
    return _CONTROL.sub(_right, text)


def _right(match: re.Match[str]) -> str:
    code = ord(match.group())
    return bytes([code]).decode("cp1252", "ignore") if 0x80 <= code < 0xA0 else ""


def xml_text(text: str) -> str:
    """A feed's text without leading junk, declarations and DTD, with only XML's own entities."""
    text = clean(text)
    if (stray := text.rfind("<!--")) > text.rfind("-->"):  # it would hide all that follows
        text = text[:stray] + text[stray + 4 :]
    start = _START.search(text)
    text = text[start.start() if start else 0 :]
    text = _DECLARATION.sub("", text[:_HEAD]) + text[_HEAD:]
    pieces = _CDATA.split(text)  # every second one is a CDATA section, which stays as it is
    pieces[::2] = (_ENTITY.sub(_entity, _BARE.sub("&amp;", piece)) for piece in pieces[::2])
    return "".join(pieces)


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(name, f"&amp;{name}")
    return _reference(int(decimal) if decimal else int(hexadecimal, 16))


def _reference(code: int) -> str:
    character = clean(chr(code)) if code < 0x110000 else ""
    return f"&#{ord(character)};" if character else ""
