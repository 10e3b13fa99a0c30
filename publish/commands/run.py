"""`reprint run`: the background scheduler."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from functools import partial
from typing import Annotated

import sqlalchemy as sa
import structlog
import typer

from ingest.errors import StoreError
from ingest.followup.rounds import follow_up
from ingest.leadership import leading
from ingest.reconsider import reconsider
from ingest.report import PollReport
from ingest.schedule import Job, run_clock
from ingest.tools import Tools
from ingest.work import Hosts, due_jobs
from publish import wiring
from publish.audit import SiteFiles, audit_daily
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.signals import stop_on_signals
from publish.following import FollowedSources
from publish.publisher import publish_waiting

log = structlog.get_logger()

#: How often the clock looks for what is due; the feeds' own schedules are in sources.yaml.
_TICK = timedelta(seconds=15)
_RECONSIDER = timedelta(minutes=1)
#: How often the clock looks for published articles whose turn it is to be asked for again.
_FOLLOW_UP = timedelta(minutes=1)
#: How often the clock looks whether a day has gone by since the last audit.
_AUDIT = timedelta(minutes=30)


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "run", log_level="info")(run)


def run(
    invocation: Invocation,
    deadline: Annotated[
        float, typer.Option(min=0, help="Seconds that work under way may take to end when the process is stopped.")
    ] = 30.0,
) -> int:
    """Poll what is due and publish what is pending, until SIGTERM or SIGINT; then end cleanly."""
    sources = FollowedSources(invocation.settings.sources)
    with wiring.store(invocation.settings) as engine:
        return asyncio.run(_run(invocation, sources, engine, timedelta(seconds=deadline)))


async def _run(invocation: Invocation, sources: FollowedSources, engine: sa.Engine, deadline: timedelta) -> int:
    stop, in_time = stop_on_signals(), True
    while not stop.is_set():
        async with leading(engine, stop=stop) as ended:
            if ended is not None:
                in_time = await _lead(invocation, sources, engine, ended, deadline)
    return OK if in_time else FINDINGS


async def _lead(
    invocation: Invocation, sources: FollowedSources, engine: sa.Engine, ended: asyncio.Event, deadline: timedelta
) -> bool:
    """Do all the work until `ended` is set; tells whether what was under way then ended within the deadline."""
    async with wiring.tools(invocation.settings, sources, engine, stopping=ended.is_set) as tools:
        hosts = Hosts(tools=tools, at_once=invocation.settings.hosts_at_once, on_done=_already_logged)
        jobs = [
            Job(name="poll", every=_TICK, run=lambda: poll_due(hosts, tools)),
            Job(name="publish", every=_TICK, run=lambda: asyncio.to_thread(publish_all, invocation, tools)),
            Job(name="reconsider", every=_RECONSIDER, run=lambda: asyncio.to_thread(reconsider_now, tools)),
            Job(name="follow-up", every=_FOLLOW_UP, run=lambda: follow_up_due(invocation, tools)),
            Job(name="audit", every=_AUDIT, run=lambda: asyncio.to_thread(audit_now, invocation, tools)),
        ]
        callback = invocation.settings.callback_url
        async with contextlib.AsyncExitStack() as stack:
            if callback:
                # A web server takes a quarter of a second to import, which other commands need not pay.
                from publish.callback import answering_hubs

                callback = callback if callback.endswith("/") else callback + "/"
                jobs.append(Job(name="subscribe", every=_RECONSIDER, run=partial(subscribe, tools, callback)))
                listen = invocation.settings.callback_listen
                await stack.enter_async_context(answering_hubs(tools, hosts, callback=callback, listen=listen))
            clock_ended = await run_clock(jobs, stop=ended, deadline=deadline)
        try:
            polls_ended = await hosts.join(within=deadline)
        except StoreError as error:
            # What could not be kept is still pending; whoever leads next begins there.
            log.exception("run.unsaved", error=str(error))
            return False
    return clock_ended and polls_ended


async def poll_due(hosts: Hosts, tools: Tools) -> None:
    """Set off the poll of every feed whose time has come; a slow host holds up no other, now or at the next look."""
    hosts.settle()
    hosts.submit(due_jobs(tools))


async def subscribe(tools: Tools, callback: str) -> None:
    """Ask the hubs of feeds that name one to push to us."""
    from ingest.websub import subscribe_due

    await subscribe_due(tools, callback=callback)


def _already_logged(_report: PollReport) -> None:
    """Do nothing: a pass logs its own closing event."""


def reconsider_now(tools: Tools) -> None:
    """Judge again whatever time or new terms may have changed."""
    reconsider(tools)


async def follow_up_due(invocation: Invocation, tools: Tools) -> None:
    """Ask for the published articles whose turn it is; each tells the log what came of it."""
    await follow_up(tools, partners_at_once=invocation.settings.hosts_at_once)


def publish_all(invocation: Invocation, tools: Tools) -> None:
    """Give every target what waits for it."""
    for target in wiring.targets(invocation.settings, tools.sources, tools.engine):
        publish_waiting(target, engine=tools.engine, clock=tools.clock, actor=tools.actor, stopping=tools.stopping)


def audit_now(invocation: Invocation, tools: Tools) -> None:
    """Hold what is out there against the records once a day; what is found goes into the log."""
    files = SiteFiles(root=invocation.settings.site, site=tools.sources.site)
    audit_daily(tools.engine, files, sources=tools.sources, now=tools.clock(), stopping=tools.stopping)
