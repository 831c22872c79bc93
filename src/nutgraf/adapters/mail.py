"""Mail out, by SMTP."""

from __future__ import annotations

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage

from nutgraf.config import MailConfig
from nutgraf.errors import DeliveryError

__all__ = ["send_mail"]


def send_mail(message: bytes, mail: MailConfig) -> None:
    """Send a complete message to every address in `mail.to`, each in a copy of its own.

    Raises `DeliveryError` naming the server, and the addresses that it refused.
    """
    if not mail.to:
        raise DeliveryError("no address to send to: set [mail] to = [...] in nutgraf.toml")
    parsed = message_from_bytes(message, _class=EmailMessage, policy=policy.SMTP)
    where = f"{mail.host}:{mail.port}"
    refused: list[str] = []
    try:
        with smtplib.SMTP(mail.host, mail.port, timeout=30) as server:
            if mail.starttls:
                server.starttls()
            if mail.user:
                server.login(mail.user, mail.password)
            for address in mail.to:
                refused += _send_one(server, parsed, address, mail)
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"mail server {where}: {error}") from None
    if refused:
        raise DeliveryError(f"mail server {where} refused: {', '.join(refused)}")


def _send_one(
    server: smtplib.SMTP, message: EmailMessage, address: str, mail: MailConfig
) -> list[str]:
    del message["To"]
    message["To"] = address
    try:
        server.send_message(message, from_addr=mail.sender, to_addrs=[address])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        return [f"{address} ({error})"]
    return []
