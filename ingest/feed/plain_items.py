"""A plain item's elements to the fields that feedparser would make of them (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from feedparser.urls import _urljoin
from feedparser.util import FeedParserDict
from lxml import etree

from ingest.feed.plain_element import UnusualError, attributes_of, element_name, leaf, said_of, text_of, unscoped
from ingest.feed.xml_handlers import StrictHandler

Item = dict[str, Any]

#: Elements without effect on any field, and whose text nothing is read from.
_UNREAD: Final = frozenset(
    {"comments", "slash_comments", "wfw_comment", "wfw_commentrss", "slash_section", "slash_department"}
    | {"slash_hit_parade", "thr_total", "itunes_duration", "itunes_episode", "itunes_season", "itunes_episodetype"}
    | {"media_credit", "media_description", "media_copyright", "media_text", "dc_identifier", "dc_type"}
    | {"dc_format", "dc_publisher", "dcterms_alternative"}
)

#: Fields that are an element's text, by the element's name.
_TEXTS: Final[Mapping[str, str]] = {
    "pubdate": "published",
    "dc_date": "dc_date",
    "dc_description": "dc_description",
    "itunes_summary": "itunes_summary",
    "feedburner_origlink": "feedburner_origlink",
    "dc_rights": "rights",
}

_MEDIA: Final = tuple(f"{{{uri}}}" for uri, prefix in StrictHandler.namespaces.items() if prefix == "media")

_SHOUTING: Final = re.compile(r"&([A-Za-z0-9_]+);")


def plain_items(items: Sequence[etree._Element], base: str) -> list[Item] | None:
    """Return each item as feedparser's handlers would leave it, as far as anything is read from it; or None."""
    try:
        return [_item(item, base) for item in items]
    except UnusualError:
        return None


def _item(item: etree._Element, base: str) -> Item:
    raw: Item = {"base": base}
    for element in item:
        _take(raw, element)
    del raw["base"]
    return raw


def _take(raw: Item, element: etree._Element) -> None:
    if not isinstance(element.tag, str):
        # A comment, or an instruction.
        return
    name = element_name(element)
    if name in _UNREAD:
        leaf(element)
    elif name in _TEXTS:
        put(raw, _TEXTS[name], text_of(element))
    else:
        reader = _READERS.get(name)
        if reader is None:
            raise UnusualError
        reader(raw, element)


def put(raw: Item, field: str, value: object) -> None:
    """Keep a field; raises UnusualError where it is there already."""
    if field in raw:
        raise UnusualError
    raw[field] = value


def _title(raw: Item, element: etree._Element) -> None:
    put_title(raw, text_of(element))


def put_title(raw: Item, title: str) -> None:
    """Keep a title, with the type that it looks like."""
    put(raw, "title", title)
    kind = "text/html" if StrictHandler.looks_like_html(title) else "text/plain"
    raw["title_detail"] = {"type": kind}


def _link(raw: Item, element: etree._Element) -> None:
    url = text_of(element)
    url = joined(raw["base"], url) if url else ""
    url = _SHOUTING.sub(r"&\g<1>", url.replace("&amp;", "&"))
    put(raw, "link", url)
    own = {"rel": "alternate", "type": "text/html"}
    raw.setdefault("links", []).append(own | {"href": url} if url else own)


def joined(base: str, url: str) -> str:
    """Return an address as feedparser makes it absolute."""
    return str(_urljoin(base, url))


def _guid(raw: Item, element: etree._Element) -> None:
    leaf(element)
    said = {key.lower(): value for key, value in element.attrib.items()}
    put(raw, "permalink", said.get("ispermalink", "").lower())
    raw["id"] = (element.text or "").strip()


def _author(raw: Item, element: etree._Element) -> None:
    name = text_of(element)
    raw.setdefault("authors", []).append({"raw": name} if name else {})


def _category(raw: Item, element: etree._Element) -> None:
    leaf(element)
    if {key.lower() for key in element.attrib} - {"domain"}:
        raise UnusualError
    term = (element.text or "").strip()
    if term:
        raw.setdefault("tags", []).append({"term": term})


def _description(raw: Item, element: etree._Element) -> None:
    put(raw, "summary", text_of(element))
    raw["summary_detail"] = {"type": "text/html"}


def _content(raw: Item, element: etree._Element) -> None:
    part = {"type": "text/html", "base": raw["base"], "value": text_of(element)}
    raw.setdefault("content", []).append(part)


def _enclosure(raw: Item, element: etree._Element) -> None:
    said = attributes_of(element)
    # In feedparser's order; an empty one of these hides the others.
    address = next((said[name] for name in ("url", "uri", "href") if name in said), None)
    if address:
        said = {name: value for name, value in said.items() if name not in {"url", "uri"}} | {"href": address}
    raw.setdefault("links", []).append(FeedParserDict(said, rel="enclosure"))


def _source(raw: Item, element: etree._Element) -> None:
    leaf(element)
    said = {key.lower(): value for key, value in element.attrib.items()}
    title = (element.text or "").strip()
    source = {"href": said["url"]} if "url" in said else {}
    put(raw, "source", source | {"title": title} if title else source)


def _media(raw: Item, element: etree._Element) -> None:
    """Take the pictures of a group, or of one medium."""
    name = element_name(element)
    unscoped(element)
    if name == "media_content":
        raw.setdefault("media_content", []).append(said_of(element))
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and not tag.startswith(_MEDIA):
            raise UnusualError
        _take(raw, child)


def _media_title(raw: Item, element: etree._Element) -> None:
    # It counts for nothing beside the item's own, whose type it would change behind a source.
    if not raw.get("title") or "source" in raw:
        raise UnusualError
    leaf(element)


def _thumbnail(raw: Item, element: etree._Element) -> None:
    raw.setdefault("media_thumbnail", []).append(attributes_of(element))


_READERS: Final[Mapping[str, Callable[[Item, etree._Element], None]]] = {
    "title": _title,
    "link": _link,
    "guid": _guid,
    "author": _author,
    "dc_creator": _author,
    "category": _category,
    "dc_subject": _category,
    "description": _description,
    "content_encoded": _content,
    "enclosure": _enclosure,
    "source": _source,
    "media_content": _media,
    "media_group": _media,
    "media_thumbnail": _thumbnail,
    "media_title": _media_title,
}
