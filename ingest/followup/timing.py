"""When to ask for a published article again (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

#: Most corrections come within hours; the first look is early, and each one without a change waits twice as long.
FIRST: Final = timedelta(hours=1)
LONGEST: Final = timedelta(days=30)
_LONGEST_FAILURE: Final = timedelta(days=7)


def next_check(*, quiet: int, article_id: int, now: datetime) -> datetime:
    """Return when to ask again after `quiet` checks in a row without a change: an hour, doubled up to 30 days.

    Articles of one hour are spread over a tenth of the wait, each always by the same part of it.
    """
    return now + _spread(_doubled(quiet, LONGEST), article_id)


def after_failure(*, failures: int, article_id: int, retry_after: float | None, now: datetime) -> datetime:
    """Return when to ask again after `failures` in a row; `retry_after` is what the server asked for, in seconds."""
    asked = timedelta(seconds=retry_after or 0)
    return now + max(_spread(_doubled(failures - 1, _LONGEST_FAILURE), article_id), min(asked, LONGEST))


def _doubled(times: int, longest: timedelta) -> timedelta:
    factor: int = 2 ** min(max(times, 0), 20)
    return min(FIRST * factor, longest)


def _spread(wait: timedelta, article_id: int) -> timedelta:
    return wait * (1 + (article_id * 37 % 100) / 1000)
