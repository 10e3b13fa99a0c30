"""What all tests share: a store, and the rule on parts that a machine may lack."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
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
