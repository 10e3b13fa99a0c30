"""Corrections as values: what was wrong, who says so, and since when (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ingest.article import Article


class CorrectedBy(StrEnum):
    """Whose correction it is."""

    PARTNER = "partner"
    OURS = "ours"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One correction, as readers are told it."""

    #: The partner's notice verbatim, or our own sentence.
    text: str
    #: When the partner changed it, as near as is known, or when we said so; aware.
    at: datetime
    by: CorrectedBy


def partners_corrections(
    notices: Iterable[str], article: Article, *, last_seen_at: datetime | None, now: datetime
) -> tuple[Correction, ...]:
    """Return the corrections that a partner's newer revision brought, with the time of its change.

    `notices` are its new correction notices; `last_seen_at` is when it was last seen without them. The page's own
    time of change counts where it lies between that and now; else the change is as old as it may be: we do not claim
    to have been faster than we can prove.
    """
    stated = article.modified_at
    floor = last_seen_at if last_seen_at is not None else stated
    believed = stated if stated is not None and (floor is None or floor <= stated) and stated <= now else floor
    at = min(believed or now, now)
    return tuple(Correction(text=text, at=at, by=CorrectedBy.PARTNER) for text in notices)
