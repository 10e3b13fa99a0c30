"""Publications: what is out there, and what waits for which target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingest.store.schema import article, attribution, publication, work


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """A work at one target."""

    id: int
    work_id: int
    slug: str
    partner: str
    target: str
    article_id: int
    revision_id: int
    attribution_id: int
    out_attribution_id: int | None
    state: str
    location: str | None
    teaser: str | None
    intended_at: datetime
    first_published_at: datetime | None
    updated_at: datetime | None
    attempts: int
    error: str | None
    #: A publisher began to give it to the target and did not mark it: nobody knows what stands there.
    begun: bool = False


@dataclass(frozen=True, kw_only=True)
class TakenDown:
    """What is left of a publication that was withdrawn."""

    work_id: int
    published_at: datetime
    withdrawn_at: datetime
    #: Who delivered it, and who first published it where that is a partner.
    partner: str
    origin_key: str | None


def of_work(connection: sa.Connection, work_id: int) -> list[PublicationRow]:
    """Return a work's publications, one for each target."""
    return _rows(connection, publication.c.work_id == work_id)


def waiting(connection: sa.Connection, target: str, *, now: datetime) -> list[PublicationRow]:
    """Return what the target must publish or withdraw now, oldest first."""
    todo = publication.c.state.in_(("pending", "withdrawing"))
    return _rows(connection, publication.c.target == target, todo, publication.c.due_at <= now)


def published(connection: sa.Connection, target: str) -> list[PublicationRow]:
    """Return what stands published at the target, or did until a change that still waits."""
    return _rows(
        connection,
        publication.c.target == target,
        publication.c.state.in_(("published", "pending")),
        publication.c.teaser.is_not(None),
    )


def standing_ids(connection: sa.Connection, target: str) -> list[int]:
    """Return the numbers of what `published` returns, in the order of our own time, then of the works."""
    query = sa.select(publication.c.id).where(
        publication.c.target == target,
        publication.c.state.in_(("published", "pending")),
        publication.c.teaser.is_not(None),
    )
    return list(connection.execute(query.order_by(publication.c.first_published_at, publication.c.work_id)).scalars())


def by_ids(connection: sa.Connection, ids: Sequence[int]) -> list[PublicationRow]:
    """Return these publications in the order asked for; those that are gone are left out."""
    found = {row.id: row for row in _rows(connection, publication.c.id.in_(ids))}
    return [found[id_] for id_ in ids if id_ in found]


def withdrawn(connection: sa.Connection, target: str) -> list[PublicationRow]:
    """Return what was taken down at the target."""
    return _rows(connection, publication.c.target == target, publication.c.state == "withdrawn")


def taken_down(connection: sa.Connection, target: str, *, most: int) -> list[TakenDown]:
    """Return what was taken down last at the target, at most so many, the last first."""
    query = (
        sa.select(
            publication.c.work_id,
            publication.c.first_published_at.label("published_at"),
            publication.c.intended_at.label("withdrawn_at"),
            article.c.partner,
            attribution.c.origin_key,
        )
        .join(article, article.c.id == publication.c.article_id)
        .join(attribution, attribution.c.id == publication.c.attribution_id)
        .where(publication.c.target == target, publication.c.state == "withdrawn")
        .where(publication.c.first_published_at.is_not(None))
        .order_by(publication.c.intended_at.desc(), publication.c.work_id.desc())
    )
    return [TakenDown(**row) for row in connection.execute(query.limit(most)).mappings()]


def batch(connection: sa.Connection, target: str, *, after: int, limit: int) -> list[PublicationRow]:
    """Return what the target has or is to have, in the order of its numbers, past publication `after`."""
    query = _listing().where(publication.c.target == target, publication.c.id > after)
    rows = connection.execute(query.order_by(publication.c.id).limit(limit))
    return [PublicationRow(**row) for row in rows.mappings()]


def states(connection: sa.Connection, target: str, slugs: Sequence[str]) -> dict[str, str]:
    """Return the state of each of these slugs that the target has ever had or is to have."""
    query = (
        sa.select(work.c.slug, publication.c.state)
        .join(work, work.c.id == publication.c.work_id)
        .where(publication.c.target == target, work.c.slug.in_(slugs))
    )
    return {row.slug: row.state for row in connection.execute(query)}


def count_published(connection: sa.Connection, target: str) -> int:
    """Return how many pages stand published at the target."""
    here = (publication.c.target == target, publication.c.state == "published")
    return connection.execute(sa.select(sa.func.count()).select_from(publication).where(*here)).scalar_one()


def newest(connection: sa.Connection, target: str) -> PublicationRow | None:
    """Return what was first published last at the target and still stands there, or None."""
    order = (publication.c.first_published_at.desc(), publication.c.work_id.desc())
    query = _listing().where(publication.c.target == target, publication.c.state == "published").order_by(*order)
    row = connection.execute(query.limit(1)).mappings().first()
    return PublicationRow(**row) if row else None


def first_published(connection: sa.Connection, work_id: int) -> datetime | None:
    """Return when a work was first published anywhere, or None."""
    query = sa.select(publication.c.first_published_at).where(
        publication.c.work_id == work_id, publication.c.first_published_at.is_not(None)
    )
    return min(connection.execute(query).scalars(), default=None)


def taken_since(
    connection: sa.Connection, origin_key: str, *, since: datetime, but_for: int | None
) -> list[datetime]:
    """Return when each of an origin's works was published, or put into an outbox, after a time; one left out."""
    taken = sa.func.coalesce(publication.c.first_published_at, publication.c.intended_at)
    query = (
        sa.select(publication.c.work_id, publication.c.first_published_at, publication.c.intended_at)
        .join(attribution, attribution.c.id == publication.c.attribution_id)
        .where(
            attribution.c.origin_key == origin_key,
            publication.c.state.in_(("pending", "published")),
            taken > sa.literal(since, publication.c.due_at.type),
            publication.c.work_id != (but_for or 0),
        )
    )
    first: dict[int, datetime] = {}
    for row in connection.execute(query):
        at = row.first_published_at or row.intended_at
        first[row.work_id] = min(at, first.get(row.work_id, at))
    return list(first.values())


def _rows(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[PublicationRow]:
    ordered = _listing().where(*conditions).order_by(publication.c.id)
    return [PublicationRow(**row) for row in connection.execute(ordered).mappings()]


def _listing() -> sa.Select[*tuple[Any, ...]]:
    columns = [publication.c[name] for name in PublicationRow.__dataclass_fields__ if name not in {"slug", "partner"}]
    return (
        sa.select(*columns, work.c.slug, article.c.partner)
        .join(work, work.c.id == publication.c.work_id)
        .join(article, article.c.id == publication.c.article_id)
    )
