"""Tombstones in an Atom feed: entries that its publisher says are deleted (RFC 6721)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml import etree

_NAMESPACE: Final = "http://purl.org/atompub/tombstones/1.0"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_DELETED: Final = f"{{{_NAMESPACE}}}deleted-entry"
_ENTRY: Final = f"{{{_ATOM}}}entry"

#: More of them in one document are no news of single entries; an id longer than this is none.
MAX_TOMBSTONES: Final = 1000
_MAX_ID: Final = 2000
#: How far a document type is looked for.
_PROLOG: Final = 65_536


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """One entry that the feed says is deleted."""

    #: The entry's atom:id, verbatim.
    ref: str
    #: When it was deleted, by the feed; None where that cannot be read.
    when: datetime | None = None
    #: What the feed says of it, plain text.
    comment: str = ""


def read_tombstones(content: bytes) -> tuple[Tombstone, ...]:
    """Return an Atom document's tombstones, each id once, the first MAX_TOMBSTONES; none where it is not well formed.

    One whose entry stands in the same document with a later update is void (RFC 6721, section 3), and so is one
    within an entry or another feed's source: only the feed itself buries what is its own.
    """
    if _NAMESPACE.encode() not in content or b"<!DOCTYPE" in content[:_PROLOG]:
        # Atom has no document type; one that declares entities is made to hurt.
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root.tag != f"{{{_ATOM}}}feed":
        return ()
    standing = {_text(entry, "id"): _moment(_text(entry, "updated")) for entry in root.iterchildren(_ENTRY)}
    found: dict[str, Tombstone] = {}
    for element in root.iterchildren(_DELETED):
        one = _tombstone(element)
        if one is not None and not _outlived(one, standing) and len(found) < MAX_TOMBSTONES:
            found.setdefault(one.ref, one)
    return tuple(found.values())


def _tombstone(element: etree._Element) -> Tombstone | None:
    ref = (element.get("ref") or "").strip()
    if not ref or len(ref) > _MAX_ID:
        return None
    comment = " ".join((element.findtext(f"{{{_NAMESPACE}}}comment") or "").split())[:500]
    return Tombstone(ref=ref, when=_moment(element.get("when") or ""), comment=comment)


def _outlived(tombstone: Tombstone, standing: dict[str, datetime | None]) -> bool:
    if tombstone.ref not in standing:
        return False
    updated = standing[tombstone.ref]
    # Buried and standing at once, and nobody says which came last: nothing is taken down on that.
    return updated is None or tombstone.when is None or updated > tombstone.when


def _text(entry: etree._Element, name: str) -> str:
    return (entry.findtext(f"{{{_ATOM}}}{name}") or "").strip()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
