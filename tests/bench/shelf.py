"""A store for the duplicate benches and tests: real tables in a SQLite file, articles put in as an ingest does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from ingest.dedupe import Candidate, Known
from ingest.store import fingerprints
from ingest.store.database import open_store
from ingest.store.schema import article, revision, work

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def new_store(path: Path) -> sa.Engine:
    """Create a store in a new SQLite file and return its engine, set up as the product's."""
    return open_store(f"sqlite:///{path}")


def as_known(given: Candidate, *, work_id: int = 1, article_id: int = 1) -> Known:
    """Return a candidate as the store would give it back."""
    return Known(
        work_id=work_id,
        article_id=article_id,
        partner=given.partner,
        canonical_url=given.canonical_url,
        origin_url=given.origin_url,
        guid=given.guid,
        headline=given.headline,
        published_at=given.published_at,
        language=given.language,
        fingerprint=given.fingerprint,
    )


def shelve(
    connection: sa.Connection, given: Candidate, *, names: Sequence[str] = (), work_id: int | None = None
) -> tuple[int, int]:
    """Keep a candidate as an article, of a new work or of `work_id`; return the ids of work and article."""
    if work_id is None:
        slug = f"work-{connection.execute(sa.select(sa.func.count()).select_from(work)).scalar_one()}"
        added = connection.execute(work.insert().values(slug=slug, created_at=NOW).returning(work.c.id))
        work_id = int(added.scalar_one())
    article_id = int(
        connection.execute(
            article.insert()
            .values(
                partner=given.partner,
                canonical_url=given.canonical_url,
                guid=given.guid,
                work_id=work_id,
                relation="first",
                relation_reason="-",
                first_seen_at=NOW,
            )
            .returning(article.c.id)
        ).scalar_one()
    )
    connection.execute(
        revision.insert().values(
            article_id=article_id,
            number=1,
            content_hash="-",
            headline=given.headline,
            names="; ".join(names),
            word_count=given.fingerprint.words,
            published_at=given.published_at,
            document="{}",
            fetched_at=NOW,
        )
    )
    fingerprints.index(
        connection, article_id, given.fingerprint, language=given.language, origin_url=given.origin_url
    )
    return work_id, article_id
