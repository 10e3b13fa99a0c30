"""All works there are, some at a time."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.store.schema import work


def batch(connection: sa.Connection, *, after: int, limit: int) -> list[int]:
    """Return the numbers of works past `after`, in order, at most so many."""
    query = sa.select(work.c.id).where(work.c.id > after).order_by(work.c.id).limit(limit)
    return list(connection.execute(query).scalars())
