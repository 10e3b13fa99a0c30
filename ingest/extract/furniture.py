"""Which elements of a page are furniture: by their names, and as boxes around a form or a linked headline (pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, Self
from urllib.parse import urlsplit

from ingest.extract.tree import Element
from ingest.extract.vocabulary import FURNITURE_ROLES, FURNITURE_TAGS, HEADINGS, furniture_reason

#: Why an element is left out that a partner's rules name.
RULE = "partner-rule"
_HIDDEN_STYLE = re.compile(
    r"display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?0(?![.\d])|(?:left|top|text-indent)\s?:\s?-\d{3}",
    re.IGNORECASE,
)
#: Names that content systems also give to the article's own parts; long prose outweighs them.
_WEAK = frozenset(
    [
        "meta",
        "tools",
        "ad",
        "tags",
        "widget",
        "teaser",
        "author",
        "nav",
        "share",
        "dialog",
        "header",
        "newsletter",
        "hidden",
    ]
)
_WEAK_SHARE, _STRONG_SHARE = 0.3, 0.4
#: Reasons that never mean the article, as long as this share of the page's prose stands outside them.
_FIRM = ((frozenset({"comments"}), 0.04), (frozenset({"sidebar", "aside"}), 0.25))
_REST = 300
#: A box around a form or a linked headline holds no more text than this.
_BOX_TEXT = 600
#: A shorter line is a label, no headline.
_HEADLINE = 12
_NEVER = frozenset({"html", "body", "main"})
_BOX_STOPS = frozenset({"body", "html", "main"})
_FIELDS = frozenset({"", "text", "email", "password", "tel", "search"})


class NodeLike(Protocol):
    """What the marking needs of a scan's node."""

    element: Element
    tag: str
    block: bool
    skipped: bool
    furniture: str | None
    weight: int
    links: int
    text: int
    good: float

    @property
    def parent(self) -> Self | None:
        """The node of the element around it."""

    @property
    def prose(self) -> bool:
        """Whether the block's own line reads like prose."""


def names_of(element: Element) -> str:
    """Return an element's class and id (and what components use instead), as one string."""
    get = element.get
    return " ".join(
        filter(None, (get("class"), get("id"), get("data-component"), get("data-testid"), get("data-type")))
    )


def reason_of(element: Element, tag: str) -> str | None:
    """Return why an element is furniture by its tag, role, names or style, or None."""
    if tag in FURNITURE_TAGS:
        return FURNITURE_TAGS[tag]
    get = element.get
    if (role := get("role")) in FURNITURE_ROLES:
        return FURNITURE_ROLES[role]
    if get("hidden") is not None or (get("aria-hidden") == "true" and tag != "p"):
        return "hidden"
    if (style := get("style")) and _HIDDEN_STYLE.search(style):
        return "hidden"
    names = names_of(element)
    return furniture_reason(names) if names else None


def mark_furniture(order: Sequence[NodeLike], total: float) -> None:
    """Name the furniture among nodes in document order.

    `total` is the page's prose; what holds too much of it, alone or with its namesakes, is none for its name.
    Comments, menus and the like go first, so that a long discussion makes no article small.
    """
    named = [
        (node, reason)
        for node in order
        if node.block
        and not node.skipped
        and node.tag not in _NEVER
        and (reason := reason_of(node.element, node.tag))
    ]
    for reasons, share in _FIRM:
        _mark_firm(order, [(node, reason) for node, reason in named if reason in reasons], total, share)
    strong = [(node, reason) for node, reason in named if reason not in _WEAK]
    _mark(order, strong, limit=_STRONG_SHARE * _rest(order, total))
    weak = [(node, reason) for node, reason in named if reason in _WEAK]
    _mark(order, weak, limit=_WEAK_SHARE * _rest(order, total))


def _mark_firm(order: Sequence[NodeLike], named: Sequence[tuple[NodeLike, str]], total: float, share: float) -> None:
    """Mark all of these, or none where too little prose would be left beside them."""
    before = {id(node) for node in order if node.furniture}
    _mark(order, named, limit=total + 1)
    if _rest(order, total) < max(_REST, share * total):
        for node in order:
            node.furniture = node.furniture if id(node) in before else None


def _rest(order: Sequence[NodeLike], total: float) -> float:
    """Return how much prose stands outside the furniture marked so far."""
    return total - sum(node.good for node in order if node.furniture and not (node.parent and node.parent.furniture))


def _mark(order: Sequence[NodeLike], named: Sequence[tuple[NodeLike, str]], *, limit: float) -> None:
    shares: Counter[str] = Counter()
    for node, _ in named:
        if node.furniture is None:
            shares[_key(node)] += int(node.good)
    reasons = {
        id(node): reason
        for node, reason in named
        if shares[_key(node)] < max(limit, 1) and not _is_line(node, reason)
    }
    for node in order:
        if node.furniture is None:
            node.furniture = (node.parent.furniture if node.parent is not None else None) or reasons.get(id(node))


def _key(node: NodeLike) -> str:
    return node.element.get("class") or node.element.get("id") or node.tag


def _is_line(node: NodeLike, reason: str) -> bool:
    """Tell a paragraph of the article whose own name may mean anything."""
    return node.tag == "p" and node.prose and reason in _WEAK and node.weight > 200


def mark_boxes(order: Sequence[NodeLike], total: float, host: str) -> None:
    """Name small boxes around an input field, or around a headline that links to another page of the site."""
    for node in order:
        if node.furniture:
            continue
        if node.tag == "input" and (node.element.get("type") or "").lower() in _FIELDS:
            _mark_box(node, "form", total)
        elif _is_linked_headline(node) and _leads_within(node.element, host):
            _mark_box(node, "related", total)
    for node in order:
        if node.parent is not None and node.parent.furniture:
            node.furniture = node.parent.furniture


def mark_ruled(order: Sequence[NodeLike], *, keep: AbstractSet[Element], drop: AbstractSet[Element]) -> None:
    """Put what a partner's rules say of elements over what their names say; what stands in them follows."""
    before = {id(node): node.furniture for node in order}
    lifted: set[int] = set()
    for node in order:
        own, parent = node.furniture, node.parent
        if node.element in drop or (parent is not None and parent.furniture == RULE and node.element not in keep):
            node.furniture = RULE
        elif node.element in keep or (
            # Only for what was lifted from around it was it furniture, too.
            parent is not None and id(parent) in lifted and own == before[id(parent)]
        ):
            node.furniture = None
            lifted.add(id(node))


def _is_linked_headline(node: NodeLike) -> bool:
    return node.tag in HEADINGS and node.weight > _HEADLINE and node.links >= 0.9 * node.weight


def _mark_box(node: NodeLike, reason: str, total: float) -> None:
    """Name the largest small ancestor of a node, with everything in it."""
    limit = min(_BOX_TEXT, 0.2 * total)
    box = None
    current: NodeLike | None = node
    while (
        current is not None and current.tag not in _BOX_STOPS and current.text <= _BOX_TEXT and current.good <= limit
    ):
        box, current = current, current.parent
    if box is not None:
        box.furniture = reason


def _leads_within(heading: Element, host: str) -> bool:
    """Tell whether a heading's link leads to a page of the same site (a shop's is the article's own)."""
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    for link in links:
        try:
            target = urlsplit((link.get("href") or "").strip())
        except ValueError:
            continue
        if target.path.strip("/") and (not target.netloc or _site(target.netloc) == _site(host)):
            return True
    return False


def _site(host: str) -> str:
    return host.casefold().removeprefix("www.").split(":")[0]
