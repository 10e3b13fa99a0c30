"""A second opinion from trafilatura, where our own reading finds next to nothing (pure)."""

from __future__ import annotations

import copy

import trafilatura

from ingest.extract.lines import flat
from ingest.extract.tree import Element

_TRIED = 6


def library_container(tree: Element, *, url: str) -> Element | None:
    """Return the element that holds what trafilatura takes for the article, or None where it finds nothing.

    Takes the page's root, which stays unchanged; the library's own markup is not used, only which text it chose.
    """
    document = trafilatura.bare_extraction(
        copy.deepcopy(tree), url=url or None, fast=True, include_comments=False, with_metadata=False
    )
    text = getattr(document, "text", None)
    wanted = [words for line in (text or "").split("\n") if len(words := flat(line)) >= 30][:_TRIED]
    holders = [holder for words in wanted if (holder := _holder(tree, words)) is not None]
    return _common(holders)


def _holder(tree: Element, words: str) -> Element | None:
    """Return the deepest element whose text opens with these words, in comparison form."""
    found: Element | None = None
    for element in tree.iter("p", "div", "td", "section", "article", "li", "span"):
        text = "".join(element.itertext())
        if len(text) < 20_000 and words[:80] in flat(text):
            found = element
    return found


def _common(elements: list[Element]) -> Element | None:
    if not elements:
        return None
    shared = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        line = {element, *element.iterancestors()}
        shared = [e for e in shared if e in line]
    return shared[0] if shared else None
