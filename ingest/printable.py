"""The characters that HTML and XML may hold; the rest is struck out at our borders."""

from __future__ import annotations

import re

# https://www.w3.org/TR/xml/#NT-Char, less the C1 controls and noncharacters that HTML calls parse errors:
# https://html.spec.whatwg.org/multipage/parsing.html#control-character-in-input-stream
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ABOVE = re.compile("[\U00010000-\U0010ffff]")
_UNPRINTABLE_ABOVE = re.compile(
    "[" + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)) + "]"
)
# https://infra.spec.whatwg.org/#ascii-whitespace: what HTML itself would collapse.
_BLANKS = re.compile("[ \t\n\f\r]+")


def printable(text: str) -> str:
    """Return the text without control characters, lone surrogates and noncharacters."""
    # Whole pages pass here, nearly all clean: Python's own test, which is stricter, takes a twentieth of a search.
    if text.replace("\n", "").isprintable():
        # Markup would come back as such from here, and as plain text from below.
        return str(text)
    found = _UNPRINTABLE.sub("", text)
    return _UNPRINTABLE_ABOVE.sub("", found) if _ABOVE.search(found) else found


def one_line(text: str) -> str:
    """Return the printable text trimmed, each run of ASCII white space made one space; no-break spaces stay."""
    return _BLANKS.sub(" ", printable(text)).strip()
