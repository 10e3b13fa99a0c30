"""Which element of a page holds the article (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.furniture import names_of
from ingest.extract.lines import flat
from ingest.extract.scan import Node, Scan
from ingest.extract.tree import Element
from ingest.extract.vocabulary import is_content_name

#: Less prose than this, in characters, is no article.
MIN_PROSE = 80
#: Prose of an article that stands beside another on an endless page.
_WHOLE_ARTICLE = 400
_CANDIDATES = frozenset(
    {"body", "div", "article", "section", "main", "td", "table", "center", "span", "form", "blockquote"}
)


def find_container(scan: Scan, *, headlines: Sequence[str] = ()) -> Element | None:
    """Return the element that holds the article, or None where nothing reads like one.

    `headlines` are the wordings that the page's metadata gives; they tell the article from the next one below it.
    """
    best = _best(_candidates(scan))
    if best is None:
        return None
    rivals = _rivals(scan, best)
    if len(rivals) < 2:
        return best.element
    own = _titled(rivals, {flat(headline) for headline in headlines if headline}) or rivals[0]
    inner = _best(node for node in _candidates(scan) if own in node.element.iterancestors() or node.element is own)
    return inner.element if inner is not None else own


def _best(candidates: Iterable[Node]) -> Node | None:
    best: Node | None = None
    best_value = 0.0
    for node in candidates:
        value = (node.good - node.bad) * _trust(node)
        if best is None or value >= best_value:
            best, best_value = node, value
    return best


def _rivals(scan: Scan, best: Node) -> list[Element]:
    """Return the whole articles, each with a first headline and prose of its own, that the best element holds."""
    found: list[Element] = []
    for element in best.element.iter("article"):
        if scan.nodes[element].good >= _WHOLE_ARTICLE and next(element.iter("h1"), None) is not None:
            if element is best.element or not any(other in element.iterancestors() for other in found):
                found.append(element)
    return [element for element in found if element is not best.element]


def _titled(articles: Sequence[Element], headlines: set[str]) -> Element | None:
    for article in articles:
        if any(flat("".join(h.itertext())) in headlines for h in article.iter("h1")):
            return article
    return None


def _candidates(scan: Scan) -> Iterator[Node]:
    for node in scan:
        if node.good >= MIN_PROSE and (node.tag in _CANDIDATES or "-" in node.tag) and not node.furniture and not node.skipped:
            yield node


def _trust(node: Node) -> float:
    """Return how far the element's own naming speaks for it."""
    element = node.element
    if "articleBody" in (element.get("itemprop") or ""):
        return 3.0
    if node.tag == "article":
        return 1.05
    names = names_of(element)
    if names and is_content_name(names):
        return 1.1
    return 1.0
