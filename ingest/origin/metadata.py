"""What a page's metadata and a feed's item say of who first published a piece (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.article import OriginClaim, Source
from ingest.feed import Entry
from ingest.origin.links import host_of, is_article_url

#: Far above any page's own; hostile JSON-LD nests without end.
MAX_NODES, MAX_DEPTH, MAX_NAME = 2_000, 12, 200


def metadata_claims(json_ld: Any, *, canonical_url: str | None, page_url: str) -> tuple[OriginClaim, ...]:
    """Return what JSON-LD (parsed: an object or a list of them) and the canonical link say of the origin, in order.

    Read are `isBasedOn`, `sourceOrganization` and `copyrightHolder` (schema.org) of articles, and a canonical URL on
    another host than the page's.
    """
    claims = [claim for node in _articles(json_ld) for claim in _node_claims(node)]
    if canonical_url is not None and host_of(canonical_url) not in {None, host_of(page_url)}:
        evidence = f'<link rel="canonical" href="{canonical_url[:500]}">'
        claims.append(OriginClaim(name="", url=canonical_url, source=Source.META, evidence=evidence))
    return tuple(dict.fromkeys(claims))


def entry_claims(entry: Entry) -> tuple[OriginClaim, ...]:
    """Return what a feed's item says by its <source> (RSS 2.0) or atom:source (RFC 4287, section 4.2.11)."""
    name, url = (entry.source_name or "").strip()[:MAX_NAME], entry.source_url
    if not name and host_of(url) is None:
        return ()
    evidence = f'<source url="{(url or "")[:500]}">{name}</source>'
    return (
        OriginClaim(name=name, url=None, source=Source.FEED, evidence=evidence, home=url if host_of(url) else None),
    )


def _articles(json_ld: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the nodes of an article kind, without recursion and within bounds."""
    waiting, seen = [(json_ld, 0)], 0
    while waiting and seen < MAX_NODES:
        node, depth = waiting.pop()
        seen += 1
        if isinstance(node, list) and depth < MAX_DEPTH:
            waiting += [(child, depth + 1) for child in reversed(node[:MAX_NODES])]
        elif isinstance(node, Mapping):
            if any(kind.endswith(("article", "posting", "report")) for kind in _kinds(node)):
                yield node
            if depth < MAX_DEPTH:
                waiting += [(node[key], depth + 1) for key in ("@graph", "mainEntity") if key in node]


def _kinds(node: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return tuple(kind.lower().rpartition("/")[2] for kind in kinds if isinstance(kind, str))


def _node_claims(node: Mapping[str, Any]) -> Iterator[OriginClaim]:
    for key in ("isBasedOn", "isBasedOnUrl", "sourceOrganization", "copyrightHolder"):
        for value in _values(node.get(key)):
            claim = _work_claim(key, value) if key.startswith("isBased") else _organisation_claim(key, value)
            if claim is not None:
                yield claim


def _values(value: Any) -> Iterable[Any]:
    return value[:10] if isinstance(value, list) else () if value is None else (value,)


def _work_claim(key: str, value: Any) -> OriginClaim | None:
    """Return the claim of a work that the article is based on; a data set or a study makes none."""
    node = value if isinstance(value, Mapping) else {"url": value}
    url = next((u for u in (_text(node.get("url")), _text(node.get("@id"))) if host_of(u)), None)
    kinds = _kinds(node)
    if kinds and not any(kind.endswith(("article", "posting", "report", "creativework")) for kind in kinds):
        return None
    publisher = next(iter(_values(node.get("publisher") or node.get("provider"))), None)
    name = _name(publisher) if publisher is not None else ""
    if not name and url is None:
        return None
    article, home = (url, None) if url and is_article_url(url) else (None, url)
    return OriginClaim(name=name, url=article, source=Source.JSON_LD, evidence=_shown(key, name or url), home=home)


def _organisation_claim(key: str, value: Any) -> OriginClaim | None:
    name = _name(value)
    if not name or (isinstance(value, Mapping) and "person" in _kinds(value)):
        return None
    home = _text(value.get("url")) if isinstance(value, Mapping) else None
    return OriginClaim(
        name=name,
        url=None,
        source=Source.JSON_LD,
        evidence=_shown(key, name),
        home=home if host_of(home) else None,
        weak=True,
    )


def _name(value: Any) -> str:
    name = value.get("name") if isinstance(value, Mapping) else value
    text = _text(name) or ""
    return "" if host_of(text) else text


def _text(value: Any) -> str | None:
    return " ".join(value.split())[:MAX_NAME] if isinstance(value, str) and len(value) <= 2000 else None


def _shown(key: str, value: str | None) -> str:
    return f"JSON-LD {key}: {value}"
