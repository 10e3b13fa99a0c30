"""Sitemaps and robots.txt: what of ours search engines may index, and nothing else (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from xml.sax.saxutils import escape

from lxml import etree

from ingest.sources import Site
from ingest.terms import SearchPolicy
from publish.dates import iso
from publish.languages import language_tag
from publish.site import layout
from publish.teaser import Teaser

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
#: sitemaps.org allows 50,000 URLs in one file; few make a file that is soon written anew.
SHARD = 1000
# developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap: two days, 1,000 articles.
NEWS_AGE, NEWS_COUNT = timedelta(days=2), 1000
_INDEXED = frozenset({SearchPolicy.NONE, SearchPolicy.NEWS_NOINDEX})


def is_indexed(teaser: Teaser) -> bool:
    """Tell whether search engines may keep the piece as ours; a sitemap names nothing else."""
    return teaser.search in _INDEXED


def article_map(teasers: Iterable[Teaser], *, site: Site) -> bytes:
    """Return a sitemap (sitemaps.org) of these articles, with when each was last changed."""
    entries = ((layout.article_path(teaser.slug), iso(teaser.updated_at)) for teaser in teasers)
    return _urlset(entries, site)


def page_map(paths: Iterable[str], *, site: Site) -> bytes:
    """Return a sitemap of our own list pages."""
    return _urlset(((path, "") for path in paths), site)


def sitemap_index(names: Iterable[str], *, site: Site) -> bytes:
    """Return the index of all sitemaps."""
    locations = (f"<sitemap><loc>{escape(layout.url_of(name, site_url=site.url))}</loc></sitemap>" for name in names)
    return _written("sitemapindex", locations)


def news_sitemap(ordered: Sequence[Teaser], *, site: Site) -> bytes:
    """Return Google's news sitemap: what is ours to have indexed, of the two days up to the newest piece.

    Counted from the newest piece and not from now, so that the same shelf gives the same bytes.
    """
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "news": _NEWS})
    since = ordered[0].published_at - NEWS_AGE if ordered else None
    fresh = [t for t in ordered if t.search is SearchPolicy.NONE and since is not None and t.published_at >= since]
    for teaser in fresh[:NEWS_COUNT]:
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


def _urlset(entries: Iterable[tuple[str, str]], site: Site) -> bytes:
    changed = "<lastmod>{}</lastmod>".format
    return _written(
        "urlset",
        (
            f"<url><loc>{escape(layout.url_of(path, site_url=site.url))}</loc>{changed(day) if day else ''}</url>"
            for path, day in entries
        ),
    )


def _written(root: str, elements: Iterable[str]) -> bytes:
    lines = "\n".join(elements)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_SITEMAP}">\n{lines}\n</{root}>\n'.encode()


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
