"""The daily audit: once a day, whatever starts and stops, and what it finds is in the log."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from structlog.testing import capture_logs

from publish.audit import audit_daily
from tests.newswire import NOW, partner, sources
from tests.publish.audit_site import edit, page_of, published

KNOWN = sources(partner("forum"))


def test_it_is_made_once_a_day(engine: sa.Engine, tmp_path: Path) -> None:
    """Not again within a day, however often it is asked; again after one."""
    site = published(engine, tmp_path / "site", KNOWN)
    assert audit_daily(engine, site, sources=KNOWN, now=NOW) == 0
    edit(page_of(site), "<bdi>Jane Roe</bdi>", "<bdi>Us</bdi>")
    assert audit_daily(engine, site, sources=KNOWN, now=NOW + timedelta(hours=23)) is None
    with capture_logs() as logs:
        assert audit_daily(engine, site, sources=KNOWN, now=NOW + timedelta(hours=24)) == 1
    (found,) = [line for line in logs if line["event"] == "audit.finding"]
    assert (found["log_level"], found["code"], found["article"]) == ("error", "byline-missing", 1)
    assert "--rebuild" in found["next"]


def test_a_clock_set_back_puts_none_off(engine: sa.Engine, tmp_path: Path) -> None:
    """An audit that is dated ahead counts for nothing: none waits until the clock has come there again."""
    site = published(engine, tmp_path / "site", KNOWN)
    assert audit_daily(engine, site, sources=KNOWN, now=NOW + timedelta(days=400)) is not None
    assert audit_daily(engine, site, sources=KNOWN, now=NOW) == 0
    assert audit_daily(engine, site, sources=KNOWN, now=NOW + timedelta(hours=1)) is None


def test_one_that_was_stopped_is_made_anew(engine: sa.Engine, tmp_path: Path) -> None:
    """A stop in the middle counts for nothing."""
    site = published(engine, tmp_path / "site", KNOWN)
    assert audit_daily(engine, site, sources=KNOWN, now=NOW, stopping=lambda: True) is None
    assert audit_daily(engine, site, sources=KNOWN, now=NOW) == 0
