"""What to send to a partner who wants to be told of what was republished: plain text, ready to paste."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from publish.audit.report.values import Piece


def letters(pieces: Sequence[Piece], *, site: str) -> Iterator[tuple[str, str]]:
    """Yield each address with its text, for the pieces of which somebody is still to be told."""
    for address in dict.fromkeys(piece.notify for piece in pieces if piece.notify):
        yield address, "\n\n".join(_text([piece for piece in pieces if piece.notify == address], site))


def _text(pieces: Sequence[Piece], site: str) -> Iterator[str]:
    what = "this article of yours" if len(pieces) == 1 else f"these {len(pieces)} articles of yours"
    yield f"{site} has republished {what}, with the credit and on the terms that we agreed:"
    for piece in pieces:
        by = f"\nby {', '.join(piece.byline)}" if piece.byline else ""
        when = f"\npublished {piece.published_at.astimezone(UTC):%-d %B %Y, %H:%M} UTC" if piece.published_at else ""
        yield f"{piece.headline}{by}\n{piece.url}\noriginal: {piece.original or 'address unknown to us'}{when}"
    yield "If anything about it is not as you want it, please tell us, and we will put it right."
