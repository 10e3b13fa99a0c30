"""When the article was published and last changed: every reading, the best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ingest.article import Evidence, Source
from ingest.extract.metadata.datetext import Moment, read_moment
from ingest.extract.metadata.jsonld import Node, text_of, types
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.vocabulary import MODIFIED_METAS, MODIFIED_WORDS, PUBLISHED_METAS, PUBLISHED_WORDS
from ingest.extract.metadata.words import words
from ingest.extract.metadata.zones import distance, is_furniture

if TYPE_CHECKING:  # the feed room brings a parser that reading pages does not need
    from ingest.feed import Entry

_PUBLISHED_PROPS = ("datepublished", "datecreated")
#: Dates of other things: comments, events, offers, ages.
_NOT_ARTICLE = re.compile(
    r"comment|event|expir|valid|birth|reading-?_?time|readtime|read-time|duration|countdown|copyright|copy\b",
    re.IGNORECASE,
)
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])|/([1-9])/([1-9]|[12]\d|3[01])(?=/))"
    r"(?!\d)"
)
_NEAR = range(-60, 160)
_MAX_TEXT = 160
_MAX_CHILDREN = 12
#: Country codes where 3/4/2024 is the third of April and English is written.
_DAY_FIRST = frozenset(
    ["uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "pk", "sg", "my", "lk", "bd", "zm", "zw", "ug", "tz", "mt"]
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading of a date, with how far it is believed."""

    moment: Moment
    source: Source
    confidence: float
    detail: str
    modified: bool = False


def date_readings(
    page: Survey, *, articles: Sequence[Node], headline: Mark | None, language: str | None
) -> list[Reading]:
    """Return every reading of the page's dates, published and modified, in order of discovery."""
    return [
        *_json_ld(articles, language),
        *_metas(page, language),
        *_props(page, headline, language),
        *_visible(page, headline, language),
        *_url(page.url),
    ]


def day_first(url: str) -> str | None:
    """Return British English for an address in a country that writes 3/4/2024 for the third of April, else None."""
    host = urlsplit(url).hostname or ""
    return "en-gb" if host.rpartition(".")[2] in _DAY_FIRST else None


def feed_readings(entry: Entry | None) -> list[Reading]:
    """Return the feed's own dates as readings."""
    stated = ((entry.published_at, False), (entry.updated_at, True)) if entry else ()
    return [
        Reading(moment=Moment(at=at), source=Source.FEED, confidence=0.9, detail="feed entry", modified=modified)
        for at, modified in stated
        if at is not None
    ]


def _json_ld(articles: Sequence[Node], language: str | None) -> Iterator[Reading]:
    for place, node in enumerate(articles):
        doubt = 0.0 if place == 0 and "webpage" not in types(node) else 0.1
        for name, confidence in (("datePublished", 0.92), ("dateCreated", 0.7), ("uploadDate", 0.6)):
            if moment := read_moment(text_of(node.get(name)), language=language):
                yield Reading(moment=moment, source=Source.JSON_LD, confidence=confidence - doubt, detail=name)
        if moment := read_moment(text_of(node.get("dateModified")), language=language):
            yield Reading(
                moment=moment, source=Source.JSON_LD, confidence=0.9 - doubt, detail="dateModified", modified=True
            )


def _metas(page: Survey, language: str | None) -> Iterator[Reading]:
    for place, (name, text) in enumerate(page.all(*PUBLISHED_METAS)):
        if moment := read_moment(text, language=language):
            yield Reading(
                moment=moment, source=Source.META, confidence=_trust(name) - 0.005 * min(place, 9), detail=name
            )
    for name, text in page.all(*MODIFIED_METAS):
        if moment := read_moment(text, language=language):
            yield Reading(moment=moment, source=Source.META, confidence=0.85, detail=name, modified=True)


def _trust(name: str) -> float:
    """Return how far a meta is believed to tell the publication date: many a "date" is that of the last change."""
    if name in PUBLISHED_METAS[:4]:
        return 0.93
    return 0.72 if name in ("date", "dc.date", "dcterms.date", "created", "timestamp") else 0.82


def _props(page: Survey, headline: Mark | None, language: str | None) -> Iterator[Reading]:
    for name in (*_PUBLISHED_PROPS, "datemodified"):
        for mark in page.props.get(name, ())[:3]:
            moment = read_moment(_stamp(mark.element), language=language)
            if moment and not is_furniture(mark.element, headline=headline.element if headline else None):
                modified = name == "datemodified"
                yield Reading(
                    moment=moment,
                    source=Source.MICRODATA,
                    confidence=0.85,
                    detail=f"itemprop={name}",
                    modified=modified,
                )


def _stamp(element: HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or words(element)[:_MAX_TEXT]


def _visible(page: Survey, headline: Mark | None, language: str | None) -> Iterator[Reading]:
    top = headline.element if headline else None
    for mark in page.dates:
        element = mark.element
        if len(element) > _MAX_CHILDREN or _NOT_ARTICLE.search(mark.names) or is_furniture(element, headline=top):
            continue
        text = words(element)
        stamp = element.get("datetime") or element.get("content") or ""
        if len(text) > _MAX_TEXT:
            continue
        for moment in filter(None, _moments(stamp, text, language)):
            yield _visible_reading(mark, moment, f"{text} {mark.names}", headline)


def _moments(stamp: str, text: str, language: str | None) -> tuple[Moment | None, ...]:
    """Read an element's stamp, else its words; both where the stamp is in UTC, for the words tell the local day."""
    stated = read_moment(stamp, language=language)
    if stated is None:
        return (read_moment(text, language=language),)
    local = stated.zone_unknown or stated.at.utcoffset()
    return (stated,) if local else (stated, read_moment(text, language=language))


def _visible_reading(mark: Mark, moment: Moment, text: str, headline: Mark | None) -> Reading:
    modified = bool(MODIFIED_WORDS.search(text)) and not PUBLISHED_WORDS.search(text)
    away = distance(mark, headline)
    confidence = 0.45 if headline is None or away not in _NEAR else 0.75 - 0.001 * abs(away)
    confidence += 0.03 * (mark.element.tag == "time") + 0.04 * bool(PUBLISHED_WORDS.search(text))
    return Reading(
        moment=moment,
        source=Source.VISIBLE,
        confidence=confidence,
        detail=f"<{mark.element.tag} {mark.names[:80]!r}>",
        modified=modified,
    )


def _url(url: str) -> Iterator[Reading]:
    for found in _URL_DAY.finditer(url):
        year, month, day = filter(None, found.groups())
        if moment := read_moment(f"{year}-{month:0>2}-{day:0>2}"):
            yield Reading(moment=moment, source=Source.URL, confidence=0.5, detail=found.group())


def evidence_of(readings: Sequence[Reading]) -> tuple[Evidence, ...]:
    """Return the readings as evidence; the detail says where only a day, or no zone, was written."""
    return tuple(
        Evidence(
            field="modified_at" if reading.modified else "published_at",
            value=reading.moment.at.isoformat(),
            source=reading.source,
            confidence=round(min(reading.confidence, 1.0), 2),
            detail=reading.detail + _caveat(reading.moment),
        )
        for reading in readings[:40]
    )


def _caveat(moment: Moment) -> str:
    if moment.day_only:
        return ", day only"
    return ", zone not stated" if moment.zone_unknown else ""
