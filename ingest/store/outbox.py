"""The outbox: what is to be published or withdrawn at which target, and the marks that it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ingest.store.publications import PublicationRow
from ingest.store.schema import attribution, publication, revision


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
