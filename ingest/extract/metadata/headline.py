"""The headline: the one on the page, chosen by agreement; social and search wordings kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from ingest.article import Evidence, Source
from ingest.extract.metadata.jsonld import Node, text_of
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.unheaded import find_unheaded, without_tail
from ingest.extract.metadata.values import Variant
from ingest.extract.metadata.words import key, tidy, words
from ingest.extract.metadata.zones import is_furniture

#: What sites put between a headline and their name; no blank is asked for before a colon or a full-width bar.
_SEPARATOR = re.compile(
    r"\s+[|\u2013\u2014\-•·»«\u203a/:~]+\s+|\s*[|\uff5c\u01c0\u2223\u2502\u3163]\s*|\s*\uff1a\s*|\s+::\s+|:\s+|\s+[»\u203a]\s*"
)
#: A wording of so many letters is no accident.
_TELLING = 8
#: So many hyphens make an address tell a headline.
_SLUG_WORDS = 3
#: No page has more headings that need be asked.
_MOST = 60
#: No stated wording is longer, in characters; what goes on is an attack.
_MOST_CHARS = 2_000
#: Two wordings of one headline stand within so many elements of each other.
_CLOSE = 40
#: A section's name, or a heading in the page's furniture, that is less like every stated wording is not the headline.
_UNLIKE = 0.3
#: An h1 that is a stated wording to the letter has at least this score; no h2 need be asked then.
_CERTAIN = 4.0
#: A blank before a colon that was written so, as in French, and is no line's end.
_SPACED_MARK = re.compile(r"\w[ \u00a0\u202f][:;]\s")
_TITLE_CLASS = re.compile(r"head-?_?line|title|titre|titulo|titel|heading|überschrift|ueberschrift", re.IGNORECASE)


def headline_variants(
    page: Survey, *, articles: Sequence[Node], sites: Sequence[str], feed: str = ""
) -> dict[Variant, str]:
    """Return the wordings stated away from the page's visible text, the site's name taken off each."""
    stated = {
        Variant.SOCIAL: page.first("og:title", "twitter:title"),
        Variant.SEO: page.titles[0] if page.titles else page.first("title", "dc.title", "dcterms.title"),
        Variant.JSON_LD: next(
            (t for t in (text_of(n.get("headline")) or text_of(n.get("name")) for n in articles) if t),
            page.first("headline"),
        ),
        Variant.FEED: feed,
    }
    return {name: text for name, raw in stated.items() if (text := without_site(tidy(raw[:_MOST_CHARS]), sites))}


def without_site(title: str, sites: Sequence[str]) -> str:
    """Return a title without the publisher's name at either end; the title itself where nothing else is left."""
    known = {key(site) for site in sites}
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        head, tail = title[: cuts[0].start()], title[cuts[-1].end() :]
        if key(tail) in known and title[: cuts[-1].start()]:
            title = title[: cuts[-1].start()]
        elif key(head) in known and title[cuts[0].end() :]:
            title = title[cuts[0].end() :]
        else:
            return title


def find_headline(
    page: Survey, *, variants: Mapping[Variant, str], sites: Sequence[str], labels: Sequence[str] = ()
) -> Mark | None:
    """Return the heading that readers see as the article's headline; None where no heading can be it.

    The heading that agrees best with the wordings stated elsewhere wins; without agreement the first h1 that is
    neither the site's name nor furniture does.
    """
    known = [*map(key, variants.values()), *_slug(page.url)]
    names = {key(site) for site in sites}
    sections = {key(label) for label in labels}
    best: tuple[float, int] | None = None
    chosen: Mark | None = None
    for mark in sorted(page.headings, key=lambda mark: str(mark.element.tag))[:_MOST]:
        if mark.element.tag != "h1" and best is not None and best[0] >= _CERTAIN:
            break
        text = key(words(mark.element))
        if not text or text in names or _leads_home(mark.element, page.url):
            continue
        score = _score(mark, text, known, section=text in sections)
        if score > 0 and (best is None or (score, -mark.order) > best):
            best, chosen = (score, -mark.order), mark
    if chosen is None:
        return find_unheaded(page, stated=[*variants.values()])
    instead = _shown_instead(page, chosen, key(variants.get(Variant.SOCIAL, "")))
    return instead or _before_the_sites_name(page, chosen, variants) or chosen


def _slug(url: str) -> list[str]:
    """Return the headline's key as the page's address has it; nothing where the address has no words."""
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return [key(last)] if last.count("-") >= _SLUG_WORDS else []


def _before_the_sites_name(page: Survey, chosen: Mark | None, variants: Mapping[Variant, str]) -> Mark | None:
    """Return the heading that a stated title has before the chosen one: blogs have their own name in the h1."""
    name = key(words(chosen.element)) if chosen is not None else ""
    if not name or name in map(key, variants.values()):
        return None
    heads = {
        key(text[: cut.start()])
        for text in variants.values()
        for cut in _SEPARATOR.finditer(text)
        if key(text[cut.end() :]) == name and ":" not in cut.group()
    } - {""}
    others = (mark for mark in page.headings[:_MOST] if heads and mark is not chosen)
    return next((mark for mark in others if key(words(mark.element)) in heads), None)


