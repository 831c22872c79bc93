"""Mail messages as documents: newsletters, and articles that somebody sent on."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from msgspec.structs import replace

from nutgraf.adapters.documents.raw import Raw
from nutgraf.adapters.documents.text import document_of, unwrap
from nutgraf.adapters.html import read_html
from nutgraf.adapters.html.decode import clean, decode
from nutgraf.errors import DocumentError
from nutgraf.text.dates import parse_when
from nutgraf.types import Document

__all__ = ["body_of", "read_mail"]


def read_mail(raw: Raw) -> Document:
    """The text of a message: its HTML part, else its plain one. From, Subject and Date are marks.

    Raises `DocumentError` if it is no message.
    """
    try:
        message = message_from_bytes(raw.data, _class=EmailMessage, policy=policy.default)
        document = _body(message, raw.url)
        sender, address = parseaddr(_header(message, "From"))
        subject, date = _header(message, "Subject"), _header(message, "Date")
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # What the standard library raises for headers and parts that break its rules.
        raise DocumentError(f"{raw.name}: not a mail message that can be read ({error})") from None
    outlet = clean(sender) or clean(address.rpartition("@")[2])
    return replace(
        document,
        title=clean(subject) or document.title,
        publisher=outlet or document.publisher,
        authors=document.authors or ([clean(sender)] if clean(sender) else []),
        published=parse_when(date) or document.published,
        url=raw.url,
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "") or "")


def body_of(data: bytes, name: str) -> tuple[str, bytes, str]:
    """The part that `read_mail` reads: "html" or "text", its bytes, its content type.

    Raises `DocumentError` if it is no message.
    """
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        return next(_parts(message), ("text", b"", ""))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(f"{name}: not a mail message that can be read ({error})") from None


def _body(message: EmailMessage, url: str | None) -> Document:
    for kind, data, content_type in _parts(message):
        if kind == "html":
            document = read_html(data, url, content_type)
        else:
            document = document_of(unwrap(decode(data, content_type).replace("\r\n", "\n")), url)
        if document.text:
            return document
    return Document(text="", url=url)


def _parts(message: EmailMessage) -> Iterator[tuple[str, bytes, str]]:
    """The HTML part, then the plain one: kind, bytes, content type."""
    for wanted, kind in (("html", "html"), ("plain", "text")):
        part = message.get_body(preferencelist=(wanted,))
        if isinstance(part, EmailMessage):
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            charset = part.get_content_charset() or "utf-8"
            yield kind, data, f"{part.get_content_type()}; charset={charset}"
