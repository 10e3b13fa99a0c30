"""A feed and its entries, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item of a feed, as the partner sent it; nothing in it is trusted."""

    #: What tells it apart within its feed (see identity.py): its link, else its GUID, else its words; more of them
    #: where one feed holds several items of one link.
    key: str
    #: Verbatim.
    guid: str | None
    #: Absolute http(s) URL of the article; None where the item has none.
    url: str | None
    headline: str
    #: HTML, unsanitised; None where the feed has none.
    summary: str | None = None
    #: HTML of the whole article, unsanitised; None where the feed gives only a summary.
    content: str | None = None
    #: Raw author strings, verbatim, in order.
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    labels: tuple[str, ...] = ()
    image_url: str | None = None
    language: str | None = None
    rights: str | None = None
    #: RSS <source> or atom:source: whom the feed itself names as the item's origin.
    source_name: str | None = None
    source_url: str | None = None
    #: What relative links in its HTML stand against where the feed says so (xml:base); else `url` does.
    base_url: str | None = None
    #: SHA-256 (hex) over what the partner wrote in it; differs when the partner changed it.
    content_hash: str = ""
    #: As `content_hash`, but without the time of the update, which some feeds stamp anew at each poll.
    words_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """An item that could not be read, kept with its reason."""

    reason: str
    excerpt: str


@dataclass(frozen=True, kw_only=True)
class ParsedFeed:
    """A feed's own fields and its entries in document order."""

    title: str | None
    home_url: str | None
    language: str | None
    #: How long the feed asks to be left alone, in seconds; None where it says nothing.
    ttl: int | None
    entries: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...] = ()
    #: Absolute URL of the WebSub hub that announces its changes, and of the topic that it announces them for.
    hub_url: str | None = None
    self_url: str | None = None
    #: RSS `skipHours`: hours of the day in UTC, 0 to 23, in which it asks not to be polled; in order, each once.
    skip_hours: tuple[int, ...] = ()
    #: RSS `skipDays`: days of the week in UTC, 0 for Monday to 6 for Sunday, likewise.
    skip_days: tuple[int, ...] = ()
    #: `sy:updatePeriod` divided by its frequency, in seconds; None where it says nothing. `ttl` falls back on it.
    update_period: int | None = None
    #: What `read_changed` wants back at the feed's next poll; opaque, and never a secret. Empty: it knows nothing.
    state: str = ""
    #: How many items stand in the document as they did when the state was made; they are not among the entries.
    unchanged: int = 0
