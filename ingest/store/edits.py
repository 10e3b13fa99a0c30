"""Local edits: which revisions are our own, on which of the partner's they stand, and where the two collide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Table, Text

from ingest.store.schema import UtcDateTime, article, metadata, revision

local_edit = Table(
    "local_edit",
    metadata,
    Column("revision_id", ForeignKey("revision.id"), primary_key=True, comment="our own"),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("base_id", ForeignKey("revision.id"), nullable=False, comment="the partner's that it stands on"),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

edit_state = Table(
    "edit_state",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("revision_id", ForeignKey("local_edit.revision_id"), nullable=False, comment="our own that stands"),
    Column("base_id", ForeignKey("revision.id"), nullable=False),
    Column("conflict_id", ForeignKey("revision.id"), comment="the partner's that could not be merged"),
)


@dataclass(frozen=True, kw_only=True)
class EditState:
    """An article that stands in our own words."""

    article_id: int
    #: Ours.
    revision_id: int
    #: The partner's that ours stands on.
    base_id: int
    #: The partner's newer one that could not be merged with ours; a person decides.
    conflict_id: int | None


@dataclass(frozen=True, kw_only=True)
class ConflictRow:
    """One line of `reprint articles conflicts`."""

    article_id: int
    partner: str
    headline: str
    since: datetime


def of(connection: sa.Connection, article_id: int) -> EditState | None:
    """Return how we edited an article, or None where it stands in the partner's words."""
    row = connection.execute(sa.select(edit_state).where(edit_state.c.article_id == article_id)).mappings().first()
    return EditState(**row) if row else None


def note(
    connection: sa.Connection,
    article_id: int,
    *,
    revision_id: int,
    base_id: int,
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    """Note a revision as our own, standing on one of the partner's, and make it the one that counts."""
    row = {"revision_id": revision_id, "article_id": article_id, "base_id": base_id}
    connection.execute(local_edit.insert().values(row | {"actor": actor, "reason": reason, "at": now}))
    connection.execute(edit_state.delete().where(edit_state.c.article_id == article_id))
    connection.execute(edit_state.insert().values(row | {"conflict_id": None}))


def conflict(connection: sa.Connection, article_id: int, *, theirs_id: int) -> None:
    """Note the partner's revision that ours could not be merged with."""
    here = edit_state.c.article_id == article_id
    connection.execute(edit_state.update().where(here).values(conflict_id=theirs_id))


def drop(connection: sa.Connection, article_id: int) -> None:
    """Give our own words up: the article stands in the partner's again."""
    connection.execute(edit_state.delete().where(edit_state.c.article_id == article_id))


def is_ours(connection: sa.Connection, revision_id: int) -> bool:
    """Tell whether a revision is our own."""
    query = sa.select(local_edit.c.revision_id).where(local_edit.c.revision_id == revision_id)
    return connection.execute(query).first() is not None


def conflicts(connection: sa.Connection) -> list[ConflictRow]:
    """Return the articles whose partner's newer revision waits for a person, the oldest first."""
    query = (
        sa.select(article.c.id.label("article_id"), article.c.partner, revision.c.headline, revision.c.fetched_at)
        .join(edit_state, edit_state.c.article_id == article.c.id)
        .join(revision, revision.c.id == edit_state.c.conflict_id)
        .order_by(revision.c.fetched_at)
    )
    return [
        ConflictRow(article_id=row.article_id, partner=row.partner, headline=row.headline, since=row.fetched_at)
        for row in connection.execute(query)
    ]
