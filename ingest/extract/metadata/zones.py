"""Where on the page an element stands: in the article's own head, or in the furniture around it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice

from lxml.html import HtmlElement

from ingest.extract.metadata.survey import Mark

#: Boxes that hold the words of others, or about other pieces.
_FURNITURE = re.compile(
    r"comment|kommentar|reply|replies|respond|disqus|(?<!right-)(?<!left-)(?<!with-)(?<!has-)(?<!no-)sidebar(?!-(right|left|none))|side-bar|related|recommend|teaser(?![-_]*(?:author|autor|byline))|most-?_?(read|popular|viewed)|"
    r"trending|popular|newsletter|widget|footer|breadcrumb|navbar|\bnav\b(?!.*\bmeta\b)|\bmenu|\blisting|-listing|more-?_?(from|on|news|stories)|read-?_?(more|next|also)|"
    r"latest|\bpromo(s|box|tions?)?\b|sponsor|advert|carousel|slider|swiper|(?<!h-)\bcards?\b|outbrain|taboola|weitere|aehnlich|forum|cookie|consent|"
    r"modal|popup|paywall|subscri|ranking|playlist|infobox|archive|tag-?cloud|hidden-?_?print",
    re.IGNORECASE,
)
#: Names under pictures are photographers'.
_PICTURE = re.compile(
    r"caption|(photo|foto|image|img|picture)[-_]*(credit|byline|author|source)|bildnachweis", re.IGNORECASE
)
#: A foot or an aside with such a name belongs to the article it stands in.
_OF_AUTHOR = re.compile(r"author|autor|byline|meta\b|entry-", re.IGNORECASE)
_FURNITURE_TAGS = frozenset(["aside", "footer", "nav", "figure", "figcaption"])
#: Boxes this far out say what the page is, not what the element is.
_PAGE_TAGS = frozenset(["body", "html", "main"])
_MAX_DEPTH = 40
#: A byline's box holds no more texts and characters, and shares a box with the headline so few levels out.
_SMALL_TEXTS, _SMALL_CHARS = 60, 300
_CLOSE_LEVELS = 4
#: An article of so many paragraphs is no teaser.
_PROSE = 3


def ancestors(element: HtmlElement) -> list[HtmlElement]:
    """Return an element and what holds it, up to 40 levels."""
    return [element, *islice(element.iterancestors(), _MAX_DEPTH)]


def is_furniture(element: HtmlElement, *, headline: HtmlElement | None, in_head: bool = False) -> bool:
    """Tell whether an element belongs to a sidebar, comments, related pieces or a picture.

    A box that holds the headline too is no furniture, whatever it is called; with `in_head` nor is a small aside or
    foot close to it, where bylines are set.
    """
    own = {id(node) for node in ancestors(headline)} if headline is not None else set()
    for node in ancestors(element):
        if id(node) in own or node.tag in _PAGE_TAGS:
            return False
        names = naming(node)
        if node.tag in _FURNITURE_TAGS and not _OF_AUTHOR.search(names) and not (in_head and _in_head(node, own)):
            return True
        if (node.tag == "article" and headline is not None and not _is_body(node, headline)) or _names_furniture(
            names
        ):
            return True
    return False


def _in_head(box: HtmlElement, own: set[int]) -> bool:
    """Tell a small aside or foot that stands close to the headline, in one box with it: bylines are set so."""
    if box.tag not in ("aside", "footer") or sum(map(len, islice(box.itertext(), _SMALL_TEXTS))) > _SMALL_CHARS:
        return False
    around = islice(box.iterancestors(), _CLOSE_LEVELS)
    shared = next((node for node in around if id(node) in own), None)
    return shared is not None and (
        shared.tag == "article" or (box.tag == "aside" and shared.tag not in ("body", "html"))
    )


def in_form(element: HtmlElement) -> bool:
    """Tell a label ("From:") of a form, other than one that some systems put around the whole page."""
    form = next(element.iterancestors("form"), None)
    return form is not None and next(form.iter("h1", "article"), None) is None


def _is_body(article: HtmlElement, headline: HtmlElement) -> bool:
    """Tell whether an article is the one that the headline stands over, outside it: others stand in rows."""
    short = sum(1 for _ in islice(article.iter("p"), _PROSE)) < _PROSE
    if short or any(node.tag == "article" for node in headline.iterancestors()):
        return False
    beside = chain(
        islice(article.itersiblings(), _MAX_DEPTH), islice(article.itersiblings(preceding=True), _MAX_DEPTH)
    )
    return all(node.tag != "article" for node in beside)


def outside(element: HtmlElement, headline: HtmlElement) -> list[HtmlElement]:
    """Return an element and what holds it, as far as that does not hold the headline too."""
    own = {id(node) for node in ancestors(headline)}
    return [node for node in ancestors(element) if id(node) not in own]


def naming(node: HtmlElement) -> str:
    """Return an element's class and id as one string, at most 400 characters."""
    return f"{node.get('class') or ''} {node.get('id') or ''}"[:400]


@lru_cache(maxsize=20_000)
def _names_furniture(names: str) -> bool:
    return bool(_FURNITURE.search(names) or _PICTURE.search(names))


def distance(mark: Mark, headline: Mark | None) -> int:
    """Return how many elements after the headline a mark stands; below zero before it; far where there is none."""
    return mark.order - headline.order if headline is not None else 10_000
