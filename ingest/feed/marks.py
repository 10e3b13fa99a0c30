"""A feed's items as they stand in its text, each with a mark that tells whether it stands as it did (pure).

Where the parser finds a document well-formed, an item is what lies from its start tag to the next end tag of its
name, outside comments and CDATA; so it can be found without parsing. Its mark is a hash of its text and of all else
that can touch what is read from it: the tags and elements around the items (a namespace, a language, an author for
all), the address and headers that they came with, and the reader's own code. What changes at each build and touches
no item, such as lastBuildDate, does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import islice, pairwise
from typing import Final

import feedparser
from lxml import etree

from ingest.feed.prolog import Document, without_forbidden
from ingest.feed.strict_xml import read_tree
from ingest.feed.xml_handlers import MAX_ENTRIES

#: What an item is called, by the root of its document. CDF, which is rare, is read whole.
_ITEMS: Final[Mapping[str, str]] = {"rss": "item", "rdf": "item", "feed": "entry"}

#: Longer heads are no heads.
_MAX_AROUND: Final = 64 * 1024

#: Elements around the items that touch none of them; so are comments, and `items`, RSS 1.0's table of contents.
_PASSING: Final = re.compile(
    r"<(lastBuildDate|pubDate|updated|modified|dc:date|ttl|generator)(?:\s[^<>]*)?>[^<]*</\1\s*>"
)

#: Elements of a head that anything is read from; the others need not be parsed again for each new item.
_READ: Final = frozenset(
    {"title", "link", "language", "ttl", "skiphours", "skipdays", "updateperiod", "updatefrequency"}
    | {"author", "creator", "managingeditor", "channel", "item", "entry"}
)

#: Elements of an item that nothing is read from.
_UNREAD: Final = frozenset({"comments", "commentrss", "total", "post-id"})

#: How many comments an article has is nothing that we read.
_COUNTER: Final = re.compile(r"<slash:comments(?:\s[^<>]*)?>[0-9]{1,9}</slash:comments>")

#: What hides what looks like a tag, and where it ends.
_HIDING: Final = re.compile(r"<!(?:--|\[CDATA\[)")
_SHOWING: Final = {"<!--": "-->", "<![CDATA[": "]]>"}

#: Of a mark, which only its own feed's others are to differ from.
_BYTES: Final = 12


def _reader() -> str:
    """Return what tells one reader's code from another's, as a new one may read more in the same item."""
    sources = sorted((file.name, file.read_bytes()) for file in files(__package__).iterdir() if file.is_file())
    whole = sha256(feedparser.__version__.encode())
    for name, source in sources:
        whole.update(name.encode() + source)
    return whole.hexdigest()


_READER: Final = _reader()


@dataclass(frozen=True, kw_only=True)
class MarkedFeed:
    """A document in pieces, and a mark for each of its items."""

    document: Document
    #: Where each item begins and ends in the document's text, in order.
    items: Sequence[tuple[int, int]]
    marks: Sequence[str]

    def without(self, skipped: frozenset[int]) -> Document | None:
        """Return the document without the items at these positions and what of its head is unread.

        None where what is left is not well-formed.
        """
        edges, text = _edges(self.document.text, self.items), self.document.text
        pieces = (
            text[begin:end] for n, (begin, end) in enumerate(pairwise(edges)) if n % 2 == 0 or n // 2 not in skipped
        )
        left = without_forbidden("".join(pieces))
        root = read_tree(Document(text=left, root=self.document.root, entities=self.document.entities))
        if root is None:
            return None
        for block in (root, *_children(root, "channel")):
            for child in [child for child in block if _name(child) not in _READ]:
                block.remove(child)
            for item in _children(block, _ITEMS[self.document.root]):
                for child in [child for child in item if _name(child) in _UNREAD]:
                    item.remove(child)
        pruned = etree.tostring(root, encoding="unicode")
        return Document(text=pruned, root=self.document.root, entities=self.document.entities)


def mark_items(document: Document, headers: Mapping[str, str], url: str) -> MarkedFeed | None:
    """Return a feed's items with their marks; None where it is no XML feed, or has no items that are told apart."""
    name = _ITEMS.get(document.root, "")
    items = list(islice(_found(document.text, name), MAX_ENTRIES + 1)) if name else []
    if not items or items[-1][1] < 0 or len(items) > MAX_ENTRIES:
        return None
    around = _around(document.text, items)
    if len(around) > _MAX_AROUND or "<?" in around:
        return None
    said = (_READER, url, headers.get("content-language", ""), repr(document.entities), _lasting(around))
    salt = sha256("\0".join(said).encode(errors="replace")).digest()
    marks = [_mark(document.text[begin:end], salt) for begin, end in items]
    return MarkedFeed(document=document, items=items, marks=marks)


