"""What alembic runs: our connection, our tables, batch mode since SQLite alters little."""

from __future__ import annotations

from alembic import context

from ingest.store import (
    apart,
    choices,
    corrections,
    desk_attempts,
    desk_sessions,
    desk_undo,
    desk_users,
    edits,
    fingerprints,
    followups,
    notices,
    schema,
    search,
)

# Imported for its tables, which stand on the same metadata.
__all__ = [
    "apart",
    "choices",
    "corrections",
    "desk_attempts",
    "desk_sessions",
    "desk_undo",
    "desk_users",
    "edits",
    "fingerprints",
    "followups",
    "notices",
    "search",
]

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    # The caller's transaction is the only one.
    transactional_ddl=False,
)
context.run_migrations()
