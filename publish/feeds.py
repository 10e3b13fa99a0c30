"""Our own RSS 2.0 and Atom 1.0, of teasers (pure).

They carry the teaser and the credit; the body only where the terms say that our feeds may.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from lxml import etree
from markupsafe import Markup

from ingest.printable import printable
from ingest.sources import Site
from publish.dates import iso
from publish.site.layout import FRONT, article_path, url_of
from publish.teaser import Teaser

#: How many pieces a feed holds.
FEED_SIZE = 50

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"


def rss(ordered: Sequence[Teaser], *, site: Site, path: str, title: str) -> bytes:
    """Return RSS 2.0 (rssboard.org/rss-specification) of the newest teasers for the feed file at `path`.

    Each author has a `dc:creator`, the origin stands in `source`, and the credit closes `content:encoded`.
    """
    root = etree.Element("rss", version="2.0", nsmap={"atom": _ATOM, "content": _CONTENT, "dc": _DC})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", title)
    _add(channel, "link", url_of(FRONT, site_url=site.url))
    _add(channel, "description", site.description or title)
    _add(channel, "language", site.language)
    if ordered:
        _add(channel, "lastBuildDate", _rfc822(_newest_change(ordered)))
    own = {"href": url_of(path, site_url=site.url), "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(channel, f"{{{_ATOM}}}link", own)
    for teaser in ordered[:FEED_SIZE]:
        _rss_item(channel, teaser, site)
    return _document(root)


def atom(ordered: Sequence[Teaser], *, site: Site, path: str, title: str) -> bytes:
    """Return Atom 1.0 (RFC 4287) of the newest teasers for the feed file at `path`; `rights` is the credit."""
    own, home = url_of(path, site_url=site.url), url_of(FRONT, site_url=site.url)
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _atom_add(root, "title", title)
    _atom_add(root, "id", own)
    # RFC 4287 wants a date even of an empty feed, and a build's own time would change the bytes.
    _atom_add(root, "updated", iso(_newest_change(ordered) if ordered else datetime(1970, 1, 1, tzinfo=UTC)))
    _atom_add(root, "link", "", rel="self", type="application/atom+xml", href=own)
    _atom_add(root, "link", "", rel="alternate", type="text/html", href=home)
    for teaser in ordered[:FEED_SIZE]:
        _atom_entry(root, teaser, site)
    return _document(root)


def _rss_item(channel: etree._Element, teaser: Teaser, site: Site) -> None:
    item = etree.SubElement(channel, "item")
    _add(item, "title", teaser.headline)
    _add(item, "link", url_of(article_path(teaser.slug), site_url=site.url))
    _add(item, "guid", entry_id(teaser, site=site), isPermaLink="false")
    _add(item, "pubDate", _rfc822(teaser.published_at))
    for author in teaser.authors:
        _add(item, f"{{{_DC}}}creator", author.display)
    _add(item, "description", teaser.standfirst)
    _add(item, f"{{{_CONTENT}}}encoded", content_html(teaser, site=site))
    if teaser.source_url:
        _add(item, "source", teaser.origin_name, url=teaser.source_url)


def _atom_entry(root: etree._Element, teaser: Teaser, site: Site) -> None:
    entry = _atom_add(root, "entry", "")
    if teaser.language:
        entry.set("{http://www.w3.org/XML/1998/namespace}lang", teaser.language)
    _atom_add(entry, "title", teaser.headline)
    _atom_add(entry, "id", entry_id(teaser, site=site))
    _atom_add(
        entry,
        "link",
        "",
        rel="alternate",
        type="text/html",
        href=url_of(article_path(teaser.slug), site_url=site.url),
    )
    if teaser.origin_url:
        _atom_add(entry, "link", "", rel="via", href=teaser.origin_url)
    _atom_add(entry, "published", iso(teaser.published_at))
    _atom_add(entry, "updated", iso(teaser.updated_at))
    # RFC 4287, section 4.1.2: an entry has an author; where none is credited, that is who published it first.
    for name in [author.display for author in teaser.authors] or [teaser.origin_name]:
        _atom_add(_atom_add(entry, "author", ""), "name", name)
    _atom_add(entry, "rights", teaser.credit_text)
    _atom_add(entry, "summary", teaser.standfirst)
    _atom_add(entry, "content", content_html(teaser, site=site), type="html")


def entry_id(teaser: Teaser, *, site: Site) -> str:
    """Return the entry's lasting name, a tag URI (RFC 4151): by the work's number, as the headline may change."""
    host = urlsplit(site.url).hostname or "localhost"
    return f"tag:{host},{teaser.published_at.astimezone(UTC):%Y-%m-%d}:work-{teaser.work_id}"


def content_html(teaser: Teaser, *, site: Site) -> str:
    """Return the teaser as HTML for feed readers: what the terms allow, a link to the page, always the credit."""
    url = url_of(article_path(teaser.slug), site_url=site.url)
    standfirst = Markup("<p>{}</p>").format(teaser.standfirst) if teaser.standfirst else Markup("")
    body = Markup(teaser.feed_html)  # noqa: S704 - `body_html` made it
    onward = Markup('<p><a href="{}">Read it at {}</a></p>').format(url, site.name)
    credit = Markup("<p>{}</p>").format(Markup(teaser.credit_html))  # noqa: S704 - cleaned when the teaser was made
    return str(standfirst + body + onward + credit)


def _newest_change(ordered: Sequence[Teaser]) -> datetime:
    return max(teaser.updated_at for teaser in ordered)


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def _add(parent: etree._Element, tag: str, text: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, tag, {name: printable(value) for name, value in attributes.items()})
    if text:
        element.text = printable(text)
    return element


def _atom_add(parent: etree._Element, tag: str, text: str, **attributes: str) -> etree._Element:
    return _add(parent, f"{{{_ATOM}}}{tag}", text, **attributes)


def _document(root: etree._Element) -> bytes:
    etree.indent(root)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document + b"\n"
