"""Ask hubs to tell us of changes, and again before a lease ends (WebSub, section 5.1)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from ingest.errors import FetchError
from ingest.polled import FeedRecord, Standing
from ingest.store import feeds, subscriptions
from ingest.store.database import read, write
from ingest.store.subscriptions import Subscription
from ingest.tools import Tools
from ingest.work import named_feeds

log = structlog.get_logger()

#: How long we ask to be told; the hub decides.
LEASE: Final = timedelta(days=10)
#: How long a hub may take to verify before it is asked again.
VERIFIED_WITHIN: Final = timedelta(hours=6)
#: When a hub that refused or failed is asked again.
_REFUSED: Final = timedelta(days=7)
_FAILED: Final = timedelta(hours=6)


async def subscribe_due(tools: Tools, *, callback: str) -> int:
    """Subscribe to the hubs of feeds that name one, where that is due; return how many hubs were asked.

    `callback` is the public address, with a slash at its end, at which the listener answers.
    """
    named = {(partner.key, source.url) for partner, source in named_feeds(tools.sources)}
    with read(tools.engine) as connection:
        records = [record for key, record in feeds.all_records(connection).items() if key in named]
        known = subscriptions.all_by_feed(connection)
    due = wanted(records, known, now=tools.clock())
    for subscription in due:
        if tools.stopping():
            break
        await _ask(subscription, tools, callback)
    return len(due)


def wanted(records: Iterable[FeedRecord], known: Mapping[int, Subscription], *, now: datetime) -> list[Subscription]:
    """Return the subscriptions to ask for now (pure but for new secrets): new ones, changed ones, leases that end."""
    due = []
    for record in records:
        if record.hub is None or record.standing is not Standing.ACTIVE:
            continue
        topic, before = record.topic or record.address, known.get(record.id)
        if before is None or (before.hub, before.topic) != (record.hub, topic):
            due.append(_new(record, record.hub, topic, now))
        elif before.renew_at <= now:
            due.append(replace(before, asked_at=now, renew_at=now + VERIFIED_WITHIN, error=None))
    return due


def _new(record: FeedRecord, hub: str, topic: str, now: datetime) -> Subscription:
    return Subscription(
        feed_id=record.id,
        hub=hub,
        topic=topic,
        token=secrets.token_urlsafe(32),
        secret=secrets.token_hex(32),
        state="asked",
        asked_at=now,
        renew_at=now + VERIFIED_WITHIN,
    )


async def _ask(subscription: Subscription, tools: Tools, callback: str) -> None:
    # The hub may verify before its answer to our request is here.
    with write(tools.engine) as connection:
        subscriptions.put(connection, subscription)
    form = {
        "hub.mode": "subscribe",
        "hub.topic": subscription.topic,
        "hub.callback": callback + subscription.token,
        "hub.secret": subscription.secret,
        "hub.lease_seconds": str(round(LEASE.total_seconds())),
    }
    error = None
    try:
        status = await tools.fetcher.post(subscription.hub, form)
        error = None if 200 <= status < 300 else f"the hub answers {status}"
    except FetchError as failure:
        error = str(failure)
    if error is None:
        log.info("websub.asked", hub=subscription.hub, topic=subscription.topic)
        return
    log.warning("websub.failed", hub=subscription.hub, topic=subscription.topic, error=error)
    failed = replace(subscription, state="failed", error=error, renew_at=tools.clock() + _FAILED)
    with write(tools.engine) as connection:
        subscriptions.put(connection, failed)


def verified(subscription: Subscription, *, lease: timedelta, now: datetime) -> Subscription:
    """Return a subscription that its hub has verified for `lease`; it is renewed before a tenth of that is left."""
    until = now + lease
    return replace(subscription, state="active", lease_until=until, renew_at=until - lease / 10, error=None)


def denied(subscription: Subscription, *, reason: str, now: datetime) -> Subscription:
    """Return a subscription that its hub refuses (WebSub, section 5.2)."""
    return replace(subscription, state="denied", error=reason or "the hub gives no reason", renew_at=now + _REFUSED)
