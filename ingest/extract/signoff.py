"""What stands at a piece's edges and is none of its prose: a middleman's credit line, the closing note on the author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Byline, OriginClaim, Person
from ingest.body import Emphasis, Inline, Link, Paragraph
from ingest.byline import merge_bylines, parse_bio
from ingest.extract.lines import flat
from ingest.extract.pieces import Piece
from ingest.origin import read_credit_line

#: Credit lines stand among so many first or last blocks.
_EDGE = 4
_MOST_BIOS = 4
#: Trimmed lines that may still be a credit line or a note on the author.
_SPOKEN = frozenset({"tail", "copyright", "author", "byline", "repeat"})


@dataclass(frozen=True, kw_only=True)
class SignedOff:
    """The pieces without their sign-offs, and what those said."""

    pieces: tuple[Piece, ...]
    claims: tuple[OriginClaim, ...] = ()
    inherited_credit: str | None = None
    bio: str | None = None
    byline: Byline


def sign_off(pieces: Sequence[Piece], byline: Byline) -> SignedOff:
    """Take credit lines and closing notes on the author out of the pieces.

    Takes the trimmed pieces and the byline that the metadata gave; returns the byline enriched by the notes, or read
    from them where there was none.
    """
    without_credit, claims = _take_credits(list(pieces))
    without_bio, notes, people = _take_bios(without_credit, byline)
    return SignedOff(
        pieces=tuple(without_bio),
        claims=tuple(claims),
        inherited_credit="\n".join(dict.fromkeys(claim.evidence for claim in claims)) or None,
        bio="\n\n".join(notes) or None,
        byline=_enriched(byline, people),
    )


def _take_credits(pieces: list[Piece]) -> tuple[list[Piece], list[OriginClaim]]:
    spoken = [i for i, p in enumerate(pieces) if isinstance(p.block, Paragraph) and (p.kept or p.reason in _SPOKEN)]
    claims: list[OriginClaim] = []
    for i in dict.fromkeys((*spoken[:_EDGE], *spoken[-_EDGE:])):
        text = pieces[i].text.strip()
        claim = read_credit_line(text, links=tuple(_hrefs(pieces[i].children)))
        if claim is not None:
            claims.append(claim)
            pieces[i] = replace(pieces[i], reason="credit")
    return pieces, claims


def _hrefs(children: Sequence[Inline]) -> Iterator[str]:
    for child in children:
        match child:
            case Link(href=href, children=inner):
                yield href
                yield from _hrefs(inner)
            case Emphasis(children=inner):
                yield from _hrefs(inner)
            case _:
                pass


def _take_bios(pieces: list[Piece], byline: Byline) -> tuple[list[Piece], list[str], list[Person]]:
    """Take the last paragraphs as long as each is a note on an author, and author boxes wherever they stand."""
    notes: list[str] = []
    people: list[Person] = []
    names = {flat(name) for name in byline.names}
    prose = [i for i, p in enumerate(pieces) if isinstance(p.block, Paragraph) and (p.kept or p.reason in _SPOKEN)]
    closing = list(_closing_bios(pieces, prose[-_MOST_BIOS - 2 :], names))
    boxes = [
        (i, person) for i, p in enumerate(pieces) if p.reason == "author" and (person := parse_bio(p.text.strip()))
    ]
    for i, person in sorted([*closing, *boxes], key=lambda found: found[0]):
        if pieces[i].reason != "bio":
            notes.append(pieces[i].text.strip())
            people.append(person)
            pieces[i] = replace(pieces[i], reason="bio")
    return pieces, list(dict.fromkeys(notes)), people


def _closing_bios(pieces: list[Piece], closing: list[int], names: set[str]) -> Iterator[tuple[int, Person]]:
    for i in reversed(closing):
        person = parse_bio(pieces[i].text.strip())
        if person is not None and (not names or flat(person.name) in names):
            yield i, person
        elif pieces[i].kept:
            return


def _enriched(byline: Byline, people: Sequence[Person]) -> Byline:
    """Return the byline with what the notes add to its own people; the notes' people where it has none."""
    if not people:
        return byline
    notes = Byline(people=tuple(people), raw="", confidence=0.8)
    if not byline:
        return notes
    names = {flat(name) for name in byline.names}
    known = tuple(person for person in people if flat(person.name) in names)
    return merge_bylines((byline, replace(notes, people=known))) if known else byline
