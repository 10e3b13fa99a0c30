"""Small facts that outlast a process, such as which sources.yaml the articles were last judged by."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.store.schema import bookmark


def get(connection: sa.Connection, name: str) -> str | None:
    """Return a bookmark's value, or None."""
    return connection.execute(sa.select(bookmark.c.value).where(bookmark.c.name == name)).scalar()


def put(connection: sa.Connection, name: str, value: str) -> None:
    """Set a bookmark."""
    if not connection.execute(bookmark.update().where(bookmark.c.name == name).values(value=value)).rowcount:
        connection.execute(bookmark.insert().values(name=name, value=value))
