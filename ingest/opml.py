"""Lists of feeds as other feed tools write and read them: OPML 2.0 (pure). Source: http://opml.org/spec2.opml ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ingest.errors import ConfigError
from ingest.feed.charset import decode_text
from ingest.feed.prolog import read_prolog, without_forbidden
from ingest.feed.strict_xml import read_tree
from ingest.feed.text import one_line
from ingest.sources.values import FeedKind, FeedSource, Partner, Sources
from ingest.urls import has_credentials, is_web_url

MAX_BYTES: Final = 5_000_000
MAX_FEEDS: Final = 10_000

#: Kinds that other feed tools can read.
_FEEDS: Final = frozenset({FeedKind.AUTO, FeedKind.FEED})


@dataclass(frozen=True, kw_only=True)
class OpmlFeed:
    """One feed of a list."""

    title: str
    url: str
    #: The site's page, or None.
    home_url: str | None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpmlList:
    """A list's feeds, each once, and what of it is no feed that we may ask, in words."""

    feeds: tuple[OpmlFeed, ...]
    refused: tuple[str, ...] = ()


def read_opml(content: bytes, *, where: str) -> OpmlList:
    """Return the feeds of an OPML document of any version, whatever folders they stand in.

    `where` is the file's name, for errors. Raises ConfigError where it is too long or no OPML.
    """
    if len(content) > MAX_BYTES:
        raise _refusal(f"more than {MAX_BYTES:,} bytes are no list of feeds", where)
    document = read_prolog(without_forbidden(decode_text(content, {})))
    outlines = read_tree(document) if document.root == "opml" else None
    if outlines is None:
        raise _refusal("this is no OPML in well-formed XML", where)
    found: dict[str, OpmlFeed] = {}
    for feed in filter(None, map(_feed, outlines.iter("outline", "OUTLINE"))):
        found.setdefault(feed.url, feed)
    if len(found) > MAX_FEEDS:
        raise _refusal(f"it lists more than {MAX_FEEDS:,} feeds", where)
    good = tuple(feed for feed in found.values() if _may_be_asked(feed.url))
    refused = tuple(feed.title or "a feed" for feed in found.values() if not _may_be_asked(feed.url))
    return OpmlList(feeds=good, refused=refused)


def write_opml(sources: Sources) -> str:
    """Return all partners' feeds as OPML 2.0, a folder for each partner; what no feed reader can read is left out."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = f"Partners of {sources.site.name}"
    body = etree.SubElement(root, "body")
    for partner in sources.partners:
        feeds = [feed for feed in partner.feeds if feed.kind in _FEEDS]
        folder = etree.SubElement(body, "outline", text=partner.name, title=partner.name) if feeds else body
        for feed in feeds:
            etree.SubElement(folder, "outline", _attributes(partner, feed))
    text = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _attributes(partner: Partner, feed: FeedSource) -> dict[str, str]:
    names = {"type": "rss", "text": partner.name, "title": partner.name, "xmlUrl": feed.url, "htmlUrl": partner.url}
    return names | ({"language": partner.language} if partner.language else {})


def _feed(outline: etree._Element) -> OpmlFeed | None:
    said = {name.lower(): value.strip() for name, value in _named(outline)}
    if not said.get("xmlurl"):
        return None
    home = said.get("htmlurl", "")
    return OpmlFeed(
        title=one_line(said.get("title") or said.get("text", ""))[:200],
        url=said["xmlurl"],
        home_url=home if _may_be_asked(home) else None,
        language=said.get("language") or None,
    )


def _named(outline: etree._Element) -> Iterator[tuple[str, str]]:
    # Writers differ in the case of xmlUrl.
    return ((str(name), str(value)) for name, value in outline.attrib.items())


def _may_be_asked(url: str) -> bool:
    return is_web_url(url) and not has_credentials(url) and not any(map(str.isspace, url)) and len(url) <= 2000


def _refusal(what: str, where: str) -> ConfigError:
    return ConfigError(what, where=where, next_step="export the list anew from the feed tool it is from")
