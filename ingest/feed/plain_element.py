"""One element of a plain feed: its name, text and attributes as feedparser knows them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from ingest.feed.xml_handlers import StrictHandler

#: feedparser's short name of each namespace that it knows.
KNOWN: Final[Mapping[str, str]] = {uri.lower(): prefix for uri, prefix in StrictHandler.namespaces.items()}

#: What their attributes say holds for all within an element.
_SCOPING: Final = ("xml", "base", "lang")

#: Short names by lxml's, of what is read; bounded, as a hostile feed may spell a namespace in many ways.
_NAMES: Final[dict[str, str]] = {}
_MOST_NAMES: Final = 500
_LONGEST_NAME: Final = 100


class UnusualError(Exception):
    """The feed holds something that only the handlers know what to make of."""


def element_name(element: etree._Element) -> str:
    """Return an element's name as feedparser knows it: a short prefix and the local name.

    Raises UnusualError for comments and instructions, and where the name could be taken for another's.
    """
    tag = element.tag
    if not isinstance(tag, str):
        raise UnusualError
    return _NAMES.get(tag) or _name(element, tag)


def _name(element: etree._Element, tag: str) -> str:
    uri, _, local = tag.rpartition("}")
    prefix = KNOWN.get(uri[1:].lower()) if uri else ""
    local = local.lower()
    if uri and not prefix:
        # Of a namespace that nothing is read from; those of RSS and Atom themselves have no prefix at all.
        if prefix is not None or not (element.prefix or local == "post-id") or local in {"svg", "math"}:
            raise UnusualError
        return "slash_comments"
    name = f"{prefix}_{local}" if prefix else local
    if len(_NAMES) < _MOST_NAMES and len(tag) < _LONGEST_NAME:
        _NAMES[tag] = name
    return name


def leaf(element: etree._Element) -> None:
    """Raise UnusualError for an element that holds others, or brings a language or an address for its links."""
    if len(element):
        raise UnusualError
    unscoped(element)


def unscoped(element: etree._Element) -> None:
    """Raise UnusualError for an element that brings a language, or an address for its links."""
    if any(key[0] == "{" or key.lower().startswith(_SCOPING) for key in element.attrib):
        raise UnusualError


def text_of(element: etree._Element) -> str:
    """Return the text of an element that has nothing else; raises UnusualError where it has."""
    if len(element) or element.attrib:
        raise UnusualError
    return (element.text or "").strip()


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Return an empty element's attributes, named and valued as feedparser does."""
    leaf(element)
    if element.text and element.text.strip():
        raise UnusualError
    return said_of(element)


def said_of(element: etree._Element) -> dict[str, str]:
    """Return an element's attributes, named and valued as feedparser does."""
    pairs = ((key.lower(), value) for key, value in element.attrib.items())
    return {key: value.lower() if key in {"rel", "type"} else value for key, value in pairs}
