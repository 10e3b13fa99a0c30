"""A copy of the whole store in one file, taken while others write, and the way back from it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from ingest.errors import ConfigError, ForeignStoreError, StoreError, StoreLockedError
from ingest.store.chain import verify_store
from ingest.store.database import open_store, parse_url
from ingest.store.ledger import Head

#: Files of SQLite's beside a database: a left one would be taken for the new database's own.
_BESIDE = ("-wal", "-shm")
#: What every SQLite file begins with (SQLite's "Database File Format", 1.3).
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A copy that was checked: its file, its bytes, the ledger's head in it, and what it took the place of."""

    file: Path
    size: int
    head: Head
    replaced: Path | None = None


def back_up(engine: sa.Engine, file: Path) -> Backup:
    """Copy an SQLite store as it is at one instant into `file`, and check the copy's pages and ledger.

    Nobody has to stop: writers go on beside it, and what they commit meanwhile is not in it. The file appears whole
    or not at all, readable by its owner only. Raises ConfigError for a PostgreSQL store or a file that is there
    already, StoreError where it cannot be written, LedgerError where the copy's ledger is broken.
    Source: SQLite's Online Backup API.
    """
    _require_sqlite(engine.url, f"pg_dump --format=custom --file {file} DATABASE")
    if file.exists():
        raise ConfigError("this file is there already", where=str(file), next_step="name another one, or remove it")
    part = file.with_name(f"{file.name}.part")
    with _discarding(part), _disk_trouble(file):
        part.touch(mode=0o600)
        _copy(engine, part)
        head = checked(part)
        _sync(part)
        part.rename(file)
    return Backup(file=file, size=file.stat().st_size, head=head)


def restore(file: Path, database_url: str, *, now: datetime) -> Backup:
    """Put a backup in the place of the store of `database_url`; what was there is kept beside it.

    The backup is copied, migrated where an older reprint made it, and checked before anything is moved. Raises
    ConfigError for a PostgreSQL store or no such file, StoreLockedError while another process has the store open,
    ForeignStoreError where the file is no store, LedgerError where its ledger is broken.
    """
    url = parse_url(database_url)
    _require_sqlite(url, f"pg_restore --clean --dbname DATABASE {file}")
    if not file.is_file():
        raise ConfigError("there is no such file", where=str(file), next_step="name a file of `reprint backup`")
    place = Path(str(url.database)).resolve()
    part = place.with_name(f"{place.name}.restoring")
    with _discarding(part), _disk_trouble(place):
        _require_backup(file)
        shutil.copyfile(file, part)
        part.chmod(0o600 | (stat.S_IMODE(place.stat().st_mode) if place.exists() else 0))
        head = _checked_copy(part, file)
        _sync(part)
        before = _set_aside(place, now)
        part.rename(place)
    return Backup(file=place, size=place.stat().st_size, head=head, replaced=before)


def checked(file: Path) -> Head:
    """Check a copy's pages and its ledger, migrate it where it is older, and return the ledger's head."""
    engine = open_store(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise StoreError(f"the copy is damaged: {found}", where=str(file), next_step="use an older backup")
        head = verify_store(engine)
    finally:
        engine.dispose()
    with contextlib.closing(sqlite3.connect(file)) as connection:
        # One file and nothing beside it is what gets carried elsewhere.
        connection.execute("PRAGMA journal_mode=DELETE")
    return head


def _require_sqlite(url: URL, instead: str) -> None:
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise ConfigError(
            "this store is no SQLite file, and its server has its own way",
            where=url.render_as_string(hide_password=True),
            next_step=f"use: {instead}",
        )


def _copy(engine: sa.Engine, part: Path) -> None:
    with engine.connect() as connection, contextlib.closing(sqlite3.connect(part)) as copy:
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError("an SQLite engine's connection is no sqlite3 connection")
        # All pages in one step: in smaller ones, every commit of another process would begin it anew.
        raw.backup(copy)


def _set_aside(place: Path, now: datetime) -> Path | None:
    """Move the store that is there out of the way, and return where to; None where there is none."""
    if not place.exists():
        return None
    _require_unused(place)
    aside = place.with_name(f"{place.name}.before-{now:%Y%m%dT%H%M%SZ}")
    if aside.exists():
        raise ConfigError("the last restore was this very second", where=str(aside), next_step="try again")
    place.rename(aside)
    for suffix in _BESIDE:
        Path(f"{place}{suffix}").unlink(missing_ok=True)
    return aside


def _require_backup(file: Path) -> None:
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise ForeignStoreError(
                "this is no backup of reprint's", where=str(file), next_step="name a file of `reprint backup`"
            )


def _checked_copy(part: Path, file: Path) -> Head:
    try:
        return checked(part)
    except ForeignStoreError as error:
        # The copy is gone when this is read, and the database that it names is not what is wrong.
        raise ForeignStoreError(
            f"this is no backup of reprint's, or a newer reprint's: {error.what}",
            where=str(file),
            next_step="name a file of `reprint backup`",
        ) from error


def _require_unused(place: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(place, timeout=1)) as connection:
            # It moves the log into the file, and is refused while anybody else has the database open.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise StoreLockedError(
            f"another process has this store open: {error}",
            where=str(place),
            next_step="stop `reprint run`, `reprint desk` and whatever else uses it, then restore again; "
            "nothing was changed",
        ) from error
    except sqlite3.DatabaseError:
        # What is there is no database any more, which may be why somebody restores.
        return


def _sync(file: Path) -> None:
    for path, flags in ((file, os.O_RDWR), (file.parent, os.O_RDONLY)):
        descriptor = os.open(path, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _discarding(part: Path) -> Iterator[None]:
    """Leave no half-made copy behind, neither now nor from an earlier try."""
    part.unlink(missing_ok=True)
    try:
        yield
    finally:
        for suffix in ("", *_BESIDE, "-journal"):
            Path(f"{part}{suffix}").unlink(missing_ok=True)


@contextlib.contextmanager
def _disk_trouble(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(
            f"it cannot be written: {error}",
            where=str(place),
            next_step="see to the folder: its rights, its space",
        ) from error
    except sqlite3.DatabaseError as error:
        raise ForeignStoreError(
            f"this is no store of reprint's: {error}", where=str(place), next_step="name a file of `reprint backup`"
        ) from error
