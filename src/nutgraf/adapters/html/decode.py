"""Bytes of a page as text."""

from __future__ import annotations

import codecs
import re
import unicodedata

__all__ = ["clean", "decode"]

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_HEAD = 4096
# Names that browsers read as a superset of what they say (WHATWG Encoding, "labels").
_WIDER = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
    "windows-31j": "cp932",
}  # fmt: skip
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

_SURROGATE = re.compile("[\ud800-\udfff]")
# Controls, line and paragraph separators, soft hyphens, zero-width spaces, byte-order and
# direction marks, the specials block. Joiners (U+200C, U+200D) belong to Persian and to emoji.
_BAD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
_BREAKS = {"\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"}
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page's bytes, by what it is, then by what the server or the page says it is.

    Valid UTF-8 is UTF-8 whatever is declared: text in another encoding is practically never
    valid. Never raises: bytes that fit nothing become U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for declared in _declared(body, content_type):
        if text := _try(body, declared):
            return text
    return _guess(body)


def clean(text: str) -> str:
    """NFC, without control characters or surrogates; one space at most, no empty lines."""
    if not text.isascii() or not text.isprintable():
        text = _BAD.sub(_instead, _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n")))
        text = unicodedata.normalize("NFC", text.replace("\r", "\n"))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _instead(match: re.Match[str]) -> str:
    found = match.group()
    if found in _BREAKS:
        return "\n"
    if "\x80" <= found <= "\x9f":  # "&#146;": HTML reads such references as Windows-1252
        return found.encode("latin-1").decode("cp1252", "ignore")
    return "\ufffd" if found == "\ufffd" else ""


def _declared(body: bytes, content_type: str) -> list[str]:
    names = [m[1] for m in [_CHARSET.search(content_type)] if m]
    names += [m[1].decode("ascii", "ignore") for m in [_META.search(body[:_HEAD])] if m]
    return [_WIDER.get(name.lower(), name.lower()) for name in names]


def _try(body: bytes, name: str) -> str | None:
    """The text if `name` is a text encoding and at most one character in 200 is broken."""
    try:
        if not codecs.lookup(name)._is_text_encoding:
            return None
        text = body.decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return text if text.count("\ufffd") * 200 <= len(text) else None


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes

    # A slice is enough, and the guesser is slow: 20 ms for 10 kB.
    found = from_bytes(body[:5000] + body[-5000:] if len(body) > 10_000 else body).best()
    if found and (text := _try(body, found.encoding)):
        return text
    text = body.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 20 <= len(text) else body.decode("cp1252", "replace")
