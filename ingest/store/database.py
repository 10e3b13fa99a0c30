"""Open the store: SQLite in WAL by default, PostgreSQL by URL; migrate it, and refuse what is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from ingest.errors import ConfigError, ForeignStoreError, StoreError, StoreLockedError

log = structlog.get_logger()

#: How the names of the tables begin that procrastinate makes beside ours.
ENGINES = "procrastinate_"
#: How long a writer waits for another one before it gives up.
BUSY_SECONDS = 15.0
#: Any number will do as long as it stays: PostgreSQL's advisory lock of writers.
_WRITER = 0x72706E74
#: Seconds that a writer waits before it looks whether the one before it is stuck, and that one may be idle.
_LOOK_AFTER, _STUCK_AFTER = 5.0, 20.0
#: As on SQLite: one order of locks for all writers, so that none deadlock and none fork the ledger.
_QUEUE = sa.text(
    "SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:writer),"
    " set_config('lock_timeout', '0', true)"
)
#: A process that is stopped half-way, or whose machine is gone, must not keep all the others waiting. The server's
#: own idle_in_transaction_session_timeout does not see one that is stopped after a pipeline of statements.
_END_STUCK = sa.text(
    "SELECT pg_terminate_backend(a.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database()"
    " AND (l.classid::bigint << 32 | l.objid::bigint) = :writer AND a.state LIKE 'idle in transaction%'"
    " AND a.state_change < clock_timestamp() - make_interval(secs => :idle)"
)
#: PostgreSQL's error code for a lock that did not come in time.
_LOCK_NOT_AVAILABLE = "55P03"
#: The newest migration; `tests/ingest/store/test_database.py` holds it against the shipped files.
HEAD = "0013"


def open_store(url: str, *, busy_seconds: float = BUSY_SECONDS) -> sa.Engine:
    """Connect to the database of `url`, create or migrate its tables, and return the engine.

    Raises ConfigError for a URL that names no database we know, StoreLockedError when another process holds it longer
    than `busy_seconds`, ForeignStoreError when it holds someone else's tables or a newer reprint's, StoreError for
    anything else that keeps it shut.
    """
    parsed = parse_url(url)
    engine = _engine(parsed, busy_seconds)
    shown = parsed.render_as_string(hide_password=True)
    try:
        with translated(shown):
            _prepare(engine, shown)
            _catch_up(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def write(engine: sa.Engine, *, lasting: bool = True) -> Iterator[sa.Connection]:
    """Run one write transaction: committed at the end, rolled back on any error.

    On SQLite it takes the write lock at once, so that two writers queue instead of failing half-way. Without
    `lasting`, the end does not wait for the disk: a power cut, though no crash of ours, may undo it with all that was
    committed after it in the same way. That is for what a partner's server would tell us again.
    """
    with translated(engine.url.render_as_string(hide_password=True)), engine.connect() as connection:
        connection = connection.execution_options(reprint_write=True, reprint_lasting=lasting)
        if connection.dialect.name != "postgresql":
            with connection.begin():
                yield connection
            return
        with _queued(connection):
            if not lasting:
                connection.execute(sa.text("SET LOCAL synchronous_commit TO off"))
            yield connection


@contextmanager
def _queued(connection: sa.Connection) -> Iterator[None]:
    """Run one transaction of PostgreSQL's once all writers before it have ended; one that is stuck is ended."""
    transaction = connection.begin()
    try:
        while not _has_turn(connection):
            transaction.rollback()
            with connection.begin():
                ended = connection.execute(_END_STUCK, {"writer": _WRITER, "idle": _STUCK_AFTER}).all()
            if ended:
                log.warning("store.writer-ended", idle_for=_STUCK_AFTER, next="what it was at is undone")
            transaction = connection.begin()
        yield
    except BaseException:
        transaction.rollback()
        raise
    transaction.commit()


def _has_turn(connection: sa.Connection) -> bool:
    try:
        connection.execute(_QUEUE, {"writer": _WRITER, "wait": str(round(1000 * _LOOK_AFTER))})
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            return False
        raise
    return True


