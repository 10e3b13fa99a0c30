"""Atom 1.0, with tombstones for what was withdrawn (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree

from ingest.sources import Site
from publish.dates import iso
from publish.feeds.content import FEED_SIZE, content_html, entry_id, newest_change, page_url, work_tag
from publish.feeds.values import Channel, Withdrawal
from publish.feeds.xml import ATOM, add, add_link, document
from publish.site import layout
from publish.teaser import Teaser

_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 4287 wants a date even of an empty feed, and a build's own time would change the bytes.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom(ordered: Sequence[Teaser], *, site: Site, channel: Channel, withdrawn: Sequence[Withdrawal] = ()) -> bytes:
    """Return Atom 1.0 (RFC 4287) of the newest teasers; `rights` is the credit, `source` the origin.

    What was `withdrawn` is named by `at:deleted-entry` (RFC 6721), the last first, so that readers take it down too.
    """
    own = url_of(channel.path(layout.ATOM), site)
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "at": _TOMBSTONES})
    root.set(_LANG, site.language)
    _add(root, "title", channel.title)
    _add(root, "id", own)
    _add(root, "updated", iso(_changed(ordered, withdrawn)))
    add_link(root, own, rel="self", kind="application/atom+xml")
    add_link(root, url_of(channel.home, site), rel="alternate", kind="text/html")
    if site.hub:
        add_link(root, site.hub, rel="hub")
    for gone in sorted(withdrawn, key=lambda gone: (gone.withdrawn_at, gone.work_id), reverse=True)[:FEED_SIZE]:
        reference = work_tag(gone.work_id, gone.published_at, site=site)
        add(root, f"{{{_TOMBSTONES}}}deleted-entry", ref=reference, when=iso(gone.withdrawn_at))
    for teaser in ordered[:FEED_SIZE]:
        _entry(root, teaser, site)
    return document(root)


def url_of(path: str, site: Site) -> str:
    """Return the absolute address of one of our paths."""
    return layout.url_of(path, site_url=site.url)


def _changed(ordered: Sequence[Teaser], withdrawn: Sequence[Withdrawal]) -> datetime:
    taken_down = [gone.withdrawn_at for gone in withdrawn]
    return max([*taken_down, newest_change(ordered)] if ordered else taken_down, default=_NEVER)


def _entry(root: etree._Element, teaser: Teaser, site: Site) -> None:
    entry = _add(root, "entry")
    if teaser.language:
        entry.set(_LANG, teaser.language)
    _add(entry, "title", teaser.headline)
    _add(entry, "id", entry_id(teaser, site=site))
    add_link(entry, page_url(teaser, site=site), rel="alternate", kind="text/html")
    if teaser.origin_url:
        add_link(entry, teaser.origin_url, rel="via")
    _add(entry, "published", iso(teaser.published_at))
    _add(entry, "updated", iso(teaser.updated_at))
    # RFC 4287, section 4.1.2: an entry has an author; where none is credited, that is who published it first.
    for name in [author.display for author in teaser.authors] or [teaser.origin_name]:
        _add(_add(entry, "author"), "name", name)
    _source(entry, teaser)
    _add(entry, "rights", teaser.credit_text)
    _add(entry, "summary", teaser.standfirst)
    _add(entry, "content", content_html(teaser, site=site)).set("type", "html")


def _source(entry: etree._Element, teaser: Teaser) -> None:
    """Say whose the entry was first (RFC 4287, section 4.2.11): what is known of the origin, and no more."""
    if not teaser.source_url:
        return
    source = _add(entry, "source")
    _add(source, "id", teaser.origin_home or teaser.source_url)
    _add(source, "title", teaser.origin_name)
    if teaser.origin_home:
        add_link(source, teaser.origin_home, rel="alternate")


def _add(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    return add(parent, f"{{{ATOM}}}{tag}", text)
