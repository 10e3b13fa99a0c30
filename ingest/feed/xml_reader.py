"""An XML feed to feedparser's dictionaries: strictly where it is well-formed, else by guessing.

feedparser's own `parse` is not used, as it rewrites what the partner wrote; see xml_handlers.
"""

from __future__ import annotations

import xml.sax
import xml.sax.handler
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.expatreader import create_parser

from lxml import etree

from ingest.feed.plain_head import plain_head
from ingest.feed.plain_items import plain_items
from ingest.feed.plain_rss import PlainChannel, plain_channel
from ingest.feed.prolog import Document
from ingest.feed.references import entity_head, with_sound_references
from ingest.feed.strict_xml import read_sound_tree
from ingest.feed.xml_handlers import LooseHandler, StrictHandler


@dataclass(frozen=True, kw_only=True)
class RawFeed:
    """What feedparser found, untyped."""

    feed: Mapping[str, Any]
    entries: Sequence[Mapping[str, Any]]
    version: str
    #: Whether the document stops within its last entry.
    cut: bool
    #: Whether it was no well-formed XML, and read by guessing.
    loose: bool


def read_xml(document: Document, *, base: str, language: str | None) -> RawFeed:
    """Read a feed of any XML dialect, ill-formed ones too; links come out absolute against `base` or xml:base.

    Raises TooMuchError; what else feedparser raises on hostile input is not to be foreseen.
    """
    return read_plainly(document, base, language) or read_by_handlers(document, base, language)


def read_plainly(document: Document, base: str, language: str | None) -> RawFeed | None:
    """Read a plain RSS feed's items from a tree, and its head by the handlers; None where it is no such feed."""
    root = read_sound_tree(document.text) if document.root == "rss" else None
    return read_plain_tree(document.text, root, base=base, language=language) if root is not None else None


def read_plain_tree(text: str, root: etree._Element, *, base: str, language: str | None) -> RawFeed | None:
    """Read a plain RSS feed from the tree of its text, which is used up; None where it is no such feed."""
    channel = plain_channel(text, root)
    items = plain_items(channel.items, base) if channel else None
    if channel is None or items is None:
        return None
    head = plain_head(channel.head, base=base, language=language)
    if head is not None:
        return RawFeed(feed=head, entries=items, version=root.tag, cut=False, loose=False)
    return _with_items(channel, root, items, StrictHandler(base, language, "UTF-8"))


def _with_items(
    channel: PlainChannel, root: etree._Element, items: list[dict[str, Any]], handler: StrictHandler
) -> RawFeed | None:
    """Read a head by the handlers, apart from its items; None where it would touch them."""
    for item in channel.items:
        channel.block.remove(item)
    _parse_strictly(etree.tostring(root, encoding="unicode"), {}, handler)
    return _result(handler, loose=False, entries=items) if handler.is_at_rest and not handler.entries else None


def read_by_handlers(document: Document, base: str, language: str | None) -> RawFeed:
    """Read a document by feedparser's handlers, whatever it holds."""
    # In capitals, as feedparser would else take UTF-8 for a mistake wherever it can, and "mend" it.
    mended = with_sound_references(document.text, document.entities)
    for text in dict.fromkeys((document.text, mended)):
        strict = StrictHandler(base, language, "UTF-8")
        try:
            _parse_strictly(text, document.entities, strict)
            return _result(strict, loose=False)
        except xml.sax.SAXException:
            continue
    loose = LooseHandler(base, language, "UTF-8", document.entities)
    loose.feed(mended)
    return _result(loose, loose=True)


def _parse_strictly(text: str, entities: Mapping[str, str], handler: StrictHandler) -> None:
    parser = create_parser()  # noqa: S315 - the document type is dropped before, and no other file is read
    parser.setFeature(xml.sax.handler.feature_namespaces, 1)
    parser.setFeature(xml.sax.handler.feature_external_ges, 0)
    parser.setContentHandler(handler)
    parser.setErrorHandler(handler)
    # In one piece: expat goes over a long token again at each piece that does not end it.
    parser.feed((entity_head(text, entities) + text).encode())
    parser.close()


def _result(handler: Any, *, loose: bool, entries: list[dict[str, Any]] | None = None) -> RawFeed:
    return RawFeed(
        feed=handler.feeddata,
        entries=handler.entries if entries is None else entries,
        version=handler.version or "",
        cut=bool(handler.inentry),
        loose=loose,
    )
