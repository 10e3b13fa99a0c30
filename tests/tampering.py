"""What somebody with the database's own tools could do, for tests that find it."""

from __future__ import annotations

import sqlalchemy as sa


def unguard(connection: sa.Connection, table: str) -> None:
    """Drop the triggers that keep a table's records as they were written."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"DROP TRIGGER {table}_is_append_only ON {table}")
        return
    for change in ("update", "delete", "replace"):
        connection.exec_driver_sql(f"DROP TRIGGER {table}_refuses_{change}")
