"""What people told apart: articles that are no part of a work, whatever their words say (`reprint works split`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Table, Text

from ingest.store.schema import UtcDateTime, metadata

apart = Table(
    "apart",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("work_id", ForeignKey("work.id"), primary_key=True, index=True),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)


def put(
    connection: sa.Connection,
    article_ids: Iterable[int],
    work_id: int,
    *,
    actor: str,
    reason: str,
    now: datetime,
) -> None:
    """Keep that these articles are no part of a work; said again, the newer word stands."""
    for article_id in article_ids:
        here = (apart.c.article_id == article_id, apart.c.work_id == work_id)
        connection.execute(apart.delete().where(*here))
        row = {"article_id": article_id, "work_id": work_id, "actor": actor, "reason": reason, "at": now}
        connection.execute(apart.insert().values(row))


def of_articles(connection: sa.Connection, article_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return for each of these articles the works that it is no part of; those without any are left out."""
    query = sa.select(apart.c.article_id, apart.c.work_id).where(apart.c.article_id.in_(sorted(set(article_ids))))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for article_id, work_id in connection.execute(query):
        found[article_id].add(work_id)
    return {article_id: frozenset(works) for article_id, works in found.items()}


def merge(connection: sa.Connection, gone: int, kept: int, *, members: Iterable[int]) -> None:
    """Let what was said of a work hold for the one that took it in; its `members` are part of it now."""
    inside = apart.c.article_id.in_(sorted(members))
    connection.execute(apart.delete().where(inside, apart.c.work_id.in_((gone, kept))))
    said = sa.select(apart.c.article_id).where(apart.c.work_id == kept)
    connection.execute(apart.delete().where(apart.c.work_id == gone, apart.c.article_id.in_(said)))
    connection.execute(apart.update().where(apart.c.work_id == gone).values(work_id=kept))
