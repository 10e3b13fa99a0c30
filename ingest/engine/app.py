"""The engine's connection to the store's own database; the only modules that know procrastinate stand here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import structlog

from ingest.errors import ConfigError, StoreError
from ingest.store.database import parse_url

if TYPE_CHECKING:
    from procrastinate import App

log = structlog.get_logger()

#: The engine's queue, and its one task.
QUEUE: Final = "reprint.hosts"
TASK: Final = "drain"
#: A worker listens on one connection and marks jobs by others.
_CONNECTIONS: Final = 4


def lock_of(host: str) -> str:
    """Return the name under which one job runs, and one waits, for a host."""
    return f"host:{host}"


def require_engine(database_url: str) -> None:
    """Raise ConfigError where the engine is not installed, or the store is not on PostgreSQL."""
    if parse_url(database_url).get_backend_name() != "postgresql":
        raise ConfigError(
            "the engine procrastinate works on PostgreSQL only, and this store is on SQLite",
            where="database",
            next_step="move it with `reprint migrate-store`, or run without --engine: one machine needs none",
        )
    try:
        import procrastinate  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise ConfigError(
            "the engine procrastinate is not installed",
            where="engine",
            next_step="install reprint[engine], or run without --engine",
        ) from error


@asynccontextmanager
async def open_app(database_url: str) -> AsyncIterator[App]:
    """Connect the engine to the database at a SQLAlchemy URL, for the block.

    Raises ConfigError as `require_engine` does, StoreError where the database cannot be reached.
    """
    require_engine(database_url)
    from procrastinate import App, PsycopgConnector
    from procrastinate.exceptions import ConnectorException

    address = parse_url(database_url).set(drivername="postgresql")
    connector = PsycopgConnector(
        conninfo=address.render_as_string(hide_password=False),
        min_size=1,
        max_size=_CONNECTIONS,
        kwargs={"application_name": "reprint"},
    )
    app = App(connector=connector)
    try:
        await app.open_async()
    except ConnectorException as error:
        raise StoreError(
            f"the engine cannot reach it: {error}",
            where=address.render_as_string(hide_password=True),
            next_step="see that the database runs",
        ) from error
    try:
        yield app
    finally:
        await app.close_async()


async def has_schema(app: App) -> bool:
    """Tell whether the engine's own tables are in the database."""
    return await app.check_connection_async()


async def apply_schema(app: App) -> None:
    """Make the engine's own tables where they are not; only the leader may, for two at once would clash."""
    if not await has_schema(app):
        await app.schema_manager.apply_schema_async()
        log.info("engine.schema", made="procrastinate's tables")
