"""The head of an XML document, cut to what is safe (pure).

A document type can hold entities that unfold to gigabytes (billion laughs) or name files and servers (XXE). Feeds
need none of that, so it is dropped here, before any parser sees it; short plain entities, as some old feeds define,
stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

#: No honest head is longer, comments and all.
MAX_PROLOG: Final = 64 * 1024

#: Entities of more characters, or more of them, are dropped.
_MAX_ENTITY: Final = 32
_MAX_ENTITIES: Final = 300

_ENTITY: Final = re.compile(
    r"""<!ENTITY\s{1,20}([A-Za-z_][\w.-]{0,60})\s{1,20}(?:"([^"&<%]*)"|'([^'&<%]*)')\s{0,20}>"""
)
_CHARREF: Final = re.compile(
    r"""<!ENTITY\s{1,20}([A-Za-z_][\w.-]{0,60})\s{1,20}["'](&#x?[0-9A-Fa-f]{1,6};)["']\s{0,20}>"""
)
_FEED_ROOT: Final = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?(rss|feed|rdf|channel|entry)(?=[\s>/])", re.IGNORECASE)
_ROOT: Final = re.compile(r"<([A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})")

#: Comments and quoted texts are passed over whole, whatever brackets stand in them.
_DOCTYPE_TOKEN: Final = re.compile(r"""<!--.*?-->|"[^"]*"|'[^']*'|[\[\]>]""", re.DOTALL)

#: Not allowed in XML 1.0 (section 2.2), not words in any script, and not taken by every database.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Document:
    """An XML document without its head."""

    #: From the root element on; empty where there is none.
    text: str
    #: The root element's name without prefix, lower case.
    root: str
    #: The document type's name and identifiers, as written.
    doctype: str = ""
    #: Short plain entities that the document type defines.
    entities: dict[str, str] = field(default_factory=dict)


def without_forbidden(text: str) -> str:
    """Return the text without NULs, control characters, lone surrogates and non-characters."""
    # Most short texts are printable throughout, which is told ten times faster.
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def read_prolog(text: str) -> Document:
    """Return a document apart from its head: declaration, comments, instructions, document type.

    What else stands before a feed's first element goes too, such as a server's warnings. A head of more than
    MAX_PROLOG characters leaves an empty document.
    """
    position, doctype, subset = 0, "", ""
    while 0 <= position < MAX_PROLOG:
        begin = text.find("<", position, MAX_PROLOG + 1)
        if begin < 0:
            break
        if text.startswith("<!--", begin):
            position = _after(text, "-->", begin + 4)
        elif text.startswith("<?", begin):
            position = _after(text, "?>", begin + 2)
        elif text[begin : begin + 9].upper() == "<!DOCTYPE":
            position, doctype, subset = _read_doctype(text, begin)
        elif first := _ROOT.match(text, begin):
            page = first.group(2).lower() == "html"
            root = first if page else _FEED_ROOT.search(text, begin, begin + MAX_PROLOG) or first
            return Document(
                text=text[root.start() :],
                root=root.group(2).lower(),
                doctype=doctype,
                entities=_plain_entities(subset),
            )
        else:
            position = begin + 1
    return Document(text="", root="", doctype=doctype)


def _after(text: str, end: str, position: int) -> int:
    found = text.find(end, position)
    return found if found < 0 else found + len(end)


def _read_doctype(text: str, begin: int) -> tuple[int, str, str]:
    """Return where the document type ends (-1: nowhere), its words, and its internal subset."""
    depth, subset_at = 0, -1
    for token in _DOCTYPE_TOKEN.finditer(text, begin + 9, begin + MAX_PROLOG):
        if token.group() == "[":
            subset_at = token.start() if subset_at < 0 else subset_at
            depth += 1
        elif token.group() == "]":
            depth -= 1
        elif token.group() == ">" and depth <= 0:
            words = text[begin + 9 : token.start() if subset_at < 0 else subset_at]
            return token.end(), words.strip(), text[subset_at : token.start()] if subset_at >= 0 else ""
    return -1, "", ""


def _plain_entities(subset: str) -> dict[str, str]:
    found = [(name, double or single) for name, double, single in _ENTITY.findall(subset)]
    found += _CHARREF.findall(subset)
    return {name: value for name, value in found[:_MAX_ENTITIES] if len(value) <= _MAX_ENTITY}
