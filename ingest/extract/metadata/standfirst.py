"""The standfirst under the headline, and the description made for search engines and social cards."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.article import Evidence, Source
from ingest.extract.metadata.jsonld import Node, text_of
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.words import key, tidy, words
from ingest.extract.metadata.zones import distance, is_furniture

_METAS = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
#: A deck stands within this many elements of the headline, and is neither a word nor a chapter.
_NEAR = range(-12, 60)
_LENGTH = range(30, 700)
_PARAGRAPHS = frozenset(["p", "div", "span", "h2", "h3", "h4", "section", "header", "strong", "em"])


def read_description(page: Survey, *, articles: Sequence[Node]) -> str | None:
    """Return the stated summary, None where there is none."""
    stated = page.first(*_METAS) or next((text for n in articles if (text := text_of(n.get("description")))), "")
    return tidy(stated) or None


def read_standfirst(
    page: Survey, *, headline: Mark | None, description: str | None
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the visible deck near the headline, and where it was read; None where the page shows none.

    A box named as a deck counts, and so does a paragraph that repeats the stated description.
    """
    if headline is None:
        return None, ()
    for mark in page.decks:
        if distance(mark, headline) in _NEAR and (text := _deck(mark, headline)):
            return text, (_evidence(text, 0.8, f"<{mark.element.tag} class={mark.names!r}>"),)
    return _repeated(page, headline, description)


def _deck(mark: Mark, headline: Mark) -> str | None:
    element = mark.element
    if element.tag not in _PARAGRAPHS or len(element) > 8 or is_furniture(element, headline=headline.element):
        return None
    text = words(element)
    same = key(text) in key(words(headline.element)) or any(
        child.tag in ("h1", "p") and child.getnext() is not None and child.getnext().tag == "p" for child in element
    )
    return text if len(text) in _LENGTH and not same else None


def _repeated(page: Survey, headline: Mark, description: str | None) -> tuple[str | None, tuple[Evidence, ...]]:
    wanted = key(description or "")
    if len(wanted) < _LENGTH.start:
        return None, ()
    for element in page.elements[headline.order + 1 : headline.order + _NEAR.stop]:
        if element.tag in _PARAGRAPHS and element.text and key(element.text)[:20] == wanted[:20]:
            text = words(element)
            if key(text) == wanted:
                return text, (_evidence(text, 0.6, "a paragraph that repeats the description"),)
    return None, ()


def _evidence(text: str, confidence: float, detail: str) -> Evidence:
    return Evidence(field="standfirst", value=text, source=Source.VISIBLE, confidence=confidence, detail=detail)
