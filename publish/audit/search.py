"""What the page tells search engines: exactly one thing, the one that the terms ask for (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.terms import SearchPolicy
from publish.audit.reading import Fault

# developers.google.com/search/docs/crawling-indexing/robots-meta-tag: robots, or one robot's name. What describes the
# page may say "noindex" too, when the article is about it.
_ROBOTS = re.compile(r"robots|[a-z-]*bot(-[a-z]+)?")


def search_faults(page: HtmlElement, policy: SearchPolicy, *, original: str | None, own_url: str) -> Iterator[Fault]:
    """Yield where the page's canonical link and noindex marks are not the terms' policy, or are more than one."""
    canonicals = [str(href) for href in page.xpath("//link[@rel='canonical']/@href")]
    hidden = [
        str(node.get("name") or "").lower()
        for node in page.xpath("//meta[@content]")
        if _ROBOTS.fullmatch(str(node.get("name") or "").lower()) and "noindex" in str(node.get("content")).lower()
    ]
    if len(canonicals) + len(hidden) > 1:
        yield "search-doubled", f"canonical: {canonicals or 'none'}; noindex for: {hidden or 'none'}"
    match policy:
        case SearchPolicy.CANONICAL if original:
            yield from _canonical_faults(canonicals, original)
        case SearchPolicy.CANONICAL | SearchPolicy.NOINDEX:
            if "robots" not in hidden:
                yield "noindex-missing", "the page has to stay out of search engines"
        case SearchPolicy.NEWS_NOINDEX:
            if "googlebot-news" not in hidden:
                yield "noindex-missing", "the page has to stay out of news search"
        case SearchPolicy.NONE:
            yield from _canonical_faults(canonicals, own_url)


def _canonical_faults(canonicals: list[str], expected: str) -> Iterator[Fault]:
    if expected not in canonicals:
        yield "canonical-wrong", f"expected {expected}, found {', '.join(canonicals) or 'none'}"
