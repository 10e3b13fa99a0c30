"""When to poll a feed next: the newsroom's wish, the feed's, and how often it really changes (pure).

    sources.yaml       every 30m              every 30 minutes, whatever the feed asks for
                       every 30m, slowest 6h  from there up to 6 h, as the feed asks and by its rhythm
                       every auto             the same from 15 minutes to a day

A server's Retry-After is always obeyed, and while a hub pushes, polls are only its safety net.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ingest.sources import FeedSource

#: While a hub pushes, polls come this many times more rarely, but once a day at least.
_PUSHED_FACTOR: Final = 8
_PUSHED_LONGEST: Final = timedelta(days=1)
#: Without a push for so long, a hub counts as silent.
_PUSHES_LAST: Final = timedelta(days=7)
#: How much of a new gap between two changes goes into the mean.
_WEIGHT: Final = 0.3


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a feed asks for, and how it behaves."""

    #: RSS `ttl` or `sy:updatePeriod`.
    asked: timedelta | None = None
    #: How long the answer says that it is fresh.
    fresh_for: timedelta | None = None
    #: Mean time between two changes; longer when it has not changed for longer than that.
    rhythm: timedelta | None = None
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()
    pushed_at: datetime | None = None


def next_poll(source: FeedSource, wishes: Wishes, *, now: datetime) -> datetime:
    """Return when to poll a feed again that has just answered; `now` is aware UTC."""
    slowest = source.slowest or source.every
    half_rhythm = wishes.rhythm / 2 if wishes.rhythm else None
    asked = [wish for wish in (wishes.asked, wishes.fresh_for, half_rhythm) if wish is not None]
    interval = min(max(source.every, *asked), slowest) if asked else source.every
    if wishes.pushed_at is not None and now - wishes.pushed_at < _PUSHES_LAST:
        interval = slowest = max(interval, min(interval * _PUSHED_FACTOR, _PUSHED_LONGEST))
    return min(_outside_quiet_times(now + interval, wishes), now + slowest)


def mean_gap(before: timedelta | None, gap: timedelta) -> timedelta:
    """Return the mean time between changes, now that one came after `gap`; recent ones count more."""
    return gap if before is None else before * (1 - _WEIGHT) + gap * _WEIGHT


def _outside_quiet_times(due: datetime, wishes: Wishes) -> datetime:
    """Return the first full hour from `due` on that is neither in skipHours nor in skipDays (RSS 2.0, GMT)."""
    when = due
    for _ in range(24 * 7):
        if when.hour not in wishes.skip_hours and when.weekday() not in wishes.skip_days:
            return when
        when = when.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
