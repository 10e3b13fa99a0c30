"""`reprint ingest --followups`: ask for what is published again, now."""

from __future__ import annotations

import sqlalchemy as sa

from ingest.followup.check import Checked
from ingest.followup.rounds import follow_up
from ingest.sources import Sources
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation
from publish.commands.signals import stop_on_signals
from publish.console import Console


async def follow_up_now(invocation: Invocation, sources: Sources, engine: sa.Engine, partners: list[str]) -> int:
    """Ask for every published article of these partners, or of all, and print what came of it."""
    stop = stop_on_signals()
    with invocation.console.growing_progress("Following up") as grow:
        async with wiring.tools(
            invocation.settings, lambda: sources, engine, stopping=stop.is_set, progress=grow
        ) as tools:
            found = await follow_up(
                tools,
                partners_at_once=invocation.settings.hosts_at_once,
                everything=True,
                partners=partners,
            )
    show_checked(invocation.console, found)
    return FINDINGS if any(checked.troubled for checked in found) else OK


def show_checked(console: Console, found: list[Checked]) -> None:
    """Print what is not as it was; the rest is a number."""
    console.json({"followups": found})
    told = [checked for checked in found if checked.outcome != "unchanged"]
    rows = [(one.article_id, one.partner, one.outcome, one.note, one.url) for one in told]
    console.table("Followed up", ("#id", "partner", "outcome", "why", "address"), rows)
    console.say(f"Asked for {len(found)} published pages again; {len(found) - len(told)} are as they were.")
