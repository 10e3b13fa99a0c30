"""The headline of pages that show it in no heading: the line whose words are those that the page states elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from ingest.extract.metadata.survey import Mark, Survey
from ingest.extract.metadata.words import key, words
from ingest.extract.metadata.zones import is_furniture

#: A shorter line is a label.
_LEAST = 8
#: No headline is longer, in characters.
_MOST_CHARS = 400
#: A stated wording has no more than a section's or a site's name beside the line: so much of it is the line.
_SHARE = 0.85
#: A wording without a section's or site's name at its end is so much of the one with it.
_BARE_SHARE = 0.8
_TAGS = frozenset(["p", "div", "span", "strong", "b", "h3", "h4", "h5", "h6", "td", "header", "font", "center"])
_MOST_CHILDREN = 3
_MOST_LINES = 4_000


def find_unheaded(page: Survey, *, stated: Sequence[str]) -> Mark | None:
    """Return the line that readers see as the headline where no h1 or h2 is it; None where there is no such line.

    Takes the wordings stated away from the text. The first line that is one of them wins, else the first with which
    one begins or ends, the rest being shorter than it.
    """
    known = [wording for wording in map(key, stated) if len(wording) >= _LEAST]
    near: Mark | None = None
    for mark, line in _lines(page) if known else ():
        if not any(wording.startswith(line) or wording.endswith(line) for wording in known):
            continue
        if is_furniture(mark.element, headline=None):
            continue
        if line in known:
            return mark
        if near is None and any(len(line) >= _SHARE * len(wording) for wording in known if line in wording):
            near = mark
    return near


def without_tail(text: str, others: Iterable[str]) -> str:
    """Return the wording that a longer one only adds a section's or a site's name to."""
    long = key(text)
    bare = (o for o in others if _BARE_SHARE * len(long) <= len(key(o)) < len(long) and long.startswith(key(o)))
    return min(bare, key=len, default=text)


def _lines(page: Survey) -> Iterator[tuple[Mark, str]]:
    asked = 0
    for order, element in enumerate(page.elements):
        if element.tag in _TAGS and len(element) <= _MOST_CHILDREN and (text := _text(element)):
            asked += 1
            if asked > _MOST_LINES:
                return
            line = key(text)
            if len(line) >= _LEAST:
                yield Mark(element, order, element.get("class") or ""), line


def _text(element: HtmlElement) -> str:
    """Return a short element's words, "" for one that is no single line."""
    if not len(element):
        text = element.text or ""
        return text if _LEAST <= len(text) <= _MOST_CHARS else ""
    if not (element.text or "").strip() and len(element) == 1 and not (element[0].tail or "").strip():
        return ""  # its only child is asked by itself
    text = words(element)
    return text if len(text) <= _MOST_CHARS else ""
