"""The standfirst under the headline, and the description made for search engines and social cards."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from ingest.article import Evidence, Source
from ingest.extract.metadata.jsonld import Node, text_of
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.vocabulary import DATE_TEXT, OPENING
from ingest.extract.metadata.words import key, tidy, words
from ingest.extract.metadata.zones import distance, is_furniture, outside

_METAS = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
#: A deck stands within this many elements of the headline, and is neither a word nor a chapter.
_NEAR = range(-12, 60)
_LENGTH = range(30, 700)
_PARAGRAPHS = frozenset(["p", "div", "span", "h2", "h3", "h4", "section", "header", "strong", "em"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
#: A paragraph of so many characters is the body's; a line with a date in it is a deck only if it is longer.
_RUNNING = 100
#: So many opening letters tell that two texts are one.
_SAME = 20
#: What stands in boxes of such names is no deck, though "description" or "lead" is among them.
_OTHER = re.compile(
    r"image|photo|picture|caption|credit|media\b|video|overlay|step|series|author|byline|meta\b", re.IGNORECASE
)
_PHOTO = re.compile(r"\b(?:photo(?:s|graph|graphs)?|fotos?|bild(?:er)?)\s*(?::|by\b|von\b)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MAX_SUMMARY = 4_000
#: Where a teaser leads on to its article.
_LEADS_ON = re.compile(
    r"(?:read (?:more|on|full story)|continue reading|full story|weiterlesen|mehr (?:lesen|erfahren)|"
    r"lire (?:la )?suite|lire plus|en savoir plus|leer más|seguir leyendo|sigue leyendo|"
    r"l[eé]ia mais|ler mais|continuar lendo|"
    r"leggi (?:tutto|di più|anche)|continua a leggere|lees (?:meer|verder)|läs mer|læs mere|les mer|lue lisää|"
    r"czytaj (?:dalej|więcej)|číst dále|devamını oku|читать (?:далее|полностью)|続きを読む|阅读更多|더 ?보기)"
    r"\W*$",
    re.IGNORECASE,
)


def read_description(page: Survey, *, articles: Sequence[Node]) -> str | None:
    """Return the stated summary, None where there is none."""
    stated = page.first(*_METAS) or next((text for n in articles if (text := text_of(n.get("description")))), "")
    return tidy(stated) or None


def plain(markup: str | None) -> str:
    """Return the text of a feed's summary, its tags taken out."""
    return tidy(html.unescape(_TAG.sub(" ", (markup or "")[:_MAX_SUMMARY])))


def read_standfirst(
    page: Survey, *, headline: Mark | None, stated: Sequence[str | None]
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the visible deck near the headline, and where it was read; None where the page shows none.

    A box named as a deck counts where it stands between headline and body, or says what the `stated` summaries (the
    page's description, the feed's summary) do; so does a paragraph that repeats one of these. Teasers never count.
    """
    if headline is None:
        return None, ()
    known = [wanted for text in stated if len(wanted := key(text or "")) >= _LENGTH.start]
    for mark in page.decks:
        if distance(mark, headline) in _NEAR and (text := _deck(page, mark, headline, known)):
            return text, (_evidence(text, 0.8, f"<{mark.element.tag} class={mark.names!r}>"),)
    return _repeated(page, headline, known)


def _deck(page: Survey, mark: Mark, headline: Mark, known: Sequence[str]) -> str | None:
    element = mark.element
    if element.tag not in _PARAGRAPHS or len(element) > 8 or _OTHER.search(mark.names):
        return None
    text = words(element)
    if len(text) not in _LENGTH or _is_something_else(element, text) or key(text) in key(words(headline.element)):
        return None
    if _LEADS_ON.search(text) or is_furniture(element, headline=headline.element):
        return None
    if any(key(text)[:_SAME] == wanted[:_SAME] for wanted in known):
        return text
    return None if _is_teaser(page, mark, headline) or _body_before(page, mark, headline) else text


def _is_something_else(element: HtmlElement, text: str) -> bool:
    """Tell whether a box holds a byline, a date, a picture's credit, a heading of its own or several paragraphs."""
    inner = [child.tag for child in islice(element.iterdescendants("h1", "h2", "h3", "h4", "time", "img", "p"), 9)]
    several = inner.count("p") > 1 or any(tag != "p" for tag in inner)
    signed = OPENING.match(text) or DATE_TEXT.search(text)
    return several or bool(_PHOTO.search(text) or (signed and len(text) < _RUNNING))


def _is_teaser(page: Survey, mark: Mark, headline: Mark) -> bool:
    """Tell whether a text speaks of another piece: it is a link, an item of a list, or has a heading of its own."""
    own = outside(mark.element, headline.element)
    if any(node.tag in ("li", "a") for node in own) or _is_link(mark.element):
        return True
    boxes = {id(node) for node in own[1:]}
    before = page.elements[max(0, mark.order - _NEAR.stop) : mark.order]
    heads = (node for node in before if node.tag in _HEADINGS and node is not headline.element)
    return any(id(box) in boxes for head in heads for box in head.iterancestors())


def _is_link(element: HtmlElement) -> bool:
    linked = sum(len(words(link)) for link in islice(element.iterdescendants("a"), 9))
    return 2 * linked > len(words(element))


def _body_before(page: Survey, mark: Mark, headline: Mark) -> bool:
    """Tell whether running text stands between the headline and a box."""
    between = page.elements[headline.order + 1 : mark.order]
    above = {id(node) for node in mark.element.iterancestors()}
    return any(node.tag == "p" and id(node) not in above and len(words(node)) > _RUNNING for node in between)


def _repeated(page: Survey, headline: Mark, known: Sequence[str]) -> tuple[str | None, tuple[Evidence, ...]]:
    for element, wanted in _alike(page, headline, known):
        text = words(element)
        if key(text) == wanted:
            return text, (_evidence(text, 0.6, "a paragraph that repeats the description"),)
    return None, ()


def _alike(page: Survey, headline: Mark, known: Sequence[str]) -> Iterator[tuple[HtmlElement, str]]:
    """Yield what opens like a known summary."""
    for element in page.elements[headline.order + 1 : headline.order + _NEAR.stop]:
        if (
            element.tag not in _PARAGRAPHS
            or not element.text
            or len(opening := key(element.text[:80])[:_SAME]) < _SAME
        ):
            continue
        for wanted in known:
            if wanted.startswith(opening):
                yield element, wanted


def _evidence(text: str, confidence: float, detail: str) -> Evidence:
    return Evidence(field="standfirst", value=text, source=Source.VISIBLE, confidence=confidence, detail=detail)
