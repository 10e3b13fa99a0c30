"""A page as a reader gets it: its words, and what of it can be seen (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import html as lxml_html
from lxml.html import HtmlElement

from ingest.printable import printable

#: A code of `finding.CODES`, and the evidence.
Fault: TypeAlias = tuple[str, str]

#: The class of an article within somebody else's page.
GUEST = "reprint-story"

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = frozenset({"template", "noscript", "script", "style", "head"})
_SHOWN = 160


def read_page(content: bytes) -> HtmlElement:
    """Return the page's tree; raises ValueError or lxml's errors where there is none."""
    return lxml_html.document_fromstring(content, parser=lxml_html.HTMLParser(encoding="utf-8"))


def words(text: str) -> str:
    """Return the text with each run of white space made one space."""
    return re.sub(r"\s+", " ", printable(text)).strip()


def squeezed(text: str) -> str:
    """Return the text without any white space: two texts of the same words are equal in it."""
    return re.sub(r"\s+", "", printable(text))


def text_of(node: HtmlElement) -> str:
    """Return a node's words as one line."""
    return words(str(node.text_content()))


def is_hidden(node: HtmlElement) -> bool:
    """Tell whether a node, or one around it, is kept from the reader's eye."""
    return any(
        part.tag in _UNSEEN or part.get("hidden") is not None or _HIDING.search(part.get("style") or "")
        for part in (node, *node.iterancestors())
    )


def hrefs(node: HtmlElement) -> set[str]:
    """Return where the links within a node lead."""
    return {str(href) for href in node.xpath(".//a/@href")}


def story_of(page: HtmlElement) -> HtmlElement:
    """Return the part of the page that is the article; the whole page where none is marked."""
    found = page.find_class(GUEST) or page.find_class("story")
    return found[0] if found else page


def is_guest(page: HtmlElement) -> bool:
    """Tell whether the article stands within a page that is not of our making, such as a WordPress theme's."""
    return bool(page.find_class(GUEST))


def made_by_us(page: HtmlElement) -> HtmlElement:
    """Return what of the page is of our making: all of it, or the article alone."""
    return story_of(page) if is_guest(page) else page


def body_of(page: HtmlElement) -> HtmlElement | None:
    """Return the part that holds the partner's text; None where there is none."""
    found = made_by_us(page).find_class("body")
    bodies = [node for node in found if node.tag != "body"]
    return bodies[0] if bodies else None


def order(page: HtmlElement, *nodes: HtmlElement) -> list[int]:
    """Return each node's place in the document's order."""
    places = {node: place for place, node in enumerate(page.iter())}
    return [places[node] for node in nodes]


def cut(text: str) -> str:
    """Return the text as evidence may show it: short."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + " …"


def first_difference(expected: str, found: str) -> str:
    """Return what was expected and what was found where two texts part."""
    at = next((i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), None)
    at = min(len(expected), len(found)) if at is None else at
    start = max(0, at - 20)
    return f"expected “{expected[start : at + 60] or '(the end)'}”, found “{found[start : at + 60] or '(the end)'}”"


def differing_words(was: str, now: str) -> str:
    """Return the words around the place where two texts part, white space apart, for a person to read (pure)."""
    squeezed_was, squeezed_now = squeezed(was), squeezed(now)
    pairs = enumerate(zip(squeezed_was, squeezed_now, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(squeezed_was), len(squeezed_now)))
    return f"we have “{_words_around(was, at)}”, there stands “{_words_around(now, at)}”"


def _words_around(text: str, at: int) -> str:
    """Return some words before and after the character that is number `at`, white space not counted."""
    parts, seen = words(text).split(" "), 0
    for number, part in enumerate(parts):
        seen += len(part)
        if seen > at:
            return cut(" ".join(parts[max(0, number - 4) : number + 8]))
    return cut(" ".join([*parts[-4:], "(the end)"]))


def missing(expected: Iterator[str], text: str) -> Iterator[str]:
    """Yield those of the expected texts whose words do not stand in a text."""
    whole = squeezed(text)
    yield from (one for one in expected if squeezed(one) and squeezed(one) not in whole)
