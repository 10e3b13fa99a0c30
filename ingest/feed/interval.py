"""How long a feed asks to be left alone (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: RSS 1.0 syndication module.
_PERIODS: Final = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}

_LONGEST: Final = 365 * 86400


def read_interval(feed: Mapping[str, Any]) -> int | None:
    """Return the seconds that a feed's `ttl` (RSS 2.0, minutes) or `sy:updatePeriod` asks for, at most a year.

    `feed` is feedparser's. None where it says nothing.
    """
    minutes = _number(feed.get("ttl"))
    if minutes:
        return min(minutes * 60, _LONGEST)
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    times = _number(feed.get("sy_updatefrequency")) or 1
    return max(period // times, 1) if period else None


def _number(value: object) -> int | None:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
