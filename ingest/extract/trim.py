"""Pieces to body: what still is furniture by wording and place goes, each with its reason (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.body import Embed, Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Rule, Table, inline_text
from ingest.extract.furniture import names_of
from ingest.extract.inline import links_within
from ingest.extract.lines import flat, furniture_line, is_boilerplate, is_wall_line
from ingest.extract.pictures import part_credit
from ingest.extract.pieces import Piece, piece_of
from ingest.extract.scan import weigh
from ingest.extract.vocabulary import is_caption_name, is_standfirst_name
from ingest.extract.witness import word_runs

#: A paragraph of this weight is prose, wherever it stands.
PROSE = 70
#: The headline, standfirst and byline are looked for among so many first blocks.
HEAD = 8
_AGENCY = re.compile(
    r"\b(?:getty|afp|reuters|dpa|epa|shutterstock|imago|istock|picture alliance|ap photo|associated press|efe|ansa|keystone|"
    r"alamy|unsplash|bloomberg|pa wire|pa images|afp via|zuma|nurphoto|anadolu|ntb|tt|ritzau|pap|apa|handout|courtesy)\b|©",
    re.IGNORECASE,
)
#: Less than this share of the text under a wall is the wall's own.
_AFTER_WALL = 0.35
#: Shorter lines may stand twice in an article.
_REPEATED = 60
#: A paragraph of this length may be a copy of the whole text, for machines that read aloud or print.
_WHOLE_TEXT = 2500
#: A caption's end where the picture itself is loaded by a script: "… © Name", "Name | Agency | Getty Images".
_CREDITED = re.compile(
    r"(?:\s©\s?[^©.!?]{2,40}|^[^.!?]{2,60}\|\s*(?:Getty Images|Reuters|AFP|AP|Bloomberg|CNBC)|\((?:AP|EPA|AFP) [^()]{3,60}\))$"
)
_SENTENCE_ENDS = ".!?…。！？»”\"'’)؟]"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the page's metadata says, by which its own copies in the body are told."""

    headlines: tuple[str, ...] = ()
    standfirst: str | None = None
    names: tuple[str, ...] = ()
    byline: str = ""
    #: The page's own host, to tell links within the site.
    host: str = ""
    #: Whether all of the document is the article, as in a feed's content.
    fragment: bool = False


def trim(pieces: Sequence[Piece], known: Known) -> list[Piece]:
    """Return the same pieces in the same order, with those that are no body marked as dropped."""
    steps: tuple[Callable[[list[Piece], Known], list[Piece]], ...] = (
        _captions,
        _wording,
        _header,
        _head,
        _walls,
        _repeats,
        _tail,
        _headings,
        _rules,
    )
    result = list(pieces)
    for step in steps:
        result = step(result, known)
    return result


def _captions(pieces: list[Piece], _: Known) -> list[Piece]:
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


def _wording(pieces: list[Piece], known: Known) -> list[Piece]:
    return [piece.drop(reason) if piece.kept and (reason := _worded(piece, known)) else piece for piece in pieces]


def _worded(piece: Piece, known: Known) -> str | None:
    match piece.block:
        case Paragraph() | Heading():
            if reason := furniture_line(piece.text):
                return reason
            if is_boilerplate(piece.text):
                return "notice"
            return "related" if _is_link_line(piece, known.host) else None
        case ListBlock(items=items) if len(items) <= 2:
            return furniture_line(piece.text)
        case Quote():
            return furniture_line(piece.text)
        case _:
            return None


def _is_link_line(piece: Piece, host: str) -> bool:
    """Tell a line that is one link to another piece of the site, or several, from a sentence with a link in it."""
    text = piece.text.strip()
    if not isinstance(piece.block, Paragraph | Heading) or not links_within(piece.children, host):
        return False
    if "\n" in text and piece.links > 0.7:
        return True
    return piece.links > 0.9 and (text[-1:] not in ".!?…。" or len(text) < 40 or isinstance(piece.block, Heading))


def _header(pieces: list[Piece], _: Known) -> list[Piece]:
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


def _head(pieces: list[Piece], known: Known) -> list[Piece]:
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
    if words in people:
        return True
    return any(
        words in (f"{by} {name}" for by in ("by", "von", "par", "por", "di", "door", "av", "af")) for name in people
    )


def _walls(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop a wall's lines, and what follows the first of them where that is little beside the article."""
    walls = [i for i, p in enumerate(pieces) if p.kept and not isinstance(p.block, Figure) and is_wall_line(p.text)]
    if not walls:
        return pieces
    sizes = [len(p.text) if p.kept else 0 for p in pieces]
    end = next((i for i in walls if sum(sizes[i + 1 :]) < _AFTER_WALL * sum(sizes)), len(pieces))
    return [p.drop("wall") if p.kept and (i >= end or i in walls) else p for i, p in enumerate(pieces)]


def _repeats(pieces: list[Piece], _: Known) -> list[Piece]:
    """Drop the second showing of a paragraph, a copy of the whole text, and pull quotes that the text holds anyway."""
    lines = [flat(p.text) if p.kept and isinstance(p.block, Paragraph | Quote) else "" for p in pieces]
    whole = "\n".join(line for line, p in zip(lines, pieces, strict=True) if line and isinstance(p.block, Paragraph))
    seen: set[str] = set()
    result: list[Piece] = []
    for piece, line in zip(pieces, lines, strict=True):
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


def _tail(pieces: list[Piece], known: Known) -> list[Piece]:
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


def _headings(pieces: list[Piece], _: Known) -> list[Piece]:
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
            "teaser",
            "newsletter",
            "share",
            "tags",
            "comments",
            "author",
        ):
            furniture_next = True
    return result


def _rules(pieces: list[Piece], _: Known) -> list[Piece]:
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
