"""What an article shows twice: paragraphs, whole-text copies, pull quotes, buttons (pure)."""

from __future__ import annotations

from collections import Counter

from ingest.body import Paragraph, Quote
from ingest.extract.known import Known
from ingest.extract.lines import flat
from ingest.extract.pieces import Piece
from ingest.extract.scan import weigh
from ingest.extract.witness import word_runs

#: Shorter lines may stand twice in an article.
_REPEATED = 60
#: ... but not so often: a button's label then.
_OFTEN = 3
#: A paragraph of this length may be a copy of the whole text, for machines that read aloud or print.
_WHOLE_TEXT = 2500


def repeats(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop second showings: a paragraph's, the whole text's, and pull quotes that the text holds anyway."""
    lines = [flat(p.text) if p.kept and isinstance(p.block, Paragraph | Quote) else "" for p in pieces]
    whole = "\n".join(line for line, p in zip(lines, pieces, strict=True) if line and isinstance(p.block, Paragraph))
    often = {line for line, count in Counter(lines).items() if count >= _OFTEN and weigh(line) > _REPEATED / 4}
    seen: set[str] = set()
    result: list[Piece] = []
    for piece, line in zip(pieces, lines, strict=True):
        if line in often and len(line) < _REPEATED:
            result.append(piece.drop("repeat"))
            continue
        reason = _repeat(piece, line, whole, seen) if line else None
        seen.add(line)
        result.append(piece.drop(reason) if reason else piece)
    return result


def _repeat(piece: Piece, line: str, whole: str, seen: set[str]) -> str | None:
    if isinstance(piece.block, Quote) and 20 <= len(line) < 400 and line in whole:
        return "pullquote"
    if len(line) >= _REPEATED and line in seen:
        return "repeat"
    if len(line) > _WHOLE_TEXT and sum(map(len, seen)) > 0.5 * len(line):
        own, others = word_runs(line), frozenset().union(*(word_runs(other) for other in seen))
        return "repeat" if len(own & others) > 0.8 * len(own) else None
    return None
