"""How much each feed brought, day by day, and which published pieces are judged anew soon; read from indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from ingest.store.schema import article, entry, publication, revision, standing


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A published piece that time alone may change soon."""

    article_id: int
    partner: str
    headline: str
    at: datetime


def by_day(connection: sa.Connection, feed_ids: Collection[int], *, since: date) -> dict[int, Counter[date]]:
    """Return how many new entries each of these feeds brought a day (UTC) since a day, set-aside ones not counted."""
    begin = datetime.combine(since, time(), UTC)
    zoned = connection.dialect.name == "postgresql"
    day = sa.func.date(sa.func.timezone("UTC", entry.c.first_seen_at) if zoned else entry.c.first_seen_at)
    query = (
        sa.select(entry.c.feed_id, day, sa.func.count())
        .where(entry.c.feed_id.in_(feed_ids), entry.c.first_seen_at >= begin, entry.c.state != "set-aside")
        .group_by(entry.c.feed_id, day)
    )
    found: dict[int, Counter[date]] = {}
    for feed_id, text, count in connection.execute(query):
        found.setdefault(feed_id, Counter())[date.fromisoformat(str(text))] = count
    return found


def open_entries(connection: sa.Connection, feed_ids: Collection[int]) -> dict[int, Counter[str]]:
    """Return how many entries of each of these feeds are not done, by state; done ones are most and not looked at."""
    # By the state alone: a planner without statistics would read all entries of a feed to find the few.
    states = ("pending", "failed", "set-aside", "flood")
    query = (
        sa.select(entry.c.feed_id, entry.c.state, sa.func.count())
        .where(entry.c.state.in_(states))
        .group_by(entry.c.feed_id, entry.c.state)
    )
    found: dict[int, Counter[str]] = {}
    for feed_id, state, count in connection.execute(query):
        found.setdefault(feed_id, Counter())[state] = count
    return {feed_id: found[feed_id] for feed_id in feed_ids if feed_id in found}


def ending(
    connection: sa.Connection, *, by: datetime, partners: Collection[str] | None = None, limit: int = 20
) -> list[Ending]:
    """Return published pieces that are judged anew up to a time, the soonest first; of these partners if given."""
    out = sa.select(publication.c.id).where(
        publication.c.work_id == article.c.work_id, publication.c.state == "published"
    )
    query = (
        sa.select(standing.c.article_id, article.c.partner, revision.c.headline, standing.c.reconsider_at.label("at"))
        .join(article, article.c.id == standing.c.article_id)
        .join(revision, revision.c.id == standing.c.revision_id)
        .where(standing.c.verdict == "publish", standing.c.reconsider_at <= by, out.exists())
        .order_by(standing.c.reconsider_at, standing.c.article_id)
        .limit(limit)
    )
    if partners is not None:
        query = query.where(article.c.partner.in_(partners))
    return [Ending(**row) for row in connection.execute(query).mappings()]
