"""One walk over the page that notes everything metadata is read from; no reader walks the page again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from ingest.extract.metadata.anyof import any_of
from ingest.extract.metadata.vocabulary import (
    AUTHOR_MARKS,
    AUTHOR_TOKENS,
    DATE_MARKS,
    DATE_TOKENS,
    DECK_MARKS,
    DECK_TOKENS,
    PERSON_HREF,
)

_TOKEN = re.compile(r"[a-z]+")
#: Most names tell nothing; one search says so.
_TELLING = any_of((*AUTHOR_MARKS, *DATE_MARKS, *DECK_MARKS, *AUTHOR_TOKENS, *DATE_TOKENS, *DECK_TOKENS))
_NAMING = frozenset(["class", "id", "itemprop", "rel", "data-testid", "data-component", "data-qa"])
#: Tags that are noted whatever they are called.
_TOLD = frozenset(["h1", "h2", "time", "a"])
_AUTHOR, _DATE, _DECK = 1, 2, 4
#: What a script says no reader can; more is an attack.
_MAX_SCRIPT = 1_000_000
_MAX_MARKS = 600


class Mark(NamedTuple):
    """An element that was noted, with its place in the document and its naming attributes as one string."""

    element: HtmlElement
    order: int
    names: str


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Everything that was noted, each kind in document order; keys are lower case."""

    url: str
    language: str | None
    #: Meta contents by name, property, itemprop or http-equiv.
    metas: Mapping[str, tuple[str, ...]]
    #: Hrefs of `link` elements by rel.
    links: Mapping[str, tuple[str, ...]]
    scripts: tuple[str, ...]
    #: The texts of `title` elements in the head's namespace.
    titles: tuple[str, ...]
    headings: tuple[Mark, ...]
    authors: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    decks: tuple[Mark, ...]
    #: What an itemprop calls a date, by its name.
    props: Mapping[str, tuple[Mark, ...]]
    #: Links to pages about people.
    people: tuple[Mark, ...]
    #: Every element, so that an order leads back to its place.
    elements: tuple[HtmlElement, ...]

    def first(self, *names: str) -> str:
        """Return the first non-blank content of the first of these metas that has one, else ""."""
        return next((text for name in names for text in self.metas.get(name, ()) if text.strip()), "")

    def all(self, *names: str) -> list[tuple[str, str]]:
        """Return (name, content) for every non-blank content of these metas, in the order of the names."""
        return [(name, text.strip()) for name in names for text in self.metas.get(name, ()) if text.strip()]


class _Notes:
    def __init__(self) -> None:
        self.metas: dict[str, list[str]] = defaultdict(list)
        self.links: dict[str, list[str]] = defaultdict(list)
        self.props: dict[str, list[Mark]] = defaultdict(list)
        self.scripts: list[str] = []
        self.titles: list[str] = []
        self.headings: list[Mark] = []
        self.authors: list[Mark] = []
        self.dates: list[Mark] = []
        self.decks: list[Mark] = []
        self.people: list[Mark] = []


def survey(tree: HtmlElement, *, url: str) -> Survey:
    """Return what one walk over `tree` notes; `url` is the page's own."""
    notes = _Notes()
    elements = []
    for order, element in enumerate(tree.iter()):
        elements.append(element)
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag in _HEAD:
            _HEAD[tag](notes, element)
            continue
        _note(notes, element, tag, order)
    return Survey(
        url=url,
        language=_language(tree),
        metas={name: tuple(texts) for name, texts in notes.metas.items()},
        links={rel: tuple(hrefs) for rel, hrefs in notes.links.items()},
        scripts=tuple(notes.scripts),
        titles=tuple(notes.titles),
        headings=tuple(notes.headings),
        authors=tuple(notes.authors),
        dates=tuple(notes.dates),
        decks=tuple(notes.decks),
        people=tuple(notes.people),
        props={name: tuple(marks) for name, marks in notes.props.items()},
        elements=tuple(elements),
    )


def _note(notes: _Notes, element: HtmlElement, tag: str, order: int) -> None:
    names = " ".join([value for name, value in element.items() if name in _NAMING])[:400]
    kinds = _kinds(names) if names else 0
    told = tag in _TOLD and (tag != "a" or PERSON_HREF.search(element.get("href") or "") is not None)
    if not kinds and not told:
        return
    mark = Mark(element, order, names)
    if told:
        _note_tag(notes, mark, tag)
    if kinds & _DATE:
        for prop in (element.get("itemprop") or "").lower().split():
            notes.props[prop].append(mark)
    if kinds & _AUTHOR and len(notes.authors) < _MAX_MARKS:
        notes.authors.append(mark)
    if kinds & _DATE and tag != "time" and len(notes.dates) < _MAX_MARKS:
        notes.dates.append(mark)
    if kinds & _DECK and len(notes.decks) < _MAX_MARKS:
        notes.decks.append(mark)


def _note_tag(notes: _Notes, mark: Mark, tag: str) -> None:
    if tag == "time":
        notes.dates += [mark] if len(notes.dates) < _MAX_MARKS else []
    elif tag != "a":
        notes.headings.append(mark)
    elif len(notes.people) < _MAX_MARKS:
        notes.people.append(mark)


@lru_cache(maxsize=20_000)
def _kinds(names: str) -> int:
    """Tell what naming attributes speak of, as a sum of bits; pages repeat them, so answers are kept."""
    low = names.lower()
    kinds = 0
    for name in low.split() if _TELLING.search(low) else ():
        kinds |= _kinds_of_one(name)
    return kinds


@lru_cache(maxsize=20_000)
def _kinds_of_one(name: str) -> int:
    tokens = set(_TOKEN.findall(name))
    return (
        _AUTHOR * (any(map(name.__contains__, AUTHOR_MARKS)) or not tokens.isdisjoint(AUTHOR_TOKENS))
        + _DATE * (any(map(name.__contains__, DATE_MARKS)) or not tokens.isdisjoint(DATE_TOKENS))
        + _DECK * (any(map(name.__contains__, DECK_MARKS)) or not tokens.isdisjoint(DECK_TOKENS))
    )


def _meta(notes: _Notes, element: HtmlElement) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name:
            notes.metas[name.strip().lower()].append(content)


def _link(notes: _Notes, element: HtmlElement) -> None:
    href = (element.get("href") or "").strip()
    for rel in (element.get("rel") or "").lower().split() if href else ():
        notes.links[rel].append(href)


def _script(notes: _Notes, element: HtmlElement) -> None:
    text = element.text or ""
    if "ld+json" in (element.get("type") or "").lower() and text and len(text) <= _MAX_SCRIPT:
        notes.scripts.append(text)


def _title(notes: _Notes, element: HtmlElement) -> None:
    parent = element.getparent()
    if element.text and (parent is None or parent.tag != "svg"):
        notes.titles.append(element.text)


def _nothing(notes: _Notes, element: HtmlElement) -> None:
    """Styles and the like hold no metadata."""


_HEAD = {
    "meta": _meta,
    "link": _link,
    "script": _script,
    "title": _title,
    "style": _nothing,
    "noscript": _nothing,
    "br": _nothing,
    "path": _nothing,
}


def _language(tree: HtmlElement) -> str | None:
    stated = (tree.get(name) for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"))
    return next((str(text) for text in stated if text), None)
