"""When a feed is polled next: wishes and bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.freshness import fresh_seconds
from ingest.pace import Wishes, mean_gap, next_poll
from ingest.sources import FeedSource

NOW = datetime(2026, 11, 24, 12, 20, tzinfo=UTC)  # a Tuesday
HOUR = timedelta(hours=1)


def _source(every: float = 0.5, slowest: float | None = None) -> FeedSource:
    return FeedSource(url="https://x.example/f", every=every * HOUR, slowest=slowest * HOUR if slowest else None)


@pytest.mark.parametrize(
    ("source", "wishes", "hours"),
    [
        (_source(), Wishes(), 0.5),
        (_source(), Wishes(asked=6 * HOUR, fresh_for=6 * HOUR, rhythm=48 * HOUR), 0.5),
        (_source(slowest=24), Wishes(), 0.5),
        (_source(slowest=24), Wishes(asked=2 * HOUR), 2),
        (_source(slowest=24), Wishes(fresh_for=3 * HOUR), 3),
        (_source(slowest=24), Wishes(rhythm=8 * HOUR), 4),
        (_source(slowest=24), Wishes(asked=2 * HOUR, fresh_for=3 * HOUR, rhythm=8 * HOUR), 4),
        (_source(slowest=24), Wishes(asked=HOUR / 10), 0.5),
        (_source(slowest=24), Wishes(asked=9000 * HOUR), 24),
        (_source(), Wishes(pushed_at=NOW - HOUR), 4),
        (_source(12), Wishes(pushed_at=NOW - HOUR), 24),
        (_source(), Wishes(pushed_at=NOW - timedelta(days=8)), 0.5),
    ],
)
def test_the_wish_holds_and_hints_count_within_bounds(source: FeedSource, wishes: Wishes, hours: float) -> None:
    """`every` alone holds; with `slowest`, ttl, max-age and the rhythm spread the polls up to that; pushes spread."""
    assert next_poll(source, wishes, now=NOW) == NOW + hours * HOUR


def test_hours_and_days_to_skip_are_left_out() -> None:
    """A poll that falls into skipHours or skipDays waits for the next hour outside of them, within the bound."""
    source = _source(slowest=240)
    assert next_poll(source, Wishes(skip_hours=(12, 13)), now=NOW) == NOW.replace(hour=14, minute=0)
    midnight = NOW.replace(hour=0, minute=0)
    assert next_poll(source, Wishes(skip_days=(1, 2)), now=NOW) == midnight + timedelta(days=2)
    assert next_poll(_source(slowest=1), Wishes(skip_hours=(12, 13, 14)), now=NOW) == NOW + HOUR


@given(
    st.sets(st.integers(0, 23)), st.sets(st.integers(0, 6)), st.timedeltas(timedelta(0), timedelta(days=400)),
    st.integers(1, 100),
)  # fmt: skip
def test_no_wish_breaks_the_bounds(hours: set[int], days: set[int], wish: timedelta, slowest: int) -> None:
    """Whatever a feed asks for, the next poll is neither sooner than `every` nor later than `slowest`."""
    wishes = Wishes(asked=wish, fresh_for=wish, rhythm=wish, skip_hours=hours, skip_days=days)
    due = next_poll(_source(1, slowest), wishes, now=NOW)
    assert NOW + HOUR <= due <= NOW + slowest * HOUR


def test_recent_gaps_count_more() -> None:
    """The mean follows a feed that becomes faster."""
    mean = 24 * HOUR
    for _ in range(12):
        mean = mean_gap(mean, HOUR)
    assert HOUR < mean < 2 * HOUR


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, Max-Age = 600, must-revalidate", "age": "100"}, 500),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=99999999999999"}, 365 * 86400),
        ({"cache-control": "max-age=10", "age": "11"}, None),
        ({"expires": "Tue, 24 Nov 2026 13:00:00 GMT", "date": "Tue, 24 Nov 2026 12:00:00 GMT"}, 3600),
        ({"expires": "0", "date": "Tue, 24 Nov 2026 12:00:00 GMT"}, None),
        ({"expires": "Tue, 24 Nov 2026 13:00:00", "date": "Tue, 24 Nov 2026 12:00:00 GMT"}, None),
        ({"expires": "Tue, 24 Nov 2026 11:00:00 GMT", "date": "Tue, 24 Nov 2026 12:00:00 GMT"}, None),
    ],
)
def test_freshness_is_read(headers: dict[str, str], seconds: int | None) -> None:
    """Cache-Control goes before Expires, Age is taken off, and what says nothing says nothing."""
    assert fresh_seconds(headers) == seconds
