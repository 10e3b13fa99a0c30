"""`reprint ingest`: poll partners' feeds now, or take one article by its URL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

import sqlalchemy as sa
import typer

from ingest.claims import LEASE
from ingest.errors import ConfigError
from ingest.jobs import all_jobs
from ingest.poll import ingest_article
from ingest.reconsider import reconsider
from ingest.report import PollReport
from ingest.sources import Partner, Sources
from ingest.urls import host_key, is_web_url
from ingest.work import drain
from publish import wiring
from publish.commands.followups import follow_up_now
from publish.commands.ingest_report import show_article, show_polls
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.commands.signals import stop_on_signals

#: How long to wait for a host that another process works on: longer than the claim of one that died elsewhere.
_PATIENCE = LEASE + timedelta(seconds=10)


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "ingest")(ingest)


def ingest(
    invocation: Invocation,
    partners: Annotated[list[str] | None, typer.Argument(help="Keys of partners; all when none is given.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Take one article by its URL.")] = None,
    partner: Annotated[
        str | None, typer.Option("--partner", help="With --url: who delivers it; else told by the URL's host.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do it all on a copy of the store; keep nothing.")
    ] = False,
    followups: Annotated[
        bool, typer.Option("--followups", help="Poll no feed; ask for what is published again, changed or gone.")
    ] = False,
) -> int:
    """Poll partners' feeds now: fetch, extract, judge and keep what is new."""
    _require_sense(partners or [], url, partner, followups=followups)
    sources = wiring.sources(invocation.settings)
    _require_known(partners or [], sources)
    opened = wiring.scratch_store if dry_run else wiring.store
    with opened(invocation.settings) as engine:
        if followups:
            code = asyncio.run(follow_up_now(invocation, sources, engine, partners or []))
        else:
            code = asyncio.run(_ingest(invocation, sources, engine, partners or [], url, partner))
    if dry_run:
        invocation.console.say("[yellow]Dry run: nothing was kept.[/]")
    return code


def _require_sense(partners: list[str], url: str | None, partner: str | None, *, followups: bool) -> None:
    if followups and url is not None:
        raise ConfigError(
            "give --url or --followups", where="ingest", next_step="--followups takes partners' keys, or none for all"
        )
    if url is None and partner is not None:
        raise ConfigError(
            "--partner goes with --url", where="ingest", next_step=f"to poll a partner: reprint ingest {partner}"
        )
    if url is not None and partners:
        raise ConfigError("give partners or --url", where="ingest", next_step="with --url, name one by --partner")
    if url is not None and not is_web_url(url):
        raise ConfigError("this is no web address", where=url, next_step="give one that starts with https://")


async def _ingest(
    invocation: Invocation,
    sources: Sources,
    engine: sa.Engine,
    partners: Iterable[str],
    url: str | None,
    partner: str | None,
) -> int:
    if url is not None:
        supplier = supplier_of(url, partner, sources)
        _require_article(url, supplier)
        return await _ingest_url(invocation, sources, engine, url, supplier)
    stop = stop_on_signals()
    reports: list[PollReport] = []
    with invocation.console.growing_progress("Ingesting") as grow:
        async with wiring.tools(
            invocation.settings, lambda: sources, engine, stopping=stop.is_set, progress=grow
        ) as tools:
            rejudged = await asyncio.to_thread(reconsider, tools)
            jobs = all_jobs(tools, only=partners)
            await drain(
                jobs,
                tools=tools,
                hosts_at_once=invocation.settings.hosts_at_once,
                on_done=reports.append,
                patience=_PATIENCE,
            )
    show_polls(invocation.console, sources, reports, rejudged)
    return FINDINGS if any(report.failed for report in reports) else OK


def _require_article(url: str, supplier: Partner) -> None:
    """Refuse a home page, which is made of other articles' words."""
    home = not urlsplit(url).path.strip("/") and not urlsplit(url).query
    if home or url.rstrip("/") == supplier.url.rstrip("/"):
        raise ConfigError(
            "this is a home page, and no article",
            where=url,
            next_step=f"give the address of one article; `reprint ingest {supplier.key}` takes what its feeds have",
        )


async def _ingest_url(
    invocation: Invocation, sources: Sources, engine: sa.Engine, url: str, supplier: Partner
) -> int:
    async with wiring.tools(invocation.settings, lambda: sources, engine) as tools:
        report = await ingest_article(url, None, supplier, tools=tools)
    show_article(invocation.console, report)
    return OK


def supplier_of(url: str, partner: str | None, sources: Sources) -> Partner:
    """Return who delivers the page at `url`: the partner named, else the one whose host it is.

    Raises ConfigError when that is nobody we know.
    """
    if partner is not None:
        _require_known([partner], sources)
        return next(known for known in sources.partners if known.key == partner)
    host = host_key(url)
    found = next((known for known in sources.partners if host in known.hosts), None)
    if found is None:
        raise ConfigError(
            f"no partner in the sources has the host {host!r}",
            where=url,
            next_step="name who delivers it with --partner, or add the host to a partner's `hosts`",
        )
    return found


def _require_known(keys: Iterable[str], sources: Sources) -> None:
    known = [partner.key for partner in sources.partners]
    for key in keys:
        if key not in known:
            raise ConfigError(
                f"there is no partner {key!r}", where="sources", next_step=f"known are: {', '.join(known)}"
            )
