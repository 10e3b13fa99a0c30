"""JSON Feed 1.1 (pure)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ingest.printable import printable
from ingest.sources import Site
from publish.dates import iso
from publish.feeds.content import FEED_SIZE, content_html, entry_id, page_url
from publish.feeds.values import Channel
from publish.site.layout import JSON_FEED, author_folder, url_of
from publish.teaser import Teaser, TeaserAuthor


def json_feed(ordered: Sequence[Teaser], *, site: Site, channel: Channel) -> bytes:
    """Return JSON Feed 1.1 (jsonfeed.org/version/1.1) of the newest teasers; `_reprint` holds credit and origin."""
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": url_of(channel.home, site_url=site.url),
        "feed_url": url_of(channel.path(JSON_FEED), site_url=site.url),
        "description": site.description,
        "language": site.language,
        "hubs": [{"type": "WebSub", "url": site.hub}] if site.hub else [],
        "items": [_item(teaser, site) for teaser in ordered[:FEED_SIZE]],
    }
    return _document(known(found) | {"items": found["items"]})


def _item(teaser: Teaser, site: Site) -> dict[str, object]:
    return known(
        {
            "id": entry_id(teaser, site=site),
            "url": page_url(teaser, site=site),
            "external_url": teaser.source_url,
            "title": teaser.headline,
            "content_html": content_html(teaser, site=site),
            "summary": teaser.standfirst,
            "date_published": iso(teaser.published_at),
            "date_modified": iso(teaser.updated_at),
            "authors": [_author(author, site) for author in teaser.authors],
            "language": teaser.language,
            "_reprint": {
                "credit": teaser.credit_text,
                "origin": known({"name": teaser.origin_name, "url": teaser.origin_home}),
            },
        }
    )


def _author(author: TeaserAuthor, site: Site) -> dict[str, object]:
    page = url_of(f"{author_folder(author.key)}/index.html", site_url=site.url) if author.key else None
    return known({"name": author.display, "url": page})


def known(values: Mapping[str, object]) -> dict[str, object]:
    """Return the mapping without what is unknown or empty: nothing is said where nothing is known."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _document(value: object) -> bytes:
    return (printable(json.dumps(value, ensure_ascii=False, indent=1)) + "\n").encode()
