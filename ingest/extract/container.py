"""Which element of a page holds the article (pure)."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.scan import Node, Scan, names_of
from ingest.extract.tree import Element
from ingest.extract.vocabulary import is_content_name

#: Less prose than this, in characters, is no article.
MIN_PROSE = 80
_CANDIDATES = frozenset(
    {"body", "div", "article", "section", "main", "td", "table", "center", "span", "form", "blockquote"}
)


def find_container(scan: Scan) -> Element | None:
    """Return the element that holds the article, or None where nothing reads like one."""
    best: Node | None = None
    best_value = 0.0
    for node in _candidates(scan):
        value = (node.good - node.bad) * _trust(node)
        if best is None or value >= best_value:
            best, best_value = node, value
    return best.element if best is not None else None


def _candidates(scan: Scan) -> Iterator[Node]:
    for node in scan:
        if node.good >= MIN_PROSE and node.tag in _CANDIDATES and not node.furniture and not node.skipped:
            yield node


def _trust(node: Node) -> float:
    """Return how far the element's own naming speaks for it."""
    element = node.element
    if "articleBody" in (element.get("itemprop") or ""):
        return 1.5
    if node.tag == "article":
        return 1.15
    names = names_of(element)
    if names and is_content_name(names):
        return 1.2
    return 1.0
