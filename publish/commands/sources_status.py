"""`reprint sources status`, `resume`, `release-flood`: how polling goes, and what a person changes about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import sqlalchemy as sa
import typer
from rich.markup import escape

from ingest import feed_orders
from ingest.errors import ConfigError
from ingest.feed_orders import Order
from ingest.jobs import named_feeds
from ingest.polled import CONFIRMED, FeedRecord, Standing
from ingest.sources import Sources
from ingest.store import feed_counts, feeds
from ingest.store.database import read, write
from ingest.store.feed_counts import Counts, StuckEntry
from publish import wiring
from publish.commands.invocation import FINDINGS, OK, Invocation, command

_COLUMNS = ("partner", "feed", "last poll", "outcome", "next poll", "#failures", "#a day", "#waiting", "#stuck")

Which = Annotated[list[str] | None, typer.Argument(help="Keys of partners or addresses of feeds; all if none.")]
Chosen = Annotated[list[str], typer.Argument(help="Keys of partners or addresses of feeds.")]


@dataclass(frozen=True, kw_only=True)
class FeedStatus:
    """One feed in the table; `feed` is None where it was never polled."""

    partner: str
    url: str
    feed: FeedRecord | None
    counts: Counts

    @property
    def outcome(self) -> str:
        """How the last poll ended, or why there is none."""
        if self.feed is None or self.feed.outcome is None:
            return "not polled yet"
        return self.feed.outcome if self.feed.standing is Standing.ACTIVE else self.feed.standing.value


def register(words: typer.Typer) -> None:
    """Add the words to `reprint sources`."""
    command(words, "status")(status)
    command(words, "resume")(resume)
    command(words, "release-flood")(release_flood)


def status(
    invocation: Invocation,
    which: Which = None,
    show_entries: Annotated[
        bool, typer.Option("--entries", help="Name each entry that is set aside, given up, held or put off.")
    ] = False,
) -> int:
    """Show each feed's last and next poll, and the reason of every skip; exits with 1 where one needs a person."""
    sources = wiring.sources(invocation.settings)
    with wiring.store(invocation.settings) as engine:
        found = _statuses(engine, sources, which or [])
        ids = [one.feed.id for one in found if one.feed]
        with read(engine) as connection:
            stuck = feed_counts.stuck(connection, ids) if show_entries else []
    invocation.console.json({"feeds": [_plain(one) for one in found], **({"entries": stuck} if show_entries else {})})
    invocation.console.table("Feeds", _COLUMNS, [_row(one) for one in found])
    for one in found:
        for remark in _remarks(one):
            invocation.console.say(f"\n[bold]{escape(one.partner)}[/] {escape(one.url)}\n    {escape(remark)}")
    _show(invocation, found, stuck)
    return FINDINGS if any(_needs_a_person(one) for one in found) else OK


def resume(
    invocation: Invocation,
    which: Chosen,
    failed_entries: Annotated[
        bool, typer.Option("--entries", help="Give entries that were given up another chance too.")
    ] = False,
) -> int:
    """Poll feeds again that were parked, are gone or wait after failures: at the next chance."""
    sources = wiring.sources(invocation.settings)
    now = wiring.now()
    with wiring.store(invocation.settings) as engine:
        chosen = [one.feed for one in _statuses(engine, sources, which) if one.feed]
        with write(engine) as connection:
            order = Order(actor=wiring.actor(), now=now)
            again = sum(feed_orders.resume(connection, feed, order, failed_entries=failed_entries) for feed in chosen)
    invocation.console.json({"resumed": [feed.url for feed in chosen], "entries": again})
    for feed in chosen:
        invocation.console.say(f"Resumed {escape(feed.url)}")
    if failed_entries:
        invocation.console.say(f"Entries that are tried again: {again}")
    return OK


