"""A collection's feeds as files, in all three forms (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.sources import Site
from publish.feeds.atom import atom
from publish.feeds.json_feed import json_feed
from publish.feeds.rss import rss
from publish.feeds.values import Channel, Withdrawal
from publish.site.layout import ATOM, JSON_FEED, RSS
from publish.teaser import Teaser

#: What a folder's feeds are called.
FEED_FILES = (RSS, ATOM, JSON_FEED)


def feed_files(
    ordered: Sequence[Teaser], *, site: Site, channel: Channel, withdrawn: Sequence[Withdrawal] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of a channel's feeds, of teasers given newest first; `withdrawn` are tombstones."""
    yield channel.path(RSS), rss(ordered, site=site, channel=channel)
    yield channel.path(ATOM), atom(ordered, site=site, channel=channel, withdrawn=withdrawn)
    yield channel.path(JSON_FEED), json_feed(ordered, site=site, channel=channel)


def feed_paths(channel: Channel) -> tuple[str, ...]:
    """Return the paths of a channel's feeds."""
    return tuple(channel.path(file) for file in FEED_FILES)
