"""The library's guess, asked only where the page states nothing that we read."""

from __future__ import annotations

from lxml.html import HtmlElement

from ingest.article import Source
from ingest.extract.metadata.dates import Reading
from ingest.extract.metadata.datetext import read_moment


def library_date(tree: HtmlElement, *, url: str) -> Reading | None:
    """Return htmldate's guess at the publication day, None where it has none; costs some ten milliseconds."""
    from htmldate import find_date

    try:
        guess = find_date(tree, url=url, original_date=True, extensive_search=True, deferred_url_extractor=True)
    except Exception:  # noqa: BLE001 - it raises all sorts on odd trees; no guess is an answer
        return None
    moment = read_moment(guess or "")
    if moment is None or (moment.at.month, moment.at.day) == (1, 1):  # a bare year, of a copyright line mostly
        return None
    return Reading(moment=moment, source=Source.LIBRARY, confidence=0.3, detail="htmldate")
