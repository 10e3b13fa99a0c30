"""Documents that are no page: feeds, sitemaps, PDFs, pictures; told by how they begin (pure)."""

from __future__ import annotations

import re

from ingest.errors import NoArticleError

_WINDOW = 4096
#: What may stand before a document's first element.
_PREAMBLE = re.compile(r"(?:\s+|<\?[^>]*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>]*>)*", re.IGNORECASE | re.DOTALL)
_ROOTS = (
    (re.compile(r"<rss[\s>]|<rdf:RDF[\s>]", re.IGNORECASE), "an RSS feed"),
    (re.compile(r"<(?:atom:)?feed\s[^>]*xmlns", re.IGNORECASE), "an Atom feed"),
    (re.compile(r"\{[^{}]{0,400}https?:(?:\\?/){2}jsonfeed\.org\\?/version", re.IGNORECASE), "a JSON feed"),
    (re.compile(r"<(?:urlset|sitemapindex)[\s>]", re.IGNORECASE), "a sitemap"),
    (re.compile(r"<opml[\s>]", re.IGNORECASE), "a list of feeds (OPML)"),
)
_FEEDS = frozenset({"an RSS feed", "an Atom feed", "a JSON feed"})
#: First bytes after the registered media types' specifications.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\x1f\x8b\x08", "a compressed file"),
)


def refuse_other_kinds(content: bytes, text: str, *, where: str) -> None:
    """Raise NoArticleError, which says what it is, for a document that is no page.

    Takes its bytes as served and its text.
    """
    kind = _kind(content, text)
    if kind is None:
        return
    raise NoArticleError(
        f"this is {kind}, not a page",
        where=where,
        next_step="give the address of one of its articles; a feed is read when it stands in sources.yaml"
        if kind in _FEEDS
        else "give the address of an article's page",
    )


def _kind(content: bytes, text: str) -> str | None:
    magic = next((kind for start, kind in _MAGIC if content.startswith(start)), None)
    if magic is not None:
        return magic
    head = text[:_WINDOW]
    begun = _PREAMBLE.match(head)
    at = begun.end() if begun else 0
    return next((kind for root, kind in _ROOTS if root.match(head, at)), None)