def _found(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where each item begins and ends; an end of -1 comes last, where the items cannot be told apart."""
    start, end_tag = f"<{name}", f"</{name}>"
    begin = _start(text, start, 0, len(text))
    while begin >= 0:
        end = _outside(text, end_tag, begin, len(text))
        if end < 0 or _start(text, start, begin + 1, end) >= 0:
            yield begin, -1
            return
        yield begin, end + len(end_tag)
        begin = _start(text, start, end, len(text))


def _start(text: str, tag: str, position: int, limit: int) -> int:
    """Return where the next start tag stands outside comments and CDATA, or -1; "<items>" is none of "<item"."""
    found = _outside(text, tag, position, limit)
    while found >= 0 and text[found + len(tag) : found + len(tag) + 1] not in {">", " ", "\n", "\t", "\r", "/"}:
        found = _outside(text, tag, found + 1, limit)
    return found


def _outside(text: str, wanted: str, position: int, limit: int) -> int:
    """Return where a text stands next outside comments and CDATA, before `limit`; or -1."""
    found = text.find(wanted, position, limit)
    while found >= 0:
        if _is_in_sight(text, position, found):
            return found
        position = _hidden_until(text, position, found)
        if position <= found:
            return found
        found = text.find(wanted, position, limit)
    return -1


def _is_in_sight(text: str, position: int, found: int) -> bool:
    """Tell whether it is plain that no comment or CDATA section from `position` on goes on at `found`.

    Without comments before it, the first end behind the last beginning ends the last CDATA section.
    """
    if text.find("<!--", position, found) >= 0:
        return False
    begin = text.rfind("<![CDATA[", position, found)
    return begin < 0 or text.find("]]>", begin, found) >= 0


def _hidden_until(text: str, position: int, limit: int) -> int:
    """Return where the last comment or CDATA section ends that begins from `position` up to `limit`."""
    while found := _HIDING.search(text, position, limit):
        end = text.find(_SHOWING[found.group()], found.end())
        if end < 0:
            return len(text)
        position = end + 3
    return position


def _edges(text: str, items: Sequence[tuple[int, int]]) -> list[int]:
    """Return where what is around the items, and each of them, begins and ends, by turns."""
    return [0, *(edge for item in items for edge in item), len(text)]


def _around(text: str, items: Sequence[tuple[int, int]]) -> str:
    """Return the document's text before, between and after its items."""
    return "".join(text[begin:end] for begin, end in list(pairwise(_edges(text, items)))[::2])


def _lasting(around: str) -> str:
    return _PASSING.sub("", _without_spans(_without_spans(around, "<!--", "-->"), "<items", "</items>"))


def _without_spans(text: str, begin: str, end: str) -> str:
    kept, position = [], 0
    while (start := text.find(begin, position)) >= 0 and (stop := text.find(end, start)) >= 0:
        kept.append(text[position:start])
        position = stop + len(end)
    return "".join(kept) + text[position:]


def _mark(item: str, salt: bytes) -> str:
    counter = item.find("<slash:comments")
    written = item if counter < 0 else item[:counter] + _COUNTER.sub("", item[counter:])
    return sha256(salt + written.encode(errors="surrogatepass")).hexdigest()[: 2 * _BYTES]


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in parent if _name(child) == name)


def _name(element: etree._Element) -> str:
    """Return an element's local name in lower case; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
