"""The items of a plain RSS feed, in the dictionaries that feedparser makes of them, for a fifth of the work (pure).

Most feeds are RSS whose items hold a handful of well-known elements with nothing but text in them. Those are read
here from a tree. Where anything else stands in a feed's items, or before them, whatever it is, the whole feed is left
to feedparser's handlers: `tests/ingest/feed/test_plain_rss.py` holds the two against each other, field for field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ingest.feed.plain_element import KNOWN
from ingest.feed.xml_handlers import MAX_ENTRIES

#: Far from the bounds of xml_handlers, so that neither way takes what the other refuses.
_MAX_SIGNS: Final = 50_000

#: Bytes of Windows' sets that were declared as something else, which feedparser maps.
_CP1252: Final = re.compile("[\x80-\x9f]|&#0*(?:12[89]|1[345][0-9]);|&#[xX]0*[89][0-9a-fA-F];")

_DECLARED: Final = re.compile(r"""xmlns:([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

#: With one of these for its prefix, an unknown element could pass for a field.
_RESERVED: Final = frozenset({*KNOWN.values(), "title", "summary", "skip", "date"}) - {""}


@dataclass(frozen=True, kw_only=True)
class PlainChannel:
    """A channel's parts."""

    block: etree._Element
    #: What stands before the items, comments left out.
    head: Sequence[etree._Element]
    items: Sequence[etree._Element]


def plain_channel(text: str, root: etree._Element) -> PlainChannel | None:
    """Return the parts of a document in RSS; None where it is none, or its frame is unusual."""
    if root.tag != "rss" or set(root.attrib) - {"version"} or not _is_usual(text):
        return None
    blocks = [child for child in root if isinstance(child.tag, str)]
    if len(blocks) != 1 or blocks[0].tag != "channel" or blocks[0].attrib:
        return None
    children = [child for child in blocks[0] if isinstance(child.tag, str)]
    first = next((n for n, child in enumerate(children) if child.tag == "item"), len(children))
    # What stands behind an item may not mean what it means before one.
    items = children[first:]
    usual = len(items) <= MAX_ENTRIES and all(item.tag == "item" and not item.attrib for item in items)
    return PlainChannel(block=blocks[0], head=children[:first], items=items) if usual else None


def _is_usual(text: str) -> bool:
    if text.count("<") > _MAX_SIGNS or _CP1252.search(text):
        return False
    declared = ((prefix.lower(), (double or single).lower()) for prefix, double, single in _DECLARED.findall(text))
    return all(prefix not in _RESERVED or KNOWN.get(uri) == prefix for prefix, uri in declared)
