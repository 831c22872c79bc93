"""An edition as a newsletter: one complete message, text and HTML."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from nutgraf.config import MailConfig, SiteConfig
from nutgraf.errors import DeliveryError
from nutgraf.render.environment import page, printable
from nutgraf.render.links import file_name, page_url, safe_url
from nutgraf.render.phrases import counts_line, day
from nutgraf.render.telling import Telling, tell
from nutgraf.types import Edition

__all__ = ["render_newsletter"]

CLAIMS = 4
"""Sentences of a story that the letter carries; the rest is on its page. Mail programs cut off
letters above some 100 kB, so an edition of twenty stories has to stay below that."""


def render_newsletter(edition: Edition, site: SiteConfig, mail: MailConfig) -> bytes:
    """A complete message (`.eml`, CRLF), the same bytes for the same edition.

    It names no recipient: the file lies beside the public pages, and whoever sends it adds them.
    """
    ranked = sorted(edition.stories, key=lambda place: place.rank)
    stories = [tell(edition, place, site.language, CLAIMS) for place in ranked]
    values = {
        "edition": edition,
        "site": site,
        "stories": stories,
        "counted": counts_line(edition),
        "links": {told.id: page_url(site, edition.id, told.path) for told in stories},
        "front": page_url(site, edition.id),
        "old": {one.edition: page_url(site, one.edition) for one in edition.corrections},
        "unsubscribe": safe_url(mail.unsubscribe),
    }
    message = EmailMessage(policy=SMTP)
    _address(message, edition, site, mail, stories)
    message.set_content(page("newsletter.txt", **values), cte="quoted-printable")
    html = _from_mjml(page("newsletter.mjml", **values))
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"nutgraf-{file_name(edition.id)[:50]}")
    return message.as_bytes()


def _address(
    message: EmailMessage,
    edition: Edition,
    site: SiteConfig,
    mail: MailConfig,
    stories: list[Telling],
) -> None:
    """Set the headers. Text from outside is put on one line first: no header can be smuggled in."""
    name, address = parseaddr(mail.sender)
    domain = address.rpartition("@")[2] or "localhost"
    lead = stories[0].headline.text if stories else "a quiet day"
    message["From"] = _line(mail.sender) if name or address else "nutgraf@localhost"
    message["Subject"] = _line(f"{site.title}, {day(edition.issued_at)}: {lead}")
    message["Date"] = format_datetime(edition.issued_at)
    message["Message-ID"] = f"<{file_name(edition.id)}@{_line(domain)}>"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{_line(mail.unsubscribe)}>"


def _line(text: str) -> str:
    return " ".join(str(printable(text)).split())


def _from_mjml(markup: str) -> str:
    from mjml import mjml2html

    try:
        return str(mjml2html(markup))
    except Exception as error:  # the library's errors share no narrower type
        raise DeliveryError(f"the newsletter's MJML template is broken: {error}") from error
