"""Lines near the headline that open like a byline ("By", "Von", "Par") and go on like a name, marked or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from ingest.extract.metadata.survey import Survey
from ingest.extract.metadata.vocabulary import BYLINE_SHAPE, EASTERN_SHAPE, LONE_OPENER, NAME, OPENING
from ingest.extract.metadata.words import lines, tidy
from ingest.extract.metadata.zones import in_form

_UNREAD = frozenset({"script", "style", "title", "h1"})
_BEFORE, _AFTER = 15, 70
_MAX_LINE = 120
_MAX_NAME = 60
_MAX_OPENER = 30
_MAX_CHILDREN = 6
#: So many elements after a lone opener may belong to its line.
_MOST_PARTS = 6
#: What goes on with a byline that is one already: another name, or a joining word.
_NAMES = re.compile(
    rf"(?:\W*(?:und|and|et|y|e|og|och|en|i|ve|&)\b)?\W*(?!.*\w\.\w\w){NAME}(?:\s+{NAME}){{1,4}}\W*$|\W*$"
)


def opened_lines(page: Survey, *, order: int) -> Iterator[tuple[int, HtmlElement, str]]:
    """Yield (place, element, line) for the lines around place `order`, the headline's, that open like a byline."""
    start = max(0, order - _BEFORE)
    for place, element in enumerate(page.elements[start : order + _AFTER], start):
        if (line := opened_line(element)) and not in_form(element):
            yield place, element, line


def opened_line(element: HtmlElement) -> str | None:
    """Return the line that an element's own words open like a byline; None where they do not."""
    text = element.text if isinstance(element.tag, str) and element.tag not in _UNREAD else None
    if not text or len(element) > _MAX_CHILDREN:
        return None
    if EASTERN_SHAPE.match(text[:_MAX_NAME]):
        return tidy(text[:_MAX_NAME])
    if not OPENING.match(text[:_MAX_LINE] + " x"):
        return None
    found = next((line for line in lines(element)[:3] if _is_byline(line)), None)
    if found is not None or len(text) > _MAX_OPENER or not LONE_OPENER.match(text):
        return found
    line = _with_what_follows(element)
    return line if _is_byline(line) else None


def _is_byline(line: str) -> bool:
    return len(line) < _MAX_LINE and BYLINE_SHAPE.match(line) is not None


def _with_what_follows(element: HtmlElement) -> str:
    """Return a lone opener with the words after it, in the element itself or in its next neighbours."""
    if len(element):
        own = " ".join(lines(element))
        if not LONE_OPENER.match(own):
            return own
    line = tidy(element.text or "")
    after = tidy(element.tail or "")
    for neighbour in islice(element.itersiblings(), _MOST_PARTS):
        part = ", ".join(lines(neighbour)) if isinstance(neighbour.tag, str) else ""
        ended = _is_byline(line) and not after and not _NAMES.match(part)
        if ended or len(line) + len(part) >= _MAX_LINE:
            break
        comma = part and not after and not LONE_OPENER.match(line)
        line = f"{line} {after}{', ' if comma else ' '}{part}" if part else f"{line} {after}"
        after = tidy(neighbour.tail or "")
    return tidy(f"{line} {after}".replace(" ,", ","))[: _MAX_LINE - 1]
