"""What every form of feed says of a teaser: its lasting name, its HTML, its times (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from markupsafe import Markup

from ingest.sources import Site
from publish.site.layout import article_path, url_of
from publish.teaser import Teaser

#: How many pieces a feed holds, and how many withdrawals it names.
FEED_SIZE = 50


def entry_id(teaser: Teaser, *, site: Site) -> str:
    """Return the entry's lasting name, a tag URI (RFC 4151): by the work's number, as the headline may change."""
    return work_tag(teaser.work_id, teaser.published_at, site=site)


def work_tag(work_id: int, published_at: datetime, *, site: Site) -> str:
    """Return the tag URI (RFC 4151) of a work that we first published at that time."""
    host = urlsplit(site.url).hostname or "localhost"
    return f"tag:{host},{published_at.astimezone(UTC):%Y-%m-%d}:work-{work_id}"


def page_url(teaser: Teaser, *, site: Site) -> str:
    """Return the address of the teaser's page."""
    return url_of(article_path(teaser.slug), site_url=site.url)


def content_html(teaser: Teaser, *, site: Site) -> str:
    """Return the teaser as HTML for feed readers: what the terms allow, a link to the page, always the credit."""
    standfirst = Markup("<p>{}</p>").format(teaser.standfirst) if teaser.standfirst else Markup("")
    body = Markup(teaser.feed_html)  # noqa: S704 - `full_text` made it
    onward = Markup('<p><a href="{}">Read it at {}</a></p>').format(page_url(teaser, site=site), site.name)
    credit = Markup("<p>{}</p>").format(Markup(teaser.credit_html))  # noqa: S704 - cleaned when the teaser was made
    return str(standfirst + body + onward + credit)


def newest_change(ordered: Sequence[Teaser]) -> datetime:
    """Return when the last changed of some teasers, at least one, was changed."""
    return max(teaser.updated_at for teaser in ordered)
