"""Our feeds' items, whatever form they come in: what an audit looks at in each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from publish.site import layout

#: What a folder's feeds are called, the site's and each collection's.
FEED_FILES = (layout.RSS, layout.ATOM, layout.JSON_FEED)

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """One item of one of our feeds."""

    identity: str
    content: str = ""
    summary: str = ""
    #: The names that it credits, in order.
    names: tuple[str, ...] = ()


def feed_items(file: Path) -> list[FeedItem]:
    """Return the items of a feed's file in order; raises OSError and ValueError where it cannot be read."""
    if file.suffix == ".json":
        return [_from_json(item) for item in json.loads(file.read_bytes())["items"]]
    try:
        root = etree.parse(file, parser=etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    return [_from_xml(item) for item in root.findall("channel/item") or root.findall(f"{_ATOM}entry")]


def _from_xml(item: etree._Element) -> FeedItem:
    return FeedItem(
        identity=item.findtext("guid") or item.findtext(f"{_ATOM}id") or "",
        content=item.findtext(_CONTENT) or item.findtext(f"{_ATOM}content") or "",
        summary=item.findtext("description") or item.findtext(f"{_ATOM}summary") or "",
        names=tuple(_names(item)),
    )


def _names(item: etree._Element) -> Iterator[str]:
    for path in (f"{_DC}creator", f"{_ATOM}author/{_ATOM}name"):
        yield from (node.text or "" for node in item.findall(path))


def _from_json(item: dict[str, Any]) -> FeedItem:
    return FeedItem(
        identity=item["id"],
        content=item["content_html"],
        summary=item.get("summary", ""),
        names=tuple(author["name"] for author in item.get("authors", ())),
    )
