"""Captions and credits that stand in paragraphs of their own, given to their pictures (pure)."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.body import Figure, Paragraph, inline_text
from ingest.extract.furniture import names_of
from ingest.extract.known import Known
from ingest.extract.pictures import part_credit
from ingest.extract.pieces import Piece, piece_of
from ingest.extract.scan import weigh
from ingest.extract.vocabulary import is_caption_name

_AGENCY = re.compile(
    r"\b(?:getty|afp|reuters|dpa|epa|shutterstock|imago|istock|picture alliance|ap photo|associated press|efe|ansa|"
    r"keystone|alamy|unsplash|bloomberg|pa wire|pa images|afp via|zuma|nurphoto|anadolu|ntb|tt|ritzau|pap|apa|"
    r"handout|courtesy)\b|©",
    re.IGNORECASE,
)
#: What only a picture has under it, be the picture itself loaded by a script: "… © Name", "Name | Getty Images".
_CREDITED = re.compile(
    r"\s©\s?[^©.!?]{2,40}$|^[^.!?]{2,60}\|\s*(?:Getty Images|Reuters|AFP|AP|Bloomberg|CNBC)$|"
    r"\((?:AP|EPA|AFP) [^()]{3,60}\)$|^(?:Getty Images|REUTERS|AFP|AP|EPA|dpa|AP Photo|Shutterstock|iStock)$|"
    r"^(?:Photos?|Fotos?|Image|Bild|Picture|Image credit|Photo credit)\s?[:：]\s?[^.!?]{2,60}$"
)


def captions(pieces: list[Piece], _: Known) -> list[Piece]:
    """Give a caption or credit that stands in a paragraph of its own to the picture before it."""
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        if piece.kept and isinstance(piece.block, Paragraph) and (_in_caption(piece) or _is_credit(piece, last)):
            if last is not None and isinstance(last.block, Figure):
                result[-1] = piece_of(_captioned(last.block, piece.block), last.element)
            result.append(piece.drop("caption"))
        else:
            result.append(piece)
    return result


def _in_caption(piece: Piece) -> bool:
    near = (piece.element, *list(piece.element.iterancestors())[:2])
    return any(e.tag == "figcaption" or is_caption_name(names_of(e)) for e in near) and weigh(piece.text) < 600


def _is_credit(piece: Piece, last: Piece | None) -> bool:
    """Tell a line that only says whose a picture is, under it or, where the picture is missing, by its form."""
    if len(piece.text) < 250 and _CREDITED.search(piece.text.strip()):
        return True
    if last is None or not isinstance(last.block, Figure) or len(piece.text) > 90:
        return False
    caption, credit = part_credit(piece.children)
    return (credit is not None and not caption) or bool(
        _AGENCY.search(piece.text) and piece.text.strip()[-1:] not in ".!?"
    )


def _captioned(figure: Figure, paragraph: Paragraph) -> Figure:
    caption, credit = part_credit(paragraph.children)
    image = figure.image
    if image.caption:
        caption, credit = image.caption, image.credit or credit or inline_text(caption)
    elif credit is None and len(inline_text(caption)) < 90 and _AGENCY.search(inline_text(caption)):
        caption, credit = (), inline_text(caption)
    return Figure(image=replace(image, caption=caption, credit=credit or image.credit))
