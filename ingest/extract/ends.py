"""The end of a body: walls, trailing labels and links, subheads and rules with nothing under them (pure)."""

from __future__ import annotations

from ingest.body import Embed, Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Rule, Table
from ingest.extract.known import Known
from ingest.extract.lines import is_wall_line
from ingest.extract.pieces import Piece
from ingest.extract.scan import weigh

#: A paragraph of this weight is prose, wherever it stands.
PROSE = 70
#: Less than this share of the text under a wall is the wall's own.
_AFTER_WALL = 0.35
_SENTENCE_ENDS = ".!?…。！？»”\"'’)؟]"


def walls(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop a wall's lines, and what follows the first of them where that is little beside the article."""
    walls = [i for i, p in enumerate(pieces) if p.kept and not isinstance(p.block, Figure) and is_wall_line(p.text)]
    if not walls:
        return pieces
    sizes = [len(p.text) if p.kept else 0 for p in pieces]
    end = next((i for i in walls if sum(sizes[i + 1 :]) < _AFTER_WALL * sum(sizes)), len(pieces))
    return [p.drop("wall") if p.kept and (i >= end or i in walls) else p for i, p in enumerate(pieces)]


def tail(pieces: list[Piece], known: Known) -> list[Piece]:
    """Drop short lines and link lists after the last prose: labels, signatures of the site, next and previous."""
    if known.fragment:
        return pieces
    last = max((i for i, p in enumerate(pieces) if p.kept and (_is_prose(p) or _shows(pieces, i))), default=-1)
    result = list(pieces)
    for i in range(last + 1, len(pieces)):
        piece = pieces[i]
        if piece.kept and isinstance(piece.block, Paragraph | Heading | ListBlock) and not _is_sentence(piece):
            result[i] = piece.drop("tail")
    return result


def _shows(pieces: list[Piece], i: int) -> bool:
    """Tell a subhead over a picture or frame, as in a list of pictures."""
    following = next((p for p in pieces[i + 1 : i + 4] if p.kept), None)
    shown = following is not None and isinstance(following.block, Figure | Embed)
    return shown and isinstance(pieces[i].block, Heading) and len(pieces[i].text) > 30


def _is_prose(piece: Piece) -> bool:
    match piece.block:
        case Paragraph():
            return weigh(piece.text) >= PROSE and (piece.links < 0.5 or _is_sentence(piece))
        case ListBlock() | Quote() | Table() | Preformatted():
            return weigh(piece.text) >= PROSE
        case _:
            return False


def _is_sentence(piece: Piece) -> bool:
    text = piece.text.strip()
    return isinstance(piece.block, Paragraph) and text[-1:] in _SENTENCE_ENDS and len(text) > 3 and piece.links < 0.9


def headings(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop a subhead with nothing under it, such as that of a related list that went."""
    result = list(pieces)
    has_text = False
    furniture_next = False
    for i in range(len(pieces) - 1, -1, -1):
        piece = result[i]
        if piece.kept and isinstance(piece.block, Heading):
            if not has_text or furniture_next:
                result[i] = piece.drop("heading")
            furniture_next = False
        elif piece.kept and not isinstance(piece.block, Rule):
            has_text, furniture_next = True, False
        elif not piece.kept and piece.reason in (
            "related",
            "contents",
            "teaser",
            "newsletter",
            "share",
            "tags",
            "comments",
            "author",
        ):
            furniture_next = True
    return result


def rules(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop rules at the edges and next to each other: they part nothing."""
    last = max((i for i, p in enumerate(pieces) if p.kept and not isinstance(p.block, Rule)), default=-1)
    result = list(pieces)
    previous_rule = True
    for i, piece in enumerate(pieces):
        if piece.kept and isinstance(piece.block, Rule):
            if previous_rule or i > last:
                result[i] = piece.drop("rule")
            previous_rule = True
        elif piece.kept:
            previous_rule = False
    return result
