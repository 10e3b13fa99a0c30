"""Tags that hold more attributes than a parser takes in good time, told before it is asked (pure)."""

from __future__ import annotations

import re

from ingest.errors import ExtractError
from ingest.extract.page import Page

#: Libxml2 compares each attribute of a tag with all before it: 5,000 take it 0.05 s, 170,000 more than a minute.
MAX_ATTRIBUTES = 5_000
_ATTRIBUTE = rb"""[\s/]++[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
#: Takes all of a page up to the first crowded tag, in one pass: no step is ever taken back (possessive throughout).
_FINE = re.compile(
    rb"(?:[^<]++|<(?![a-zA-Z])|<[a-zA-Z][^\s>]*+(?:%b){0,%d}+(?!%b))*+" % (_ATTRIBUTE, MAX_ATTRIBUTES, _ATTRIBUTE)
)


def refuse_crowded(page: Page) -> None:
    """Raise ExtractError for a page with a tag of more than MAX_ATTRIBUTES attributes."""
    size = len(page.content)
    if size <= 2 * MAX_ATTRIBUTES:  # an attribute takes a blank and a letter
        return
    match = _FINE.match(page.content)
    if match is None or match.end() < size:
        raise ExtractError(
            f"a tag holds more than {MAX_ATTRIBUTES:,} attributes",
            where=page.url,
            next_step="look whether the page is broken; take a full-text feed if the partner has one",
        )
