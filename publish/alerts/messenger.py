"""The ways a message leaves: a webhook, or SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol
from urllib.parse import unquote, urlsplit

from ingest.errors import ConfigError, ReprintError
from ingest.fetch.service import Service
from ingest.printable import one_line

_SECONDS = 20.0
_PORTS = {"smtp": 587, "smtps": 465}


class AlertError(ReprintError):
    """A message could not be handed over; it is tried again."""


class Messenger(Protocol):
    """A way to tell somebody; raises AlertError."""

    def send(self, subject: str, lines: Sequence[str]) -> None:
        """Hand one message over."""


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """POSTs JSON: `text` as chat programs show it, and the parts for programs of one's own."""

    #: May hold a key in its path or query, so that it is never shown.
    url: str
    user_agent: str

    def send(self, subject: str, lines: Sequence[str]) -> None:
        """POST the message; raises AlertError where the other side does not take it."""
        body = {"text": "\n".join((subject, *lines)), "subject": subject, "alerts": list(lines)}
        try:
            with Service(self.url, user_agent=self.user_agent, timeout=_SECONDS) as service:
                reply = service.ask("POST", self.url, body=body)
        except ReprintError as error:
            raise AlertError(
                f"the webhook cannot be reached ({type(error).__name__})", where=_host(self.url)
            ) from None
        if not reply.ok:
            raise AlertError(f"the webhook answers {reply.status}", where=_host(self.url))


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Sends e-mail through an SMTP server, encrypted unless the server is this machine."""

    #: smtp://[user:password@]host[:port] with STARTTLS, or smtps:// (RFC 8314).
    server: str
    sender: str
    to: str

    def send(self, subject: str, lines: Sequence[str]) -> None:
        """Send the message; raises AlertError where the server does not take it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, self.to, one_line(subject)
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="reprint.invalid")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n\n".join(lines) + "\n")
        try:
            self._hand_over(message)
        except (OSError, smtplib.SMTPException) as error:
            # The error's own text may repeat what was sent to log in.
            reason = f"the mail server did not take the message ({type(error).__name__})"
            raise AlertError(reason, where=_host(self.server)) from None

    def _hand_over(self, message: EmailMessage) -> None:
        parts = urlsplit(self.server)
        host, port = parts.hostname or "localhost", parts.port or _PORTS[parts.scheme]
        context = ssl.create_default_context()
        if parts.scheme == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
        else:
            client = smtplib.SMTP(host, port, timeout=_SECONDS)
        with client:
            if parts.scheme == "smtp" and host not in {"localhost", "127.0.0.1", "::1"}:
                client.starttls(context=context)
            if parts.username:
                client.login(unquote(parts.username), unquote(parts.password or ""))
            client.send_message(message)


def messenger_of(
    *, webhook: str | None, mail_to: str | None, smtp: str | None, sender: str, user_agent: str
) -> list[Messenger]:
    """Return the ways that the settings name, in no order; none where they name none.

    Raises ConfigError where there is an address but no server.
    """
    found: list[Messenger] = [Webhook(url=webhook, user_agent=user_agent)] if webhook else []
    if mail_to and not smtp:
        raise ConfigError(
            "there is an address for alerts, but no mail server",
            where="REPRINT_SMTP_URL",
            next_step="set it to smtp://user:password@host:587, or smtp://localhost",
        )
    if mail_to and smtp:
        found.append(Mail(server=smtp, sender=sender, to=mail_to))
    return found


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the address"
