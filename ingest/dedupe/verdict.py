"""The four verdicts on an incoming article, each with the reason that `reprint articles show` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True)
class New:
    """Nothing that we know is this piece of writing, or like it."""

    reason: str
    score: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Revision:
    """The same partner's same article, fetched again."""

    work_id: int
    article_id: int
    reason: str
    #: The part of the text that stayed, 0 to 1.
    score: float
    #: Whether headline, names and text are what we have: nothing to keep.
    unchanged: bool = False


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Another copy of a piece of writing that we know; `article_id` is the one it is closest to."""

    work_id: int
    article_id: int
    reason: str
    #: The mean of the parts that either text has of the other, 0 to 1; 1 where URLs decide.
    score: float


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A piece of its own that looks like one that we know: a series, a template, a follow-up, the same event."""

    work_id: int
    article_id: int
    reason: str
    score: float


Verdict: TypeAlias = New | Revision | Copy | Neighbour
