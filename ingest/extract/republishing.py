"""What a page or a feed carries for those who republish it: counting pixels, and marks that one may (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ingest.article import Evidence, Source
from ingest.extract.inline import web_url
from ingest.extract.page import Page
from ingest.extract.pictures import is_dot
from ingest.extract.tree import Element
from ingest.pixel import EVIDENCE_FIELD

#: The name under which marks are kept; the terms' `require_marker` is looked for among them.
MARKER_FIELD = "marker"
_MOST = 10
#: A longer text is no button's.
_MARK_CHARS = 120
_WORDS = (
    r"re-?publi(?:sh|er|car|que|zier)|ripubblica|herpublice|republicer|weiterveröffentlich|nachdruck(?:en|erlaubnis)|"
    r"reprint this|publish this (?:article|story)|creative commons|\bcc[ -]by\b"
)
_MARK = re.compile(_WORDS, re.IGNORECASE)
#: A page without one of these, in lower case, has no mark; they are ASCII in every character set of the web.
_HINTS = (
    b"republi",
    b"re-publi",
    b"ripubblica",
    b"herpublic",
    b"weiterver",
    b"nachdruck",
    b"reprint this",
    b"publish this",
    b"creative commons",
    b"cc by",
    b"cc-by",
)
_MARKED = ("a", "button", "input", "summary")
#: An image as the box with a republisher's code shows it, as text.
_CODED_IMAGE = re.compile(r"<img\b[^<>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(src|width|height|style)\s*=\s*[\"']([^\"'<>]{0,800})[\"']", re.IGNORECASE)


def republishing_evidence(tree: Element, page: Page, *, base: str) -> tuple[Evidence, ...]:
    """Return counting pixels (absolute URLs) and the wording of "Republish" buttons and the like, each once.

    Takes the page's root, the page, and the URL that addresses are resolved against.
    """
    source = Source.FEED if page.fragment else Source.VISIBLE
    pixels = dict.fromkeys(url for src in _pixels(tree) if (url := web_url(src, base=base)))
    low = page.content.lower()
    marks = dict.fromkeys(_marks(tree)) if any(hint in low for hint in _HINTS) else {}
    return (
        *(Evidence(field=EVIDENCE_FIELD, value=url, source=source, confidence=0.9) for url in islice(pixels, _MOST)),
        *(Evidence(field=MARKER_FIELD, value=text, source=source, confidence=0.9) for text in islice(marks, _MOST)),
    )


def _pixels(tree: Element) -> Iterator[str]:
    """Yield the addresses of images too small to see, in the page or in the code that it offers to republishers."""
    for img in tree.iter("img"):
        # A noscript's are the site's own statistics, for readers without scripts.
        if is_dot(img.get("width"), img.get("height"), img.get("style")) and not _in_noscript(img):
            yield img.get("src") or ""
    for box in tree.iter("textarea"):
        for match in _CODED_IMAGE.finditer((box.text_content() or "")[:200_000]):
            found = {name.lower(): value for name, value in _ATTRIBUTE.findall(match.group())}
            if is_dot(found.get("width"), found.get("height"), found.get("style")):
                yield found.get("src", "")


def _in_noscript(element: Element) -> bool:
    return next(element.iterancestors("noscript"), None) is not None


def _marks(tree: Element) -> Iterator[str]:
    for element in tree.iter(*_MARKED):
        for text in _texts(element):
            words = " ".join(text.split())
            if len(words) <= _MARK_CHARS and _MARK.search(words):
                yield words
                break


def _texts(element: Element) -> Iterator[str]:
    yield element.text_content()
    for name in ("value", "title", "aria-label"):
        yield element.get(name) or ""
    for img in element.iter("img"):
        yield img.get("alt") or ""
