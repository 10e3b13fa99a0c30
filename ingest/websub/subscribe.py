"""Ask hubs to tell us of changes, again before a lease ends, and to stop (WebSub, section 5.1)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from ingest.errors import FetchError
from ingest.jobs import named_feeds
from ingest.polled import FeedRecord, Standing
from ingest.store import feeds, subscriptions
from ingest.store.database import read, write
from ingest.store.subscriptions import Subscription
from ingest.tools import Tools

log = structlog.get_logger()

#: How long we ask to be told; the hub decides.
LEASE: Final = timedelta(days=10)
#: How long a hub may take to verify before it is asked again.
VERIFIED_WITHIN: Final = timedelta(hours=6)
#: The state of a subscription that its hub was asked to end.
ENDING: Final = "ending"
#: When a hub that refused or failed is asked again.
_REFUSED: Final = timedelta(days=7)
_FAILED: Final = timedelta(hours=6)


async def subscribe_due(tools: Tools, *, callback: str) -> int:
    """Subscribe to the hubs of feeds that name one, and end what is no longer wanted; return how many were asked.

    `callback` is the public address, with a slash at its end, at which the listener answers. A feed that names
    another hub is subscribed there once the old one has let go, or did not answer in time.
    """
    named = {(partner.key, source.url) for partner, source in named_feeds(tools.sources)}
    with read(tools.engine) as connection:
        records = [record for key, record in feeds.all_records(connection).items() if key in named]
        known = subscriptions.all_by_feed(connection)
    now = tools.clock()
    over = ended(records, known, now=now)
    due = wanted(records, known, now=now)
    for subscription in over:
        if tools.stopping():
            break
        await _end(subscription, tools, callback)
    for subscription in due:
        if tools.stopping():
            break
        await _ask(subscription, tools, callback)
    return len(due) + len(over)


def wanted(records: Iterable[FeedRecord], known: Mapping[int, Subscription], *, now: datetime) -> list[Subscription]:
    """Return the subscriptions to ask for now (pure but for new secrets): new ones, and leases that end."""
    due = []
    for record in records:
        if record.hub is None or record.standing is not Standing.ACTIVE:
            continue
        before = known.get(record.id)
        if before is None:
            due.append(_new(record, record.hub, record.topic or record.address, now))
        elif before.renew_at <= now and _serves(before, record):
            due.append(replace(before, asked_at=now, renew_at=now + VERIFIED_WITHIN, error=None))
    return due


def ended(records: Iterable[FeedRecord], known: Mapping[int, Subscription], *, now: datetime) -> list[Subscription]:
    """Return the subscriptions to give up now (pure): of feeds that went, or that name another hub or none."""
    serving = {record.id for record in records if (one := known.get(record.id)) and _serves(one, record)}
    over = [one for feed_id, one in known.items() if feed_id not in serving]
    return [one for one in over if one.state != ENDING or one.renew_at <= now]


def _serves(subscription: Subscription, record: FeedRecord) -> bool:
    """Tell whether a subscription is the one that its feed asks for; a parked feed may yet come back."""
    asked = (record.hub, record.topic or record.address)
    live = subscription.state != ENDING and record.standing is not Standing.GONE
    return live and (subscription.hub, subscription.topic) == asked


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
    terms = {"hub.secret": subscription.secret, "hub.lease_seconds": str(round(LEASE.total_seconds()))}
    error = await _post(subscription, "subscribe", terms, tools, callback)
    if error is None:
        log.info("websub.asked", hub=subscription.hub, topic=subscription.topic)
        return
    log.warning("websub.failed", hub=subscription.hub, topic=subscription.topic, error=error)
    failed = replace(subscription, state="failed", error=error, renew_at=tools.clock() + _FAILED)
    with write(tools.engine) as connection:
        subscriptions.put(connection, failed)


async def _end(subscription: Subscription, tools: Tools, callback: str) -> None:
    """Ask a hub to stop; one with nothing to stop, that fails or was asked before is left: its pushes get a 410."""
    error = "it has nothing to end"
    if subscription.state in {"asked", "active"}:
        # The hub may verify before its answer to our request is here.
        now = tools.clock()
        with write(tools.engine) as connection:
            ending = replace(subscription, state=ENDING, asked_at=now, renew_at=now + VERIFIED_WITHIN)
            subscriptions.put(connection, ending)
        failure = await _post(subscription, "unsubscribe", {}, tools, callback)
        if failure is None:
            log.info("websub.ending", hub=subscription.hub, topic=subscription.topic)
            return
        error = failure
    with write(tools.engine) as connection:
        subscriptions.remove(connection, subscription)
    log.info("websub.ended", hub=subscription.hub, topic=subscription.topic, why=error)


async def _post(
    subscription: Subscription, mode: str, terms: Mapping[str, str], tools: Tools, callback: str
) -> str | None:
    """Send a hub a request; return what went wrong, or None."""
    form = {"hub.mode": mode, "hub.topic": subscription.topic, "hub.callback": callback + subscription.token, **terms}
    try:
        status = await tools.fetcher.post(subscription.hub, form)
    except FetchError as failure:
        return str(failure)
    return None if 200 <= status < 300 else f"the hub answers {status}"


def verified(subscription: Subscription, *, lease: timedelta, now: datetime) -> Subscription:
    """Return a subscription that its hub has verified for `lease`; it is renewed before a tenth of that is left."""
    until = now + lease
    return replace(subscription, state="active", lease_until=until, renew_at=until - lease / 10, error=None)


def denied(subscription: Subscription, *, reason: str, now: datetime) -> Subscription:
    """Return a subscription that its hub refuses (WebSub, section 5.2)."""
    return replace(subscription, state="denied", error=reason or "the hub gives no reason", renew_at=now + _REFUSED)
