"""Bylines where nothing marks one: linked profiles, lines of date and name, and boxes about the author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from ingest.article import Source
from ingest.byline.given import is_given_name
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.visible import Printed
from ingest.extract.metadata.vocabulary import DATE_TEXT, NAME, NAME_SHAPE, NOISE, OPENING
from ingest.extract.metadata.words import tidy, words
from ingest.extract.metadata.zones import ancestors, distance, is_furniture, naming

_BIO = re.compile(r"bio\b|biograph|author|autor|about", re.IGNORECASE)
_BOXES = frozenset({"div", "section", "aside", "footer", "article"})
#: Boxes about authors inside these are about others.
_ALIEN = re.compile(
    r"comment|kommentar|related|recommend|teaser|most-?_?(read|popular)|newsletter|\bnav|menu|\bcards?\b|listing|carousel|"
    r"slider",
    re.IGNORECASE,
)
#: Pages about the people in the news, as well as those who write it.
_TOPIC = re.compile(r"/(?:people|person(?:en)?)/", re.IGNORECASE)
_NEAR = range(-15, 60)
_MAX_PROFILES = 4
_MAX_CHILDREN = 5
_MAX_LINE = 90
_MAX_WORDS = 5
_MAX_TEXTS = 16
#: No date is written without digits.
_YEAR = re.compile(r"\d\d")
#: Words of sections and labels, which no name has.
_SECTION = re.compile(
    r"news|nachricht|stor(?:y|ies)\b|politi|sport|business|wirtschaft|opinion|meinung|report|update|release|blog|magazin|"
    r"content|video|podcast|aktuell|meldung|kultur|culture|world|stand\b|\bmin\b|uhr\b|press|redakt|read",
    re.IGNORECASE,
)
#: Only words for the text itself: "Photo:" and the like name others.
_LABEL = re.compile(
    r"\W*(?:(?:text|texte|texto|testo|tekst|words|story|bericht)\s*(?::|\s(?:by|von|par|por|de|di|av)\s)"
    r"|(?:autor(?:in)?|author|auteur|autore|verfasser(?:in)?|written by|geschrieben von)\s*:)",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"(?i:{_LABEL.pattern})\s*{NAME}(?:\s+{NAME})")
_MAX_LABELLED = 120
_UNREAD = frozenset({"script", "style", "h1", "title", "option"})
#: What stands beside a date and is neither date nor name.
_STAMPS = re.compile(
    r"\b(?:publi(?:shed|ziert|é|cado|cada|c)|posted|updated|aktualisiert|veröffentlicht|erstellt|stand|actualizado|"
    r"mis à jour|pubblicato|aggiornato|güncelle(?:me|nme)|opublikowano|gmt|utc|ces?t|mes?z|e[sd]t|p[sd]t|uhr|"
    r"(?:am|le|el|il|on|um|at|à|alle)(?=\W*$))\b\s*:?",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^[\s|·•/:,\u2013\u2014-]+|[\s|·•/:,\u2013\u2014-]+$")


def linked_profiles(page: Survey, *, headline: Mark | None) -> Iterator[Printed]:
    """Yield the people whose profiles are linked close to the headline, in boxes that nothing marks."""
    if headline is None:
        return
    close = [m for m in page.people if distance(m, headline) in _NEAR and not _TOPIC.search(m.element.get("href"))]
    top = headline.element
    near = [mark for mark in close if not is_furniture(mark.element, headline=top, in_head=True)][:_MAX_PROFILES]
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


def dated_names(page: Survey, *, headline: Mark | None) -> Iterator[Printed]:
    """Yield what stands beside the date in a short line close to the headline, if it opens like a byline or a name.

    Sections stand there too ("World News | 3 May"): so without "by", or a known given name, nothing else on the page
    may link to something of that name.
    """
    if headline is None:
        return
    start = max(0, headline.order + _NEAR.start)
    for element in page.elements[start : headline.order + _NEAR.stop]:
        rest = _beside_date(element)
        trust = _trust(rest, page) if rest else 0.0
        if trust and not is_furniture(element, headline=headline.element):
            place = f"beside the date in <{element.tag}>"
            yield Printed(strings=(rest,), raw=rest, source=Source.VISIBLE, confidence=trust, detail=place)
            return


def _beside_date(element: HtmlElement) -> str:
    """Return a short line without its date and time; "" where it has no date, or nothing else."""
    if not isinstance(element.tag, str) or element.tag in _UNREAD or len(element) > _MAX_CHILDREN:
        return ""
    if not _YEAR.search("".join(islice(element.itertext(), _MAX_TEXTS))) or len(text := words(element)) > _MAX_LINE:
        return ""
    rest = DATE_TEXT.sub(" ", text)
    return tidy(_EDGES.sub("", _STAMPS.sub(" ", rest))) if rest != text else ""


def _trust(text: str, page: Survey) -> float:
    if OPENING.match(text) and len(text.split()) <= _MAX_WORDS:
        return 0.62
    if not _is_name(text) or _SECTION.search(text):
        return 0.0
    if is_given_name(text.split()[0]):
        return 0.6
    capitals = text[0].isupper() and text.split()[-1][0].isupper()
    return 0.52 if capitals and not _is_linked(text, page) else 0.0


def _is_linked(text: str, page: Survey) -> bool:
    links = (element for element in page.elements if element.tag == "a")
    return any(tidy(link.text or "").casefold() == text.casefold() for link in links)


def labelled_names(page: Survey, *, headline: Mark | None) -> Iterator[Printed]:
    """Yield the first line that says in so many words whose the text is, wherever it stands ("Text: Jane Doe")."""
    top = headline.element if headline is not None else None
    for element in page.elements:
        if not element.text or not _LABEL.match(element.text) or element.tag in _UNREAD:
            continue
        text = element.text[:_MAX_LABELLED]
        line = tidy(f"{text} {element.tail or ''}"[:_MAX_LABELLED] if text.rstrip().endswith(":") else text)
        if _LABELLED.match(line) and not is_furniture(element, headline=top):
            detail = f"<{element.tag}> line that says whose the text is"
            yield Printed(strings=(line,), raw=line, source=Source.VISIBLE, confidence=0.58, detail=detail)
            return


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
