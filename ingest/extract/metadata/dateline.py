"""The dateline: the place, and at times the agency, that opens a report ("TOKYO, Jan 5 (Reuters) -")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Evidence, Source
from ingest.extract.metadata.jsonld import Node, text_of
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.words import tidy, words

#: Place in capitals or title case, up to four words; then a date or an agency, or both; then a dash.
_PLACE = (
    r"(?:[A-ZÄÖÜÉÈÁÍÓÚÇÑ][\w\u2019'.\-]*(?:[ ,/]+(?:de|la|del|of|am|an|der)?\s*[A-ZÄÖÜÉÈÁÍÓÚÇÑ][\w\u2019'.\-]*){0,4})"
)
_DATELINE = re.compile(
    rf"^({_PLACE}(?:,\s*[^()\u2014\u2013]{{3,20}}?)?\s*(?:\([^()]{{2,30}}\))?)\s*(?:[\u2014\u2013]|--?(?=\s))\s*\S"
)
_MAX_LENGTH = 60


def dateline_of(paragraph: str) -> str | None:
    """Return the dateline that opens a paragraph, without its dash; None where none does.

    Without an agency in brackets the place must stand in capitals: "Berlin -" opens
    many a sentence that is no report.
    """
    found = _DATELINE.match(paragraph[:120])
    if found is None:
        return None
    text = tidy(found.group(1)).rstrip(",")
    place = re.split(r"[,(]", text)[0].strip()
    return text if len(text) <= _MAX_LENGTH and ("(" in text or (place.isupper() and len(place) > 2)) else None


def read_dateline(
    page: Survey, *, articles: Sequence[Node], headline: Mark | None
) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the article's dateline from its first paragraphs, else from JSON-LD; None where it has none."""
    start = headline.order if headline is not None else 0
    paragraphs = [e for e in page.elements[start : start + 400] if e.tag == "p"][:8]
    for paragraph in paragraphs:
        if text := dateline_of(words(paragraph)):
            return text, (_evidence(text, Source.VISIBLE, "first paragraphs"),)
    stated = next((tidy(t) for n in articles if (t := text_of(n.get("dateline")))), "")
    return (stated, (_evidence(stated, Source.JSON_LD, "dateline"),)) if stated else (None, ())


def _evidence(text: str, source: Source, detail: str) -> Evidence:
    return Evidence(field="dateline", value=text, source=source, confidence=0.7, detail=detail)
