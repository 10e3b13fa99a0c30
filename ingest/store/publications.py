"""The outbox: what is to be published or withdrawn at which target, and what is out there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingest.store.schema import publication, work


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """A work at one target."""

    id: int
    work_id: int
    slug: str
    target: str
    article_id: int
    revision_id: int
    attribution_id: int
    state: str
    location: str | None
    teaser: str | None
    first_published_at: datetime | None
    updated_at: datetime | None
    attempts: int
    error: str | None


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


def _rows(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[PublicationRow]:
    columns = [publication.c[name] for name in PublicationRow.__dataclass_fields__ if name != "slug"]
    query = sa.select(*columns, work.c.slug).join(work, work.c.id == publication.c.work_id)
    ordered = query.where(*conditions).order_by(publication.c.id)
    return [PublicationRow(**row) for row in connection.execute(ordered).mappings()]


def intend(
    connection: sa.Connection,
    *,
    work_id: int,
    target: str,
    article_id: int,
    revision_id: int,
    attribution_id: int,
    now: datetime,
) -> None:
    """Put a revision with its attribution into the target's outbox, in place of the work's earlier one."""
    values = {
        "article_id": article_id,
        "revision_id": revision_id,
        "attribution_id": attribution_id,
        "state": "pending",
        "intended_at": now,
        "due_at": now,
        "attempts": 0,
        "error": None,
    }
    here = (publication.c.work_id == work_id, publication.c.target == target)
    if not connection.execute(publication.update().where(*here).values(values)).rowcount:
        connection.execute(publication.insert().values(work_id=work_id, target=target, **values))


def intend_withdrawal(connection: sa.Connection, publication_id: int, *, now: datetime) -> None:
    """Put a withdrawal into the outbox."""
    values = {"state": "withdrawing", "due_at": now, "attempts": 0, "error": None}
    connection.execute(publication.update().where(publication.c.id == publication_id).values(values))


def mark_published(
    connection: sa.Connection, publication_id: int, *, location: str, teaser: str, now: datetime
) -> None:
    """Mark what a target has published; the first time stays the first."""
    values = {
        "state": "published",
        "location": location,
        "teaser": teaser,
        "first_published_at": sa.func.coalesce(
            publication.c.first_published_at, sa.literal(now, publication.c.due_at.type)
        ),
        "updated_at": now,
        "error": None,
    }
    connection.execute(publication.update().where(publication.c.id == publication_id).values(values))


def mark_withdrawn(connection: sa.Connection, publication_id: int, *, now: datetime) -> None:
    """Mark what a target has taken down."""
    values = {"state": "withdrawn", "updated_at": now, "teaser": None, "error": None}
    connection.execute(publication.update().where(publication.c.id == publication_id).values(values))


def postpone(connection: sa.Connection, publication_id: int, *, error: str, due_at: datetime) -> None:
    """Try a publication again later."""
    values = {"attempts": publication.c.attempts + 1, "error": error, "due_at": due_at}
    connection.execute(publication.update().where(publication.c.id == publication_id).values(values))
