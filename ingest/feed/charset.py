"""Bytes to text, whatever the server says of their character set (pure).

A byte order mark decides (RFC 7303, section 3). Then UTF-8 where the bytes are valid UTF-8, as text in another set
almost never is, while headers and declarations often lie. Then the document's own declaration, then the server's.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: How "<" and its neighbour look without a mark (XML 1.0, appendix F).
_UNMARKED: Final = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)

#: Encoding standard, section 4.2: these labels mean what Windows makes of them; GB sets read as their superset.
_MEANT: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}

#: Sets in which other text hides behind ASCII bytes, so that validity as UTF-8 says nothing. UTF-7 is none that we
#: read: it has been used to smuggle markup.
_SEVEN_BIT: Final = re.compile(r"iso2022|hz$")

_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_HEADER: Final = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)


def decode_text(content: bytes, headers: Mapping[str, str]) -> str:
    """Return the document as text, without its byte order mark; `headers` has lower-case names.

    What fits no set is read as the likeliest, with U+FFFD in place of what is broken; nothing is raised.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    for start, name in _UNMARKED:
        if content.startswith(start):
            return content.decode(name, "replace")
    for name in _candidates(content, headers):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    return _least_broken(content)


def _candidates(content: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    declared = _DECLARED.match(content[:1024])
    served = _HEADER.search(headers.get("content-type", ""))
    names = [
        _python_name(declared.group(1).decode("ascii") if declared else ""),
        _python_name(served.group(1) if served else ""),
    ]
    yield from (name for name in names if _SEVEN_BIT.match(name.replace("_", "").replace("-", "")))
    yield "utf-8"
    yield from (name for name in names if name)


def _python_name(label: str) -> str:
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    # Codecs such as "zlib" and "rot13" are no character sets; UTF-16 without a mark would fit anything.
    textual = getattr(info, "_is_text_encoding", False) and not re.match(
        "utf|unicode|raw|punycode|idna|mbcs", info.name
    )
    return _MEANT.get(info.name, info.name) if textual else ""


def _least_broken(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - broken
    return text if sound >= broken else content.decode("cp1252", "replace")
