"""The byline that readers see: in marked boxes near the headline, else in a line that opens like a byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml.html import HtmlElement

from ingest.article import Source
from ingest.extract.metadata.opened import opened_lines
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.vocabulary import NAME_SHAPE, NOISE, OPENING, PARTICLES, PERSON_HREF
from ingest.extract.metadata.words import lines, tidy
from ingest.extract.metadata.zones import ancestors, distance, is_furniture

#: A mark's own words that make it no byline, though "author" or "reporter" is among them.
_OTHER = re.compile(
    r"comment|caption|photo|foto|image|img|credit(?!s)|copyright|bio\b|biograph|avatar|about|description|share|social|"
    r"follow|button|btn|contact|email|e-mail|modal|form\b|count|icon|label|prefix|posts|title(?!.*name)|role|position|job|"
    r"function|license|quelle|twitter|facebook|date|time|related|more|login|sign-?in|newsletter",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"byline|by-line|\bauthor\b|author[_-]*name|\bautor(en|in|es)?\b|auteur|authors?\b|\bvcard\b|verfasser",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"\busername\b|\bvcard\b|\bfn\b|\bh-card\b", re.IGNORECASE)
#: Small words that stand in and between names.
_SMALL = re.compile(
    rf"^(?:{PARTICLES}|(?:und|and|et|e|og|och|en|i|ve|with|mit|im|in|for|of|by|von|par|por|conversation|entretien|d[\u2019'].*)\b)"
)
_NO_BOXES = frozenset({"body", "html", "main", "h1", "form", "button", "figure", "input"})
_UNDER = range(1, 6)
_NEAR = range(-40, 90)
_MAX_BOX = 260
#: Lines that open alike are of one byline while no more elements than this lie between two.
_IN_A_ROW = 6
#: Authors that are marked one by one stand so close.
_BESIDE = 20
_MAX_NAME = 60


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A byline as printed: its strings (a name, or a line, each), where it stands, and how far it is believed."""

    strings: tuple[str, ...]
    raw: str
    source: Source
    confidence: float
    detail: str
    #: The page says in so many words that this is the author, be it an account's name.
    stated: bool = False
    #: Profile addresses by name, as the page links them.
    links: tuple[tuple[str, str], ...] = ()


def printed_bylines(page: Survey, *, headline: Mark | None) -> list[Printed]:
    """Return the bylines that readers see, the most believable first."""
    found = [*_together(_boxes(page, headline)), *_opened(page, headline)]
    return sorted(found, key=lambda printed: -printed.confidence)[:12]


def _together(boxes: Iterable[tuple[int, Printed]]) -> Iterator[Printed]:
    """Yield the boxes, those in a row that each state one author in the same way as one byline."""
    held: tuple[int, Printed] | None = None
    for order, box in boxes:
        if held is not None and order - held[0] <= _BESIDE and _alike(held[1], box):
            strings = tuple(dict.fromkeys((*held[1].strings, *box.strings)))
            box = replace(held[1], strings=strings, raw=", ".join(strings), links=(*held[1].links, *box.links))
        elif held is not None:
            yield held[1]
        held = (order, box)
    if held is not None:
        yield held[1]


def _alike(one: Printed, other: Printed) -> bool:
    stated = one.source in (Source.REL_AUTHOR, Source.MICRODATA) and one.source is other.source
    return stated and one.detail == other.detail and len(other.strings) == 1


def _boxes(page: Survey, headline: Mark | None) -> Iterator[tuple[int, Printed]]:
    top = headline.element if headline else None
    around = {id(node) for node in ancestors(top)} if top is not None else set()
    taken: set[int] = set()
    for mark in page.authors:
        element = mark.element
        if element.tag in _NO_BOXES or id(element) in around or _is_other(mark, headline):
            continue
        if any(id(node) in taken for node in ancestors(element)[1:]):
            continue
        if is_furniture(element, headline=top, in_head=_strict(element)):
            continue
        box = lines(element)
        if box and sum(map(len, box)) <= _MAX_BOX:
            taken.add(id(element))
            yield mark.order, _printed(mark, box, headline)


def _is_other(mark: Mark, headline: Mark | None) -> bool:
    """Tell whether a mark's names make it no byline; a "credit" right under the headline is no picture's."""
    if _strict(mark.element) or not _OTHER.search(mark.names):
        return False
    return not (distance(mark, headline) in _UNDER and mark.names.strip().lower() == "credit")


