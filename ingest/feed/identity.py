"""What makes two items the same item, and what makes one a changed one (pure).

The link tells items apart, as GUIDs drift: they change from http to https, hold the headline, are all equal, or all
change at once. Where there is no link the GUID does, and where there is none, the words. Only where several items of
one feed have the same link do their GUIDs, and then their headlines, join the key.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from ingest.feed.entry import Entry, SetAside
from ingest.feed.links import absolute_url
from ingest.feed.text import even, lasting_words
from ingest.urls import canonical_url, is_tracking, is_web_url

#: Longer keys are kept as their hash.
_MAX_KEY: Final = 400

_TRACKING_FRAGMENT: Final = re.compile(r"[\w.-]+=")


def with_identity(entries: Iterable[Entry], *, base: str) -> tuple[tuple[Entry, ...], tuple[SetAside, ...]]:
    """Return the entries with their keys and content hashes, in order, and the repetitions that were set aside.

    `base` is the feed's URL, against which relative GUIDs are read. Entries of one link, GUID and headline are one
    entry in several versions (RFC 4287, section 4.1.1): the one updated last stays.
    """
    keyed = _told_apart([entry if entry.key else identified(entry, base) for entry in entries], base)
    latest: dict[str, Entry] = {}
    for entry in keyed:
        rival = latest.setdefault(entry.key, entry)
        if _updated(entry) > _updated(rival):
            latest[entry.key] = entry
    kept = tuple(entry for entry in keyed if latest[entry.key] is entry)
    repeated = tuple(
        SetAside(reason="the feed holds this item in another version too, which is kept", excerpt=excerpt_of(entry))
        for entry in keyed
        if latest[entry.key] is not entry
    )
    return kept, repeated


def content_hash(entry: Entry) -> str:
    """Return the SHA-256 (hex) over what the partner wrote; markup, blanks, links and counters do not count."""
    return _stamped(words_hash(entry), entry)


def words_hash(entry: Entry) -> str:
    """Return the SHA-256 (hex) over the words alone: a new time of update does not count."""
    words = map(lasting_words, (entry.content or "", entry.summary or ""))
    return _digest(even(entry.headline), *words, *map(even, entry.authors))


def excerpt_of(entry: Entry) -> str:
    """Return what shows a person which item it is: its headline, link or GUID."""
    return (entry.headline or entry.url or entry.guid or lasting_words(entry.summary or ""))[:300]


def identified(entry: Entry, base: str) -> Entry:
    """Return an entry with its hashes, and the key that tells it apart where no other of its feed has the same."""
    words = words_hash(entry)
    key = plain_key(entry, base)
    return replace(entry, key=key, words_hash=words, content_hash=_stamped(words, entry))


def _stamped(words: str, entry: Entry) -> str:
    return _digest(words, entry.updated_at.astimezone(UTC).isoformat() if entry.updated_at else "")


def plain_key(entry: Entry, base: str) -> str:
    """Return the key of an entry that shares it with no other of its feed: by its link, else GUID, else words."""
    if entry.url is not None:
        return _bounded("link", _link_identity(entry.url))
    if entry.guid:
        return _bounded("guid", _guid_identity(entry.guid, base))
    return "words:" + _digest(even(entry.headline), lasting_words(_text(entry)))


def _told_apart(entries: Sequence[Entry], base: str) -> list[Entry]:
    """Return entries whose keys hold as many parts as it takes: link, then GUID, then headline, then date."""
    by_guid = _lengthened(entries, lambda entry: _guid_identity(entry.guid or "", base))
    by_headline = _lengthened(
        by_guid, lambda entry: _digest(even(entry.headline) or lasting_words(_text(entry)))[:16]
    )
    # What a GUID says is one item has many dates; without one, a "Corrections" of each week is many items.
    return _lengthened(by_headline, lambda entry: "" if entry.guid else str(entry.published_at or ""))


def _lengthened(entries: Sequence[Entry], part: Callable[[Entry], str]) -> list[Entry]:
    count = Counter(entry.key for entry in entries)
    return [
        replace(entry, key=_bounded(*entry.key.split(":", 1), part(entry))) if count[entry.key] > 1 else entry
        for entry in entries
    ]


def _link_identity(url: str) -> str:
    # An item of a page of short notes is known by its fragment only.
    fragment = urlsplit(url).fragment
    if not fragment or fragment.startswith("!") or _only_tells_the_way(fragment):
        return canonical_url(url)
    return f"{canonical_url(url)}#{fragment}"


def _only_tells_the_way(fragment: str) -> bool:
    return _TRACKING_FRAGMENT.match(fragment) is not None and is_tracking(fragment.partition("=")[0])


def _guid_identity(guid: str, base: str) -> str:
    absolute = absolute_url(base, guid) or guid if guid.startswith("/") else guid
    return _link_identity(absolute) if is_web_url(absolute) else absolute


def _bounded(kind: str, *parts: str) -> str:
    text = " ".join(part for part in parts if part)
    return f"{kind}:{text}" if len(text) <= _MAX_KEY else f"{kind}:sha256-{_digest(text)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _text(entry: Entry) -> str:
    return entry.content or entry.summary or ""


def _updated(entry: Entry) -> datetime:
    return entry.updated_at or entry.published_at or datetime.min.replace(tzinfo=UTC)
