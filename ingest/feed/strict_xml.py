"""Well-formed XML to a tree, by a parser that unfolds no entity and opens no file or connection (pure)."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ingest.feed.prolog import Document, without_forbidden
from ingest.feed.references import entity_head, with_sound_references

#: A tree costs up to 200 bytes for each tag and attribute; documents with more of either are left to parsers that
#: stop on the way.
_MAX_SIGNS: Final = 200_000

#: Safe to share between threads, which then wait for each other.
_PARSER: Final = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    strip_cdata=False,
)


def read_tree(document: Document) -> etree._Element | None:
    """Return the root of a document that is well-formed, or is but for its references.

    None where it is neither, or holds too much to be kept as a tree. CDATA sections stay what they are.
    """
    text = document.text
    root = read_sound_tree(text)
    if root is not None or _is_large(text):
        return root
    mended = with_sound_references(without_forbidden(text), document.entities)
    try:
        return etree.fromstring((entity_head(mended, document.entities) + mended).encode(), _PARSER)
    except etree.XMLSyntaxError:
        return None


def read_sound_tree(text: str) -> etree._Element | None:
    """Return the root of a text that is well-formed XML as it stands; None where it is not, or holds too much."""
    if _is_large(text):
        return None
    try:
        return etree.fromstring(text.encode(), _PARSER)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return None


def _is_large(text: str) -> bool:
    return text.count("<") > _MAX_SIGNS or text.count("=") > _MAX_SIGNS