def _strict(element: HtmlElement) -> bool:
    stated = element.get("rel") == "author" or (element.get("itemprop") or "") in ("author", "creator")
    return stated or (element.tag == "a" and bool(PERSON_HREF.search(element.get("href") or "")))


def _printed(mark: Mark, box: list[str], headline: Mark | None) -> Printed:
    element = mark.element
    names, links = _inner_names(element)
    account = bool(_ACCOUNT.search(mark.names))
    whole = [
        line for line in box if not NOISE.match(line) and (account or OPENING.match(line) or not _is_phrase(line))
    ]
    opened = any(OPENING.match(line) for line in box)
    rel = (element.get("rel") or "").split()
    source = Source.REL_AUTHOR if "author" in rel else Source.MICRODATA if element.get("itemprop") else Source.VISIBLE
    confidence = _confidence(mark, headline, strong=bool(_STRONG.search(mark.names)), opened=opened or bool(names))
    return Printed(
        strings=tuple(names or _apart(element, whole)),
        stated=account or bool(names) or _strict(element),
        raw=tidy(" ".join(whole)),
        source=source,
        confidence=confidence,
        detail=f"<{element.tag} {mark.names[:80]!r}>",
        links=links,
    )


def _apart(element: HtmlElement, whole: list[str]) -> list[str]:
    """Return the names of a line that gives each an element of its own, only blanks between; else the line."""
    if len(whole) != 1 or not whole[0]:
        return whole
    parts = [text for node in islice(element.iter(), 1, 24) if not len(node) and (text := tidy(node.text or ""))]
    named = len(parts) > 1 and all(NAME_SHAPE.match(part) for part in parts)
    return parts if named and " ".join(parts) == whole[0] else whole


def _confidence(mark: Mark, headline: Mark | None, *, strong: bool, opened: bool) -> float:
    away = distance(mark, headline)
    near = away in _NEAR
    base = 0.72 if near else 0.5 if headline is not None and away > 0 else 0.4
    return base + 0.06 * strong + 0.06 * opened - 0.0005 * min(abs(away), 100)


def _inner_names(element: HtmlElement) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Return the names that links to people hold, and those links as (name, address)."""
    links = []
    for node in islice(element.iter("a"), 12):
        text, href = tidy(node.text_content()), node.get("href") or ""
        person = PERSON_HREF.search(href) or "author" in (node.get("rel") or "")
        if person and 0 < len(text) < _MAX_NAME and not NOISE.match(text) and not _is_phrase(text):
            links.append((text, href))
    names = [text for text, _ in links] or _stated_name(element)
    if not names:
        marked = (node for node in islice(element.iter(), 1, 40) if _ACCOUNT.search(node.get("class") or ""))
        names = [text for node in marked if 0 < len(text := tidy(node.text_content())) < _MAX_NAME][:1]
    return names, tuple(links)


def _stated_name(element: HtmlElement) -> list[str]:
    """Return what schema.org markup of a person calls its name (https://schema.org/name)."""
    if "author" not in (element.get("itemprop") or ""):
        return []
    props = (node for node in islice(element.iter(), 1, 40) if node.get("itemprop") == "name")
    names = (tidy(node.text_content() or node.get("content") or "") for node in props)
    return [name for name in names if 0 < len(name) < _MAX_NAME][:1]


def _is_phrase(line: str) -> bool:
    """Tell whether a line has small words that no name has ("Edit topics"), nor what joins and opens names."""
    parts = line.split()
    return len(parts) > 1 and any(part[0].islower() and not _SMALL.match(part) for part in parts)


def _opened(page: Survey, headline: Mark | None) -> Iterator[Printed]:
    """Yield lines near the headline that open like a byline, those of one kind in a row as one."""
    if headline is None:
        return
    rows: list[tuple[int, HtmlElement, list[str]]] = []
    for order, element, line in opened_lines(page, order=headline.order):
        if is_furniture(element, headline=headline.element, in_head=True):
            continue
        if rows and rows[-1][1].tag == element.tag and order - rows[-1][0] <= _IN_A_ROW * len(rows[-1][2]):
            rows[-1][2].append(line)
        else:
            rows.append((order, element, [line]))
    for order, element, strings in rows:
        yield Printed(
            strings=tuple(dict.fromkeys(strings)),
            raw=", ".join(dict.fromkeys(strings)),
            source=Source.VISIBLE,
            confidence=0.74 - 0.001 * abs(order - headline.order),
            detail=f"<{element.tag}> line that opens like a byline",
        )
