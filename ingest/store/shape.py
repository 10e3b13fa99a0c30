"""What the database itself consists of: guards taken away, or a view in a table's place, are found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from ingest.store.database import ENGINES, open_store, read

_CHECK = re.compile(r"CHECK\s*\((.*?)\)\s*(?:,|\n|$)", re.IGNORECASE | re.DOTALL)
_TRIGGERS = """
SELECT t.tgname, c.relname, t.tgenabled, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND n.nspname = current_schema()
"""
_KINDS = """
SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
"""


def differences(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Yield each table, view and trigger that is not as the migrations make it: its name, and what is wrong."""
    there = _shape(connection)
    wanted = _made() if connection.dialect.name == "sqlite" else _wanted_by_postgresql()
    for name, shape in wanted.items():
        if name not in there:
            yield name, "it is gone"
        elif there[name] != shape:
            yield name, "it is not as the migrations made it"
    for name in there.keys() - wanted.keys():
        # A table or an index of the newsroom's own does no harm; what acts on ours may.
        if name.startswith(("trigger ", "view ")):
            yield name, "no migration made it"


def _shape(connection: sa.Connection) -> Mapping[str, object]:
    return dict(_of_sqlite(connection) if connection.dialect.name == "sqlite" else _of_postgresql(connection))


@cache
def _made() -> Mapping[str, object]:
    """Return the shape of a new store."""
    with TemporaryDirectory(prefix="reprint-") as folder:
        engine = open_store(f"sqlite:///{Path(folder) / 'new.db'}")
        try:
            with read(engine) as connection:
                return _shape(connection)
        finally:
            engine.dispose()


def _of_sqlite(connection: sa.Connection) -> Iterator[tuple[str, object]]:
    # What a search index keeps itself in is SQLite's own affair, and PostgreSQL has no such tables.
    shadows = {row.name for row in connection.exec_driver_sql("PRAGMA table_list") if row.type == "shadow"}
    for kind, name, table, sql in connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if name.startswith("sqlite_") or kind == "index" or name in shadows:
            continue
        yield f"{kind} {name}", _of_table(connection, name, sql) if kind == "table" else (table, _plain(sql))


def _of_table(connection: sa.Connection, name: str, sql: str) -> object:
    """Return columns, keys, references and checks; not the text, which another version may write otherwise."""
    quoted = name.replace('"', '""')
    columns = [
        tuple(row)[1:4] + tuple(row)[5:] for row in connection.exec_driver_sql(f'PRAGMA table_xinfo("{quoted}")')
    ]
    unique = []
    for row in connection.exec_driver_sql(f'PRAGMA index_list("{quoted}")').all():
        if row[2] and not row[4]:
            index = row[1].replace('"', '""')
            unique.append(tuple(one[2] for one in connection.exec_driver_sql(f'PRAGMA index_info("{index}")')))
    leads = [tuple(row)[2:5] for row in connection.exec_driver_sql(f'PRAGMA foreign_key_list("{quoted}")')]
    checks = sorted(_plain(check) for check in _CHECK.findall(sql))
    return tuple(columns), tuple(sorted(unique)), tuple(sorted(leads, key=str)), tuple(checks)


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def _of_postgresql(connection: sa.Connection) -> Iterator[tuple[str, object]]:
    kinds = {"r": "table", "p": "table", "v": "view", "m": "view", "f": "foreign table"}
    for name, kind in connection.exec_driver_sql(_KINDS):
        yield f"{kinds[_text(kind)]} {name}", None
    for name, table, enabled, source in connection.exec_driver_sql(_TRIGGERS):
        if table.startswith(ENGINES):
            continue
        yield f"trigger {name}", (table, _text(enabled), _plain(source))


def _text(value: str | bytes) -> str:
    # The type "char" comes as bytes.
    return value.decode() if isinstance(value, bytes) else value


def _wanted_by_postgresql() -> Mapping[str, object]:
    """Return what the same migrations make there: each table, and one trigger for each that is guarded."""
    made = _made()
    tables = {name: None for name in made if name.startswith("table ")}
    guarded = {name.split()[1].removesuffix("_refuses_update") for name in made if name.endswith("_refuses_update")}
    refusal = (
        "BEGIN RAISE EXCEPTION '{} records are never changed' USING ERRCODE = 'integrity_constraint_violation'; END"
    )
    return tables | {f"trigger {name}_is_append_only": (name, "O", refusal.format(name)) for name in guarded}
