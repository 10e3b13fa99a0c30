"""A plain item's elements to the fields that feedparser would make of them (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from feedparser.urls import _urljoin
from feedparser.util import FeedParserDict
from lxml import etree

from ingest.feed.xml_handlers import StrictHandler

Item = dict[str, Any]

#: feedparser's short name of each namespace that it knows.
KNOWN: Final[Mapping[str, str]] = {uri.lower(): prefix for uri, prefix in StrictHandler.namespaces.items()}
#: Elements without effect on any field, and whose text nothing is read from.
_UNREAD: Final = frozenset(
    {"comments", "slash_comments", "wfw_comment", "wfw_commentrss", "slash_section", "slash_department"}
    | {"slash_hit_parade", "thr_total", "itunes_duration", "itunes_episode", "itunes_season", "itunes_episodetype"}
    | {
        "media_credit",
        "media_description",
        "media_copyright",
        "media_text",
        "dc_identifier",
        "dc_type",
        "dc_format",
        "dc_publisher",
    }
    | {"dcterms_alternative"}
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

#: What their attributes say holds for all within an element.
_SCOPING: Final = ("xml", "base", "lang")
_MEDIA: Final = tuple(f"{{{uri}}}" for uri, prefix in StrictHandler.namespaces.items() if prefix == "media")

#: Short names by lxml's, of what is read; bounded, as a hostile feed may spell a namespace in many ways.
_NAMES: Final[dict[str, str]] = {}
_MOST_NAMES: Final = 500

_SHOUTING: Final = re.compile(r"&([A-Za-z0-9_]+);")


class _UnusualError(Exception):
    """The feed holds something that only the handlers know what to make of."""


def plain_items(items: Sequence[etree._Element], base: str) -> list[Item] | None:
    """Return each item as feedparser's handlers would leave it, as far as anything is read from it; or None."""
    try:
        return [_item(item, base) for item in items]
    except _UnusualError:
        return None


def _item(item: etree._Element, base: str) -> Item:
    raw: Item = {"base": base}
    for element in item:
        _take(raw, element)
    del raw["base"]
    return raw


def _take(raw: Item, element: etree._Element) -> None:
    tag = element.tag
    if not isinstance(tag, str):
        # A comment, or an instruction.
        return
    name = _NAMES.get(tag) or _name(element, tag)
    if name in _UNREAD:
        _leaf(element)
    elif name in _TEXTS:
        _put(raw, _TEXTS[name], _text(element))
    else:
        reader = _READERS.get(name)
        if reader is None:
            raise _UnusualError
        reader(raw, element)


def _name(element: etree._Element, tag: str) -> str:
    """Return an element's name as feedparser knows it: a short prefix and the local name."""
    uri, _, local = tag.rpartition("}")
    prefix = KNOWN.get(uri[1:].lower()) if uri else ""
    local = local.lower()
    if uri and not prefix:
        # Of a namespace that nothing is read from; those of RSS and Atom themselves have no prefix at all.
        if prefix is not None or not (element.prefix or local == "post-id") or local in {"svg", "math"}:
            raise _UnusualError
        return "slash_comments"
    name = f"{prefix}_{local}" if prefix else local
    if len(_NAMES) < _MOST_NAMES and (name in _UNREAD or name in _TEXTS or name in _READERS):
        _NAMES[tag] = name
    return name


def _leaf(element: etree._Element) -> None:
    """Refuse an element that holds others, or brings a language or an address for its links."""
    if len(element) or any(key[0] == "{" or key.lower().startswith(_SCOPING) for key in element.attrib):
        raise _UnusualError


def _text(element: etree._Element) -> str:
    """Return the text of an element that has nothing else."""
    if len(element) or element.attrib:
        raise _UnusualError
    return (element.text or "").strip()


def _attributes(element: etree._Element) -> dict[str, str]:
    """Return an empty element's attributes, named and valued as feedparser does."""
    _leaf(element)
    if element.text and element.text.strip():
        raise _UnusualError
    pairs = ((key.lower(), value) for key, value in element.attrib.items())
    return {key: value.lower() if key in {"rel", "type"} else value for key, value in pairs}


def _put(raw: Item, field: str, value: object) -> None:
    if field in raw:
        raise _UnusualError
    raw[field] = value


def _title(raw: Item, element: etree._Element) -> None:
    title = _text(element)
    _put(raw, "title", title)
    kind = "text/html" if StrictHandler.looks_like_html(title) else "text/plain"
    raw["title_detail"] = {"type": kind}


def _link(raw: Item, element: etree._Element) -> None:
    url = _text(element)
    url = _urljoin(raw["base"], url) if url else ""
    url = _SHOUTING.sub(r"&\g<1>", url.replace("&amp;", "&"))
    _put(raw, "link", url)
    own = {"rel": "alternate", "type": "text/html"}
    raw.setdefault("links", []).append(own | {"href": url} if url else own)


def _guid(raw: Item, element: etree._Element) -> None:
    _leaf(element)
    said = {key.lower(): value for key, value in element.attrib.items()}
    _put(raw, "permalink", said.get("ispermalink", "").lower())
    raw["id"] = (element.text or "").strip()


def _author(raw: Item, element: etree._Element) -> None:
    name = _text(element)
    raw.setdefault("authors", []).append({"raw": name} if name else {})


def _category(raw: Item, element: etree._Element) -> None:
    _leaf(element)
    if {key.lower() for key in element.attrib} - {"domain"}:
        raise _UnusualError
    term = (element.text or "").strip()
    if term:
        raw.setdefault("tags", []).append({"term": term})


def _description(raw: Item, element: etree._Element) -> None:
    _put(raw, "summary", _text(element))
    raw["summary_detail"] = {"type": "text/html"}


def _content(raw: Item, element: etree._Element) -> None:
    part = {"type": "text/html", "base": raw["base"], "value": _text(element)}
    raw.setdefault("content", []).append(part)


def _enclosure(raw: Item, element: etree._Element) -> None:
    said = _attributes(element)
    # In feedparser's order; an empty one of these hides the others.
    address = next((said[name] for name in ("url", "uri", "href") if name in said), None)
    if address:
        said = {name: value for name, value in said.items() if name not in {"url", "uri"}} | {"href": address}
    raw.setdefault("links", []).append(FeedParserDict(said, rel="enclosure"))


def _source(raw: Item, element: etree._Element) -> None:
    _leaf(element)
    said = {key.lower(): value for key, value in element.attrib.items()}
    title = (element.text or "").strip()
    source = {"href": said["url"]} if "url" in said else {}
    _put(raw, "source", source | {"title": title} if title else source)


def _media(raw: Item, element: etree._Element) -> None:
    """Take the pictures of a group, or of one medium."""
    name = _NAMES.get(element.tag) or _name(element, str(element.tag))
    if any(key[0] == "{" or key.lower().startswith(_SCOPING) for key in element.attrib):
        raise _UnusualError
    if name == "media_content":
        pairs = ((key.lower(), value) for key, value in element.attrib.items())
        said = {key: value.lower() if key in {"rel", "type"} else value for key, value in pairs}
        raw.setdefault("media_content", []).append(said)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and not tag.startswith(_MEDIA):
            raise _UnusualError
        _take(raw, child)


def _media_title(raw: Item, element: etree._Element) -> None:
    # It counts for nothing beside the item's own, whose type it would change behind a source.
    if not raw.get("title") or "source" in raw:
        raise _UnusualError
    _leaf(element)


def _thumbnail(raw: Item, element: etree._Element) -> None:
    raw.setdefault("media_thumbnail", []).append(_attributes(element))


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
