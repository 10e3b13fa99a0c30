"""`reprint status`: everything at a glance, once or live."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ingest.leadership import LOCK
from ingest.store import bookmarks
from ingest.store.database import read
from ingest.store.locks import holder
from ingest.store.overview import LATE, Outbox, Overview, overview
from publish import wiring
from publish.audit.daily import BOOKMARK as AUDITED
from publish.commands.invocation import FINDINGS, OK, Invocation, command
from publish.console import plain
from publish.counted import counted

_LOW_DISK = 0.05


def register(app: typer.Typer) -> None:
    """Add the word to the command."""
    command(app, "status")(status)


def status(
    invocation: Invocation,
    watch: Annotated[bool, typer.Option("--watch", help="Go on showing it, until Ctrl-C.")] = False,
    every: Annotated[float, typer.Option(min=0.2, help="Seconds between two looks of --watch.")] = 2.0,
) -> int:
    """Show feeds, queue, outbox, what is late, disk and ledger; exits with 1 where something is late or failing."""
    console = invocation.console
    with wiring.kept_store(invocation.settings) as engine:
        if watch and not console.as_json:
            console.live(_frames(engine, invocation, every))
            return OK
        found, scheduler, audited = _look(engine)
    warnings = _warnings(found, scheduler, wiring.disk_free(invocation.settings))
    console.json(
        {
            **plain(found),
            "scheduler": scheduler,
            "audited_at": audited,
            "disk_free": wiring.disk_free(invocation.settings),
            "late": warnings,
        }
    )
    console.show(_page(found, scheduler, audited, warnings, wiring.disk_free(invocation.settings)))
    return FINDINGS if warnings else OK


def _look(engine: sa.Engine) -> tuple[Overview, str, str | None]:
    now = wiring.now()
    with read(engine) as connection:
        found, audited = overview(connection, now=now), bookmarks.get(connection, AUDITED)
    return found, holder(engine, LOCK), audited


def _frames(engine: sa.Engine, invocation: Invocation, every: float) -> Iterator[RenderableType]:
    while True:
        found, scheduler, audited = _look(engine)
        free = wiring.disk_free(invocation.settings)
        yield _page(found, scheduler, audited, _warnings(found, scheduler, free), free)
        time.sleep(every)


def _warnings(found: Overview, scheduler: str, free: float) -> list[str]:
    seen = found.feeds
    told = [
        (
            seen.late,
            counted(seen.late, "feed is past its time", "feeds are past their time")
            + ("" if scheduler else ": no scheduler runs"),
        ),
        (seen.failing, f"{counted(seen.failing, 'feed fails', 'feeds fail')}: see `reprint sources status`"),
        (seen.parked, f"{counted(seen.parked, 'feed is', 'feeds are')} parked: see `reprint sources status`"),
        (
            found.entries["flood"],
            f"{found.entries['flood']} entries are held as a flood: see `reprint sources status`",
        ),
        (
            found.entries["failed"],
            f"{found.entries['failed']} entries were given up: see `reprint sources status --entries`",
        ),
        (free < _LOW_DISK, f"the disk is nearly full: {free:.0%} is free"),
    ]
    for box in found.outboxes:
        waits = box.waiting_since is not None and found.at - box.waiting_since > LATE
        told.append(
            (waits, f"{box.target}: publications wait since {_when(box.waiting_since)}: run `reprint publish`")
        )
        told.append((box.refused, f"{box.target} refused {box.refused} publications, which are tried again"))
    return [text for wanted, text in told if wanted]


def _page(found: Overview, scheduler: str, audited: str | None, warnings: list[str], free: float) -> RenderableType:
    grid = Table.grid(padding=(0, 3))
    grid.add_column(style="bold")
    grid.add_column()
    for name, text in _lines(found, scheduler, audited, free):
        grid.add_row(name, text)
    marks = [Text(f"! {warning}", style="yellow") for warning in warnings]
    return Group(grid, Text(), *(marks or [Text("Nothing is late.", style="green")]))


def _lines(found: Overview, scheduler: str, audited: str | None, free: float) -> Iterator[tuple[str, str]]:
    seen, waiting = found.feeds, found.entries
    yield "scheduler", f"runs: {scheduler}" if scheduler else "does not run (`reprint run`)"
    yield "feeds", f"{seen.active} active, {seen.failing} failing, {seen.parked} parked, {seen.gone} gone"
    yield "next poll", _when(seen.next_poll_at, found.at)
    yield "entries", ", ".join(f"{count} {state}" for state, count in waiting.items())
    yield (
        "articles",
        f"{sum(found.articles.values())}: "
        + ", ".join(
            f"{count} {word}"
            for word, count in zip(("allowed", "held", "denied"), found.articles.values(), strict=True)
        ),
    )
    for box in found.outboxes:
        yield box.target, _box(box)
    yield "ledger", f"{found.head.seq} records, head {found.head.hash[:16]}"
    yield (
        "last audit",
        f"{datetime.fromisoformat(audited):%Y-%m-%d %H:%M} UTC" if audited else "none yet by the scheduler",
    )
    yield "store", f"{found.size / 1e6:,.1f} MB; {free:.0%} of the disk is free"


def _box(box: Outbox) -> str:
    parts = [f"{box.published} published", f"{box.pending} waiting"]
    parts += [f"{box.withdrawing} to be taken down"] if box.withdrawing else []
    return ", ".join(parts)


def _when(at: datetime | None, now: datetime | None = None) -> str:
    if at is None:
        return "none"
    if now is None:
        return f"{at:%Y-%m-%d %H:%M} UTC"
    if at <= now:
        return "now"
    minutes = (at - now) / timedelta(minutes=1)
    return f"in {minutes:.0f} min" if minutes >= 1 else "in less than a minute"
