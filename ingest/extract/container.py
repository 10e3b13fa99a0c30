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
#: Prose of one block of a body that lies in several.
_PART = 150
#: Prose of an article that stands beside another on an endless page.
_WHOLE_ARTICLE = 250
_CANDIDATES = frozenset(
    {"body", "div", "article", "section", "main", "td", "table", "center", "span", "form", "blockquote"}
)


def find_containers(scan: Scan, *, headlines: Sequence[str] = ()) -> tuple[Element, ...]:
    """Return the neighbouring elements that hold the article, one as a rule; none where nothing reads like one.

    A body cut into blocks by advertisements lies in siblings of one name; what stands between them comes with them.
    """
    best = find_container(scan, headlines=headlines)
    parent = best.getparent() if best is not None else None
    if best is None or parent is None or not best.get("class"):
        return () if best is None else (best,)
    siblings = list(parent)
    parts = [i for i, element in enumerate(siblings) if _is_part(scan, element, best)]
    return tuple(e for e in siblings[parts[0] : parts[-1] + 1] if e in scan.nodes)


def _is_part(scan: Scan, element: Element, best: Element) -> bool:
    if element is best:
        return True
    node = scan.nodes.get(element)
    same = element.tag == best.tag and element.get("class") == best.get("class")
    return same and node is not None and node.furniture is None and node.good >= _PART and node.bad <= 0.2 * node.good


def find_container(scan: Scan, *, headlines: Sequence[str] = ()) -> Element | None:
    """Return the element that holds the article, or None where nothing reads like one.

    `headlines` are the wordings that the page's metadata gives; they tell the article from the next one below it.
    """
    best = _best(_candidates(scan))
    if best is None:
        return None
    own = _own_article(_articles(scan, best), {flat(headline) for headline in headlines if headline})
    if own is None:
        return best.element
    inner = _best(
        node for node in _candidates(scan) if own is node.element or own in set(node.element.iterancestors())
    )
    return inner.element if inner is not None else own


def _best(candidates: Iterable[Node]) -> Node | None:
    found = list(candidates)
    marked = sum(node.good for node in found if _is_marked_body(node))
    best: Node | None = None
    best_value = 0.0
    for node in found:
        value = (node.good - node.bad) * _trust(node, marked)
        if best is None or value >= best_value:
            best, best_value = node, value
    return best


def _articles(scan: Scan, best: Node) -> list[Element]:
    """Return the outermost article elements with prose of their own that the best element holds."""
    found: list[Element] = []
    for element in best.element.iterdescendants("article"):
        if scan.prose(element) >= _WHOLE_ARTICLE and not any(a in found for a in element.iterancestors("article")):
            found.append(element)
    return found


def _own_article(articles: Sequence[Element], headlines: set[str]) -> Element | None:
    """Return the one under the page's headline, or under the first h1, where other articles stand beside it."""
    if len(articles) < 2:
        return None
    titled = [article for article in articles if next(article.iter("h1"), None) is not None]
    for article in titled:
        if any(flat("".join(h.itertext())) in headlines for h in article.iter("h1")):
            return article
    return titled[0] if titled else None


def _candidates(scan: Scan) -> Iterator[Node]:
    for node in scan:
        if (
            node.good >= MIN_PROSE
            and (node.tag in _CANDIDATES or "-" in node.tag)
            and not node.furniture
            and not node.skipped
        ):
            yield node


def _trust(node: Node, marked: float) -> float:
    """Return how far the element's own naming speaks for it."""
    element = node.element
    if _is_marked_body(node):
        return 3.0 if node.good > 0.6 * marked else 1.0
    if node.tag == "article":
        return 1.05
    names = names_of(element)
    if names and is_content_name(names):
        return 1.1
    return 1.0


def _is_marked_body(node: Node) -> bool:
    """Tell schema.org's own word for the article's text (https://schema.org/articleBody)."""
    return "articleBody" in (node.element.get("itemprop") or "")
