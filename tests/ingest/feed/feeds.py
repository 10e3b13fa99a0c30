"""Small feeds to test with, made from parts."""

from __future__ import annotations

from ingest.feed import Entry, ParsedFeed, parse_feed

URL = "https://partner.example/feeds/all.xml"

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(*items: str, head: str = "<title>Partner</title>") -> bytes:
    """Return an RSS 2.0 feed of items given by their inner XML."""
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>{head}{inside}</channel></rss>'.encode(
        "utf-8", "surrogatepass"
    )


def atom(*entries: str, head: str = "<title>Partner</title>", attributes: str = "") -> bytes:
    """Return an Atom 1.0 feed of entries given by their inner XML."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{head}{inside}</feed>'.encode()


def read(content: bytes, *, url: str = URL, **headers: str) -> ParsedFeed:
    """Parse a document as served with these headers; underscores in their names stand for hyphens."""
    return parse_feed(content, headers={name.replace("_", "-"): value for name, value in headers.items()}, url=url)


def only(content: bytes, **options: str) -> Entry:
    """Return the one entry of a document."""
    feed = read(content, **options)
    assert len(feed.entries) == 1, feed
    return feed.entries[0]


def keys(content: bytes) -> tuple[str, ...]:
    """Return the keys of a document's entries, in order."""
    return tuple(entry.key for entry in read(content).entries)
