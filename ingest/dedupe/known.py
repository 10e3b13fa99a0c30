"""What the decision looks at: the article that came in, and the articles that it may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ingest.dedupe.fingerprint import Fingerprint


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An article that came in and has no work yet."""

    #: The key of the partner who delivers it; empty where unknown.
    partner: str
    #: In canonical form (ingest/urls.py), as all URLs here; empty where unknown.
    canonical_url: str
    #: Other URLs of the same page: before redirects, AMP, mobile, rel=canonical.
    other_urls: frozenset[str] = frozenset()
    #: The original's URL where a middleman names it.
    origin_url: str | None = None
    guid: str | None = None
    headline: str
    published_at: datetime | None = None
    #: BCP 47; None where unknown.
    language: str | None = None
    fingerprint: Fingerprint
    #: Works that a person said it is not part of (`reprint works split`); their word wins.
    apart: frozenset[int] = frozenset()

    @property
    def urls(self) -> frozenset[str]:
        """All URLs of its own page."""
        return frozenset(filter(None, {self.canonical_url, *self.other_urls}))


@dataclass(frozen=True, kw_only=True)
class Known:
    """An article in the store, as its newest revision has it."""

    work_id: int
    article_id: int
    partner: str
    canonical_url: str
    origin_url: str | None = None
    guid: str | None = None
    headline: str
    published_at: datetime | None = None
    language: str | None = None
    fingerprint: Fingerprint
    #: Works that a person said it is not part of.
    apart: frozenset[int] = frozenset()
