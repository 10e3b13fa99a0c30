"""The word on an article: released by a person, or withdrawn until one releases it. It outlasts every revision."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from ingest.store import search
from ingest.store.schema import article, ruling


class Ruling(StrEnum):
    """What was said."""

    RELEASED = "released"
    WITHDRAWN = "withdrawn"


def of(connection: sa.Connection, article_id: int) -> Ruling | None:
    """Return the standing ruling on an article, or None."""
    state = connection.execute(sa.select(ruling.c.state).where(ruling.c.article_id == article_id)).scalar()
    return Ruling(state) if state else None


def give(
    connection: sa.Connection, article_id: int, state: Ruling, *, actor: str, reason: str, now: datetime
) -> None:
    """Set the ruling on an article; the history of rulings is the ledger's."""
    connection.execute(ruling.delete().where(ruling.c.article_id == article_id))
    row = {"article_id": article_id, "state": state.value, "actor": actor, "reason": reason, "at": now}
    connection.execute(ruling.insert().values(row))
    search.restate(connection, article_id)


def take_back(connection: sa.Connection, article_id: int) -> None:
    """Leave an article without a ruling, as before the first one."""
    connection.execute(ruling.delete().where(ruling.c.article_id == article_id))
    search.restate(connection, article_id)


def withdrawn_in(connection: sa.Connection, work_id: int) -> set[int]:
    """Return the articles of a work that are withdrawn: while one is, none of its copies is published."""
    query = (
        sa.select(ruling.c.article_id)
        .join(article, article.c.id == ruling.c.article_id)
        .where(article.c.work_id == work_id, ruling.c.state == Ruling.WITHDRAWN.value)
    )
    return set(connection.execute(query).scalars())
