"""A feed's state, and what becomes of it after a poll (pure)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ingest import pace
from ingest.errors import FetchError, ReprintError
from ingest.feed import ParsedFeed
from ingest.fetch import Fetched, Gone, NotModified, Validators
from ingest.retry import failed_poll
from ingest.sources import FeedSource

#: A permanent redirect is followed for good when so many polls in a row have met it.
CONFIRMED: Final = 3

#: A feed is parked when it has failed for so long, and so many times.
PARK_AFTER: Final = timedelta(days=3)
PARK_FAILURES: Final = 5


class Standing(StrEnum):
    """Whether a feed is polled at all."""

    ACTIVE = "active"
    #: It failed for days; a person looks at it and resumes it.
    PARKED = "parked"
    #: The server said that it is gone for good.
    GONE = "gone"


@dataclass(frozen=True, kw_only=True)
class QuietTimes:
    """The hours (UTC) and days (0 for Monday) in which a feed asks not to be polled."""

    hours: tuple[int, ...] = ()
    days: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FeedRecord:
    """One feed's state, as the store keeps it."""

    id: int
    partner: str
    url: str
    validators: Validators = field(default_factory=Validators)
    #: SHA-256 of the last document; None until one was read.
    body_hash: str | None = None
    next_poll_at: datetime
    last_polled_at: datetime | None = None
    last_changed_at: datetime | None = None
    #: How the last poll ended.
    outcome: str | None = None
    error: str | None = None
    #: In a row.
    failures: int = 0
    failing_since: datetime | None = None
    standing: Standing = Standing.ACTIVE
    #: Until when the server asked to be left alone.
    wait_until: datetime | None = None
    #: Where permanent redirects lead, and how many polls in a row met them.
    moved_to: str | None = None
    moved_polls: int = 0
    asked_seconds: int | None = None
    quiet: QuietTimes = field(default_factory=QuietTimes)
    rhythm_seconds: int | None = None
    #: Most new entries in one poll since the first.
    usual_new: int | None = None
    #: What the reader of feeds wants back at the next poll; opaque.
    reader_state: str = ""
    hub: str | None = None
    topic: str | None = None
    pushed_at: datetime | None = None

    @property
    def address(self) -> str:
        """Where to ask: the address in sources.yaml, or the one that it has moved to for good.

        Where the new one keeps failing, the old one is asked every other time: it may lead elsewhere by now.
        """
        if self.moved_to is None or self.moved_polls < CONFIRMED:
            return self.url
        return self.url if self.failures >= CONFIRMED and self.failures % 2 else self.moved_to


def digest(content: bytes) -> str:
    """Return what tells one document of a feed from another."""
    return hashlib.sha256(content).hexdigest()


def unchanged(feed: FeedRecord, source: FeedSource, answer: Fetched | NotModified, *, now: datetime) -> FeedRecord:
    """Return the state after a poll that brought nothing new."""
    feed = _answered(feed, answer, now=now)
    return replace(feed, outcome="unchanged", next_poll_at=_due(feed, source, answer, now))


def changed(
    feed: FeedRecord,
    source: FeedSource,
    answer: Fetched,
    parsed: ParsedFeed,
    *,
    new: int,
    now: datetime,
) -> FeedRecord:
    """Return the state after a poll that brought another document; `new` counts its new entries, a flood's not."""
    known = feed.body_hash is not None
    feed = replace(
        _answered(feed, answer, now=now),
        validators=answer.validators,
        body_hash=digest(answer.content),
        last_changed_at=now,
        rhythm_seconds=_rhythm(feed, now),
        asked_seconds=parsed.ttl,
        quiet=QuietTimes(hours=parsed.skip_hours, days=parsed.skip_days),
        usual_new=max(new, feed.usual_new or 0) if known else feed.usual_new,
        reader_state=parsed.state,
        hub=parsed.hub_url,
        topic=parsed.self_url,
    )
    return replace(feed, outcome="changed", next_poll_at=_due(feed, source, answer, now))


def failed(feed: FeedRecord, source: FeedSource, error: ReprintError, *, now: datetime) -> FeedRecord:
    """Return the state after a poll that failed: it is tried again later, or parked when that lasts for days."""
    since = feed.failing_since or now
    failures = feed.failures + 1
    parked = failures >= PARK_FAILURES and now - since >= PARK_AFTER
    asked = error.retry_after if isinstance(error, FetchError) else None
    due = failed_poll(source.every, failures=failures, error=error, now=now)
    return replace(
        feed,
        last_polled_at=now,
        next_poll_at=due,
        outcome="failed",
        error=str(error),
        failures=failures,
        failing_since=since,
        standing=Standing.PARKED if parked else feed.standing,
        wait_until=due if asked else None,
    )


def gone(feed: FeedRecord, source: FeedSource, answer: Gone, error: ReprintError, *, now: datetime) -> FeedRecord:
    """Return the state after a 404, which is a failure, or a 410, which ends the polling (RFC 9110, 15.5.11)."""
    after = failed(feed, source, error, now=now)
    if not answer.permanent:
        return replace(after, outcome="missing")
    if feed.address != feed.url:
        # The new address has ended; whether the old one has, the next poll will tell.
        return after
    return replace(after, outcome="gone", standing=Standing.GONE)


def resumed(feed: FeedRecord, *, now: datetime) -> FeedRecord:
    """Return the state of a feed that a person wants polled again, at once."""
    return replace(
        feed,
        standing=Standing.ACTIVE,
        failures=0,
        failing_since=None,
        error=None,
        wait_until=None,
        next_poll_at=now,
    )


def _answered(feed: FeedRecord, answer: Fetched | NotModified, *, now: datetime) -> FeedRecord:
    """Return the state of a feed that answered: what failed before is over."""
    return replace(
        _moved(feed, answer.permanent_url),
        validators=answer.validators if isinstance(answer, NotModified) else feed.validators,
        last_polled_at=now,
        error=None,
        failures=0,
        failing_since=None,
        standing=Standing.ACTIVE,
        wait_until=None,
    )


def _moved(feed: FeedRecord, permanent_url: str | None) -> FeedRecord:
    """Count a permanent redirect; an answer without one, or with another, starts the count anew."""
    if feed.address != feed.url and permanent_url == feed.address:
        return feed
    if permanent_url is None or permanent_url == feed.url:
        return replace(feed, moved_to=None, moved_polls=0)
    polls = feed.moved_polls + 1 if permanent_url == feed.moved_to else 1
    return replace(feed, moved_to=permanent_url, moved_polls=polls)


def _rhythm(feed: FeedRecord, now: datetime) -> int | None:
    if feed.last_changed_at is None:
        return None
    before = timedelta(seconds=feed.rhythm_seconds) if feed.rhythm_seconds else None
    return round(pace.mean_gap(before, now - feed.last_changed_at).total_seconds())


def _due(feed: FeedRecord, source: FeedSource, answer: Fetched | NotModified, now: datetime) -> datetime:
    rhythm = timedelta(seconds=feed.rhythm_seconds) if feed.rhythm_seconds else None
    if rhythm is not None and feed.last_changed_at is not None:
        rhythm = max(rhythm, now - feed.last_changed_at)
    wishes = pace.Wishes(
        asked=_seconds(feed.asked_seconds),
        fresh_for=_seconds(answer.fresh_seconds),
        rhythm=rhythm,
        skip_hours=feed.quiet.hours,
        skip_days=feed.quiet.days,
        pushed_at=feed.pushed_at,
    )
    return pace.next_poll(source, wishes, now=now)


def _seconds(value: int | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)
