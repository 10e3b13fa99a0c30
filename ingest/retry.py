"""When to try again: back-off with jitter, within bounds (pure but for the jitter's dice)."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from ingest.errors import ExtractError, FetchError, ReprintError

#: After so many failed attempts an entry is given up and reported.
MAX_ATTEMPTS = 5
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(days=1)


def next_attempt(error: ReprintError, *, attempts: int, now: datetime) -> datetime | None:
    """Return when to try an entry again after its `attempts`-th failure, None to give it up.

    Waits 5 minutes, then four times longer each time; a server's Retry-After is obeyed when it asks for more.
    """
    hopeless = isinstance(error, ExtractError) or (isinstance(error, FetchError) and not error.transient)
    if hopeless or attempts >= MAX_ATTEMPTS:
        return None
    return now + _wait(_FIRST_WAIT, 4 ** (attempts - 1), error)


def failed_poll(every: timedelta, *, failures: int, error: ReprintError, now: datetime) -> datetime:
    """Return when to poll a feed again after its `failures`-th failure in a row.

    Waits twice as long as `every`, and twice that each time, a day at most or `every` where that is longer; a
    server's Retry-After is obeyed when it asks for more.
    """
    return now + max(every, _wait(every, 2 ** min(max(failures, 1), 10), error))


def _wait(base: timedelta, factor: int, error: ReprintError) -> timedelta:
    jitter = random.uniform(0.9, 1.1)  # noqa: S311 - it spreads load, it guards nothing
    asked = timedelta(seconds=(error.retry_after or 0) if isinstance(error, FetchError) else 0)
    return min(max(base * factor * jitter, asked), _LONGEST_WAIT)
