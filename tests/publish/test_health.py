"""Health and metrics: what a watcher is told is so, and a store that is away makes no crash of it."""

from __future__ import annotations

import asyncio
import socket
from datetime import datetime, timedelta

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from ingest.errors import ConfigError, StoreError
from ingest.report import EntryReport, Fate, PollReport
from ingest.store.database import read
from ingest.store.overview import Overview, overview
from publish.health import STALLED, Pulse, health_app
from publish.listening import serving
from publish.metrics import Metrics
from publish.publisher import PublishReport
from tests.newswire import NOW, article, partner, sources, take


def _metrics(engine: sa.Engine) -> Metrics:
    def look() -> Overview:
        with read(engine) as connection:
            return overview(connection, now=NOW + timedelta(minutes=1))

    return Metrics(look)


def _ask(engine: sa.Engine, pulse: Pulse, metrics: Metrics, *paths: str) -> list[httpx.Response]:
    """Serve on a real port, and return the answer of each path."""

    async def go() -> list[httpx.Response]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        app = health_app(engine, pulse, metrics)
        async with serving(app, listen=f"127.0.0.1:{port}", setting="TEST"), httpx.AsyncClient() as client:
            return [await client.get(f"http://127.0.0.1:{port}{path}") for path in paths]

    return asyncio.run(go())


def _values(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_one_that_waits_lives_but_is_not_ready(engine: sa.Engine) -> None:
    """A load balancer must not take the waiting scheduler for the working one, nor a watchdog restart it."""
    alive, ready = _ask(engine, Pulse(clock=lambda: NOW), _metrics(engine), "/healthz", "/readyz")
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert "another one leads" in ready.json()["status"]


def test_one_that_leads_and_ticks_is_ready(engine: sa.Engine) -> None:
    """It leads, the clock ticks, the store answers."""
    pulse = Pulse(clock=lambda: NOW, leads=True)
    pulse.beat()
    answers = _ask(engine, pulse, _metrics(engine), "/healthz", "/readyz")
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["cache-control"] == "no-store"
    assert "server" not in answers[0].headers


def test_a_clock_that_stalls_is_no_life(engine: sa.Engine) -> None:
    """A leader whose clock has not ticked for long is to be restarted."""
    time = [NOW]

    def clock() -> datetime:
        return time[0]

    pulse = Pulse(clock=clock, leads=True)
    pulse.beat()
    time[0] += STALLED + timedelta(seconds=1)
    (answer,) = _ask(engine, pulse, _metrics(engine), "/healthz")
    assert answer.status_code == 503


def test_what_happened_is_counted(engine: sa.Engine) -> None:
    """Polls by outcome, entries by fate, extraction time, publications by target, findings; and the store's state."""
    forum = partner("forum")
    take(engine, article("tides"), "forum", sources(forum))
    metrics = _metrics(engine)
    held = EntryReport(headline="x", url="https://forum.example/x", fate=Fate.HELD)
    metrics.polled(
        PollReport(partner="forum", feed="https://forum.example/feed", outcome="changed", entries=(held, held))
    )
    metrics.extracted(0.03)
    metrics.published(PublishReport(target="site", failed=(("tides", "no"),)))
    metrics.audited(3)
    pulse = Pulse(clock=lambda: NOW, leads=True)
    (answer,) = _ask(engine, pulse, metrics, "/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    found = _values(answer.text)
    assert found["reprint_polls_total", ("changed",)] == 1
    assert found["reprint_entries_total", ("held",)] == 2
    assert found["reprint_extraction_seconds_count", ()] == 1
    assert found["reprint_publications_total", ("site", "failed")] == 1
    assert found["reprint_audit_findings", ()] == 3
    assert found["reprint_articles", ("publish",)] == 1
    assert found["reprint_outbox_pending", ("site",)] == 1
    assert found["reprint_oldest_due_seconds", ("outbox:site",)] == 60
    assert found["reprint_ledger_records", ()] >= 1


def test_no_partner_and_no_headline_is_told(engine: sa.Engine) -> None:
    """Whoever may read the counts may not read what is held, or from whom."""
    take(engine, article("tides"), "forum", sources(partner("forum")))
    pulse = Pulse(clock=lambda: NOW, leads=True)
    answers = _ask(engine, pulse, _metrics(engine), "/healthz", "/readyz", "/metrics")
    assert not any("forum" in answer.text or "tides" in answer.text for answer in answers)


def test_a_store_that_is_away_is_said_to_be(engine: sa.Engine) -> None:
    """Metrics without a store are a 503 with the reason, not a trace."""

    def look() -> Overview:
        raise StoreError("the server closed the connection")

    (answer,) = _ask(engine, Pulse(clock=lambda: NOW, leads=True), Metrics(look), "/metrics")
    assert answer.status_code == 503
    assert "closed the connection" in answer.json()["status"]


def test_a_taken_port_is_named(engine: sa.Engine) -> None:
    """Where another program listens, the setting to change is named."""

    async def go(port: int) -> None:
        app = health_app(engine, Pulse(clock=lambda: NOW), _metrics(engine))
        async with serving(app, listen=f"127.0.0.1:{port}", setting="REPRINT_HEALTH_LISTEN"):
            pass

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigError, match="REPRINT_HEALTH_LISTEN"):
        asyncio.run(go(taken.getsockname()[1]))
