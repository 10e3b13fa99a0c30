"""What was found at a site, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.sources.values import FeedKind


@dataclass(frozen=True, kw_only=True)
class Lead:
    """An address that may hold news."""

    url: str
    #: How we came to it, in words.
    why: str
    kind: FeedKind = FeedKind.AUTO


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An address that was read and holds news."""

    url: str
    kind: FeedKind
    why: str
    title: str | None
    #: How many articles it holds now, and when the latest was published.
    entries: int
    newest: datetime | None
    #: Whether its entries hold whole articles.
    full_text: bool


@dataclass(frozen=True, kw_only=True)
class Miss:
    """An address that was tried in vain."""

    url: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """A site and its sources, the best first."""

    name: str
    url: str
    language: str | None
    candidates: tuple[Candidate, ...]
    missed: tuple[Miss, ...]
