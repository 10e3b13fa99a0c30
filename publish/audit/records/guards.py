"""The store's own guards, and values of a kind that no writer of ours puts there."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from ingest.store import shape
from ingest.store.schema import UtcDateTime, attribution, ledger, publication, revision, ruling, terms
from publish.audit.finding import Finding, finding
from publish.audit.records.reading import ids_of

_GUARDED = (ledger, terms, revision, attribution, publication, ruling)


def guard_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield triggers that are gone or changed, tables that are, and views or triggers that nobody of ours made."""
    for name, what in sorted(shape.differences(connection)):
        code = "guard-missing" if name.startswith("trigger ") else "schema-changed"
        yield finding(code, what, where=name)


def kind_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield rows that hold a value of another kind than their column's; SQLite takes any kind anywhere."""
    if connection.dialect.name != "sqlite":
        return
    for table in _GUARDED:
        (key,) = table.primary_key.columns
        wrong = " OR ".join(_is_odd(column) for column in table.columns)
        odd = connection.exec_driver_sql(f'SELECT "{key.name}" FROM "{table.name}" WHERE {wrong} LIMIT 100')  # noqa: S608 - our own names
        for (number,) in odd.all():
            evidence = "it holds a value of a kind that no writer of ours puts there"
            yield finding("record-edited", evidence, where=f"{table.name} {number}")


def _is_odd(column: sa.Column[object]) -> str:
    name = f'"{column.name}"'
    kind = "integer" if isinstance(column.type, sa.Integer | sa.Boolean) else "text"
    odd = f"typeof({name}) NOT IN ('{kind}'" + (", 'null')" if column.nullable else ")")
    if isinstance(column.type, UtcDateTime):
        odd += (
            f" OR ({name} IS NOT NULL AND {name} NOT GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9] [0-2][0-9]:*')"
        )
    return odd


def unreadable_findings(connection: sa.Connection) -> Iterator[Finding]:
    """Yield each row that cannot be read at all; called where reading them together failed."""
    for table in (terms, revision, attribution, publication, ruling):
        (key,) = table.primary_key.columns
        for number in ids_of(connection, table) if key.name == "id" else connection.execute(sa.select(key)).scalars():
            try:
                connection.execute(sa.select(table).where(key == number)).first()
            except (DBAPIError, ValueError, TypeError) as error:
                yield finding("record-edited", f"it cannot be read: {error}", where=f"{table.name} {number}")
