"""One document to one feed, whatever its dialect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import filterfalse
from typing import Any, Final

from ingest.errors import FeedError
from ingest.feed.charset import decode_text
from ingest.feed.entry import Entry, ParsedFeed, SetAside
from ingest.feed.hub import find_link
from ingest.feed.identity import excerpt_of, with_identity
from ingest.feed.interval import read_interval, read_skip_days, read_skip_hours, read_update_period
from ingest.feed.json_feed import read_items, read_json
from ingest.feed.links import absolute_url
from ingest.feed.prolog import MAX_PROLOG, Document, read_prolog, without_forbidden
from ingest.feed.xml_entries import dicts_of, headline_of, language_of, link_of, read_entry, texts_of
from ingest.feed.xml_reader import RawFeed, TooMuchError, read_xml
from ingest.limits import FEED_MAX_BYTES
from ingest.urls import without_credentials

#: Elements that a web page begins with, when it does not begin with its own.
_PAGE_ROOTS: Final = frozenset(
    {"html", "head", "body", "title", "meta", "div", "p", "br", "b", "h1", "script", "center"}
)


def parse_feed(content: bytes, *, headers: Mapping[str, str], url: str) -> ParsedFeed:
    """Return what a feed holds: RSS 0.9x to 2.0, RDF, Atom, CDF or JSON Feed, ill-formed ones as far as they go.

    `headers` are the answer's, with lower-case names; `url` is where it came from, after redirects. Items that cannot
    be read, or stop in the middle, are set aside with their reason. Raises FeedError where the document is empty, a
    web page, no feed, or holds more than any feed does.
    """
    where = without_credentials(url)
    if len(content) > FEED_MAX_BYTES:
        raise _too_much(f"more than {FEED_MAX_BYTES} bytes", where)
    text = without_forbidden(decode_text(content, headers)).lstrip("\ufeff \t\r\n")
    if not text.strip():
        raise FeedError("the document is empty", where=where, next_step="it is tried again at the next poll")
    try:
        return _json(text, headers, where) if text[0] in "{[" else _xml(text, headers, where)
    except TooMuchError as error:
        raise _too_much(str(error), where) from error


def _json(text: str, headers: Mapping[str, str], url: str) -> ParsedFeed:
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
    return _finished(head, entries, set_aside, base=url)


def _xml(text: str, headers: Mapping[str, str], url: str) -> ParsedFeed:
    document = read_prolog(text)
    if document.root == "html" or document.doctype.lower().startswith("html"):
        raise _web_page(url)
    if not document.root:
        raise _no_feed(f"no element within its first {MAX_PROLOG} characters", url)
    served = language_of({"language": headers.get("content-language", "")})
    feed = _read(document, url, served)
    if not feed.entries and not feed.version:
        raise _web_page(url) if document.root in _PAGE_ROOTS else _no_feed(f"its root is <{document.root}>", url)
    whole = feed.entries[:-1] if feed.cut else feed.entries
    entries = [read_entry(raw, feed, base=url) for raw in whole]
    cut = [read_entry(raw, feed, base=url) for raw in feed.entries[len(whole) :]]
    aside = [SetAside(reason="the feed stops in the middle of this item", excerpt=excerpt_of(entry)) for entry in cut]
    return _finished(_head(feed.feed, headers, url), entries, aside, base=url)


def _head(raw: Mapping[str, Any], headers: Mapping[str, str], url: str) -> ParsedFeed:
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
        raise _no_feed(f"the parser gave up ({type(error).__name__}: {str(error)[:200]})", url) from error


def _finished(head: ParsedFeed, entries: list[Entry], set_aside: list[SetAside], *, base: str) -> ParsedFeed:
    kept, repeated = with_identity(filter(_says_something, entries), base=base)
    bare = filterfalse(_says_something, entries)
    empty = [SetAside(reason="neither link, headline nor text", excerpt=excerpt_of(entry)) for entry in bare]
    return replace(head, entries=kept, set_aside=(*set_aside, *empty, *repeated))


def _says_something(entry: Entry) -> bool:
    return bool(entry.url or entry.headline or entry.content or entry.summary)


def _too_much(what: str, where: str) -> FeedError:
    return FeedError(
        f"the feed holds {what}", where=where, next_step="ask the partner for a feed of its latest items"
    )


def _web_page(where: str) -> FeedError:
    return FeedError(
        "this is a web page, not a feed",
        where=where,
        next_step="find the feed's own address on the page (RSS or Atom), and put that into sources.yaml",
    )


def _no_feed(why: str, where: str) -> FeedError:
    return FeedError(
        f"no feed that can be read: {why}",
        where=where,
        next_step="open it in a browser; ask the partner for its feed",
    )
