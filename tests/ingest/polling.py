"""A desk for tests of polling: a real store, a real fetcher, real servers on loopback, and a clock that is set."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from ingest.extract import Extractor
from ingest.fetch import Fetcher, Robots
from ingest.jobs import FeedJob, all_jobs, due_jobs
from ingest.manners import Manners
from ingest.polled import FeedRecord
from ingest.report import PollReport
from ingest.sources import FeedSource, Partner, Site, Sources
from ingest.store import feeds
from ingest.store.database import read, write
from ingest.store.schema import entry as entry_table
from ingest.terms import Terms
from ingest.tools import Tools
from ingest.work import drain

T = TypeVar("T")

BEGIN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Desk:
    """A newsroom's polling, one pass after another; with `remember_only` no article page is fetched."""

    engine: sa.Engine
    partners: tuple[Partner, ...]
    now: datetime = BEGIN
    environment: Mapping[str, str] = field(default_factory=dict)
    remember_only: bool = True
    timeout: float = 10.0

    def poll(self, *names: str) -> list[PollReport]:
        """Poll feeds as `reprint ingest` does, of the partners named or of all."""
        return asyncio.run(self._pass(lambda tools: all_jobs(tools, only=names)))

    def poll_due(self) -> list[PollReport]:
        """Poll what is due, as `reprint run` does."""
        return asyncio.run(self._pass(due_jobs))

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def feed(self, number: int = 0) -> FeedRecord:
        """Return the state of a partner's feed, the first if no number is given."""
        with read(self.engine) as connection:
            return list(feeds.all_records(connection).values())[number]

    def entries(self, *states: str) -> list[Any]:
        """Return the rows of entries in these states, or of all, in order."""
        query = sa.select(entry_table).order_by(entry_table.c.id)
        with read(self.engine) as connection:
            return list(connection.execute(query.where(entry_table.c.state.in_(states)) if states else query))

    def settle_all(self) -> None:
        """Mark what waits as done, as if it had been ingested."""
        with write(self.engine) as connection:
            waits = entry_table.c.state == "pending"
            connection.execute(entry_table.update().where(waits).values(state="done", document=None))

    async def working(self, work: Callable[[Tools], Awaitable[T]]) -> T:
        """Do some work with tools that are open meanwhile."""
        async with Fetcher(
            user_agent="reprint-tests/1", allowed_networks=("127.0.0.0/8",), timeout=self.timeout
        ) as fetcher:
            manners = Manners(robots=Robots(fetcher, product="reprint-tests"), environment=self.environment)
            extractor = Extractor(workers=1, timeout=20.0)
            tools = Tools(
                engine=self.engine,
                fetcher=fetcher,
                manners=manners,
                extractor=extractor,
                read_sources=lambda: Sources(
                    site=Site(name="Test", url="https://test.example/"), partners=self.partners
                ),
                name_targets=lambda _sources: (),
                actor="test",
                clock=lambda: self.now,
                remember_only=self.remember_only,
            )
            async with contextlib.nullcontext() if self.remember_only else extractor:
                return await work(tools)

    async def _pass(self, jobs: Callable[[Tools], list[FeedJob]]) -> list[PollReport]:
        reports: list[PollReport] = []

        async def work(tools: Tools) -> None:
            await drain(jobs(tools), tools=tools, hosts_at_once=8, on_done=reports.append)

        await self.working(work)
        return reports


def partner(*urls: str, key: str = "partner", every: timedelta = timedelta(minutes=30), **more: Any) -> Partner:
    """Return a partner with feeds at these addresses; `more` are fields of the partner or of its feeds."""
    of_feed = {name: more.pop(name) for name in ("slowest", "flood", "full_text") if name in more}
    return Partner(
        key=key,
        name=key.title(),
        url=f"https://{key}.example/",
        feeds=tuple(FeedSource(url=url, every=every, **of_feed) for url in urls),
        terms=Terms(),
        delay_seconds=more.pop("delay_seconds", 0.0),
        **more,
    )


def rss(items: Iterable[Mapping[str, str]], *, channel: str = "") -> bytes:
    """Return an RSS feed; an item is its elements, by name."""
    inner = "".join(
        "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in item.items()) + "</item>" for item in items
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Feed</title>{channel}{inner}</channel></rss>"
    ).encode()


def item(number: int, **fields: str) -> dict[str, str]:
    """Return an item of a feed with a link, a GUID and a headline of its own."""
    link = f"https://partner.example/{number}"
    return {"title": f"Headline {number}", "link": link, "guid": link, "description": f"Words {number}", **fields}
