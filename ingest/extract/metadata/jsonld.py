"""JSON-LD out of a page: broken JSON mended where the fault is common, graphs flattened, the article's node found.

Types and fields after https://schema.org/Article; the mending knows what content systems get wrong: raw control
characters, trailing commas, comments and CDATA marks around, several objects in a row, HTML entities.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from ingest.extract.metadata.words import key

Node = Mapping[str, object]

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "asknewsarticle",
        "reviewnewsarticle",
        "satiricalarticle",
        "advertisercontentarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "discussionforumposting",
        "report",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "techarticle",
        "apireference",
        "review",
        "recipe",
        "howto",
        "faqpage",
        "interview",
        "column",
        "essay",
    ]
)
_PAGE_TYPES = frozenset(["webpage", "itempage", "medicalwebpage", "videoobject", "podcastepisode", "creativework"])
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DOUBLE_COMMA = re.compile(r",(\s*,)+")
#: A string, or for authors an object without objects in it.
_FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|dateCreated|inLanguage|articleSection|author)"\s*:\s*'
    r'("(?:[^"\\\n]|\\.){0,1000}"|\{[^{}]{0,1000}\})'
)
_DECODER = json.JSONDecoder(strict=False)
_MAX_NODES = 2_000


def parse(scripts: Iterable[str]) -> tuple[Node, ...]:
    """Return every object of the scripts, @graph, lists and main entities flattened, in document order."""
    nodes: list[Node] = []
    for script in scripts:
        for value in _values(script):
            nodes.extend(_flatten(value, depth=0))
    return tuple(nodes[:_MAX_NODES])


def _values(script: str) -> Iterator[object]:
    text = _WRAPPING.sub("", script).strip().lstrip("\ufeff")
    for mend in (lambda t: t, _mended, lambda t: _mended(html.unescape(t))):
        values = list(_decode(mend(text)))
        if values:
            yield from values
            return
    yield from _salvaged(text)


def _salvaged(text: str) -> Iterator[Node]:
    """Yield the plain fields of an article whose script is past mending; the first of each name counts."""
    found: dict[str, object] = {}
    for name, value in _FIELD.findall(text):
        if name not in found:
            found.update((name, part) for part in _decode(value))
    if found.keys() & {"headline", "datePublished", "author"}:
        yield {"@type": "Article", **found}


def _mended(text: str) -> str:
    return _DOUBLE_COMMA.sub(",", _TRAILING_COMMA.sub(r"\1", text))


def _decode(text: str) -> Iterator[object]:
    """Yield the JSON values at the start of `text`, as many as stand in a row."""
    place = 0
    while 0 <= place < len(text):
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield value
        while place < len(text) and text[place] in " \t\r\n;,":
            place += 1


def _flatten(value: object, *, depth: int) -> Iterator[Node]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:500]:
            yield from _flatten(item, depth=depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(name), dict | list):
                yield from _flatten(value[name], depth=depth + 1)


def types(node: Node) -> frozenset[str]:
    """Return a node's types, lower case, without their vocabulary's address."""
    stated = node.get("@type", node.get("type", ()))
    names = stated if isinstance(stated, list) else [stated]
    return frozenset(re.split("[/#:]", name)[-1].lower() for name in names if isinstance(name, str))


def is_article(node: Node) -> bool:
    """Tell whether a node is of one of the article types."""
    return bool(types(node) & ARTICLE_TYPES)


def article_nodes(nodes: Sequence[Node], *, url: str, wordings: Sequence[str]) -> list[Node]:
    """Return the nodes that speak of this article, the best first, then those that speak of its page.

    `wordings` are the headlines known from elsewhere: among several articles the one that agrees is ours.
    """
    known = {key(wording) for wording in wordings} - {""}
    ranked = sorted((n for n in nodes if is_article(n)), key=lambda n: -_fit(n, url=url, known=known))
    if len(ranked) > 1 and _fit(ranked[0], url=url, known=known) > 0:
        ranked = [n for n in ranked if _fit(n, url=url, known=known) > 0]
    return [*ranked, *(n for n in nodes if not is_article(n) and types(n) & _PAGE_TYPES and _dated(n))]


def _dated(node: Node) -> bool:
    return bool(node.get("datePublished") or node.get("author") or node.get("headline"))


def _fit(node: Node, *, url: str, known: set[str]) -> float:
    headline = key(text_of(node.get("headline")) or text_of(node.get("name")))
    fit = 2.0 if headline and any(headline in k or k in headline for k in known) else 0.0
    fit += any(same_page(place, url) for place in _places(node))
    fit += 0.5 * bool(node.get("author")) + 0.5 * bool(node.get("datePublished")) if fit else 0.0
    return fit


def _places(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def same_page(one: str, other: str) -> bool:
    """Tell whether two URLs lead to the same path of a host, www, query and fragment aside."""
    try:
        a, b = urlsplit(one), urlsplit(other)
    except ValueError:
        return False
    hosts = {host.removeprefix("www.") for host in (a.netloc.lower(), b.netloc.lower()) if host}
    return len(hosts) <= 1 and a.path.rstrip("/") == b.path.rstrip("/") != ""


def by_id(nodes: Iterable[Node]) -> dict[str, Node]:
    """Return the nodes that can be pointed to, by their @id; the fullest of equal ids."""
    found: dict[str, Node] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(found.get(name, {})):
            found[name] = node
    return found


def resolve(value: object, ids: Mapping[str, Node]) -> object:
    """Return the node that a bare reference ({"@id": ...}) points to, else the value itself."""
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
        return ids.get(value["@id"], value)
    return value


def as_list(value: object) -> list[object]:
    """Return a field's values: itself when it is a list, else it alone; nothing for None."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: object) -> str:
    """Return a field's text, entities read: of the first string in it, its @value or name; "" where it has none."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), "")
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name"))
    return html.unescape(value).strip() if isinstance(value, str) else ""
