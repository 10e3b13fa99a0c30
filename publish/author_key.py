"""Who is the same person: a name alone is not enough (pure)."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from ingest.article import Origin, Person
from ingest.printable import one_line
from ingest.urls import canonical_url

_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


def author_key(person: Person, origin: Origin) -> str:
    """Return what stands for a person in addresses, ASCII, at most 150 characters.

    One name at two origins is two people, "jane-doe-pacific-forum" and "jane-doe-the-atlas-brief"; where a piece
    gives their own page or e-mail address, that tells who they are at whatever origin: "jane-doe-1f0e4c2a".
    """
    name = one_line(person.name)
    own = (person.email or "").strip().casefold() or (canonical_url(person.url) if person.url else "")
    if own:
        return f"{name_key(name)}-{_digest(own)}"
    return f"{name_key(name)}-{origin.key or name_key(one_line(origin.name))}"[:150].strip("-")


def name_key(name: str) -> str:
    """Return a name's letters, with a hash where they are not all Latin.

    José and Jose are one; 李娜 and 丽娜, which transliterate alike, are two.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    ascii_name = "".join(char for char in plain if not unicodedata.combining(char))
    key = _NOT_ASCII_WORD.sub("-", ascii_name).strip("-")[:80].strip("-")
    if not ascii_name.isascii() or not key:
        key = f"{key}-{_digest(unicodedata.normalize('NFKC', name.casefold()))}".lstrip("-")
    return key


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
