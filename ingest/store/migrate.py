"""Apply the shipped migrations; imported only when a store is new or behind."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ingest.store.database import write

MIGRATIONS = Path(__file__).parent / "migrations"


def config() -> Config:
    """Return alembic's configuration without an ini file, so that it works from a wheel and from any folder."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return settings


def upgrade(engine: sa.Engine) -> None:
    """Bring the store of `engine` to the newest migration, in one transaction."""
    settings = config()
    with write(engine) as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
