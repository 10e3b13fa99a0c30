"""The library's guess, asked only where the page states nothing that we read."""

from __future__ import annotations

import re
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from ingest.article import Source
from ingest.extract.metadata.dates import Reading
from ingest.extract.metadata.datetext import read_moment

_UNREAD = frozenset(["script", "style", "noscript"])
#: In characters, many times what an article has.
_MAX_TEXT = 150_000


def library_date(tree: HtmlElement, *, url: str) -> Reading | None:
    """Return htmldate's guess at the publication day, None where it has none; costs some ten milliseconds.

    It reads the text of every box whose name speaks of dates, one in another: so it is not asked of a page with too
    much text.
    """
    if (
        sum(len(node.text or "") + len(node.tail or "") for node in tree.iter() if node.tag not in _UNREAD)
        > _MAX_TEXT
    ):
        return None
    from htmldate import find_date

    try:
        guess = find_date(tree, url=url, original_date=True, extensive_search=True, deferred_url_extractor=True)
    except Exception:  # noqa: BLE001 - it raises all sorts on odd trees; no guess is an answer
        return None
    moment = read_moment(guess or "")
    if moment is None or (moment.at.day == 1 and not _is_written(tree, moment.at)):
        return None
    return Reading(moment=moment, source=Source.LIBRARY, confidence=0.3, detail="htmldate")


def _is_written(tree: HtmlElement, at: datetime) -> bool:
    """Tell whether a first of the month stands on the page: the library makes it of a bare month or year, too."""
    year, month = at.year, at.month
    day = re.compile(
        rf"{year}[-/.]0?{month}[-/.]0?1\b|\b0?1[-/.]\s?0?{month}[-/.]\s?{year}|\b0?{month}[-/.]0?1[-/.]{year}"
        rf"|\b0?1(?:st|er|\.|º)?\s+(?:de\s+)?[^\W\d_]{{3,12}}\.?,?\s+(?:de\s+)?{year}"
        rf"|[^\W\d_]{{3,12}}\.?\s+0?1(?:st)?,?\s+{year}"
    )
    page = etree.tostring(tree, encoding="unicode")
    around = (page[max(0, found.start() - 30) : found.end() + 10] for found in re.finditer(str(year), page))
    return any(map(day.search, around))
