"""Small pages for the extraction tests, in our own words."""

from __future__ import annotations

from ingest.body import Block
from ingest.extract import Page
from ingest.extract.known import Known
from ingest.extract.pieces import Piece
from ingest.extract.reading import read_pieces
from ingest.extract.tree import parse

URL = "https://news.example/2026/harbour"
PROSE = (
    "The harbour council voted on Tuesday to rebuild the eastern mole, which the storms of last winter had broken.",
    "Work starts in May, said the harbour master, and the fishing fleet will move to the northern basin until then.",
    "The plan costs 4.2 million euros; half of it comes from the region, and the rest from the harbour's own funds.",
    "Nobody in the hall spoke against it, although three members left before the vote was taken, as they often do.",
)


def html_of(body: str, *, head: str = "<title>Harbour to be rebuilt</title>") -> bytes:
    """Return a whole page around a body's markup."""
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def paragraphs(*texts: str) -> str:
    """Return texts as p elements."""
    return "".join(f"<p>{text}</p>" for text in texts)


def page_of(body: str, *, head: str = "<title>Harbour to be rebuilt</title>", url: str = URL) -> Page:
    """Return a page around a body's markup."""
    return Page(content=html_of(body, head=head), url=url)


def pieces_of(body: str, known: Known | None = None) -> list[Piece]:
    """Return the trimmed pieces of a page with this body."""
    page = page_of(body)
    known = known or Known(headlines=("Harbour to be rebuilt",), host="news.example")
    return read_pieces(parse(page), base=page.url, known=known, seen=(), fragment=False)


def kept(pieces: list[Piece]) -> list[Block]:
    """Return the blocks that stay in the body."""
    return [piece.block for piece in pieces if piece.kept and piece.block is not None]


def texts(pieces: list[Piece]) -> list[str]:
    """Return the words of what stays in the body."""
    return [piece.text for piece in pieces if piece.kept]


def reasons(pieces: list[Piece]) -> dict[str, str]:
    """Return why each dropped piece was dropped, by its words."""
    return {piece.text: piece.reason for piece in pieces if piece.reason is not None}
