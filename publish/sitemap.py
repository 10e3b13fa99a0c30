"""Sitemaps and robots.txt: what of ours search engines may index, and nothing else (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from lxml import etree

from ingest.sources import Site
from ingest.terms import SearchPolicy
from publish.dates import iso
from publish.languages import language_tag
from publish.site import layout
from publish.teaser import Teaser

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
#: sitemaps.org allows 50,000 URLs in one file.
SHARD = 40_000
# developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: two days, 1,000 articles.
_NEWS_AGE, _NEWS_COUNT = timedelta(days=2), 1000
_INDEXED = frozenset({SearchPolicy.NONE, SearchPolicy.NEWS_NOINDEX})


def sitemaps(ordered: Sequence[Teaser], lists: Sequence[str], *, site: Site, shard: int = SHARD) -> dict[str, bytes]:
    """Return file name to XML (sitemaps.org): one file, or an index with numbered shards for many URLs.

    `lists` holds our list pages' paths. Articles whose terms send search engines elsewhere are left out, as a sitemap
    names canonical pages only.
    """
    urls = [(path, None) for path in lists]
    articles = [(layout.article_path(t.slug), iso(t.updated_at)) for t in reversed(ordered) if t.search in _INDEXED]
    entries: list[tuple[str, str | None]] = [*urls, *articles]
    if len(entries) <= shard:
        return {layout.SITEMAP: _urlset(entries, site)}
    parts = [entries[start : start + shard] for start in range(0, len(entries), shard)]
    shards = {f"sitemap-{number}.xml": _urlset(part, site) for number, part in enumerate(parts, start=1)}
    return {**shards, layout.SITEMAP: _index(list(shards), site)}


def news_sitemap(ordered: Sequence[Teaser], *, site: Site) -> bytes:
    """Return Google's news sitemap: what is ours to have indexed, of the two days up to the newest piece.

    Counted from the newest piece and not from now, so that the same shelf gives the same bytes.
    """
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})
    since = ordered[0].published_at - _NEWS_AGE if ordered else None
    fresh = [t for t in ordered if t.search is SearchPolicy.NONE and since is not None and t.published_at >= since]
    for teaser in fresh[:_NEWS_COUNT]:
        url = _add(root, "url")
        _add(url, "loc", layout.url_of(layout.article_path(teaser.slug), site_url=site.url))
        news = _add(url, "news", space=_NEWS)
        publication = _add(news, "publication", space=_NEWS)
        _add(publication, "name", site.name, space=_NEWS)
        _add(publication, "language", _news_language(teaser, site), space=_NEWS)
        _add(news, "publication_date", iso(teaser.published_at), space=_NEWS)
        _add(news, "title", teaser.headline, space=_NEWS)
    return _document(root)


def robots_txt(*, site: Site) -> bytes:
    """Return robots.txt (RFC 9309): everything may be crawled, as each page carries its own search policy."""
    names = (layout.SITEMAP, layout.NEWS_SITEMAP)
    lines = [f"Sitemap: {layout.url_of(name, site_url=site.url)}" for name in names]
    return ("User-agent: *\nAllow: /\n\n" + "\n".join(lines) + "\n").encode()


def _urlset(entries: Sequence[tuple[str, str | None]], site: Site) -> bytes:
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})
    for path, changed in entries:
        url = _add(root, "url")
        _add(url, "loc", layout.url_of(path, site_url=site.url))
        if changed:
            _add(url, "lastmod", changed)
    return _document(root)


def _index(names: Sequence[str], site: Site) -> bytes:
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap={None: _SITEMAP})
    for name in names:
        _add(_add(root, "sitemap"), "loc", layout.url_of(name, site_url=site.url))
    return _document(root)


def _news_language(teaser: Teaser, site: Site) -> str:
    """Return the ISO 639 code that Google asks for; for Chinese it wants zh-cn or zh-tw."""
    tag = teaser.language or language_tag(site.language) or "en"
    if not tag.startswith("zh"):
        return tag.split("-")[0]
    return "zh-tw" if {"tw", "hk", "hant"} & set(tag.split("-")) else "zh-cn"


def _add(parent: etree._Element, tag: str, text: str = "", *, space: str = _SITEMAP) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{tag}")
    if text:
        element.text = text
    return element


def _document(root: etree._Element) -> bytes:
    etree.indent(root)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document + b"\n"
