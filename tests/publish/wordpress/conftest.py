"""One real WordPress for all tests of a session; skipped with a reason where the machine lacks the parts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.store.database import open_store
from tests.publish.wordpress.rooms import Room, make_room
from tests.publish.wordpress.server import WordPress, missing_parts, running


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """Yield a WordPress that is up; its sockets need a short path."""
    if missing := missing_parts():
        pytest.skip(f"no WordPress for tests on this machine: it lacks {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="rp-wp-"))
    try:
        with running(folder) as served:
            yield served
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sa.Engine]:
    """Yield an empty store."""
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}", busy_seconds=5)
    yield opened
    opened.dispose()


@pytest.fixture
def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def room(wordpress: WordPress, store: sa.Engine) -> Room:
    """Return a newsroom that publishes to the WordPress as its editor."""
    return make_room(wordpress, store)


@pytest.fixture
def as_role(wordpress: WordPress, store: sa.Engine) -> Callable[[str], Room]:
    """Return what makes a newsroom that publishes as another role."""
    return lambda role: make_room(wordpress, store, role=role)