def release_flood(
    invocation: Invocation,
    which: Chosen,
    discard: Annotated[
        bool, typer.Option("--discard", help="Give the flood up instead; its entries stay known.")
    ] = False,
) -> int:
    """Let a held flood of new items through to be ingested, or give it up."""
    sources = wiring.sources(invocation.settings)
    with wiring.store(invocation.settings) as engine:
        chosen = [one.feed for one in _statuses(engine, sources, which) if one.feed]
        with write(engine) as connection:
            end = feed_orders.discard_flood if discard else feed_orders.release_flood
            order = Order(actor=wiring.actor(), now=wiring.now())
            count = sum(end(connection, feed, order) for feed in chosen)
    invocation.console.json({"discarded" if discard else "released": count})
    invocation.console.say(f"{'Given up' if discard else 'Released'}: {count} entries")
    return OK


def _statuses(engine: sa.Engine, sources: Sources, which: Sequence[str]) -> list[FeedStatus]:
    with read(engine) as connection:
        records = feeds.all_records(connection)
        counted = feed_counts.counts(connection, now=wiring.now())
    found = []
    for partner, source in named_feeds(sources):
        feed = records.get((partner.key, source.url))
        counts = counted.get(feed.id, Counts()) if feed else Counts()
        found.append(FeedStatus(partner=partner.key, url=source.url, feed=feed, counts=counts))
    for name in which:
        if not any(name in (one.partner, one.url) for one in found):
            raise ConfigError(
                f"no partner or feed in the sources is {name!r}",
                where="sources",
                next_step="see the keys and addresses with `reprint sources status`",
            )
    return [one for one in found if not which or one.partner in which or one.url in which]


def _row(one: FeedStatus) -> tuple[object, ...]:
    feed, counts = one.feed, one.counts
    polled = feed is not None and feed.standing is Standing.ACTIVE
    return (
        one.partner,
        one.url,
        feed.last_polled_at if feed else None,
        one.outcome,
        feed.next_poll_at if feed and polled else None,
        feed.failures if feed else 0,
        counts.items_a_day,
        counts.waiting,
        counts.failed + counts.set_aside + counts.flood,
    )


def _remarks(one: FeedStatus) -> list[str]:
    """Return what the table has no room for, a sentence each."""
    feed, counts = one.feed, one.counts
    remarks = []
    if feed and feed.error:
        since = f" (failing since {feed.failing_since:%Y-%m-%d %H:%M} UTC)" if feed.failing_since else ""
        remarks.append(feed.error + since)
    if feed and feed.standing is not Standing.ACTIVE:
        remarks.append(f"{feed.standing.value}: not polled until `reprint sources resume {feed.url}`")
    if feed and feed.wait_until and feed.wait_until > wiring.now():
        remarks.append(f"the server asked to be left alone until {feed.wait_until:%Y-%m-%d %H:%M} UTC")
    if feed and feed.moved_to and feed.moved_polls >= CONFIRMED:
        remarks.append(f"moved for good to {feed.moved_to}; put that into sources.yaml")
    if counts.flood:
        remarks.append(f"{counts.flood} new items held as a flood; release them with `reprint sources release-flood`")
    return remarks


def _needs_a_person(one: FeedStatus) -> bool:
    return bool(one.counts.flood) or (one.feed is not None and bool(one.feed.error))


def _plain(one: FeedStatus) -> dict[str, object]:
    feed = one.feed
    return {
        "partner": one.partner,
        "url": one.url,
        "outcome": one.outcome,
        "standing": feed.standing.value if feed else Standing.ACTIVE.value,
        "last_polled_at": feed.last_polled_at if feed else None,
        "last_changed_at": feed.last_changed_at if feed else None,
        "next_poll_at": feed.next_poll_at if feed and feed.standing is Standing.ACTIVE else None,
        "failures": feed.failures if feed else 0,
        "error": feed.error if feed else None,
        "moved_to": feed.moved_to if feed else None,
        "hub": feed.hub if feed else None,
        "pushed_at": feed.pushed_at if feed else None,
        "counts": one.counts,
        "remarks": _remarks(one),
    }


def _show(invocation: Invocation, found: Sequence[FeedStatus], stuck: Sequence[StuckEntry]) -> None:
    for one in found:
        own = [entry for entry in stuck if one.feed and entry.feed_id == one.feed.id]
        if own:
            rows = [(entry.state, entry.headline or entry.url, entry.reason, entry.due_at) for entry in own]
            invocation.console.say()
            invocation.console.table(f"{one.partner}: {one.url}", ("state", "entry", "~reason", "tried again"), rows)
