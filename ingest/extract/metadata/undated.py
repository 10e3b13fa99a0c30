"""The date of a page that marks none as such: by the headline, by its own words, or by the picture's address."""

from __future__ import annotations

import re

from ingest.article import Source
from ingest.extract.metadata.dates import Reading
from ingest.extract.metadata.datetext import read_moment
from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.vocabulary import MODIFIED_WORDS
from ingest.extract.metadata.zones import is_furniture

_DAY_FOLDER = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])/")
_SHORT = 80
_YEAR = re.compile(r"(?:19|20)\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2}\b")
#: A date that opens a paragraph, before a dash or a bar.
_LEADING = re.compile(
    r"\s*\(?(?:\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\d{1,2}\.?\s[^\W\d_]{3,9}\.?\s\d{4}|[^\W\d_]{3,9}\.?\s\d{1,2},?\s\d{4})\)?"
    r"\s*[\u2013\u2014:|-]"
)
_CODE = frozenset(["script", "style", "option"])
#: "Erschienen am:", "Posted on", "Publicado el": a date follows.
_LABELLED = re.compile(
    r"\W{0,4}(?:(?:first )?published|posted|erschienen|veröffentlicht|publiziert|erstellt|publié|paru|mis en ligne"
    r"|publicado"
    r"|pubblicato|geplaatst|gepubliceerd|publicerad|publiceret|publisert|julkaistu|opublikowano|publikováno"
    r"|yayınlanma(?: tarihi)?|опубликовано|опубліковано|δημοσίευση|date|datum|fecha|data|发布时间|公開日|입력)"
    r"(?: (?:on|am|le|el|il|em|op|den|dne|at))?\W{0,4}(?=\d|[^\W\d_]{3,12}\.? \d)",
    re.IGNORECASE,
)


def unmarked(page: Survey, *, headline: Mark | None, language: str | None) -> Reading | None:
    """Return the first date in a short text close to the headline that nothing marks as one, None without one.

    To be asked only where the page states no date: it reads text by text.
    """
    if headline is None:
        return None
    after = page.elements[headline.order + 1 : headline.order + 80]
    before = page.elements[max(0, headline.order - 20) : headline.order]
    for element in (*after, *reversed(before)):
        if not isinstance(element.tag, str) or element.tag in _CODE:
            continue
        for text in filter(_may_date, (element.text, element.tail)):
            moment = read_moment(str(text), language=language)
            if moment and not is_furniture(element, headline=headline.element):
                place = f"<{element.tag}> near the headline"
                return Reading(moment=moment, source=Source.VISIBLE, confidence=0.5, detail=place)
    return None


def labelled(page: Survey, *, language: str | None) -> Reading | None:
    """Return the first date that its own text says is the publication's ("Erschienen am: 01.11.2023"), or None.

    To be asked only where nothing marks a date and none stands by the headline: it reads every short text.
    """
    for element in page.elements:
        for text in (element.text, element.tail) if isinstance(element.tag, str) and element.tag not in _CODE else ():
            found = _LABELLED.match(text[:_SHORT]) if text else None
            moment = read_moment(text[found.end() : _SHORT], language=language) if text and found else None
            if moment and not is_furniture(element, headline=None):
                place = f"<{element.tag}> says when it was published"
                return Reading(moment=moment, source=Source.VISIBLE, confidence=0.5, detail=place)
    return None


def of_picture(page: Survey) -> Reading | None:
    """Return the day in the social picture's address, where sites file uploads by day; None where it has none.

    To be asked last: pictures are older than their article at times.
    """
    for name, text in page.all("og:image", "og:image:secure_url", "twitter:image"):
        for found in _DAY_FOLDER.finditer(text):
            if moment := read_moment("-".join(found.groups())):
                return Reading(moment=moment, source=Source.META, confidence=0.35, detail=f"the address of {name}")
    return None


def _may_date(text: str | None) -> bool:
    short = bool(text) and (len(text or "") < _SHORT or bool(_LEADING.match(text or "")))
    return short and bool(_YEAR.search(text or "")) and not MODIFIED_WORDS.search(text or "")
