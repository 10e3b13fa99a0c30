"""A store of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.store.database import open_store


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    """Yield an empty SQLite store."""
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}", busy_seconds=0.2)
    yield opened
    opened.dispose()


@pytest.fixture
def now() -> datetime:
    """Return one moment."""
    return datetime(2026, 11, 24, 12, 30, 15, 123456, tzinfo=UTC)
