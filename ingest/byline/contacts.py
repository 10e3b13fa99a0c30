"""E-mail addresses, URLs and handles in a byline: never names, but addresses are kept with the name they follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.byline.clean import BREAK, MARK

_MAIL = re.compile(
    r"(?:mailto:)?(?<![\w@.])([\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24})(?![\w-])", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]|,;]+", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:\b(?:twitter|x|instagram|ig|bluesky|mastodon|threads|tiktok)\s*[:/]?\s*)?@[\w.]+(?:@[\w.-]+)?",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|none|nobody|noemail|webmaster|null|example|hidden|invalid)@", re.IGNORECASE
)
_MARKED = re.compile(f"{MARK}(\\d+){MARK}")
#: RFC 822: the address first, the name as a comment (RSS 2.0 <author>); a hidden address is named in its place.
_COMMENT = re.compile(
    rf"\A[\s\"']*({MARK}\d+{MARK}|{BREAK}|(?:hidden|noreply|no-reply|none|unknown|nobody|email)\b)\s*\((.+)\)\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Contacts:
    """Addresses and URLs taken out of one byline, looked up by their marks."""

    found: list[str] = field(default_factory=list)

    def keep(self, value: str) -> str:
        """Keep an address or URL. Returns the mark that stands for it."""
        self.found.append(value)
        return f" {MARK}{len(self.found) - 1}{MARK} "

    def take(self, piece: str) -> tuple[str, str | None, str | None]:
        """Split a piece into its text without marks, its first e-mail address, and its first URL."""
        if MARK not in piece:
            return piece, None, None
        values = [self.found[int(index)] for index in _MARKED.findall(piece)]
        email = next((v for v in values if "://" not in v), None)
        url = next((v for v in values if "://" in v), None)
        return _MARKED.sub(" ", piece), email, url


def take_contacts(text: str) -> tuple[str, Contacts]:
    """Replace addresses and URLs by marks, handles by breaks; unwrap "mail@x (Jane Doe)".

    Takes cleaned text. Returns the text and what was taken out of it; no-reply addresses are dropped.
    """
    contacts = Contacts()
    if "@" in text:
        text = _MAIL.sub(lambda found: BREAK if _UNREAL.match(found[1]) else contacts.keep(found[1]), text)
        text = _HANDLE.sub(BREAK, text)
    if "://" in text or "www." in text.casefold():
        text = _URL.sub(lambda found: contacts.keep(found[0]) if "://" in found[0] else BREAK, text)
    unwrapped = _COMMENT.match(text) if "(" in text else None
    if unwrapped is None:
        return text, contacts
    return f"{unwrapped[2]} {unwrapped[1] if MARK in unwrapped[1] else ''}".strip(), contacts