@contextmanager
def read(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Run reads in one transaction, so that they see one state."""
    with translated(engine.url.render_as_string(hide_password=True)), engine.connect() as connection:
        yield connection


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn a driver's operational errors into ours, which say what to do; integrity errors are bugs and pass."""
    try:
        yield
    except OperationalError as error:
        raise _store_error(error, where) from error
    except DatabaseError as error:
        if "file is not a database" in str(error.orig):
            raise _foreign(where, "it is no SQLite database") from error
        if error.connection_invalidated:
            raise StoreError(
                f"the connection was lost: {str(error.orig).strip()}",
                where=where,
                next_step="nothing of what was under way was written; it is tried again",
            ) from error
        if "malformed" in str(error.orig):
            raise StoreError(
                "the database is damaged",
                where=where,
                next_step="restore it from a backup; `reprint audit verify` tells",
            ) from error
        raise


def parse_url(url: str) -> URL:
    """Return the database's URL in its parts; raises ConfigError for one that we cannot work with."""
    usage = "use sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ConfigError("this is no database URL", where="database", next_step=usage) from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ConfigError(
            f"{parsed.get_backend_name()} is no database that reprint works with", where="database", next_step=usage
        )
    try:
        parsed.get_dialect().import_dbapi()
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ConfigError(
            f"the driver for {parsed.drivername} is not installed",
            where="database",
            next_step="install reprint[postgresql], and name it as postgresql+psycopg://",
        ) from error
    return parsed


def _engine(url: URL, busy_seconds: float) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    _require_folder(url)
    engine = sa.create_engine(url, connect_args={"timeout": busy_seconds})
    sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _require_folder(url: URL) -> None:
    folder = Path(url.database or ":memory:").parent
    if not folder.is_dir() and "uri" not in url.query:
        raise StoreError(
            f"the folder {folder} does not exist",
            where=str(url.database),
            next_step="create it, or name another file",
        )


def _configure_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transaction control would begin lazily, and a reader that turns writer can deadlock.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _use_wal(engine: sa.Engine) -> None:
    """Let readers and a writer work side by side; the file remembers it, so only ours is ever told."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        raw.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    writing = options.get("reprint_write", False)
    if writing:
        _settle_pace(connection, lasting=options.get("reprint_lasting", True))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _settle_pace(connection: sa.Connection, *, lasting: bool) -> None:
    """Wait for the disk at commits, or not: SQLite keeps that for the whole connection.

    In WAL mode what is committed without waiting stands in the log before what is committed with it, so a later wait
    is one for both.
    """
    if lasting and "mapped" not in connection.info:
        # Look-ups of copies go all over a large store, and read it from the page cache without a copy.
        connection.exec_driver_sql("PRAGMA mmap_size=1073741824")
        connection.info["mapped"] = True
    level = "FULL" if lasting else "NORMAL"
    if connection.info.get("synchronous", "FULL") != level:
        connection.exec_driver_sql(f"PRAGMA synchronous={level}")
        connection.info["synchronous"] = level


def _prepare(engine: sa.Engine, shown: str) -> None:
    with engine.connect() as connection:
        found = _revision(connection, shown)
    if found == HEAD:
        return
    if engine.dialect.name == "sqlite":
        _use_wal(engine)
    # Alembic takes a quarter of a second to import, which a store that is up to date need not pay.
    from ingest.store.migrate import upgrade

    upgrade(engine)


def _catch_up(engine: sa.Engine) -> None:
    """Sign articles anew where an older reprint signed them: their copies would not be found."""
    from ingest.store.signed import is_behind

    with engine.connect() as connection:
        behind = is_behind(connection)
    if behind:
        # What signs takes a tenth of a second to import, which a store that is up to date need not pay.
        from ingest.store.reindex import reindex

        reindex(engine)


def _revision(connection: sa.Connection, shown: str) -> str | None:
    """Return the store's migration, None when it is empty; raise when it is not ours."""
    # The engine's tables stand in the same database.
    names = {name for name in sa.inspect(connection).get_table_names() if not name.startswith(ENGINES)}
    if not names:
        return None
    if "alembic_version" not in names or not {"ledger", "attribution"} <= names:
        raise _foreign(shown, f"it holds other tables ({', '.join(sorted(names)[:5])})")
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and str(found) > HEAD:
        raise ForeignStoreError(
            f"the database was made by a newer reprint (migration {found}; this one knows {HEAD})",
            where=shown,
            next_step="upgrade reprint, or use another database",
        )
    return str(found)


def _foreign(where: str, why: str) -> ForeignStoreError:
    return ForeignStoreError(
        f"this database is not reprint's: {why}", where=where, next_step="name another one with --database"
    )


def _store_error(error: OperationalError, where: str) -> StoreError:
    message = str(error.orig)
    if "locked" in message or "busy" in message:
        return StoreLockedError(
            "another process holds the database",
            where=where,
            next_step="wait for it to end or stop it, then run the command again; nothing was lost",
        )
    if "full" in message:
        return StoreError(
            "the disk is full", where=where, next_step="free some space, then run the command again; nothing was lost"
        )
    return StoreError(
        message.strip(), where=where, next_step="see that the database exists and that you may write to it"
    )
