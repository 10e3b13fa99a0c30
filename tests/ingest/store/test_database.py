"""Opening the store: created, migrated, or refused with a reason."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ingest.errors import ConfigError, ForeignStoreError, StoreError, StoreLockedError
from ingest.store import database, schema, search, tables
from ingest.store.database import HEAD, open_store, read, write
from ingest.store.migrate import config


@pytest.fixture
def held(tmp_path: Path) -> Iterator[str]:
    """Yield the URL of a store that another connection is writing to."""
    file = tmp_path / "held.db"
    open_store(f"sqlite:///{file}").dispose()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield f"sqlite:///{file}"
    other.execute("ROLLBACK")
    other.close()


def test_a_new_store_has_the_tables_of_the_schema(engine: sa.Engine) -> None:
    """The shipped migrations end at exactly the tables that the code knows."""
    with read(engine) as connection:
        # What FTS5 and a tsvector are made of, SQLAlchemy cannot tell; `shape` watches over it.
        known = {"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(search.WORDS)}
        assert compare_metadata(MigrationContext.configure(connection, opts=known), tables.metadata) == []


def test_the_head_that_the_code_knows_is_the_newest_shipped_migration() -> None:
    """A migration cannot be added without telling `open_store`, which would then never apply it."""
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """A store that is up to date is opened without a write."""
    url = f"sqlite:///{tmp_path / 's.db'}"
    open_store(url).dispose()
    file = tmp_path / "s.db"
    before = file.read_bytes()
    open_store(url).dispose()
    assert file.read_bytes() == before


def test_many_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    """Whoever comes second waits for the first one's migration and finds it done."""
    url = f"sqlite:///{tmp_path / 's.db'}"
    with ThreadPoolExecutor(6) as pool:
        engines = list(pool.map(open_store, [url] * 6))
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize(
    ("url", "error", "says"),
    [
        ("nonsense", ConfigError, "no database URL"),
        ("mysql://localhost/x", ConfigError, "mysql is no database that reprint works with"),
        ("postgresql+nothing://localhost/x", ConfigError, "not installed"),
        ("sqlite:////no/such/folder/x.db", StoreError, "does not exist"),
    ],
)
def test_a_url_that_cannot_be_used_says_why(url: str, error: type[Exception], says: str) -> None:
    """Each mistake in the URL is told with what to do."""
    with pytest.raises(error, match=says):
        open_store(url)


def test_a_password_is_never_shown() -> None:
    """An error names the database without its password."""
    with pytest.raises(StoreError) as caught:
        open_store("postgresql+psycopg://user:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    """Somebody's file is not overwritten."""
    file = tmp_path / "letter.txt"
    file.write_bytes(b"Dear editor, " * 200)
    with pytest.raises(ForeignStoreError, match="no SQLite database"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == b"Dear editor, " * 200


def test_somebody_elses_database_is_refused_and_kept(tmp_path: Path) -> None:
    """A database with other tables is not migrated into ours."""
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(ForeignStoreError, match="recipes"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_store_lets_readers_and_a_writer_work_side_by_side(engine: sa.Engine) -> None:
    """Our own file is in WAL mode; PostgreSQL does so anyway."""
    with read(engine) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """An older program does not write to what it does not understand."""
    file = tmp_path / "newer.db"
    open_store(f"sqlite:///{file}").dispose()
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(ForeignStoreError, match="newer reprint"):
        open_store(f"sqlite:///{file}")


def test_a_locked_store_says_so(held: str) -> None:
    """A writer that waits too long is told that another process holds the database; readers go on."""
    engine = open_store(held, busy_seconds=0.1)
    with read(engine) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(schema.feed)).scalar() == 0
    with pytest.raises(StoreLockedError, match="another process"), write(engine):
        pytest.fail("the lock was not honoured")
    engine.dispose()


def test_a_store_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    """A read-only file gives our error with a next step, not a driver's."""
    file = tmp_path / "s.db"
    open_store(f"sqlite:///{file}").dispose()
    file.chmod(stat.S_IRUSR)
    engine = open_store(f"sqlite:///file:{file}?mode=ro&uri=true", busy_seconds=0.1)
    with pytest.raises(StoreError, match="readonly"), write(engine) as connection:
        connection.execute(schema.work.insert().values(slug="x", created_at=datetime.now(UTC)))
    engine.dispose()


def test_an_error_in_a_transaction_undoes_it(engine: sa.Engine, now: datetime) -> None:
    """All or nothing."""

    def half_way() -> None:
        with write(engine) as connection:
            connection.execute(schema.work.insert().values(slug="x", created_at=now))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    with read(engine) as connection:
        assert connection.execute(sa.select(schema.work)).all() == []


def test_times_come_back_aware_and_equal(engine: sa.Engine, now: datetime) -> None:
    """A time in any zone is the same moment when it is read again; a naive one is refused."""
    elsewhere = now.astimezone(timezone(timedelta(hours=9)))
    with write(engine) as connection:
        connection.execute(schema.work.insert().values(slug="x", created_at=elsewhere))
        found = connection.execute(sa.select(schema.work.c.created_at)).scalar_one()
    assert found == now
    assert found.tzinfo is UTC
    with pytest.raises(sa.exc.StatementError, match="naive"), write(engine) as connection:
        connection.execute(schema.work.insert().values(slug="y", created_at=now.replace(tzinfo=None)))


def test_what_a_poll_keeps_does_not_wait_for_the_disk_and_all_else_does(tmp_path: Path) -> None:
    """Polls' transactions end without a sync; articles', ledger's and the next ones on the same connection with it."""
    engine = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    found = []
    for lasting in (True, False, False, True):
        with write(engine, lasting=lasting) as connection:
            found.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    with write(engine) as connection:
        found.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    engine.dispose()
    # 2 is FULL, 1 is NORMAL.
    assert found == [2, 1, 1, 2, 2]


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_writer_that_is_stopped_half_way_does_not_keep_the_others(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ended, with nothing of it written, once it has been idle for long; one that works is waited for."""
    monkeypatch.setattr(database, "_LOOK_AFTER", 0.1)
    monkeypatch.setattr(database, "_STUCK_AFTER", 0.5)
    with pytest.raises(StoreError, match="terminating connection"):
        _write_and_stop(engine)
    with ThreadPoolExecutor(1) as pool, write(engine) as busy:
        waiting = pool.submit(_mark, engine)
        busy.exec_driver_sql("SELECT pg_sleep(1)")
        assert not waiting.done()
        busy.exec_driver_sql("DELETE FROM bookmark")
    with read(engine) as connection:
        assert connection.execute(sa.select(schema.bookmark.c.name)).scalars().all() == ["waited"]


def _write_and_stop(engine: sa.Engine) -> None:
    rows = [{"name": f"stuck-{number}", "value": "1"} for number in range(3)]
    with write(engine) as stuck, ThreadPoolExecutor(1) as pool:
        # A pipeline of statements: after it the server's own time-out would not count.
        stuck.execute(schema.bookmark.insert(), rows)
        pool.submit(_mark, engine).result(timeout=20)
        stuck.execute(sa.select(1))


def _mark(engine: sa.Engine) -> None:
    with write(engine) as connection:
        connection.execute(schema.bookmark.insert().values(name="waited", value="1"))
