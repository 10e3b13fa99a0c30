"""`reprint migrate-store`: from a file to PostgreSQL, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest.errors import ConfigError
from ingest.store.database import open_store, parse_url
from ingest.store.moving import Move, move
from publish.commands.invocation import OK, Invocation, command


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "migrate-store")(migrate_store)


def migrate_store(
    invocation: Invocation,
    source: Annotated[str, typer.Argument(metavar="FROM", help="The SQLite store: sqlite:///reprint.db")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="An empty database: postgresql+psycopg://USER@HOST/NAME")
    ],
) -> int:
    """Move a store to PostgreSQL: every row, counted in both, and the ledger verified; or nothing at all."""
    _require_kinds(source, target)
    with (
        _opened(source) as old,
        _opened(target) as new,
        invocation.console.growing_progress("Moving") as grow,
    ):
        moved = move(old, new, progress=grow)
    _show(invocation, moved, target)
    return OK


@contextmanager
def _opened(url: str) -> Iterator[sa.Engine]:
    engine = open_store(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _require_kinds(source: str, target: str) -> None:
    old, new = parse_url(source), parse_url(target)
    if old.get_backend_name() != "sqlite" or new.get_backend_name() != "postgresql":
        raise ConfigError(
            "stores are moved from SQLite to PostgreSQL",
            where="migrate-store",
            next_step="reprint migrate-store sqlite:///reprint.db postgresql+psycopg://USER@HOST/NAME",
        )
    if "uri" not in old.query and not Path(old.database or "").is_file():
        raise ConfigError("there is no store here", where=str(old.database), next_step="name the store's file")


def _show(invocation: Invocation, moved: Move, target: str) -> None:
    console = invocation.console
    console.json({"tables": moved.tables, "head": str(moved.head)})
    filled = [(one.table, one.rows) for one in moved.tables if one.rows]
    console.table("Moved", ("table", "#rows"), filled)
    console.say(f"Every table has as many rows as before, and the ledger is whole. Head: {moved.head}")
    address = parse_url(target).render_as_string(hide_password=True)
    console.say(f"Work with it from now on: REPRINT_DATABASE_URL={escape(address)}")
