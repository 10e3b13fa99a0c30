"""RSS 2.0 (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from lxml import etree

from ingest.sources import Site
from publish.feeds.content import FEED_SIZE, content_html, entry_id, newest_change, page_url
from publish.feeds.values import Channel
from publish.feeds.xml import ATOM, add, add_link, document
from publish.site.layout import RSS, url_of
from publish.teaser import Teaser

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"


def rss(ordered: Sequence[Teaser], *, site: Site, channel: Channel) -> bytes:
    """Return RSS 2.0 (rssboard.org/rss-specification) of the newest teasers.

    Each author has a `dc:creator`, the origin stands in `source`, and the credit closes `content:encoded`.
    """
    root = etree.Element("rss", version="2.0", nsmap={"atom": ATOM, "content": _CONTENT, "dc": _DC})
    head = etree.SubElement(root, "channel")
    add(head, "title", channel.title)
    add(head, "link", url_of(channel.home, site_url=site.url))
    add(head, "description", site.description or channel.title)
    add(head, "language", site.language)
    if ordered:
        add(head, "lastBuildDate", _rfc822(newest_change(ordered)))
    add_link(head, url_of(channel.path(RSS), site_url=site.url), rel="self", kind="application/rss+xml")
    if site.hub:
        add_link(head, site.hub, rel="hub")
    for teaser in ordered[:FEED_SIZE]:
        _item(head, teaser, site)
    return document(root)


def _item(channel: etree._Element, teaser: Teaser, site: Site) -> None:
    item = etree.SubElement(channel, "item")
    add(item, "title", teaser.headline)
    add(item, "link", page_url(teaser, site=site))
    add(item, "guid", entry_id(teaser, site=site), isPermaLink="false")
    add(item, "pubDate", _rfc822(teaser.published_at))
    for author in teaser.authors:
        add(item, f"{{{_DC}}}creator", author.display)
    add(item, f"{{{_DC}}}rights", teaser.credit_text)
    add(item, "description", teaser.standfirst)
    add(item, f"{{{_CONTENT}}}encoded", content_html(teaser, site=site))
    if teaser.source_url:
        add(item, "source", teaser.origin_name, url=teaser.source_url)


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)
