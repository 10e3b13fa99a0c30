"""One document to one feed, whatever its dialect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ingest.feed.charset import decode_text
from ingest.feed.entry import ParsedFeed, SetAside
from ingest.feed.hub import find_link
from ingest.feed.identity import excerpt_of
from ingest.feed.interval import read_interval, read_skip_days, read_skip_hours, read_update_period
from ingest.feed.json_feed import read_items, read_json
from ingest.feed.links import absolute_url
from ingest.feed.prolog import MAX_PROLOG, Document, read_prolog, without_forbidden
from ingest.feed.reading import Reading, finished
from ingest.feed.refusals import bounded, empty, no_feed, too_much, web_page
from ingest.feed.xml_entries import dicts_of, headline_of, language_of, link_of, read_entry, texts_of
from ingest.feed.xml_handlers import TooMuchError
from ingest.feed.xml_reader import RawFeed, read_xml
from ingest.limits import FEED_MAX_BYTES
from ingest.urls import without_credentials

#: Elements that a web page begins with, when it does not begin with its own.
_PAGE_ROOTS: Final = frozenset(
    {"html", "head", "body", "title", "meta", "div", "p", "br", "b", "h1", "script", "center"}
)

_BLANKS: Final = "\ufeff \t\r\n"


def parse_feed(content: bytes, *, headers: Mapping[str, str], url: str) -> ParsedFeed:
    """Return what a feed holds: RSS 0.9x to 2.0, RDF, Atom, CDF or JSON Feed, ill-formed ones as far as they go.

    `headers` are the answer's, with lower-case names; `url` is where it came from, after redirects. Items that cannot
    be read, or stop in the middle, are set aside with their reason. Raises FeedError where the document is empty, a
    web page, no feed, or holds more than any feed does.
    """
    where = without_credentials(url)
    text = cleaned(decoded_text(content, headers, where), where)
    with bounded(where):
        return finished(read_feed(text, headers, where))


def decoded_text(content: bytes, headers: Mapping[str, str], where: str) -> str:
    """Return a document as text from its first sign on; raises FeedError where it is empty or too long."""
    if len(content) > FEED_MAX_BYTES:
        raise too_much(f"more than {FEED_MAX_BYTES} bytes", where)
    text = decode_text(content, headers).lstrip(_BLANKS)
    if not text:
        raise empty(where)
    return text


def cleaned(text: str, where: str) -> str:
    """Return a text without what none may hold; raises FeedError where nothing is left."""
    clean = without_forbidden(text).lstrip(_BLANKS)
    if not clean:
        raise empty(where)
    return clean


def read_feed(text: str, headers: Mapping[str, str], url: str) -> Reading:
    """Read a feed's text; raises FeedError, and TooMuchError where it holds more than any feed does."""
    return _json(text, headers, url) if text[0] in "{[" else read_xml_feed(read_prolog(text), headers, url)


def _json(text: str, headers: Mapping[str, str], url: str) -> Reading:
    feed = read_json(text, url=url)
    entries, set_aside = read_items(feed, base=url)
    head = ParsedFeed(
        title=feed.title or None,
        home_url=absolute_url(url, feed.home_page_url),
        language=language_of({"language": feed.language}),
        ttl=None,
        entries=(),
        hub_url=find_link("hub", feed.links, headers, url),
        self_url=find_link("self", feed.links, headers, url),
    )
    return Reading(head=head, entries=entries, set_aside=set_aside, base=url)


def read_xml_feed(document: Document, headers: Mapping[str, str], url: str) -> Reading:
    """Read an XML feed without its head; raises as `read_feed` does."""
    if document.root == "html" or document.doctype.lower().startswith("html"):
        raise web_page(url)
    if not document.root:
        raise no_feed(f"no element within its first {MAX_PROLOG} characters", url)
    served = language_of({"language": headers.get("content-language", "")})
    feed = _read(document, url, served)
    if not feed.entries and not feed.version:
        raise web_page(url) if document.root in _PAGE_ROOTS else no_feed(f"its root is <{document.root}>", url)
    whole = feed.entries[:-1] if feed.cut else feed.entries
    cut = [read_entry(raw, feed, base=url) for raw in feed.entries[len(whole) :]]
    return Reading(
        head=read_head(feed.feed, headers, url),
        entries=[read_entry(raw, feed, base=url) for raw in whole],
        set_aside=[SetAside(reason="the feed stops in the middle of this item", excerpt=excerpt_of(e)) for e in cut],
        base=url,
        strict=not (feed.loose or feed.cut),
    )


def read_head(raw: Mapping[str, Any], headers: Mapping[str, str], url: str) -> ParsedFeed:
    """Return a feed's own fields, without its entries."""
    links = list(dicts_of(raw, "links"))
    return ParsedFeed(
        title=headline_of(raw) or None,
        home_url=link_of(raw, url),
        language=language_of(raw),
        ttl=read_interval(raw),
        entries=(),
        hub_url=find_link("hub", links, headers, url),
        self_url=find_link("self", links, headers, url),
        skip_hours=read_skip_hours(texts_of(raw, "skip_hours")),
        skip_days=read_skip_days(texts_of(raw, "skip_days")),
        update_period=read_update_period(raw),
    )


def _read(document: Document, url: str, language: str | None) -> RawFeed:
    try:
        return read_xml(document, base=url, language=language)
    except TooMuchError:
        raise
    except Exception as error:  # feedparser's handlers can raise anything on hostile input.
        raise no_feed(f"the parser gave up ({type(error).__name__}: {str(error)[:200]})", url) from error
