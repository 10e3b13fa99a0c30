"""How many entries need a person: held as a flood, or given up; counted from an index."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from ingest.store.schema import entry


def stuck_by_state(connection: sa.Connection) -> Mapping[str, int]:
    """Return how many entries are held as a flood ("flood") and given up ("failed")."""
    query = (
        sa.select(entry.c.state, sa.func.count())
        .where(entry.c.state.in_(("flood", "failed")))
        .group_by(entry.c.state)
    )
    return {str(state): int(number) for state, number in connection.execute(query)}
