"""A plain channel's own elements to the fields that feedparser would make of them (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from ingest.feed.plain_element import UnusualError, attributes_of, element_name, leaf, text_of
from ingest.feed.plain_items import Item, joined, put, put_title

_ATOM_LINK: Final = "{http://www.w3.org/2005/Atom}link"

#: Elements without effect on any field that is read of a feed.
_UNREAD: Final = frozenset(
    {"description", "copyright", "generator", "docs", "managingeditor", "webmaster", "lastbuilddate", "pubdate"}
    | {"category", "cloud", "rating", "dc_date", "dc_rights", "dc_publisher", "slash_comments"}
)
_TEXTS: Final = frozenset({"ttl", "language", "sy_updateperiod", "sy_updatefrequency"})
_LOGO: Final = frozenset({"title", "url", "link", "width", "height", "description"})
_SKIPS: Final = {"skiphours": ("hour", "skip_hours", 24), "skipdays": ("day", "skip_days", 7)}


def plain_head(elements: Iterable[etree._Element], *, base: str, language: str | None) -> dict[str, Any] | None:
    """Return the fields that the handlers would leave of a channel's own elements; None where one is unusual."""
    raw: Item = {}
    try:
        for element in elements:
            _take(raw, element, base)
    except UnusualError:
        return None
    return {"language": language.replace("_", "-"), **raw} if language else raw


def _take(raw: Item, element: etree._Element, base: str) -> None:
    if element.tag == _ATOM_LINK:
        _put_atom_link(raw, element, base)
        return
    name = element_name(element)
    if name in _UNREAD:
        text_of(element)
    elif name in _TEXTS:
        put(raw, name, text_of(element))
    elif name == "title":
        put_title(raw, text_of(element))
    elif name == "link":
        _put_link(raw, text_of(element), base)
    elif name in _SKIPS:
        _put_skips(raw, element, *_SKIPS[name])
    elif name == "image":
        _pass_logo(element)
    else:
        raise UnusualError


def _put_link(raw: Item, url: str, base: str) -> None:
    # feedparser mends addresses of a feed otherwise than those of its items.
    if "&" in url or not url:
        raise UnusualError
    url = joined(base, url)
    put(raw, "link", url)
    raw.setdefault("links", []).append({"rel": "alternate", "type": "text/html", "href": url})


def _put_atom_link(raw: Item, element: etree._Element, base: str) -> None:
    said = attributes_of(element)
    if said.get("rel") not in {"self", "hub"} or not said.get("href") or {"url", "uri"} & said.keys():
        raise UnusualError
    raw.setdefault("links", []).append(said | {"href": joined(base, said["href"])})


def _put_skips(raw: Item, element: etree._Element, child_name: str, field: str, most: int) -> None:
    if element.attrib or any(not isinstance(child.tag, str) or child.tag.lower() != child_name for child in element):
        raise UnusualError
    put(raw, field, [text_of(child) for child in element][:most])


def _pass_logo(element: etree._Element) -> None:
    if element.attrib or any(not isinstance(child.tag, str) or child.tag not in _LOGO for child in element):
        raise UnusualError
    for child in element:
        leaf(child)
