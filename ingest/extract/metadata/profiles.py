"""Bylines where nothing marks one: linked profiles near the headline, and boxes about the author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.article import Source
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.visible import Printed
from ingest.extract.metadata.vocabulary import NAME_SHAPE, NOISE
from ingest.extract.metadata.words import words
from ingest.extract.metadata.zones import ancestors, distance, is_furniture, naming

_BIO = re.compile(r"bio\b|biograph|author|autor|about", re.IGNORECASE)
_BOXES = frozenset({"div", "section", "aside", "footer", "article"})
#: Boxes about authors inside these are about others.
_ALIEN = re.compile(
    r"comment|kommentar|related|recommend|teaser|most-?_?(read|popular)|newsletter|\bnav|menu|\bcards?\b|listing|carousel|"
    r"slider",
    re.IGNORECASE,
)
_NEAR = range(-15, 60)
_MAX_PROFILES = 4


def linked_profiles(page: Survey, *, headline: Mark | None) -> Iterator[Printed]:
    """Yield the people whose profiles are linked close to the headline, in boxes that nothing marks."""
    if headline is None:
        return
    close = [mark for mark in page.people if distance(mark, headline) in _NEAR]
    near = [mark for mark in close if not is_furniture(mark.element, headline=headline.element)][:_MAX_PROFILES]
    links = tuple((text, mark.element.get("href") or "") for mark in near if _is_name(text := words(mark.element)))
    names = tuple(name for name, _ in links)
    if names:
        yield Printed(
            strings=names,
            raw=", ".join(names),
            source=Source.VISIBLE,
            confidence=0.66,
            detail="links to profiles near the headline",
            links=links,
        )


def about_author(page: Survey, *, headline: Mark | None) -> Iterator[Printed]:
    """Yield the name that heads a box about the author, anywhere beside or under the article; one at most."""
    own = {id(node) for node in ancestors(headline.element)} if headline is not None else set()
    for mark in page.authors:
        if mark.element.tag not in _BOXES or not _BIO.search(mark.names) or _is_alien(mark.element, own):
            continue
        heads = map(words, mark.element.iter("h2", "h3", "h4", "h5", "a", "strong"))
        if name := next(filter(_is_name, heads), None):
            detail = f"heads <{mark.element.tag} {mark.names[:80]!r}>"
            yield Printed(strings=(name,), raw=name, source=Source.BIO, confidence=0.5, detail=detail)
            return


def _is_alien(element: HtmlElement, own: set[int]) -> bool:
    outside = (node for node in ancestors(element)[:12] if id(node) not in own)
    return any(_ALIEN.search(naming(node)) for node in outside)


def _is_name(text: str) -> bool:
    return bool(NAME_SHAPE.match(text)) and not NOISE.match(text)
