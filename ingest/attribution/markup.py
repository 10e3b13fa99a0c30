"""A credit's runs as HTML: the same words, escaped, with links and no other markup (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from ingest.credit_render import Run


class _Piece(NamedTuple):
    text: str
    href: str | None


def credit_html(sentences: Sequence[Sequence[Run]], *, links: Mapping[str, str], name: str) -> str:
    """Return the sentences' words as HTML; `links` gives the address that each field links to.

    Where the first sentence has no field that leads to the origin, `name` in its words does, or all of its words do.
    """
    first, *notes = sentences
    pieces = [_Piece(run.text, links.get(run.field or "")) for run in first]
    leads = {run.field for run in first} & links.keys() & {"origin", "headline", "url"}
    if "origin" in links and not leads:
        pieces = list(_leading(pieces, name, links["origin"]))
    pieces += [_Piece(run.text, links.get(run.field or "")) for note in notes for run in note]
    merged = groupby(pieces, key=lambda piece: piece.href)
    return "".join(_markup("".join(piece.text for piece in group), href) for href, group in merged)


def _leading(pieces: Sequence[_Piece], name: str, href: str) -> Iterator[_Piece]:
    at = next((i for i, piece in enumerate(pieces) if piece.href is None and name and name in piece.text), None)
    for index, piece in enumerate(pieces):
        if at is None:
            yield _Piece(piece.text, piece.href or href)
        elif index != at:
            yield piece
        else:
            before, _, after = piece.text.partition(name)
            yield from (_Piece(before, None), _Piece(name, href), _Piece(after, None))


def _markup(text: str, href: str | None) -> str:
    words = escape(text, quote=False)
    return f'<a href="{escape(href)}">{words}</a>' if href and words else words
