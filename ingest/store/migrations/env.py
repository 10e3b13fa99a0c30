"""What alembic runs: our connection, our tables, batch mode since SQLite alters little."""

from __future__ import annotations

from alembic import context

from ingest.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # The caller's transaction is the only one.
    transactional_ddl=False,
)
context.run_migrations()
