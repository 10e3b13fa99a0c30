"""One address of a partner to one feed, whatever stands there."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ingest.feed.changed import read_changed_feed
from ingest.feed.entry import ParsedFeed
from ingest.feed.listing import read_listing
from ingest.feed.parse import cleaned, decoded_text
from ingest.feed.prolog import MAX_PROLOG, read_prolog
from ingest.feed.reading import Reading, finished
from ingest.feed.refusals import bounded, no_feed, too_much
from ingest.feed.sitemap import SITEMAP_ROOTS, read_sitemap
from ingest.feed.wordpress import read_wordpress
from ingest.limits import FEED_MAX_BYTES
from ingest.sources.values import FeedKind, FeedSource
from ingest.urls import without_credentials

_GZIP: Final = b"\x1f\x8b"


def read_source(content: bytes, *, headers: Mapping[str, str], url: str, source: FeedSource) -> ParsedFeed:
    """Return what stands at a partner's address, read as `source.kind` says.

    `headers` are the answer's, with lower-case names; `url` is where it came from, after redirects. Raises FeedError
    where it is empty, holds more than any feed does, or is not what it was said to be.
    """
    return replace(read_changed(content, headers=headers, url=url, source=source), state="")


def read_changed(
    content: bytes, *, headers: Mapping[str, str], url: str, source: FeedSource, state: str = ""
) -> ParsedFeed:
    """Return what is new or changed at a partner's address since the poll that made `state`.

    The result's `state` is to be kept with the feed, in one transaction with the result's entries, in place of the
    one before, and given back at the next poll; an empty one is right at any time and costs a whole reading. Items
    that stand in the document as they did are counted in `unchanged` and not returned; where anything is odd, all
    items are. Takes and raises what `read_source` does.
    """
    where = without_credentials(url)
    with bounded(where):
        text = decoded_text(_unzipped(content, where), headers, where)
        kind = _kind(text, source)
        if kind is FeedKind.FEED:
            return read_changed_feed(text, headers=headers, url=where, state=state)
        return finished(_read(kind, cleaned(text, where), source, where))


def _kind(text: str, source: FeedSource) -> FeedKind:
    if source.kind is not FeedKind.AUTO:
        return source.kind
    if text.startswith("["):
        return FeedKind.WORDPRESS
    head = read_prolog(text[: 2 * MAX_PROLOG])
    return FeedKind.SITEMAP if head.root in SITEMAP_ROOTS else FeedKind.FEED


def _read(kind: FeedKind, text: str, source: FeedSource, where: str) -> Reading:
    match kind:
        case FeedKind.WORDPRESS:
            return read_wordpress(text, url=where)
        case FeedKind.SITEMAP:
            return read_sitemap(text, url=where, news_only=source.kind is FeedKind.AUTO)
        case FeedKind.LISTING if source.select:
            return read_listing(text, url=where, select=source.select)
        case _:
            raise no_feed("a listing without a selector", where)


def _unzipped(content: bytes, where: str) -> bytes:
    """Undo gzip that is the document's own, as sitemaps are served (https://www.sitemaps.org/protocol.html)."""
    if not content.startswith(_GZIP):
        return content
    worker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = worker.decompress(content, FEED_MAX_BYTES + 1)
    except zlib.error as error:
        raise no_feed(f"it begins like gzip and is none ({error})", where) from error
    if len(plain) > FEED_MAX_BYTES:
        raise too_much(f"more than {FEED_MAX_BYTES} bytes", where)
    return plain