def _leads_home(heading: HtmlElement, url: str) -> bool:
    """Tell whether a heading is the site's name, by the link in or around it that leads to the site's front page."""
    around = heading.getparent()
    links = [*islice(heading.iter("a"), 3), *([around] if around is not None and around.tag == "a" else [])]
    return not _is_front(url, url) and any(_is_front(link.get("href"), url) for link in links)


def _is_front(href: str | None, url: str) -> bool:
    try:
        place, own = urlsplit(urljoin(url, (href or "#").strip())), urlsplit(url)
    except ValueError:
        return False
    return place.netloc == own.netloc and not place.path.strip("/") and not (place.query or place.fragment)


def _shown_instead(page: Survey, chosen: Mark | None, social: str) -> Mark | None:
    """Return a heading close to the chosen one that has the social wording, if the chosen has not.

    Some sites keep an h1 for search engines, out of sight, and show readers an h2, whose words the social card has.
    """
    if chosen is None or len(social) < _TELLING or social in _wordings(chosen):
        return None
    close = (
        mark for mark in page.headings[:_MOST] if abs(mark.order - chosen.order) <= _CLOSE and mark is not chosen
    )
    return next((mark for mark in close if social in _wordings(mark)), None)


def _wordings(mark: Mark) -> set[str]:
    """Return the keys of a heading and of its parts."""
    return {key(words(mark.element)), *map(key, mark.element.itertext())}


def _score(mark: Mark, text: str, known: Sequence[str], *, section: bool) -> float:
    agreement = max((_likeness(text, wording) for wording in known), default=0.0)
    first = mark.element.tag == "h1"
    if agreement < _UNLIKE and known and (section or is_furniture(mark.element, headline=None)):
        return 0.0
    if not first and agreement < 0.6:
        return 0.0
    allies = sum(text == wording for wording in known)
    score = 3 * agreement + 0.4 * allies + (1.0 if first else 0.0) + 0.2 * bool(_TITLE_CLASS.search(mark.names))
    return score - 0.5 * is_furniture(mark.element, headline=None)


def _likeness(one: str, other: str) -> float:
    """Return 0 to 1: how alike two keys are, by shared trigrams (Dice); one that opens or ends the other is alike."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= _TELLING and (long.startswith(short) or long.endswith(short)):
        return 0.85
    a, b = _trigrams(one), _trigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _trigrams(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


def read_headline(
    mark: Mark | None, *, variants: Mapping[Variant, str], sites: Sequence[str]
) -> tuple[str, tuple[Evidence, ...]]:
    """Return the headline and every reading of it.

    The page's own heading wins, however many feeds and cards say otherwise; else the wording most agreed with.
    """
    readings = dict(variants)
    if mark is not None:
        readings = {Variant.PAGE: without_site(_printed(mark, variants), sites), **readings}
    evidence = tuple(
        Evidence(
            field="headline",
            value=text,
            source=_SOURCES[name],
            confidence=_confidence(name, readings),
            detail=name.value,
        )
        for name, text in readings.items()
    )
    if mark is not None:
        return readings[Variant.PAGE], evidence
    best = max(evidence, key=lambda reading: reading.confidence, default=None)
    return (without_tail(best.value, readings.values()) if best else ""), evidence


def _printed(mark: Mark, variants: Mapping[Variant, str]) -> str:
    """Return a heading as one line; where style alone divides it, the stated wordings tell how its parts belong.

    A part that a wording gives as the whole headline is it (the rest is a kicker or a date); a wording of the same
    letters gives the punctuation between the parts.
    """
    whole = words(mark.element)
    if not len(mark.element):
        return whole
    votes = Counter(key(text) for text in variants.values())
    votes[key(variants.get(Variant.SOCIAL, ""))] += len(variants)
    for part in map(tidy, mark.element.itertext()):
        if key(part) and votes[key(part)] > votes[key(whole)]:
            return part
    closed = whole if any(map(_SPACED_MARK.search, mark.element.itertext())) else _closed(whole)
    alike = next((text for text in variants.values() if key(text) == key(whole)), closed)
    return closed if _marks(alike) == _marks(closed) else alike


def _marks(text: str) -> str:
    """Return what of a text is neither letter, digit nor blank: its punctuation."""
    return "".join(char for char in text if not char.isalnum() and char.isprintable() and not char.isspace())


def _closed(text: str) -> str:
    """Take out the blank that a line's end left before a colon or comma."""
    return re.sub(r" (?=[:,;.](?:\s|$))", "", text)


_SOURCES = {
    Variant.PAGE: Source.VISIBLE,
    Variant.SOCIAL: Source.META,
    Variant.SEO: Source.META,
    Variant.JSON_LD: Source.JSON_LD,
    Variant.FEED: Source.FEED,
}
_BASE = {Variant.PAGE: 0.7, Variant.FEED: 0.4, Variant.SOCIAL: 0.38, Variant.JSON_LD: 0.36, Variant.SEO: 0.3}


def _confidence(name: Variant, readings: Mapping[Variant, str]) -> float:
    text = key(readings[name])
    votes = sum(key(other) == text for other_name, other in readings.items() if other_name is not name)
    return min(1.0, _BASE[name] + 0.1 * votes)
