"""Where a site says, or is likely, to keep its news (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree, html

from ingest.discover.values import Lead
from ingest.feed.charset import decode_text
from ingest.feed.hub import find_link
from ingest.feed.links import absolute_url
from ingest.feed.prolog import without_forbidden
from ingest.feed.text import one_line
from ingest.feed.xml_entries import language_of
from ingest.sources.values import FeedKind
from ingest.urls import canonical_url, host_key

#: What feed tools have asked for through the years; the first that answers is enough.
FEED_PATHS: Final = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",
)
NEWS_SITEMAP_PATHS: Final = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml")

#: The posts of a WordPress site with their authors, categories and pictures.
_POSTS: Final = "wp/v2/posts?per_page=30&_embed=author,wp:term,wp:featuredmedia"
_API: Final = "https://api.w.org/"

_FEED_TYPES: Final = re.compile(
    r"application/(rss|atom|rdf)\+xml|application/(feed\+)?json|(application|text)/xml", re.IGNORECASE
)
_FEED_LINK: Final = re.compile(r"(^|[/._-])(feeds?|rss2?|atom|rdf)([/._-]|$)", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comments?([/._-]|$)", re.IGNORECASE)
_SITEMAP: Final = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)

_MAX_PAGE_LINKS: Final = 6
_MAX_SITEMAPS: Final = 4


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """What a site's page says of the site and its feeds."""

    name: str
    language: str | None
    leads: tuple[Lead, ...]


def read_page(content: bytes, *, url: str, headers: Mapping[str, str]) -> SitePage:
    """Return a page's site name and its leads: announced feeds, the site's REST API, links that look like feeds."""
    text = decode_text(content, headers)
    try:
        root = html.document_fromstring(text.encode(errors="replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return SitePage(name=host_key(url), language=None, leads=())
    base = absolute_url(url, next(iter(root.xpath("//base/@href")), None)) or url
    leads = [*_announced(root, base), *_api(root, headers, base), *_linked(root, base)]
    return SitePage(
        name=_name(root) or host_key(url).removeprefix("www."),
        language=language_of({"language": root.get("lang")}),
        leads=tuple(distinct_leads(lead for lead in leads if not _COMMENTS.search(urlsplit(lead.url).path))),
    )


def robots_leads(content: bytes, *, url: str) -> tuple[Lead, ...]:
    """Return the sitemaps that a robots.txt names, those of news first; or where news sitemaps are kept by custom."""
    found = (absolute_url(url, address) for address in _SITEMAP.findall(decode_text(content, {})))
    named = sorted(filter(None, found), key=lambda address: "news" not in address.lower())
    leads = [Lead(url=address, why="named in robots.txt", kind=FeedKind.SITEMAP) for address in named]
    return tuple(distinct_leads(leads))[:_MAX_SITEMAPS] or customary(url, NEWS_SITEMAP_PATHS, FeedKind.SITEMAP)


def customary(url: str, paths: Iterable[str], kind: FeedKind = FeedKind.AUTO) -> tuple[Lead, ...]:
    """Return a lead for each of these paths on the site of `url`."""
    addresses = (absolute_url(url, path) for path in paths)
    return tuple(Lead(url=address, why="customary address", kind=kind) for address in addresses if address)


def distinct_leads(leads: Iterable[Lead]) -> Iterator[Lead]:
    """Yield the leads whose address was not there before."""
    seen: set[str] = set()
    for lead in leads:
        address = canonical_url(lead.url)
        if address not in seen:
            seen.add(address)
            yield lead


def _announced(root: html.HtmlElement, base: str) -> Iterator[Lead]:
    for link in root.iter("link"):
        feedlike = "alternate" in link.get("rel", "").lower().split() and _FEED_TYPES.match(link.get("type", ""))
        # A page in JSON of the REST API is announced like a feed, and is none.
        address = absolute_url(base, link.get("href")) if feedlike else None
        if address and "/wp-json/" not in address and "/oembed" not in address:
            yield Lead(url=address, why="announced by the page")


def _api(root: html.HtmlElement, headers: Mapping[str, str], base: str) -> Iterator[Lead]:
    links = [{"rel": link.get("rel", ""), "href": link.get("href")} for link in root.iter("link")]
    api = find_link(_API, links, headers, base)
    if api:
        joint = f"{api.rstrip('/')}/{_POSTS}" if "?" not in api else f"{api}{_POSTS.replace('?', '&')}"
        yield Lead(url=joint, why="the site's REST API", kind=FeedKind.WORDPRESS)


def _linked(root: html.HtmlElement, base: str) -> Iterator[Lead]:
    addresses = (absolute_url(base, link.get("href")) for link in root.iter("a"))
    likely = (address for address in addresses if address and _FEED_LINK.search(urlsplit(address).path))
    for address in list(dict.fromkeys(likely))[:_MAX_PAGE_LINKS]:
        yield Lead(url=address, why="linked on the page")


def _name(root: html.HtmlElement) -> str:
    said = root.xpath("//meta[@property='og:site_name']/@content")
    title = next(root.iter("title"), None)
    words = said[0] if said else re.split(r"\s[|–—·•:-]\s", title.text_content())[-1] if title is not None else ""
    return one_line(without_forbidden(words))[:200]
