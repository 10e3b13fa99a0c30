"""The head of a body: the page's own headline, standfirst and byline are fields, not text (pure)."""

from __future__ import annotations

import re

from ingest.body import Embed, Figure, Heading, Paragraph
from ingest.extract.furniture import names_of
from ingest.extract.known import Known
from ingest.extract.lines import flat
from ingest.extract.pieces import Piece
from ingest.extract.vocabulary import is_standfirst_name

#: The headline, standfirst and byline are looked for among so many first blocks.
HEAD = 8
#: A longer line says more than who wrote it.
_LINE = 120
_AROUND_NAMES = re.compile(
    r"(?:(?:by|von|par|por|di|de|door|av|af|and|und|et|y|e|en|och|og|words|text|story|published|posted|on|am|le|el|\d{1,4}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|am|pm|at)(?: |$))*"
)


def header(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop the words of a header inside the container: label, headline, standfirst, byline; its pictures stay."""
    inside = [_in_header(piece) for piece in pieces]
    size = sum(len(p.text) for p in pieces if p.kept)
    if sum(len(p.text) for p, within in zip(pieces, inside, strict=True) if within and p.kept) > 0.3 * size:
        return pieces
    return [
        piece.drop("header") if within and piece.kept and not isinstance(piece.block, Figure | Embed) else piece
        for piece, within in zip(pieces, inside, strict=True)
    ]


def _in_header(piece: Piece) -> bool:
    return any(e.tag == "header" for e in (piece.element, *list(piece.element.iterancestors())[:6]))


def head(pieces: list[Piece], known: Known) -> list[Piece]:
    """Take the page's own headline, standfirst and byline out of the first blocks."""
    headlines = {flat(h) for h in known.headlines if h}
    standfirst = flat(known.standfirst)
    people = {flat(name) for name in (*known.names, known.byline) if name}
    result: list[Piece] = []
    seen = 0
    for piece in pieces:
        if piece.kept and isinstance(piece.block, Paragraph | Heading) and seen < HEAD:
            seen += 1
            words = flat(piece.text)
            if words in headlines:
                piece = piece.drop("headline")
            elif standfirst and words == standfirst and _is_standfirst(piece):
                piece = piece.drop("standfirst")
            elif _is_byline(words, people):
                piece = piece.drop("byline")
        result.append(piece)
    return result


def _is_standfirst(piece: Piece) -> bool:
    """Tell a standfirst that is set apart from a description that merely repeats the first paragraph."""
    names = " ".join(names_of(e) for e in (piece.element, *list(piece.element.iterancestors())[:2]))
    return isinstance(piece.block, Heading) or is_standfirst_name(names)


def _is_byline(words: str, people: set[str]) -> bool:
    """Tell a line that holds credited names and at most "by", "and" and a date."""
    if words in people:
        return True
    rest = words
    for name in sorted(people, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return rest != words and len(words) < _LINE and _AROUND_NAMES.fullmatch(" ".join(rest.split())) is not None
