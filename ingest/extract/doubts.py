"""Reasons to hold an article for a person: stubs, walls, lost paragraphs, unsure bylines (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.article import Byline, Doubt, Evidence
from ingest.extract.certainty import uncertainties
from ingest.extract.lines import flat, has_wall
from ingest.extract.pieces import Piece
from ingest.extract.scan import weigh
from ingest.extract.witness import Witness

#: Lighter bodies (characters, ideographs three times) are held as short.
SHORT = 400
#: A longer body is no stub whatever it ends with.
_STUB_CHARS = 2500
#: This share of an independent copy may be missing: the feed's own ads, a caption, a changed word.
_MISSING_SHARE = 0.12
_CUT = re.compile(
    r"(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*(?:\W*(?:continue|read|weiter|lire|leer|leia)\b.{0,60})?$",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:checking|verifying)\s+(?:your\s+browser|(?:that\s+)?you\s+are\s+(?:a\s+)?human)|are\s+you\s+a\s+(?:robot|human)|verify\s+you\s+are\s+(?:a\s+)?human|"
    r"unusual\s+(?:traffic|activity)|enable\s+javascript\s+and\s+cookies\s+to\s+continue|access\s+(?:to\s+this\s+page\s+has\s+been\s+)?denied|"
    r"attention\s+required!\s*\|\s*cloudflare|ddos\s+protection|pardon\s+our\s+interruption|captcha|request\s+unsuccessful\.\s+incapsula|"
    r"(?:we\s+value\s+your\s+privacy|accept\s+(?:all\s+)?cookies\s+to)",
    re.IGNORECASE,
)


def find_doubts(
    pieces: Sequence[Piece],
    *,
    headline: str,
    byline: Byline,
    seen: Sequence[Witness],
    json_ld: Sequence[Mapping[str, object]],
    evidence: Sequence[Evidence] = (),
    open_ended: bool = False,
) -> tuple[Doubt, ...]:
    """Return what speaks against publishing the pieces unseen, each doubt once, in a fixed order.

    `evidence` has the readings of headline and byline; `open_ended` says that the article goes on, on a page that is
    not had.
    """
    found = set(_body_doubts(pieces, headline=headline, seen=seen, json_ld=json_ld))
    found.update(uncertainties(headline=headline, byline=byline, evidence=evidence))
    if open_ended:
        found.add(Doubt.INCOMPLETE)
    if not headline.strip():
        found.add(Doubt.NO_HEADLINE)
    return tuple(doubt for doubt in Doubt if doubt in found)


def _body_doubts(
    pieces: Sequence[Piece], *, headline: str, seen: Sequence[Witness], json_ld: Sequence[Mapping[str, object]]
) -> Iterator[Doubt]:
    kept = [piece.text for piece in pieces if piece.kept]
    text = "\n".join(kept)
    size = weigh(text)
    if not text.strip():
        yield Doubt.NO_BODY
    elif size < SHORT:
        yield Doubt.SHORT_BODY
    dropped = "\n".join(piece.text for piece in pieces if not piece.kept)
    if _ends_in_wall(pieces) or (
        size < _STUB_CHARS and (_is_stub(text, dropped) or is_wall(f"{headline}\n{text}") or _is_cut(text, json_ld))
    ):
        yield Doubt.STUB
    if any(_lacks(text, dropped, witness) for witness in seen):
        yield Doubt.INCOMPLETE


def is_wall(text: str) -> bool:
    """Tell the words of a bot or cookie wall from an article's."""
    return weigh(text) < SHORT * 2 and bool(_ROBOT.search(text))


def _ends_in_wall(pieces: Sequence[Piece]) -> bool:
    """Tell an article of any length that a paywall cuts: the wall stands under its last words."""
    last = max((i for i, piece in enumerate(pieces) if piece.kept), default=-1)
    return any(piece.reason == "wall" and has_wall(piece.text) for piece in pieces[last + 1 :])


def _is_stub(text: str, dropped: str) -> bool:
    """Tell an excerpt: its last line is cut off, or a wall's words stand around it."""
    last = text.rstrip().rsplit("\n", 1)[-1]
    return bool(_CUT.search(last[-120:])) or has_wall(text[-600:]) or has_wall(dropped)


def _is_cut(text: str, json_ld: Sequence[Mapping[str, object]]) -> bool:
    """Tell a body much shorter than the word count that the page itself states, or one that it says is not free."""
    words = len(text.split())
    stated = max((_number(node.get("wordCount")) for node in json_ld), default=0)
    closed = any(str(node.get("isAccessibleForFree")).lower() == "false" for node in json_ld)
    return stated > 150 and words < stated * (0.7 if closed else 0.4)


def _number(value: object) -> int:
    return (
        int(value)
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal() and len(value) < 9)
        else 0
    )


def _lacks(text: str, dropped: str, witness: Witness) -> bool:
    """Tell whether a copy holds sentences that the body lacks and that were not dropped knowingly."""
    have = f"{flat(text)} {flat(dropped)}"
    missing = witness.missing_from(have)
    total = sum(map(len, witness.sentences))
    return len(missing) >= 2 and sum(map(len, missing)) > _MISSING_SHARE * total
