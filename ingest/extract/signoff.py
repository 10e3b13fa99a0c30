"""What stands at an article's edges and is none of its prose: a credit line, the closing note on the author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Byline, OriginClaim, Person
from ingest.body import Emphasis, Inline, Link, Paragraph
from ingest.byline import merge_bylines, parse_bios
from ingest.byline.merge import same_person
from ingest.extract.pieces import Piece
from ingest.origin import claim_in, read_credit_line, wire_claim

#: Credit lines stand among so many first or last blocks.
_EDGE = 4
_MOST_BIOS = 4
#: A note names its subject plainly; that the subject wrote the piece is inferred.
_BIO_CONFIDENCE = 0.8
#: Trimmed lines that may still be a credit line or a note on the author.
_SPOKEN = frozenset({"tail", "copyright", "author", "byline", "repeat", "caption"})


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
    from them where there was none that names a person.
    """
    without_credit, claims = _take_credits(list(pieces))
    without_bio, notes, people = _take_bios(without_credit, byline)
    spoken = (*filter(None, map(claim_in, notes)), *_wire_claims(without_bio))
    return SignedOff(
        pieces=tuple(without_bio),
        claims=(*claims, *spoken),
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


def _wire_claims(pieces: Sequence[Piece]) -> Iterator[OriginClaim]:
    """Read the wire dateline that opens the first paragraph; the paragraph stays."""
    first = next((p for p in pieces if p.kept and isinstance(p.block, Paragraph)), None)
    if first is not None and (claim := wire_claim(first.text)):
        yield claim


def _take_bios(pieces: list[Piece], byline: Byline) -> tuple[list[Piece], list[str], list[Person]]:
    """Take the last paragraphs as long as each is a note on an author, and author boxes wherever they stand."""
    prose = [i for i, p in enumerate(pieces) if isinstance(p.block, Paragraph) and (p.kept or p.reason in _SPOKEN)]
    found = dict(_closing_bios(pieces, prose[-_MOST_BIOS - 2 :], byline))
    for i, piece in enumerate(pieces):
        if piece.reason == "author" and (people := parse_bios(piece.text.strip())):
            found[i] = people
    for i in found:
        pieces[i] = replace(pieces[i], reason="bio")
    order = sorted(found)
    notes = list(dict.fromkeys(pieces[i].text.strip() for i in order))
    return pieces, notes, [person for i in order for person in found[i]]


def _closing_bios(
    pieces: Sequence[Piece], closing: Sequence[int], byline: Byline
) -> Iterator[tuple[int, tuple[Person, ...]]]:
    for i in reversed(closing):
        people = parse_bios(pieces[i].text.strip())
        if people and _credited(people, byline):
            yield i, people
        elif pieces[i].kept:
            return


def _credited(people: Sequence[Person], byline: Byline) -> bool:
    """Tell a note on the author from a last paragraph on someone else."""
    authors = [person for person in byline.people if not person.organisation]
    return not authors or any(same_person(person, author) for person in people for author in authors)


def _enriched(byline: Byline, people: Sequence[Person]) -> Byline:
    """Return the byline with what the notes add to its own people; the notes' people where it names none."""
    notes = Byline(people=tuple(people), confidence=_BIO_CONFIDENCE)
    return merge_bylines((byline, notes)) if people else byline
