"""When to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import (
    BlockedAddressError,
    NoArticleError,
    ReprintError,
    StatusError,
    TooLargeError,
    UnreachableError,
)
from ingest.retry import MAX_ATTEMPTS, failed_poll, next_attempt

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "error",
    [NoArticleError("x"), BlockedAddressError("x"), TooLargeError("x"), StatusError("x", status=403)],
    ids=lambda error: type(error).__name__,
)
def test_what_time_will_not_mend_is_given_up_at_once(error: ReprintError) -> None:
    """A page without an article, a blocked address, too many bytes, a refusal: trying again changes nothing."""
    assert next_attempt(error, attempts=1, now=NOW) is None


def test_waits_grow_and_end() -> None:
    """Each wait is longer than the one before, and the last failure gives the entry up."""
    waits = [next_attempt(UnreachableError("x"), attempts=n, now=NOW) for n in range(1, MAX_ATTEMPTS + 1)]
    assert waits[-1] is None
    times = [wait for wait in waits if wait is not None]
    assert times == sorted(times)
    assert len(times) == MAX_ATTEMPTS - 1


def test_a_server_that_asks_for_patience_gets_it() -> None:
    """Retry-After is obeyed, for entries and for feeds, up to a day."""
    error = StatusError("x", status=429, retry_after=7200)
    asked = NOW + timedelta(hours=2)
    assert next_attempt(error, attempts=1, now=NOW) == asked
    assert failed_poll(timedelta(minutes=15), failures=0, error=error, now=NOW) == asked
    forever = StatusError("x", status=503, retry_after=1e9)
    assert next_attempt(forever, attempts=1, now=NOW) == NOW + timedelta(days=1)


@given(st.integers(0, 10_000), st.timedeltas(timedelta(minutes=1), timedelta(days=7)))
def test_a_feed_is_never_polled_sooner_for_failing(failures: int, every: timedelta) -> None:
    """However often it failed, the next poll comes after the usual time, and within a day or the usual time."""
    due = failed_poll(every, failures=failures, error=UnreachableError("x"), now=NOW)
    assert NOW + every <= due <= NOW + max(every, timedelta(days=1))
