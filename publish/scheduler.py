"""What the background scheduler does: its jobs, and what they tell the watcher."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
import structlog

from ingest.engine.clock import EngineClock
from ingest.errors import PublishError, StoreError
from ingest.followup.rounds import follow_up
from ingest.jobs import due_jobs
from ingest.reconsider import reconsider
from ingest.schedule import Job, run_clock
from ingest.settings import Settings
from ingest.store import alerts, feed_counts, feeds, followups
from ingest.store.database import read, write
from ingest.store.overview import overview
from ingest.tools import Tools
from ingest.urls import host_key
from ingest.work import Hosts
from publish import wiring
from publish.alerts import Messenger, conditions, of_findings, tell_new
from publish.audit import SiteFiles, audit_daily
from publish.audit.evidence import file_findings
from publish.audit.finding import Finding
from publish.audit.served import getting
from publish.audit.targets import target_findings
from publish.following import FollowedSources
from publish.health import Pulse
from publish.metrics import Metrics
from publish.onward import mirror_site, tell_hub
from publish.publisher import publish_waiting

log = structlog.get_logger()

#: How often the clock looks for what is due; the feeds' own schedules are in sources.yaml.
_TICK = timedelta(seconds=15)
_RECONSIDER = timedelta(minutes=1)
#: How often the clock looks for published articles whose turn it is to be asked for again.
_FOLLOW_UP = timedelta(minutes=1)
_ALERTS = timedelta(minutes=1)
#: How long images may keep the articles that wait; what is not here then comes at the next look.
_IMAGES = timedelta(minutes=1)
#: How often the clock looks whether a day has gone by since the last audit.
_AUDIT = timedelta(minutes=30)
#: How often the engine's jobs that ended long ago are forgotten.
_PRUNE = timedelta(hours=1)
#: Findings of one audit that are told one by one at most.
_ALERTED = 1000


@dataclass(frozen=True, kw_only=True)
class Scheduler:
    """One process's part in the work: what it works with, and what it tells about it."""

    settings: Settings
    sources: FollowedSources
    engine: sa.Engine
    pulse: Pulse
    metrics: Metrics
    messengers: Sequence[Messenger]
    #: Hands the polls to workers; None: they are done here.
    queue: EngineClock | None = None

    async def lead(self, ended: asyncio.Event, *, deadline: timedelta) -> bool:
        """Do all the work until `ended` is set; tells whether what was under way then ended within the deadline."""
        async with wiring.tools(
            self.settings, self.sources, self.engine, stopping=ended.is_set, extracted=self.metrics.extracted
        ) as tools:
            lease = timedelta(seconds=self.settings.lease)
            hosts = Hosts(
                tools=tools,
                at_once=self.settings.hosts_at_once,
                on_done=self.metrics.polled,
                # Only what hubs push is worked on beside the workers, and waits for its turn.
                patience=lease + _TICK if self.queue else timedelta(0),
                lease=lease,
            )
            async with self._hubs(tools, hosts) as more:
                clock_ended = await run_clock([*self._jobs(tools, hosts), *more], stop=ended, deadline=deadline)
            try:
                polls_ended = await hosts.join(within=deadline)
            except StoreError as error:
                # What could not be kept is still pending; whoever leads next begins there.
                log.exception("run.unsaved", error=str(error))
                return False
        return clock_ended and polls_ended

    def _jobs(self, tools: Tools, hosts: Hosts) -> list[Job]:
        jobs = [
            Job(name="poll", every=_TICK, run=lambda: self._poll(hosts, tools)),
            Job(name="publish", every=_TICK, run=lambda: self._illustrate_and_publish(tools)),
            Job(name="onward", every=_TICK, run=lambda: self._onward(tools)),
            Job(name="reconsider", every=_RECONSIDER, run=lambda: asyncio.to_thread(self._reconsider, tools)),
            Job(name="follow-up", every=_FOLLOW_UP, run=lambda: self._follow_up(tools)),
            Job(name="audit", every=_AUDIT, run=lambda: asyncio.to_thread(self._audit, tools)),
        ]
        if self.queue:
            jobs.append(Job(name="reap", every=_TICK, run=self._reap))
            jobs.append(Job(name="prune", every=_PRUNE, run=self.queue.prune))
        if self.messengers:
            jobs.append(Job(name="alerts", every=_ALERTS, run=lambda: asyncio.to_thread(self._alert, tools)))
        return jobs

    @contextlib.asynccontextmanager
    async def _hubs(self, tools: Tools, hosts: Hosts) -> AsyncIterator[list[Job]]:
        """Answer WebSub hubs for the block, where we have a public address; yields the job of asking them."""
        callback = self.settings.callback_url
        if not callback:
            yield []
            return
        from publish.callback import answering_hubs

        callback = callback if callback.endswith("/") else callback + "/"
        async with answering_hubs(tools, hosts, callback=callback, listen=self.settings.callback_listen):
            yield [Job(name="subscribe", every=_RECONSIDER, run=partial(self._subscribe, tools, callback))]

    async def _poll(self, hosts: Hosts, tools: Tools) -> None:
        """Set off the poll of every feed whose time has come; a slow host holds up no other, now or later."""
        self.pulse.beat()
        hosts.settle()
        due = due_jobs(tools)
        if self.queue:
            await self.queue.submit(host_key(job.source.url) for job in due)
        else:
            hosts.submit(due)

    async def _reap(self) -> None:
        if self.queue:
            await self.queue.reap()

    async def _subscribe(self, tools: Tools, callback: str) -> None:
        from ingest.websub import subscribe_due

        await subscribe_due(tools, callback=callback)

    async def _follow_up(self, tools: Tools) -> None:
        await follow_up(tools, partners_at_once=self.settings.hosts_at_once)

    def _reconsider(self, tools: Tools) -> None:
        reconsider(tools)

    async def _illustrate_and_publish(self, tools: Tools) -> None:
        """Have the images of what waits, then give every target what waits for it."""
        targets = wiring.targets(self.settings, tools.sources, tools.engine)
        try:
            await wiring.illustrate(self.settings, self.engine, tools.sources, targets=targets, within=_IMAGES)
        except PublishError as error:
            # Where the folder for images cannot be written, articles go out without them.
            log.warning("images.failed", error=str(error))
        await asyncio.to_thread(self._publish, tools)

    async def _onward(self, tools: Tools) -> None:
        """Bring the site to its other places, then tell the hub of the feeds that changed."""
        settings = self.settings
        mirrored = partial(mirror_site, engine=self.engine, target=wiring.SITE_TARGET, stopping=tools.stopping)
        await asyncio.to_thread(mirrored, settings.mirrors, settings.site)
        fetcher = partial(wiring.fetcher, settings)
        await tell_hub(tools.sources.site, settings.site, engine=self.engine, open_fetcher=fetcher)

    def _publish(self, tools: Tools) -> None:
        for target in wiring.targets(self.settings, tools.sources, tools.engine):
            report = publish_waiting(
                target, engine=tools.engine, clock=tools.clock, actor=tools.actor, stopping=tools.stopping
            )
            self.metrics.published(report)

    def _audit(self, tools: Tools) -> None:
        files = SiteFiles(root=self.settings.site, site=tools.sources.site)
        grave: list[Finding] = []
        found = audit_daily(
            tools.engine,
            files,
            sources=tools.sources,
            now=tools.clock(),
            stopping=tools.stopping,
            on_finding=lambda one: grave.append(one) if len(grave) < _ALERTED else None,
            elsewhere=partial(self._audit_elsewhere, tools),
        )
        if found is None:
            return
        self.metrics.audited(found)
        with write(self.engine) as connection:
            alerts.observe(connection, "audit", of_findings(grave), now=tools.clock())

    def _audit_elsewhere(self, tools: Tools) -> Iterator[Finding]:
        """Yield what became of proofs in files, and what is found at the other targets, asked for as readers do."""
        folder = self.settings.sources.parent
        yield from file_findings(tools.engine, tools.sources, folder=folder, actor=tools.actor, now=tools.clock())
        if not tools.sources.targets:
            return
        with getting(wiring.fetcher(self.settings)) as get:
            yield from target_findings(
                tools.engine, get, sources=tools.sources, now=tools.clock(), stopping=tools.stopping
            )

    def _alert(self, tools: Tools) -> None:
        """Tell whoever asked for it what needs a person now and was not told yet."""
        now = tools.clock()
        with read(self.engine) as connection:
            current = conditions(
                overview(connection, now=now),
                feeds.all_records(connection).values(),
                feed_counts.counts(connection, now=now),
                disk_free=wiring.disk_free(self.settings),
                missing=followups.missing(connection),
            )
        with write(self.engine) as connection:
            alerts.observe(connection, "store", current, now=now)
        tell_new(self.engine, self.messengers, newsroom=tools.sources.site.name, now=now)
