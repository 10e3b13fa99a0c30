"""What stands at an article's edges and is none of its prose: a credit line, the closing note on the author."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.article import Byline, OriginClaim, Person, Source
from ingest.body import Emphasis, Inline, Link, Paragraph
from ingest.byline import merge_bylines, parse_bios
from ingest.byline.merge import same_person
from ingest.extract.pieces import Piece
from ingest.origin import claim_in, read_credit_line, wire_claim

#: Credit lines stand among so many first or last blocks.
_EDGE = 4
_MOST_BIOS = 4
#: Boxes that are called after a copyright, a source or an author may be the credit.
_BOXES = frozenset({"tools", "author", "meta", "share", "widget", "tags", "related"})
_BOX_CHARS = 400
_ADDRESS = re.compile(r"\s*\(\s*(?P<mail>[^\s()@]{1,64}@[^\s()@]{3,80})\s*\)")
_DISCLAIMER = re.compile(
    r"\b(?:views?|opinions?)\b.{0,60}\b(?:authors?|his|her|their|own)\b|\btakes? no (?:institutional )?position",
    re.IGNORECASE,
)
#: A note names its subject plainly; that the subject wrote the piece is inferred.
_BIO_CONFIDENCE = 0.8
#: Trimmed lines that may still be a credit line or a note on the author.
_SPOKEN = frozenset({"tail", "copyright", "author", "byline", "repeat", "caption", "notice"})


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
    within = [claim for note, links in notes.items() if (claim := claim_in(note, links=links))]
    printed = [claim.evidence for claim in (*claims, *within)]
    return SignedOff(
        pieces=tuple(without_bio),
        claims=(*claims, *within, *_wire_claims(without_bio)),
        inherited_credit="\n".join(dict.fromkeys(printed)) or None,
        bio="\n\n".join(_without(note, within) for note in notes) or None,
        byline=_enriched(byline, people),
    )


def _without(note: str, claims: Sequence[OriginClaim]) -> str:
    """Return a note on the author without the credit that it ends in."""
    for claim in claims:
        note = note.replace(claim.evidence, "")
    return note.strip()


def _take_credits(pieces: list[Piece]) -> tuple[list[Piece], list[OriginClaim]]:
    claims: list[OriginClaim] = []
    for i in _edges(pieces):
        text = pieces[i].text.strip()
        if claim := read_credit_line(text, links=_links(pieces[i])):
            claims.append(claim)
            pieces[i] = replace(pieces[i], reason="credit")
    return pieces, claims


def _edges(pieces: Sequence[Piece]) -> list[int]:
    """Return where a credit line may stand: first and last paragraphs, and short boxes left out for their names."""
    spoken = [i for i, p in enumerate(pieces) if isinstance(p.block, Paragraph) and (p.kept or p.reason in _SPOKEN)]
    boxes = [i for i, p in enumerate(pieces) if p.block is None and len(p.text) < _BOX_CHARS and p.reason in _BOXES]
    return sorted({*spoken[:_EDGE], *spoken[-_EDGE:], *boxes})


def _links(piece: Piece) -> tuple[str, ...]:
    """Return the absolute addresses that a piece links to, in order."""
    return tuple(_hrefs(piece.children)) or tuple(_links_in(piece))


def _links_in(piece: Piece) -> Iterator[str]:
    if piece.block is None:
        yield from (href for a in piece.element.iter("a") if (href := a.get("href", "")).startswith("http"))


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


def _take_bios(pieces: list[Piece], byline: Byline) -> tuple[list[Piece], dict[str, tuple[str, ...]], list[Person]]:
    """Take the last paragraphs as long as each is a note on an author, and author boxes wherever they stand.

    Returns the pieces, the notes with the links in each, and the people whom they speak of.
    """
    prose = [i for i, p in enumerate(pieces) if isinstance(p.block, Paragraph) and (p.kept or p.reason in _SPOKEN)]
    found = dict(_closing_bios(pieces, prose[-_MOST_BIOS - 2 :], byline))
    for i, piece in enumerate(pieces):
        if piece.reason == "author" and (people := parse_bios(piece.text.strip())):
            found[i] = people
    for i in found:
        pieces[i] = replace(pieces[i], reason="bio")
    order = sorted(found)
    notes = {pieces[i].text.strip(): _links(pieces[i]) for i in order}
    return pieces, notes, [person for i in order for person in found[i]]


def _closing_bios(
    pieces: Sequence[Piece], closing: Sequence[int], byline: Byline
) -> Iterator[tuple[int, tuple[Person, ...]]]:
    """Yield the closing notes; a disclaimer may stand under them, and footnotes under one on a credited author."""
    last = True
    for i in reversed(closing):
        text = pieces[i].text.strip()
        people = parse_bios(text) if (last and _names_nobody(byline)) or _mentions(text, byline) else ()
        if not _is_author(people, byline):
            people = _named_with_address(text, byline) or people
        if people and (_is_author(people, byline) or (last and _names_nobody(byline))):
            yield i, people
        elif pieces[i].kept and not _DISCLAIMER.search(text):
            last = False


def _mentions(text: str, byline: Byline) -> bool:
    """Tell whether a paragraph holds a part of a credited name: most do not, and need not be parsed."""
    plain = _plain(text)
    return any(part in plain for name in byline.names for part in _parts(_plain(name)))


def _parts(name: str) -> list[str]:
    parts = name.split()
    return [part for part in parts if len(part) > 2] or parts


def _plain(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()


def _named_with_address(text: str, byline: Byline) -> tuple[Person, ...]:
    """Return the credited author with whose name and address in brackets a paragraph opens, the paragraph as bio."""
    for person in byline.people:
        rest = text.removeprefix(person.name)
        if rest != text and (address := _ADDRESS.match(rest)):
            return (replace(person, email=person.email or address["mail"], bio=text, source=Source.BIO),)
    return ()


def _is_author(people: Sequence[Person], byline: Byline) -> bool:
    """Tell a note on a credited author from a last paragraph on someone else."""
    return any(same_person(person, author) for person in people for author in byline.people)


def _names_nobody(byline: Byline) -> bool:
    return all(person.organisation for person in byline.people)


def _enriched(byline: Byline, people: Sequence[Person]) -> Byline:
    """Return the byline with what the notes add to its own people; the notes' people where it names none."""
    notes = Byline(people=tuple(people), confidence=_BIO_CONFIDENCE)
    return merge_bylines((byline, notes)) if people else byline
