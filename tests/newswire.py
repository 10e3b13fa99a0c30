"""Partners, articles and a store to keep them in, for tests of what happens between extraction and publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ingest.article import Article, Byline, OriginClaim, Person, Source
from ingest.assess import assess
from ingest.body import Body, Paragraph, Text
from ingest.keep import Keeping, Kept, keep
from ingest.sources import Partner, Site, Sources
from ingest.store.database import write
from ingest.terms import Basis, Grant, Mode, Terms

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = Site(name="The Courier", url="https://courier.example/")
GRANTED = Terms(
    grant=Grant(basis=Basis.GRANT, grantor="J. Doe, editor", evidence="https://forum.example/letter"), mode=Mode.FULL
)
NO_TERMS = Terms()


def partner(key: str, terms: Terms = GRANTED, **changes: Any) -> Partner:
    """Return a partner whose host is its key's."""
    values = {"name": key.title(), "url": f"https://{key}.example/", "hosts": (f"{key}.example",), **changes}
    return Partner(key=key, terms=terms, **values)


def sources(*partners: Partner) -> Sources:
    """Return sources of these partners."""
    return Sources(site=SITE, partners=partners)


def article(slug: str = "tides", *, by: str = "forum", seed: int = 0, **changes: Any) -> Article:
    """Return an article of a partner; another `seed` makes other words."""
    url = f"https://{by}.example/{slug}"
    values: dict[str, Any] = {
        "url": url,
        "canonical_url": url,
        "guid": url,
        "headline": f"What the tides say, part {seed}",
        "byline": Byline(people=(Person(name="Jane Roe"),), raw="By Jane Roe"),
        "published_at": NOW - timedelta(hours=2),
        "language": "en",
        "body": Body(blocks=tuple(Paragraph(children=(Text(text=line),)) for line in prose(seed))),
    }
    return Article(**(values | changes))


def prose(seed: int) -> Sequence[str]:
    """Return paragraphs of their own words for each seed."""
    words = [f"{stem}{(seed * 31 + n * 7) % 997}" for n, stem in enumerate(_STEMS * 12)]
    return [" ".join(words[start : start + 40]).capitalize() + "." for start in range(0, 240, 40)]


_STEMS = [
    "harbour",
    "tide",
    "keeper",
    "ledger",
    "mole",
    "quay",
    "pilot",
    "lantern",
    "cable",
    "reef",
    "chart",
    "minister",
    "ferry",
    "dredge",
    "basin",
    "crew",
    "berth",
    "salt",
    "current",
    "delta",
]


def claimed(value: Article, name: str) -> Article:
    """Return the article with a middleman's statement of who first published it."""
    line = f"This article, originally published by {name}, is republished with permission."
    claim = OriginClaim(name=name, url=None, source=Source.BODY, evidence=line)
    return replace(value, claims=(claim,), inherited_credit=line)


def take(
    engine: sa.Engine,
    value: Article,
    supplier: str,
    known: Sources,
    *,
    now: datetime = NOW,
    targets: Sequence[str] = ("site",),
) -> Kept:
    """Judge and keep an article as a pass does."""
    found = known.partner(supplier)
    assert found is not None
    with write(engine) as connection:
        assessed = assess(connection, value, supplier=found, sources=known, now=now)
        keeping = Keeping(now=now, actor="test", targets=targets, partners=known.keys)
        return keep(connection, assessed, keeping=keeping)
