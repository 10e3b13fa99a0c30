"""Names that stand by themselves between the headline and the text, with nothing but their shape to tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from ingest.article import Source
from ingest.byline.given import is_given_name
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.visible import Printed
from ingest.extract.metadata.vocabulary import NAME_SHAPE, NOISE
from ingest.extract.metadata.words import key, tidy, words
from ingest.extract.metadata.zones import in_form, is_furniture

#: So many elements after the headline may come before the text.
_REACH = 160
#: A paragraph of so many characters is the article's text, in which its author's name does not stand.
_PROSE = 120
_MAX_NAME = 40
_MOST_WORDS = 4
_MOST_NAMES = 5
_TAGS = frozenset("a address b dd div dt em font h4 h5 h6 i li p small span strong td".split())  # noqa: SIM905 - a word list
_TOPIC = re.compile(
    r"/(?:topics?|tags?|themen?|people|person(?:en)?|search|suche|category|kategorie)/", re.IGNORECASE
)
_DATA_AUTHOR = re.compile(r"data-(?:[\w-]*[-_])?(?:authors?|byline|(?:author|writer)[-_]?name)$")
_MAX_DATA = 120


def lone_names(page: Survey, *, headline: Mark | None) -> Iterator[Printed]:
    """Yield the first names that fill elements of their own between the headline and the text; once at most.

    A name there is the author's where its given name is known, or its portrait stands beside it, and neither the
    headline nor the first half of the text speaks of its bearer: the people of the news are introduced there.
    """
    if headline is None:
        return
    spoken = key(f"{words(headline.element)} {_prose(page)}")
    found: list[tuple[int, HtmlElement, str]] = []
    for place, element, name in _names(page, headline):
        if found and (place - found[-1][0] > _MOST_NAMES or element.tag != found[-1][1].tag):
            break
        if key(name.split()[-1]) not in spoken and _is_persons(element, name) and not in_form(element):
            found.append((place, element, name))
    names = tuple(dict.fromkeys(name for _, _, name in found))[:_MOST_NAMES]
    if names:
        yield Printed(
            strings=names,
            raw=", ".join(names),
            source=Source.VISIBLE,
            confidence=0.5,
            detail=f"<{found[0][1].tag}> by itself between headline and text",
        )


def _names(page: Survey, headline: Mark) -> Iterator[tuple[int, HtmlElement, str]]:
    """Yield the candidates before the second paragraph of prose: the first is as often the standfirst."""
    paragraphs = 0
    start = headline.order + 1
    for place, element in enumerate(page.elements[start : start + _REACH], start):
        if element.tag == "p" and len(tidy("".join(islice(element.itertext(), 20)))) >= _PROSE:
            paragraphs += 1
            if paragraphs > 1:
                return
        name = _own_words(element)
        if name and not is_furniture(element, headline=headline.element, in_head=True):
            yield place, element, name


def _own_words(element: HtmlElement) -> str:
    """Return what fills an element if it has the shape of a name, else ""."""
    text = element.text if element.tag in _TAGS and len(element) < 2 else None
    if not text or len(text) > 4 * _MAX_NAME or any(map(str.strip, islice(element.itertext(), 1, 4))):
        return ""
    name = tidy(text)
    shaped = len(name) <= _MAX_NAME and 1 < len(name.split()) <= _MOST_WORDS and NAME_SHAPE.match(name)
    return name if shaped and not NOISE.match(name) and not _TOPIC.search(_href(element)) else ""


def _href(element: HtmlElement) -> str:
    around = element if element.tag == "a" else element.getparent()
    return around.get("href") or "" if around is not None else ""


def _is_persons(element: HtmlElement, name: str) -> bool:
    return is_given_name(name.split()[0]) or _has_portrait(element, name)


def _has_portrait(element: HtmlElement, name: str) -> bool:
    """Tell whether a picture close by is described by the name alone."""
    near = list(islice(element.iterancestors(), 3))
    return any(tidy(img.get("alt") or "") == name for box in near[-1:] for img in islice(box.iter("img"), 4))


def _prose(page: Survey) -> str:
    texts = ("".join(element.itertext()) for element in page.elements if element.tag == "p")
    prose = " ".join(text for text in texts if len(text) >= _PROSE)[:100_000]
    return prose[: len(prose) // 2]


def attributed_names(page: Survey) -> Iterator[Printed]:
    """Yield the one name that the page's data attributes give its author; none where they give several."""
    found = {
        value: element for element in page.elements if isinstance(element.tag, str) for value in _stated(element)
    }
    if len(found) == 1:
        value, element = found.popitem()
        names = (value,)
        detail = f"data attribute of <{element.tag}>"
        yield Printed(strings=names, raw=value, source=Source.VISIBLE, confidence=0.48, detail=detail)


def _stated(element: HtmlElement) -> Iterator[str]:
    for name, value in element.items():
        if name.startswith("data-") and _DATA_AUTHOR.match(name) and (value := tidy(value[:_MAX_DATA])):
            yield value
