"""Mail messages as documents: newsletters, and articles that somebody sent on."""

from __future__ import annotations

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

__all__ = ["read_mail"]


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


def _body(message: EmailMessage, url: str | None) -> Document:
    for wanted in ("html", "plain"):
        part = message.get_body(preferencelist=(wanted,))
        if not isinstance(part, EmailMessage):
            continue
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        kind = part.get_content_type()
        charset = f"{kind}; charset={part.get_content_charset() or 'utf-8'}"
        if wanted == "html":
            document = read_html(data, url, charset)
        else:
            document = document_of(unwrap(decode(data, charset).replace("\r\n", "\n")), url)
        if document.text:
            return document
    return Document(text="", url=url)
