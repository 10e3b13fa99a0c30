"""Elements and documents of XML feeds: only text that XML may hold gets in (pure)."""

from __future__ import annotations

from lxml import etree

from ingest.printable import printable

ATOM = "http://www.w3.org/2005/Atom"


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Append an element with its text and attributes, and return it."""
    element = etree.SubElement(parent, tag, {name: printable(value) for name, value in attributes.items()})
    if text:
        element.text = printable(text)
    return element


def add_link(parent: etree._Element, href: str, *, rel: str, kind: str = "") -> None:
    """Append an `atom:link` (RFC 4287, section 4.2.7)."""
    named = {"type": kind} if kind else {}
    add(parent, f"{{{ATOM}}}link", rel=rel, href=href, **named)


def document(root: etree._Element) -> bytes:
    """Return the document as UTF-8, indented, with its declaration."""
    etree.indent(root)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made + b"\n"
