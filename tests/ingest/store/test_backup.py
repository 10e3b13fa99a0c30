"""A backup is whole whatever is written meanwhile, and a restore moves nothing before the backup is proven."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.errors import ConfigError, ForeignStoreError, LedgerError, StoreError, StoreLockedError
from ingest.store import ledger
from ingest.store.backup import back_up, restore
from ingest.store.chain import verify_store
from ingest.store.database import open_store, read, write
from tests.tampering import unguard

NOW = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)


def _store(file: Path, records: int = 5) -> sa.Engine:
    engine = open_store(f"sqlite:///{file}")
    for number in range(records):
        _add(engine, number)
    return engine


def _add(engine: sa.Engine, number: int) -> None:
    with write(engine) as connection:
        ledger.append(
            connection,
            at=NOW,
            actor="ed",
            event="article.publish",
            subject=f"article:{number}",
            payload={"n": number},
        )


def _head(file: Path) -> ledger.Head:
    engine = open_store(f"sqlite:///{file}")
    with read(engine) as connection:
        found = ledger.head(connection)
    engine.dispose()
    return found


def test_there_and_back(tmp_path: Path) -> None:
    """What a backup holds is what a restore brings; what was there before lies beside it, and nothing else does."""
    engine = _store(tmp_path / "store.db")
    made = back_up(engine, tmp_path / "monday.db")
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    _add(engine, 99)
    engine.dispose()
    back = restore(made.file, f"sqlite:///{tmp_path / 'store.db'}", now=NOW)
    assert (back.head, back.head.seq) == (made.head, 5)
    assert _head(tmp_path / "store.db") == made.head
    assert back.replaced == tmp_path / "store.db.before-20261125T023000Z"
    assert _head(back.replaced).seq == 6
    left = {file.name for file in tmp_path.iterdir()}
    assert left == {"store.db", "monday.db", back.replaced.name}


def test_a_backup_while_others_write_is_one_instant(tmp_path: Path) -> None:
    """Writers go on while it is taken, and its ledger is whole up to some record of theirs."""
    engine, stop = _store(tmp_path / "store.db"), threading.Event()

    def go_on() -> None:
        number = 100
        while not stop.is_set():
            _add(engine, number)
            number += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        heads = [back_up(engine, tmp_path / f"{number}.db").head.seq for number in range(4)]
    finally:
        stop.set()
        writer.join()
    assert heads == sorted(heads)
    assert heads[0] >= 5
    with read(engine) as connection:
        assert ledger.head(connection).seq >= heads[-1]
    assert verify_store(engine).seq >= heads[-1]
    engine.dispose()


def test_an_older_file_is_not_overwritten(tmp_path: Path) -> None:
    """A backup's name is used once: yesterday's is not lost to a slip."""
    engine = _store(tmp_path / "store.db")
    (tmp_path / "monday.db").write_bytes(b"yesterday's")
    with pytest.raises(ConfigError, match="there already"):
        back_up(engine, tmp_path / "monday.db")
    assert (tmp_path / "monday.db").read_bytes() == b"yesterday's"
    engine.dispose()


def test_no_folder_no_backup(tmp_path: Path) -> None:
    """Where it cannot be written it says so, and leaves no part of a file."""
    engine = _store(tmp_path / "store.db")
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(engine, tmp_path / "nowhere" / "monday.db")
    engine.dispose()


def test_a_store_in_use_is_not_replaced(tmp_path: Path) -> None:
    """While a scheduler or a desk has the store open, a restore changes nothing and says who must stop."""
    engine = _store(tmp_path / "store.db")
    made = back_up(engine, tmp_path / "monday.db")
    _add(engine, 99)
    with read(engine), pytest.raises(StoreLockedError, match="stop `reprint run`, `reprint desk`"):
        restore(made.file, f"sqlite:///{tmp_path / 'store.db'}", now=NOW)
    engine.dispose()
    assert _head(tmp_path / "store.db").seq == 6
    assert not list(tmp_path.glob("*.restoring*"))


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scribble(file: Path) -> None:
    file.write_bytes(b"minutes of the harbour board " * 200)


def _tamper(file: Path) -> None:
    engine = open_store(f"sqlite:///{file}")
    with write(engine) as connection:
        unguard(connection, "ledger")
        connection.exec_driver_sql("UPDATE ledger SET actor = 'nobody' WHERE seq = 3")
    engine.dispose()


@pytest.mark.parametrize(
    ("spoil", "error"),
    [(_cut, StoreError), (_scribble, ForeignStoreError), (_tamper, LedgerError), (Path.unlink, ConfigError)],
)
def test_a_spoilt_backup_replaces_nothing(tmp_path: Path, spoil: object, error: type[Exception]) -> None:
    """A backup that is cut off, something else, tampered with or missing is refused before the store is touched."""
    engine = _store(tmp_path / "store.db")
    made = back_up(engine, tmp_path / "monday.db")
    engine.dispose()
    before = (tmp_path / "store.db").read_bytes()
    assert callable(spoil)
    spoil(made.file)
    with pytest.raises(error):
        restore(made.file, f"sqlite:///{tmp_path / 'store.db'}", now=NOW)
    assert (tmp_path / "store.db").read_bytes() == before
    assert not list(tmp_path.glob("*.restoring*"))


@pytest.mark.parametrize("script", [None, "CREATE TABLE recipes (id)"], ids=["a page", "another's database"])
def test_what_is_no_backup_is_called_by_its_name(tmp_path: Path, script: str | None) -> None:
    """The file that was given is named, not our copy of it, and no other store is advised."""
    file = tmp_path / "page.html"
    if script is None:
        file.write_text("<html>" * 200, encoding="utf-8")
    else:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.executescript(script)
    with pytest.raises(ForeignStoreError, match="this is no backup of reprint's") as caught:
        restore(file, f"sqlite:///{tmp_path / 'store.db'}", now=NOW)
    assert caught.value.where == str(file)
    assert "restoring" not in str(caught.value)
    assert "--database" not in str(caught.value)


def test_a_restored_store_may_be_read_by_whom_the_old_one_was(tmp_path: Path) -> None:
    """Its file has the mode of the one before; where there was none it is its owner's alone."""
    engine = _store(tmp_path / "store.db")
    made = back_up(engine, tmp_path / "monday.db")
    engine.dispose()
    (tmp_path / "store.db").chmod(0o640)
    for name, mode in (("store.db", 0o640), ("new.db", 0o600)):
        restore(made.file, f"sqlite:///{tmp_path / name}", now=NOW)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode


def test_a_damaged_store_can_be_replaced(tmp_path: Path) -> None:
    """The store that nobody can open any more is just what a backup is for; it is kept for whoever looks into it."""
    engine = _store(tmp_path / "store.db")
    made = back_up(engine, tmp_path / "monday.db")
    engine.dispose()
    _scribble(tmp_path / "store.db")
    back = restore(made.file, f"sqlite:///{tmp_path / 'store.db'}", now=NOW)
    assert _head(tmp_path / "store.db") == made.head
    assert back.replaced is not None
    assert back.replaced.read_bytes().startswith(b"minutes")


def test_postgresql_has_its_own_way(postgresql: sa.URL, tmp_path: Path) -> None:
    """For PostgreSQL the command of its own is named, without the password."""
    url = postgresql.render_as_string(hide_password=False)
    with pytest.raises(ConfigError, match="pg_restore"):
        restore(tmp_path / "monday.db", url, now=NOW)
    with pytest.raises(ConfigError, match="pg_dump"):
        back_up(sa.create_engine(url), tmp_path / "monday.db")
