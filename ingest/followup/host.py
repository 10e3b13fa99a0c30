"""Whether the host that says "gone" works at all: its front page or a feed of the partner's there must answer."""

from __future__ import annotations

from urllib.parse import urlsplit

from ingest.errors import ConfigError, FetchError
from ingest.fetch import FEED_MAX_BYTES, Fetched
from ingest.followup.gone import Host
from ingest.sources import Partner
from ingest.tools import Tools
from ingest.urls import host_key


async def host_of(url: str, supplier: Partner, *, followed: int, gone: int, tools: Tools) -> Host:
    """Ask the host of `url` for what must be there, and return what is known of it."""
    parts = urlsplit(url)
    feeds = [feed.url for feed in supplier.feeds if host_key(feed.url) == host_key(url)]
    for control in (*feeds, f"{parts.scheme}://{parts.netloc}/"):
        if await _answers(control, supplier, tools):
            return Host(works=True, followed=followed, gone=gone)
    return Host(works=False, followed=followed, gone=gone)


async def _answers(url: str, supplier: Partner, tools: Tools) -> bool:
    try:
        answer = await tools.fetcher.get(
            url, max_bytes=FEED_MAX_BYTES, credentials=tools.manners.credentials(supplier)
        )
    except (FetchError, ConfigError):
        return False
    return isinstance(answer, Fetched)
