"""Three versions become one: the partner's that we edited, our edit of it, and the partner's newer one (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from merge3 import Merge3

from ingest.article import Article
from ingest.edits.bylines import keep_byline
from ingest.edits.sheet import MARKERS, Sheet, read_sheet, sheet_of

#: The end of a sentence; a part is a sentence with the blanks after it, so that parts joined are the text.
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?=\s)|(?<=[。！？])")


class Side(StrEnum):
    """Whose words stand where the two collide."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Both changes in one article."""

    article: Article


@dataclass(frozen=True, kw_only=True)
class Collision:
    """We and the partner changed the same place in different ways; a person decides."""

    #: The places, in words: "headline", "standfirst", "paragraph 3".
    places: tuple[str, ...]
    #: The merged sheet with each collision marked, for an editor.
    marked: Sheet


def merge(base: Article, ours: Article, theirs: Article) -> Merged | Collision:
    """Merge our edit of `base` into the partner's newer `theirs`.

    Headline and standfirst go whole; the body by blocks, and within a block that both changed by sentences. A byline
    that an editor corrected stays until the partner changes theirs; all else (dates, images, claims) is theirs.
    The same change on both sides is no collision.
    """
    collided: list[str] = []
    merged = _sheet(base, ours, theirs, collided, None)
    if collided:
        return Collision(places=tuple(collided), marked=merged)
    return Merged(article=_article(merged, base, ours, theirs))


def merge_for(side: Side, base: Article, ours: Article, theirs: Article) -> Article:
    """Return the two merged as `merge` does, with one side's words where they collide, and nowhere else."""
    return _article(_sheet(base, ours, theirs, [], side), base, ours, theirs)


def _sheet(base: Article, ours: Article, theirs: Article, collided: list[str], side: Side | None) -> Sheet:
    old, mine, new = sheets = sheet_of(base), sheet_of(ours), sheet_of(theirs)
    headline = _field("headline", [sheet.headline for sheet in sheets], collided, side)
    standfirst = _field("standfirst", [sheet.standfirst for sheet in sheets], collided, side)
    chunks = _body(old.chunks, mine.chunks, new.chunks, collided, side)
    return Sheet(headline=headline, standfirst=standfirst, chunks=tuple(chunks))


def _article(merged: Sheet, base: Article, ours: Article, theirs: Article) -> Article:
    """Return the partner's newer article with the merged words; our blocks come back as the very blocks they were."""
    read = read_sheet(merged, [theirs, ours, base])
    headline = ours.headline if merged.headline == sheet_of(ours).headline else read.headline
    standfirst = ours.standfirst if merged.standfirst == sheet_of(ours).standfirst else read.standfirst
    if merged.headline == sheet_of(theirs).headline:
        headline = theirs.headline
    if merged.standfirst == sheet_of(theirs).standfirst:
        standfirst = theirs.standfirst
    words = replace(read, headline=headline, standfirst=standfirst)
    return keep_byline(words, base=base, ours=ours, theirs=theirs)


def _field(name: str, texts: Sequence[str], collided: list[str], side: Side | None) -> str:
    base, ours, theirs = texts
    if ours in {base, theirs}:
        return theirs
    if theirs == base:
        return ours
    collided.append(name)
    if side is not None:
        return ours if side is Side.OURS else theirs
    return f"{MARKERS[0]} {ours} {MARKERS[1]} {theirs} {MARKERS[2]}"


def _body(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], collided: list[str], side: Side | None
) -> list[str]:
    chunks: list[str] = []
    for group in Merge3(base, ours, theirs).merge_groups():
        if group[0] != "conflict":
            chunks.extend(group[1])
            continue
        _, old, mine, new = group
        resolved = _within(old, mine, new, side)
        if resolved is None:
            collided.append(f"paragraph {len(chunks) + 1}")
            marked = [MARKERS[0], *mine, MARKERS[1], *new, MARKERS[2]]
            resolved = marked if side is None else list(mine if side is Side.OURS else new)
        chunks.extend(resolved)
    return chunks


def _within(old: Sequence[str], mine: Sequence[str], new: Sequence[str], side: Side | None) -> list[str] | None:
    """Merge blocks that both sides changed, one by one and sentence by sentence; None where that cannot be."""
    if not len(old) == len(mine) == len(new):
        return None
    merged = [_sentences(*texts, side) for texts in zip(old, mine, new, strict=True)]
    return None if None in merged else [text for text in merged if text is not None]


def _sentences(old: str, mine: str, new: str, side: Side | None) -> str | None:
    if mine in {old, new}:
        return new
    if new == old:
        return mine
    base, ours, theirs = (_SENTENCE.split(text) for text in (old, mine, new))
    groups = list(Merge3(base, ours, theirs).merge_groups())
    if side is None and any(group[0] == "conflict" for group in groups):
        return None
    # A conflict is (its name, base, ours, theirs); every other group has its one outcome.
    wins = 2 if side is Side.OURS else 3
    return "".join(part for group in groups for part in group[wins if group[0] == "conflict" else 1])
