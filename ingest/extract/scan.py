"""One pass over a page's tree: how much prose and how much noise each element holds (pure).

The value of an element is its prose less its noise, so that the best element is the tightest one around the article:
maximum subsequence segmentation (Pasternack and Roth, "Extracting article text from the web with maximum subsequence
segmentation", WWW 2009) over the tree instead of the token stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from ingest.extract.furniture import mark_boxes, mark_furniture, mark_ruled
from ingest.extract.ruled import NOTHING, Ruled
from ingest.extract.tree import Element
from ingest.extract.vocabulary import BLOCKS, HEADINGS, SKIPPED

#: A line of prose has at least this weight (characters; an ideograph counts three).
PROSE = 70
#: ... and at most this share of it in links.
LINK_SHARE = 0.5
#: Furniture that is known goes anyway, so that it weighs little against the element around it.
KNOWN_NOISE = 0.4
_SENTENCE = re.compile(r"[.!?…。！？।؟:;,、，]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


class Node:
    """What one element holds; filled in document order, then summed from the leaves up."""

    __slots__ = (
        "bad",
        "block",
        "element",
        "furniture",
        "good",
        "in_link",
        "links",
        "parent",
        "sentence",
        "skipped",
        "tag",
        "text",
        "weight",
    )

    def __init__(self, element: Element, parent: Node | None) -> None:
        tag = element.tag
        self.element = element
        self.parent = parent
        self.tag: str = tag if isinstance(tag, str) else ""
        self.block = self.tag in BLOCKS or parent is None or ("-" in self.tag and _wraps_blocks(element))
        self.skipped = self.tag in SKIPPED or not self.tag
        self.in_link: bool = self.tag == "a" or (parent is not None and parent.in_link)
        self.furniture: str | None = None
        #: Direct text of a block, with that of its inline children.
        self.weight = 0
        self.links = 0
        self.sentence = False
        #: Sums over the whole subtree.
        self.text = 0
        self.good = 0.0
        self.bad = 0.0

    @property
    def prose(self) -> bool:
        """Whether the block's own line reads like prose."""
        return self.weight - self.links >= PROSE and self.sentence and self.links <= self.weight * LINK_SHARE


def _wraps_blocks(element: Element) -> bool:
    """Tell a custom element that lays out the page from one that marks up a word."""
    return next(element.iterdescendants("p", "div", "section", "article", "h1", "h2", "figure"), None) is not None


class Scan:
    """All nodes of a page, by element, in document order.

    `host` is the page's own; `witnessed` tells the elements whose text another copy of the article holds; without
    `by_name` no element is furniture for what it is called; `ruled` has what the partner's rules keep and drop.
    """

    def __init__(
        self,
        root: Element,
        *,
        host: str = "",
        witnessed: Callable[[Element], bool] | None = None,
        by_name: bool = True,
        ruled: Ruled = NOTHING,
    ) -> None:
        self.ruled = ruled
        self.nodes: dict[Element, Node] = {}
        _read(root, self.nodes)
        self._order = list(self.nodes.values())
        self._host = host
        self._sum(witnessed)
        self.total = self.nodes[root].good
        if by_name:
            mark_furniture(self._order, self.total)
        mark_boxes(self._order, self.total, host)
        if ruled.keep or ruled.drop:
            mark_ruled(self._order, keep=ruled.keep, drop=ruled.drop)
        self._sum(witnessed)

    def __iter__(self) -> Iterator[Node]:
        return iter(self._order)

    def prose(self, element: Element) -> float:
        """Return how many characters of prose an element holds; none where no reader sees it."""
        node = self.nodes.get(element)
        return node.good if node is not None else 0.0

    def is_block(self, element: Element) -> bool:
        """Tell whether an element ends a line of running text."""
        node = self.nodes.get(element)
        return node is not None and node.block

    def is_furniture(self, element: Element) -> bool:
        """Tell whether an element is furniture, or unseen."""
        node = self.nodes.get(element)
        return node is None or node.furniture is not None

    def _sum(self, witnessed: Callable[[Element], bool] | None) -> None:
        for node in self._order:
            node.good = node.bad = 0.0
            node.text = node.weight
        _judge_lines(self._order, witnessed)
        for node in reversed(self._order):
            if node.parent is not None:
                node.parent.good += node.good
                node.parent.bad += node.bad
                node.parent.text += node.text


def _read(root: Element, nodes: dict[Element, Node]) -> None:
    """Fill the nodes in document order; what no reader sees as prose gets none below its own element."""
    owners: dict[Element, Node] = {}
    for element in root.iter(etree.Element):
        parent = element.getparent() if element is not root else None
        above = nodes.get(parent) if parent is not None else None
        if above is None and element is not root:
            continue
        if above is not None and above.skipped:
            continue
        node = nodes[element] = Node(element, above)
        owner = owners[element] = node if node.block else owners[parent]
        if element.text and not node.skipped:
            _add(owner, element.text, in_link=node.in_link)
        if element.tail and above is not None:
            _add(owners[parent], element.tail, in_link=above.in_link)


def _add(owner: Node, text: str, *, in_link: bool) -> None:
    words = text.strip()
    if not words:
        return
    weight = weigh(words)
    owner.weight += weight
    if in_link:
        owner.links += weight
    elif not owner.sentence and _SENTENCE.search(words):
        owner.sentence = True


def weigh(text: str) -> int:
    """Return a text's length in characters, ideographs and the like counted three times."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def _judge_lines(order: list[Node], witnessed: Callable[[Element], bool] | None) -> None:
    for node in order:
        if not node.weight or node.skipped:
            continue
        good, bad = _judge(node)
        if node.furniture:
            good, bad = 0.0, (bad + good * 0.5) * KNOWN_NOISE
        elif witnessed is not None and good and witnessed(node.element):
            good *= 3
        node.good += good
        node.bad += bad


def _judge(node: Node) -> tuple[float, float]:
    """Return (prose, noise) of one line."""
    plain = node.weight - node.links
    if node.prose:
        if node.tag == "li" and node.links > 0.12 * node.weight:
            return 0.0, plain * 0.3
        return float(plain), 0.0
    if node.tag == "p" and plain >= node.links:
        return plain * 0.4, 0.0
    if node.tag in HEADINGS or node.tag in ("figcaption", "caption", "td", "th", "pre", "blockquote"):
        return 0.0, node.links * 0.5
    return 0.0, min(float(node.weight), 200.0) * 0.5 + node.links * 0.5
