"""Character and entity references that XML refuses, made sound (pure).

Bare ampersands and HTML's entities are what feeds break XML with most. Mended, they need not be guessed at by a
parser that writes "AT&T;" for "AT&T".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.entities import name2codepoint
from typing import Final

_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_HTML: Final[Mapping[str, str]] = {name: f"&#{code};" for name, code in name2codepoint.items() if name not in _XML}
_FOREIGN: Final = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)([A-Za-z_][\w.-]{0,60});")

#: The borders of CDATA, within which nothing is a reference, and whatever may begin one.
_TOKEN: Final = re.compile(
    r"<!\[CDATA\[|\]\]>"
    r"|&(?:#(?P<decimal>[0-9]{1,9});|#[xX](?P<hex>[0-9A-Fa-f]{1,8});|(?P<name>[A-Za-z_][\w.-]{0,60});)?"
)


def entity_head(text: str, entities: Mapping[str, str]) -> str:
    """Return a document type with those of HTML's entities and a feed's own that the text uses, or nothing."""
    known = {**_HTML, **entities}
    names = [name for name in dict.fromkeys(_FOREIGN.findall(text)) if name in known]
    lines = (f'<!ENTITY {name} "{_quoted(known[name])}">' for name in names)
    return f"<!DOCTYPE feed [{''.join(lines)}]>" if names else ""


def with_sound_references(text: str, entities: Mapping[str, str]) -> str:
    """Return the text with its bare ampersands and unknown entities escaped, and impossible characters left out."""
    in_cdata = False

    def mend(token: re.Match[str]) -> str:
        nonlocal in_cdata
        found = token.group()
        if found in {"<![CDATA[", "]]>"}:
            in_cdata = found == "<![CDATA["
            return found
        return found if in_cdata else _mended(token, entities)

    return _TOKEN.sub(mend, text)


def _mended(token: re.Match[str], entities: Mapping[str, str]) -> str:
    found, name = token.group(), token["name"]
    if name is not None:
        return found if name in _XML or name in _HTML or name in entities else f"&amp;{name};"
    if token["decimal"] is None and token["hex"] is None:
        return "&amp;"
    code = int(token["decimal"]) if token["decimal"] else int(token["hex"], 16)
    return found if _is_character(code) else ""


def _is_character(code: int) -> bool:
    """Tell whether XML 1.0 (section 2.2) allows a character."""
    if code < 0x20:
        return code in {0x9, 0xA, 0xD}
    return code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _quoted(value: str) -> str:
    return value.replace('"', "&#34;")
