"""What the store's tests share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now() -> datetime:
    """Return one moment."""
    return datetime(2026, 11, 24, 12, 30, 15, 123456, tzinfo=UTC)
