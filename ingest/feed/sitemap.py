"""A sitemap to entries (pure).

Sources: https://www.sitemaps.org/protocol.html and, for what a news sitemap says of each article,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap .
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ingest.errors import FeedError
from ingest.feed.dates import read_date
from ingest.feed.entry import Entry, ParsedFeed
from ingest.feed.links import absolute_url
from ingest.feed.prolog import read_prolog
from ingest.feed.reading import Reading
from ingest.feed.refusals import no_feed
from ingest.feed.strict_xml import read_tree
from ingest.feed.text import one_line
from ingest.feed.xml_entries import distinct, language_of
from ingest.feed.xml_handlers import MAX_ENTRIES, TooMuchError

#: Roots of a sitemap and of an index of sitemaps.
SITEMAP_ROOTS: Final = frozenset({"urlset", "sitemapindex"})

#: How many of an index's sitemaps are named.
_NAMED: Final = 3


def read_sitemap(text: str, *, url: str, news_only: bool) -> Reading:
    """Return the articles of a news sitemap; with `news_only` false, of any sitemap, each known by its address alone.

    Raises FeedError on an index, naming its likeliest sitemaps, on what is no well-formed sitemap, and on one without
    news under `news_only`; TooMuchError on more than MAX_ENTRIES addresses.
    """
    document = read_prolog(text)
    root = read_tree(document) if document.root in SITEMAP_ROOTS else None
    if root is None:
        raise no_feed("no sitemap in well-formed XML", url)
    if document.root == "sitemapindex":
        raise _index(root, url)
    pages = list(_children(root, "url"))
    if len(pages) > MAX_ENTRIES:
        raise TooMuchError(f"more than {MAX_ENTRIES} addresses")
    entries = [entry for page in pages if (entry := _entry(page, url)) is not None]
    if news_only and entries and not any(entry.headline for entry in entries):
        raise _no_news(url)
    head = ParsedFeed(title=_publication(pages), home_url=absolute_url(url, "/"), language=None, ttl=None, entries=())
    return Reading(head=head, entries=entries, base=url)


def child_sitemaps(text: str, *, url: str) -> tuple[str, ...]:
    """Return the addresses in an index of sitemaps, those that speak of news first; none where it is no index."""
    document = read_prolog(text)
    root = read_tree(document) if document.root == "sitemapindex" else None
    return _listed(root, url) if root is not None else ()


def _listed(root: etree._Element, url: str) -> tuple[str, ...]:
    found = (absolute_url(url, _text(child, "loc")) for child in _children(root, "sitemap"))
    return tuple(sorted(filter(None, found), key=lambda address: "news" not in address.lower()))


def _entry(page: etree._Element, base: str) -> Entry | None:
    address = absolute_url(base, _text(page, "loc"))
    if address is None:
        return None
    news = next(_children(page, "news"), None)
    publication = next(_children(news, "publication"), None) if news is not None else None
    picture = next(_children(page, "image"), None)
    return Entry(
        key="",
        guid=None,
        url=address,
        headline=one_line(_text(news, "title")),
        published_at=read_date(_text(news, "publication_date")),
        updated_at=read_date(_text(page, "lastmod")),
        labels=distinct(one_line(word) for word in _text(news, "keywords").split(",")),
        language=language_of({"language": _text(publication, "language")}),
        image_url=absolute_url(base, _text(picture, "loc")),
    )


def _publication(pages: list[etree._Element]) -> str | None:
    names = {
        _text(name, "name")
        for page in pages
        for news in _children(page, "news")
        for name in _children(news, "publication")
    }
    return one_line(names.pop()) or None if len(names) == 1 else None


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from parent.iterchildren(f"{{*}}{name}")


def _text(parent: etree._Element | None, name: str) -> str:
    child = next(_children(parent, name), None) if parent is not None else None
    return "".join(child.itertext()).strip() if child is not None else ""


def _index(root: etree._Element, url: str) -> FeedError:
    named = ", ".join(_listed(root, url)[:_NAMED]) or "those it lists"
    return FeedError(
        "this is an index of sitemaps, which holds no articles itself",
        where=url,
        next_step=f"put the address of its news sitemap into sources.yaml: {named}",
    )


def _no_news(url: str) -> FeedError:
    return FeedError(
        "this sitemap lists pages of every kind, without headlines",
        where=url,
        next_step="find its news sitemap with `reprint sources discover`; `kind: sitemap` takes every page of this",
    )
