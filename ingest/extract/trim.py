"""Pieces to body: what still is furniture by wording and place goes, each with its reason (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.body import Heading, ListBlock, Paragraph, Quote
from ingest.extract.captions import captions
from ingest.extract.ends import headings, rules, tail, walls
from ingest.extract.heads import head, header
from ingest.extract.inline import links_within
from ingest.extract.known import Known
from ingest.extract.lines import furniture_line
from ingest.extract.pieces import Piece
from ingest.extract.repeats import repeats


def trim(pieces: Sequence[Piece], known: Known) -> list[Piece]:
    """Return the same pieces in the same order, with those that are no body marked as dropped."""
    steps: tuple[Callable[[list[Piece], Known], list[Piece]], ...] = (
        captions,
        _wording,
        header,
        head,
        walls,
        repeats,
        tail,
        headings,
        rules,
    )
    result = list(pieces)
    for step in steps:
        result = step(result, known)
    return result


def _wording(pieces: list[Piece], known: Known) -> list[Piece]:
    return [piece.drop(reason) if piece.kept and (reason := _worded(piece, known)) else piece for piece in pieces]


def _worded(piece: Piece, known: Known) -> str | None:
    match piece.block:
        case Paragraph() | Heading():
            if reason := furniture_line(piece.text):
                return reason
            return "related" if _is_link_line(piece, known.host) else None
        case ListBlock(items=items) if len(items) <= 2:
            return furniture_line(piece.text)
        case Quote():
            return furniture_line(piece.text)
        case _:
            return None


def _is_link_line(piece: Piece, host: str) -> bool:
    """Tell a line that is one link to another piece of the site, or several, from a sentence with a link in it."""
    text = piece.text.strip()
    if not isinstance(piece.block, Paragraph | Heading) or not links_within(piece.children, host):
        return False
    if "\n" in text and piece.links > 0.7:
        return True
    return piece.links > 0.9 and (text[-1:] not in ".!?…。" or len(text) < 40 or isinstance(piece.block, Heading))
