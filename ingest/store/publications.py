"""The outbox: what is to be published or withdrawn at which target, and what is out there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingest.store.schema import article, attribution, publication, revision, work


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


def intend_withdrawal(connection: sa.Connection, row: PublicationRow, *, now: datetime) -> None:
    """Put a withdrawal into the outbox; what never went out, nor may have, is simply forgotten."""
    if row.first_published_at is None and not _begun(connection, row):
        connection.execute(publication.delete().where(publication.c.id == row.id))
        return
    values = {"state": "withdrawing", "intended_at": now, "due_at": now, "attempts": 0, "error": None}
    connection.execute(publication.update().where(publication.c.id == row.id).values(values))


def cancel(connection: sa.Connection, row: PublicationRow) -> None:
    """Take a pending change back out of the outbox; what is out already stands as it was, else nothing stands."""
    out = connection.execute(
        sa.select(attribution.c.id, attribution.c.revision_id, revision.c.article_id)
        .join(publication, publication.c.out_attribution_id == attribution.c.id)
        .join(revision, revision.c.id == attribution.c.revision_id)
        .where(publication.c.id == row.id)
    ).first()
    here = publication.c.id == row.id
    begun = _begun(connection, row)
    if out is None and begun:
        # It may be out all the same: a publisher that was killed, or an answer that never came.
        connection.execute(publication.update().where(here).values(state="withdrawing"))
        return
    if out is None and row.first_published_at is None:
        connection.execute(publication.delete().where(here))
        return
    if out is None:
        connection.execute(publication.update().where(here).values(state="withdrawn", teaser=None))
        return
    values = {
        "attribution_id": out.id,
        "revision_id": out.revision_id,
        "article_id": out.article_id,
        # What was begun may stand there in its stead.
        "state": "pending" if begun else "published",
        "intended_at": row.updated_at or row.intended_at,
        "error": None,
    }
    connection.execute(publication.update().where(here).values(values))


def begin(connection: sa.Connection, ids: Sequence[int], *, begun: bool = True) -> None:
    """Note that a publisher begins to give these to their target; or, with `begun` false, that it did not get to."""
    connection.execute(publication.update().where(publication.c.id.in_(ids)).values(begun=begun))


def _begun(connection: sa.Connection, row: PublicationRow) -> bool:
    return bool(connection.execute(sa.select(publication.c.begun).where(publication.c.id == row.id)).scalar())


def do_again(connection: sa.Connection, row: PublicationRow) -> None:
    """Put what stands at the target into the outbox once more: something older may have been written over it."""
    for stands, again in (("published", "pending"), ("withdrawn", "withdrawing")):
        here = (publication.c.id == row.id, publication.c.state == stands)
        connection.execute(publication.update().where(*here).values(state=again))


def mark_published(
    connection: sa.Connection, row: PublicationRow, *, location: str, teaser: str, changed: datetime | None = None
) -> bool:
    """Mark what a target has published, as it was intended; False when the intent has changed meanwhile.

    `changed` is since when its words stand there; None: since this intent.
    """
    values = {
        "state": "published",
        "location": location,
        "teaser": teaser,
        "first_published_at": row.first_published_at or row.intended_at,
        "updated_at": changed or row.intended_at,
        "out_attribution_id": row.attribution_id,
        "error": None,
        "begun": False,
    }
    return _mark(connection, row, values)


def mark_withdrawn(connection: sa.Connection, row: PublicationRow) -> bool:
    """Mark what a target has taken down; False when the intent has changed meanwhile."""
    values: dict[str, object] = {
        "state": "withdrawn",
        "teaser": None,
        "out_attribution_id": None,
        "error": None,
        "begun": False,
    }
    return _mark(connection, row, values)


def keep_teaser(connection: sa.Connection, publication_id: int, teaser: str) -> None:
    """Keep a publication's teaser in place of the one it had."""
    connection.execute(publication.update().where(publication.c.id == publication_id).values(teaser=teaser))


def _mark(connection: sa.Connection, row: PublicationRow, values: dict[str, object]) -> bool:
    unchanged = (
        publication.c.id == row.id,
        publication.c.state == row.state,
        publication.c.attribution_id == row.attribution_id,
        publication.c.intended_at == row.intended_at,
    )
    return bool(connection.execute(publication.update().where(*unchanged).values(values)).rowcount)


def postpone(connection: sa.Connection, publication_id: int, *, error: str, due_at: datetime) -> None:
    """Try a publication again later."""
    values = {"attempts": publication.c.attempts + 1, "error": error, "due_at": due_at}
    connection.execute(publication.update().where(publication.c.id == publication_id).values(values))
