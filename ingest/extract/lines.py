"""Single lines that are furniture by their wording (pure).

Each pattern speaks of whole short lines only; a sentence of the article that happens to hold such words stays.
"""

from __future__ import annotations

import re

from ingest.extract.phrases import BEGINNINGS, BOILERPLATE, DEVICES, WALL, WHOLES

#: A longer line than this is judged by its wording only where it is a publisher's own notice.
MAX_CHARS = 180
NOTICE_CHARS = 700
#: A longer paragraph is no wall's.
_WALL_CHARS = 300
_LEAD = r"^[\s\W]*"
_OPENING = " \t\n\u00a0–—-•*[("


def _words(text: str) -> str:
    """Return a pattern's alternatives as written in phrases.py, a blank for any white space."""
    return "".join(line.strip() for line in text.splitlines()).replace(" ", r"\s+")


def _beginning(text: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{_words(text)})(?:\b|(?<=:)|(?=[:：])).*$", re.IGNORECASE | re.DOTALL)


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{_words(text)})[\s\W]*$", re.IGNORECASE)


_PATTERNS = (
    *((reason, _beginning(text)) for reason, text in BEGINNINGS),
    *((reason, _whole(text)) for reason, text in WHOLES),
)
_WALL = re.compile(_words(WALL), re.IGNORECASE)
_DEVICES = re.compile(_words(DEVICES), re.IGNORECASE)
_NOTICE = re.compile(_LEAD + _words(BOILERPLATE), re.IGNORECASE | re.DOTALL)
_BYLINE = re.compile(
    r"^(?:by|written\s+by|story\s+by|posted\s+by|von|par|por|texto?\s*[:：]|text\s*[:：]|door|av|af|"
    r"author\s*[:：]|autor(?:in)?\s*[:：])\s+"
    r"(?:[A-ZÀ-ÞŁŚŻĐ][\w.'’-]*[\s,&|/]*|(?:and|und|et|y|e|de|van|von|der|da)\s+){1,9}$"
)
_SHOUTED = re.compile(r"(?:READ|SEE|WATCH) (?:MORE|ALSO|NEXT)\b|(?:DON['’]T MISS|LIRE AUSSI|LEIA MAIS|LEER MÁS)\b")
_CLOCK = r"(?:(?:at|um|à|-|a\s+las|às)?\s*\d{1,2}[:.h]\d{2}(?::\d\d)?\s*(?:[ap]\.?m\.?|uhr|[A-Z]{2,4})?)?"
_DATE = re.compile(
    r"^(?:\w{2,10}\.?,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?[^\W\d]{3,10}\.?,?\s+(?:de\s+)?\d{4}|"
    r"[^\W\d]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日)"
    rf"[\s,|·•–—-]*{_CLOCK}\W*$",
    re.IGNORECASE,
)


def furniture_line(text: str) -> str | None:
    """Return why a line is furniture by its wording alone, or None."""
    line = " ".join(text.split())
    if len(line) > MAX_CHARS:
        return "notice" if _is_notice(line) else None
    if _DATE.match(line):
        return "meta"
    if _SHOUTED.match(line):
        return "related"
    if _BYLINE.match(line):
        return "byline"
    found = next((reason for reason, pattern in _PATTERNS if pattern.match(line)), None)
    return found or ("notice" if _is_notice(line) else None)


def _is_notice(line: str) -> bool:
    return len(line) <= NOTICE_CHARS and bool(_NOTICE.match(line))


def has_wall(text: str) -> bool:
    """Tell whether a text holds the words of a paywall or a login wall."""
    return bool(_WALL.search(text))


def is_wall_line(text: str) -> bool:
    """Tell a paragraph that belongs to a wall around the article, not to the article."""
    line = text.lstrip(_OPENING)
    return len(line) < _WALL_CHARS and bool(_WALL.match(line) or _DEVICES.search(line))


def flat(text: str | None) -> str:
    """Return a text's words alone, for comparison: case, punctuation and spacing off."""
    return " ".join(re.findall(r"\w+", text or "")).casefold()
