"""A partner's rules held against a page: which elements they keep and drop, and the fields that they read (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cssselect import HTMLTranslator
from lxml import etree

from ingest.article import Byline, Evidence, Source
from ingest.byline import merge_bylines, parse_byline
from ingest.extract.metadata import Metadata
from ingest.extract.metadata.datetext import Moment, read_moment
from ingest.extract.tree import Element
from ingest.page_rules import PageRules

#: A selector's field holds no more characters than this.
_MAX_TEXT = 500
#: A person chose the selector by looking at the page.
_SURE = 0.97
_LINES = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "figure", "table", "pre"}
)


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """The elements of one page that its partner's rules name."""

    keep: frozenset[Element] = frozenset()
    drop: frozenset[Element] = frozenset()
    #: The outermost of those to keep, in document order: together the body.
    containers: tuple[Element, ...] = ()

    def protects(self, element: Element) -> bool:
        """Tell whether a block is named itself, not only a container that it stands in."""
        return element in self.keep and (element not in self.containers or element.tag in _LINES)


NOTHING = Ruled()


def ruled_elements(tree: Element, rules: PageRules | None) -> Ruled:
    """Return what the rules keep and drop of a page; its root and body cannot be dropped."""
    if rules is None:
        return NOTHING
    drop = frozenset(e for e in _matches(tree, rules.drop) if e.tag not in ("html", "body"))
    keep = frozenset(_matches(tree, rules.keep)) - drop
    outer = (e for e in tree.iter() if e in keep and not any(a in keep or a in drop for a in e.iterancestors()))
    return Ruled(keep=keep, drop=drop, containers=tuple(outer) if keep else ())


def with_rules(meta: Metadata, tree: Element, rules: PageRules | None) -> Metadata:
    """Return the metadata with the fields that the rules read; a selector that matches nothing leaves a trace."""
    if rules is None:
        return meta
    headline = next(_texts(tree, rules.headline), "")
    byline = parse_byline([*_texts(tree, rules.byline)], source=Source.RULE) if rules.byline else Byline()
    moment = _moment(tree, rules.date, language=meta.language)
    evidence = (
        *_read("headline", rules.headline, headline),
        *_read("byline", rules.byline, "; ".join(byline.names)),
        *_read("published_at", rules.date, moment.at.isoformat() if moment else ""),
        *(_unmatched("keep", s) for s in rules.keep if not _matches(tree, (s,))),
    )
    return replace(
        meta,
        headline=headline or meta.headline,
        byline=_merged(byline, meta.byline) if byline else meta.byline,
        published_at=moment.at if moment else meta.published_at,
        evidence=(*evidence, *meta.evidence),
    )


def _merged(byline: Byline, general: Byline) -> Byline:
    """Return the rule's people, with what the general reading knows of them."""
    filled = {person.name: person for person in merge_bylines([byline, general]).people}
    people = tuple(replace(filled.get(p.name, p), source=Source.RULE) for p in byline.people)
    return replace(byline, people=people, confidence=_SURE)


def _read(field: str, selector: str | None, value: str) -> Iterator[Evidence]:
    if selector and value:
        yield Evidence(field=field, value=value, source=Source.RULE, confidence=_SURE, detail=selector)
    elif selector:
        yield _unmatched(field, selector)


def _unmatched(field: str, selector: str) -> Evidence:
    detail = f"{selector}: nothing on the page matches, or it cannot be read"
    return Evidence(field=field, value="", source=Source.RULE, confidence=0.0, detail=detail)


def _moment(tree: Element, selector: str | None, *, language: str | None) -> Moment | None:
    for element in _matches(tree, (selector,) if selector else ())[:1]:
        stated = (element.get("datetime"), element.get("content"), _text(element))
        return next((m for text in stated if text and (m := read_moment(text, language=language))), None)
    return None


def _texts(tree: Element, selector: str | None) -> Iterator[str]:
    for element in _matches(tree, (selector,) if selector else ()):
        if text := _text(element) or " ".join((element.get("content") or "").split())[:_MAX_TEXT]:
            yield text


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())[:_MAX_TEXT]


def _matches(tree: Element, selectors: Sequence[str]) -> list[Element]:
    return [element for selector in selectors for element in _xpath(selector)(tree)]


@lru_cache(maxsize=1_000)
def _xpath(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))
