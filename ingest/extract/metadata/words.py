"""Words out of elements: lines as a reader sees them, bounded."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

#: A reader sees a line's end after these.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
#: Nobody reads these.
_UNREAD = frozenset(["script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe"])
_HIDDEN = re.compile(r"visually-?hidden|\bsr-only\b|screen-?reader|hidden-visually|\ba11y", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
#: Boxes around a headline or byline are small; what is larger is none.
_MAX_NODES = 400
_MAX_CHARS = 5_000


def tidy(text: str) -> str:
    """Return `text` with each run of white space as one blank; NBSPs inside stay."""
    if "\u00a0" not in text:
        return " ".join(text.split()).strip("\ufeff ")
    return " ".join(text.replace("\u00a0", "\u0000").split()).replace("\u0000", "\u00a0").strip("\u00a0 \ufeff")


def key(text: str) -> str:
    """Return the form in which two wordings are compared: letters and digits only, NFKC, casefolded."""
    return _NO_WORD.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold())


def lines(element: HtmlElement) -> list[str]:
    """Return what a reader sees in an element, a string a line; at most its first 400 nodes.

    Inline neighbours that only style keeps apart ("Jane Doe" and "@jane") count as lines of their own.
    """
    if not len(element):
        line = tidy((element.text or "")[:_MAX_CHARS]) if element.tag not in _UNREAD else ""
        return [line] if line else []
    pieces: list[str] = []
    _collect(element, pieces)
    parts: list[str] = []
    for piece in filter(None, pieces):
        if parts and parts[-1][-1].islower() and (piece[0].isupper() or piece[0] == "@"):
            parts.append("\n")
        parts.append(piece)
    return [line for line in map(tidy, "".join(parts).split("\n")) if line]


def words(element: HtmlElement) -> str:
    """Return what a reader sees in an element, on one line."""
    return " ".join(lines(element))


def _collect(top: HtmlElement, pieces: list[str]) -> None:
    walk = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
    room = _MAX_CHARS
    for event, node in islice(walk, 2 * _MAX_NODES):
        if room < 0:
            return
        inside = node is not top
        if event == "start":
            if node.tag in _UNREAD or _spoken_only(node):
                walk.skip_subtree()
            else:
                pieces += _opening(node)
                room -= len(pieces[-1])
        else:
            pieces += _closing(node, tail=inside)
            room -= len(pieces[-1])


def _spoken_only(node: HtmlElement) -> bool:
    """Tell whether words are there for screen readers alone; a hidden colon still parts kicker from headline."""
    names = node.get("class")
    return bool(names and _HIDDEN.search(names) and any(map(str.isalnum, node.text or "")))


def _opening(node: HtmlElement) -> tuple[str, ...]:
    text = _flat(node.text)
    return ("\n", text) if node.tag in BLOCKS else (text,)


def _closing(node: HtmlElement, *, tail: bool) -> tuple[str, ...]:
    text = _flat(node.tail) if tail else ""
    return ("\n", text) if node.tag in BLOCKS else (text,)


def _flat(text: str | None) -> str:
    return text[:_MAX_CHARS].replace("\n", " ") if text else ""
