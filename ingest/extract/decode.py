"""Bytes to text: which character set a page is really in (pure).

Order after the WHATWG encoding sniffing algorithm (HTML standard, 13.2.3), with one change: bytes that are valid
UTF-8 beyond ASCII are UTF-8 whatever the header says, since servers often declare a site-wide default.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Labels that stand for a superset on the web (WHATWG Encoding standard, 4.2).
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf-7"})
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE)
_META_WINDOW = 4096
_DETECT_WINDOW = 60_000
#: Shorter texts are guessed wrong as often as right.
_DETECT_LEAST = 200
#: More bytes beyond ASCII than this share belong to another script, or to UTF-16.
_WESTERN_SHARE = 0.08
_NOT_WESTERN = re.compile(
    rb"\blang\s*=\s*[\"']?(?:ar|az|be|bg|bs|cs|el|et|fa|he|hi|hr|hu|ja|kk|ko|lt|lv|mk|pl|ro|ru|sk|sl|sr|th|tr|uk|vi|zh)\b",
    re.IGNORECASE,
)
#: A declared UTF-8 page may have this share of broken sequences (a cut comment, a foreign ad) and stay UTF-8.
_BROKEN_SHARE = 0.002
#: ... as long as there are four sound characters beyond ASCII for each broken one.
_BROKEN_TO_SOUND = 0.25
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
#: C0 controls that no HTML text may hold; NUL among them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def decode(content: bytes, *, headers: Mapping[str, str]) -> str:
    """Return a page's text.

    Takes the bytes as served and the lower-case response headers; bytes that fit nothing become U+FFFD.
    """
    return _CONTROLS.sub("", _decode(content, headers))


def _decode(content: bytes, headers: Mapping[str, str]) -> str:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(name, "replace")
    declared = list(_declared(content, headers))
    if not _SEVEN_BIT.intersection(declared):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for name in declared:
        text = _try(content, name)
        if text is not None:
            return text
    return content.decode(_detected(content) or "cp1252", "replace")


def _declared(content: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    """Yield codec names that the header, then the document, declare."""
    found = [_HEADER_CHARSET.search(headers.get("content-type", ""))]
    labels = [match.group(1) for match in found if match]
    inside = (pattern.search(content[:_META_WINDOW]) for pattern in (_XML_CHARSET, _META_CHARSET))
    labels.extend(match.group(1).decode("ascii", "ignore") for match in inside if match)
    for label in labels:
        if name := _codec(label):
            yield name


def _codec(label: str) -> str | None:
    try:
        "".encode(label)  # a LookupError for what is unknown or, like "hex", no character set
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32", "idna", "punycode")):
        return None  # a document whose declaration is readable as ASCII is in none of these
    return _SUPERSETS.get(name, name)


def _try(content: bytes, name: str) -> str | None:
    if name == "cp1252":
        return content.decode(name, "replace")
    try:
        text = content.decode(name, "replace")
    except (UnicodeError, ValueError):
        return None
    broken = text.count("\ufffd")
    sound = len(_BEYOND_ASCII.findall(text)) if broken else 0
    return text if broken <= min(len(text) * _BROKEN_SHARE, sound * _BROKEN_TO_SOUND) else None


def _detected(content: bytes) -> str | None:
    """Guess; a text that is nearly ASCII is Western unless its language says otherwise (the web's own default)."""
    if len(content) < _DETECT_LEAST:
        return None
    high = sum(byte > 127 for byte in content)
    if high < _WESTERN_SHARE * len(content) and not _NOT_WESTERN.search(content[:_META_WINDOW]):
        return None
    best = from_bytes(content[:_DETECT_WINDOW]).best()
    return best.encoding if best else None
