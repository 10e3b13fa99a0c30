"""What the walk over an article's container yields: blocks and what was left out, in page order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ingest.article import BlockRecord, Fate
from ingest.body import Block, Embed, Figure, Inline, Paragraph, block_lines, inline_text
from ingest.extract.explain import RECORD_CHARS
from ingest.extract.inline import link_share
from ingest.extract.tree import Element
from ingest.extract.vocabulary import BLOCKS, SKIPPED

#: ... and how many of a dropped element are read, so that a note on the author is whole.
_RECORD_SOURCE = 1500
#: Shorter lists of places may be footnotes.
_CONTENTS = 3
#: Share of a list's words that stands in links where the list is one of links.
_LINK_LIST = 0.75


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One block of the container; dropped where `reason` is set."""

    block: Block | None
    #: The nearest block element, for its names and place; never handed on.
    element: Element
    text: str
    #: Why it was dropped; None for what is kept.
    reason: str | None = None

    @property
    def kept(self) -> bool:
        """Whether it is part of the body so far."""
        return self.reason is None and self.block is not None

    @property
    def children(self) -> tuple[Inline, ...]:
        """The inline values of a paragraph or heading; empty for other blocks."""
        return getattr(self.block, "children", ())

    @property
    def links(self) -> float:
        """Which share of a paragraph's characters stands in links."""
        return link_share(self.children)

    def drop(self, reason: str) -> Piece:
        """Return it as dropped for a reason."""
        return replace(self, reason=reason)

    def record(self) -> BlockRecord:
        """Return what became of it."""
        return BlockRecord(
            fate=Fate.KEPT if self.kept else Fate.DROPPED, reason=self.reason or "body", text=self.text[:RECORD_CHARS]
        )


def piece_of(block: Block, element: Element) -> Piece:
    """Return a kept piece; a picture's or frame's text is its caption or address."""
    match block:
        case Figure(image=image):
            text = inline_text(image.caption) or image.alt or image.url
        case Embed(url=url, title=title):
            text = title or url
        case Paragraph(children=children):
            text = inline_text(children)
        case _:
            text = "\n".join(block_lines(block))
    return Piece(block=block, element=element, text=text)


def dropped(element: Element, reason: str) -> Piece | None:
    """Return the record of an element that is left out whole, or None where it has no words."""
    text = words_of(element)
    return Piece(block=None, element=element, text=text, reason=reason) if text else None


def words_of(element: Element) -> str:
    """Return the first words that a reader sees in an element, parted where its blocks part."""
    words: list[str] = []
    size = 0
    for child in element.iter(etree.Element):
        if child.tag not in SKIPPED and child.text and not child.text.isspace():
            words.append(child.text)
            size += len(child.text)
        if child is not element and child.tail and not child.tail.isspace():
            words.append(child.tail)
            size += len(child.tail)
        if child.tag in BLOCKS:
            words.append(" ")
        if size > _RECORD_SOURCE:
            break
    return " ".join("".join(words).split())[:_RECORD_SOURCE]


def is_link_list(items: Sequence[Sequence[Piece]]) -> bool:
    """Tell a list of links to other pages from a list of prose with links in it."""
    kept = [piece for pieces in items for piece in pieces if piece.kept]
    total = sum(len(piece.text) for piece in kept)
    return bool(total) and sum(len(piece.text) * piece.links for piece in kept) >= _LINK_LIST * total


def leads_within_page(element: Element) -> bool:
    """Tell a table of contents: a list of several items, each of them a link to a place on the same page."""
    items = [item for item in element if item.tag == "li"]
    return len(items) >= _CONTENTS and all(map(_is_place, items))


def _is_place(item: Element) -> bool:
    links = [a for a in item.iter("a") if (a.get("href") or "").startswith("#")]
    words = "".join(item.itertext()).split()
    return bool(words) and sum(len("".join(a.itertext()).split()) for a in links) == len(words)
