"""A well-formed feed's items, each with a mark of how it stands in the document (pure).

An item's mark is a hash of its own markup and of all else in the document that can touch what is read from it: the
root's and channel's attributes, namespaces and elements (a language, an author for all), the address and headers that
it came with, and the reader's own code. What changes at each build and touches no item, such as lastBuildDate,
does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from typing import Final

import feedparser
from feedparser.api import StrictFeedParser
from lxml import etree

from ingest.feed.prolog import Document
from ingest.feed.strict_xml import read_tree

_BYTES: Final = 12

#: Namespaces in which feedparser takes an <item> for an item.
_PLAIN: Final = frozenset(uri.lower() for uri, prefix in StrictFeedParser.namespaces.items() if not prefix)

#: CDF, whose root is a channel, is rare, and read whole.
_ROOTS: Final = frozenset({"rss", "rdf", "feed"})
_ITEMS: Final = frozenset({"item", "entry"})

#: Elements of the head that touch no item, lower case; "items" is RSS 1.0's table of contents.
_PASSING: Final = frozenset({"lastbuilddate", "pubdate", "updated", "modified", "date", "items", "ttl", "generator"})

#: Elements of the head that anything is read from; the rest need not be parsed again for each new item.
_READ: Final = frozenset(
    {"title", "link", "language", "ttl", "skiphours", "skipdays", "updateperiod", "updatefrequency"}
    | {"author", "creator", "managingeditor"}
)

#: Counters and addresses of comments, which change without the article and which nobody reads.
_UNREAD: Final = (
    "{http://purl.org/rss/1.0/modules/slash/}comments",
    "{http://purl.org/syndication/thread/1.0}total",
    "{http://wellformedweb.org/CommentAPI/}commentRss",
)


def _reader() -> str:
    """Return what tells one reader's code from another's, as a new one may read more in the same item."""
    sources = sorted((file.name, file.read_bytes()) for file in files(__package__).iterdir() if file.is_file())
    whole = blake2b(feedparser.__version__.encode(), digest_size=_BYTES)
    for name, source in sources:
        whole.update(name.encode() + source)
    return whole.hexdigest()


_READER: Final = _reader()


@dataclass(frozen=True, kw_only=True)
class MarkedFeed:
    """A feed as a tree, its items in document order, and a mark for each."""

    root: etree._Element
    #: The root, and the channels in it.
    blocks: Sequence[etree._Element]
    items: Sequence[etree._Element]
    marks: Sequence[str]
    #: Those that the document defines.
    entities: dict[str, str]

    def without(self, skipped: frozenset[int]) -> Document:
        """Return the document without the items at these positions and all else unread; uses the tree up."""
        for position in skipped:
            item = self.items[position]
            item.getparent().remove(item)
        kept = {*self.items, *self.blocks}
        for block in self.blocks:
            for child in [child for child in block if _name(child) not in _READ and child not in kept]:
                block.remove(child)
        text = etree.tostring(self.root, encoding="unicode")
        return Document(text=text, root=_name(self.root), entities=self.entities)


def mark_items(document: Document, headers: Mapping[str, str], url: str) -> MarkedFeed | None:
    """Return the items of a well-formed feed with their marks; None where it is none, or has no items."""
    root = read_tree(document) if document.root in _ROOTS else None
    if root is None:
        return None
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    blocks = [root, *_children(root, frozenset({"channel"}))]
    holders = [items for block in blocks if (items := [*filter(_is_plain, _children(block, _ITEMS))])]
    if len(holders) != 1:
        return None
    items = holders[0]
    salt = _salt(blocks, frozenset(items), (_READER, url, headers.get("content-language", "")))
    marks = [_mark(item, salt) for item in items]
    return MarkedFeed(root=root, blocks=blocks, items=items, marks=marks, entities=document.entities)


def _salt(blocks: Sequence[etree._Element], items: frozenset[etree._Element], said: Sequence[str]) -> bytes:
    whole = blake2b(digest_size=_BYTES)
    for text in said:
        whole.update(text.encode() + b"\0")
    for block in blocks:
        whole.update(repr((block.tag, sorted(block.attrib.items()), sorted(map(str, block.nsmap.items())))).encode())
        for child in block:
            name = _name(child)
            if name and name not in _PASSING and child not in items and child not in blocks:
                whole.update(etree.tostring(child, encoding="utf-8", with_tail=False))
    return whole.digest()


def _mark(item: etree._Element, salt: bytes) -> str:
    written = etree.tostring(item, encoding="utf-8", with_tail=False)
    return blake2b(written, digest_size=_BYTES, key=salt).hexdigest()


def _children(parent: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    return (child for child in parent if _name(child) in names)


def _name(element: etree._Element) -> str:
    """Return an element's local name in lower case; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _is_plain(element: etree._Element) -> bool:
    namespace = etree.QName(element).namespace or ""
    return namespace.lower() in _PLAIN or "backend.userland.com/rss" in namespace.lower()
