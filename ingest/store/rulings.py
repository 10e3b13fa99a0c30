"""A person's word on an article: released, or withdrawn for good. It outlasts every later revision."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from ingest.store.schema import ruling


class Ruling(StrEnum):
    """What a person said."""

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
