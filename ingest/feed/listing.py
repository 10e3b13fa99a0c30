"""A page of links to entries, for partners without a feed (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import cssselect
from lxml import etree, html

from ingest.errors import FeedError
from ingest.feed.dates import read_date
from ingest.feed.entry import Entry, ParsedFeed, SetAside
from ingest.feed.links import absolute_url
from ingest.feed.reading import Reading
from ingest.feed.refusals import no_feed
from ingest.feed.text import one_line
from ingest.feed.xml_entries import language_of
from ingest.feed.xml_handlers import TooMuchError
from ingest.limits import PAGE_MAX_BYTES
from ingest.urls import canonical_url

#: Newest first, a listing shows tens.
_MAX_LINKS: Final = 1000

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_EXCERPT: Final = 300


def read_listing(text: str, *, url: str, select: str) -> Reading:
    """Return an entry for each link that the CSS selector `select` finds, or that stands in what it finds.

    Several links to one page are one entry, with the first headline that is given. Raises FeedError where nothing is
    found, TooMuchError on a page or a list that is too long.
    """
    root = _page(text, url)
    base = absolute_url(url, next(iter(root.xpath("//base/@href")), None)) or url
    found = root.xpath(cssselect.HTMLTranslator().css_to_xpath(select))
    if not found:
        raise FeedError(
            f"the selector {select!r:.80} finds nothing on this page",
            where=url,
            next_step="the page was rebuilt, perhaps: open it and correct `select` in sources.yaml",
        )
    if len(found) > _MAX_LINKS:
        raise TooMuchError(f"more than {_MAX_LINKS} elements of the selector {select!r:.80}")
    read = [(element, _entry(element, base)) for element in found]
    aside = [
        SetAside(reason="what the selector finds holds no link", excerpt=_words(element)[:_EXCERPT])
        for element, entry in read
        if entry is None
    ]
    head = ParsedFeed(
        title=_words(next(root.iter("title"), None)) or None,
        home_url=url,
        language=language_of({"language": root.get("lang")}),
        ttl=None,
        entries=(),
    )
    return Reading(
        head=head, entries=_once(entry for _, entry in read if entry is not None), set_aside=aside, base=url
    )


def _page(text: str, url: str) -> html.HtmlElement:
    content = text.encode()
    if len(content) > PAGE_MAX_BYTES:
        raise TooMuchError(f"more than {PAGE_MAX_BYTES} bytes")
    try:
        root = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise no_feed(f"no web page ({error})", url) from error
    return root


def _entry(element: html.HtmlElement, base: str) -> Entry | None:
    link = next((link for link in _links(element) if absolute_url(base, link.get("href"))), None)
    if link is None:
        return None
    heading = next(element.iter(*_HEADINGS), None)
    time = next(element.iter("time"), None)
    return Entry(
        key="",
        guid=None,
        url=absolute_url(base, link.get("href")),
        headline=_words(heading) or _words(link) or one_line(link.get("title", "")),
        published_at=read_date(time.get("datetime")) if time is not None else None,
        language=language_of({"language": element.get("lang")}),
    )


def _links(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield an element's links, likeliest first: itself, in a heading, with words, with a picture."""
    if element.tag == "a":
        yield element
    for heading in element.iter(*_HEADINGS):
        yield from heading.iter("a")
    links = list(element.iter("a"))
    yield from (link for link in links if _words(link))
    yield from links
    yield from element.iterancestors("a")


def _once(entries: Iterable[Entry]) -> list[Entry]:
    by_page: dict[str, Entry] = {}
    for entry in entries:
        page = canonical_url(entry.url or "")
        if page not in by_page or (entry.headline and not by_page[page].headline):
            by_page[page] = entry
    return list(by_page.values())


def _words(element: html.HtmlElement | None) -> str:
    return one_line(element.text_content()) if element is not None else ""
