"""How long and when a feed asks to be left alone (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

#: RSS 1.0 syndication module.
_PERIODS: Final = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_LONGEST: Final = 365 * 86400


def read_interval(feed: Mapping[str, Any]) -> int | None:
    """Return the seconds that a feed's `ttl` (RSS 2.0, minutes) or `sy:updatePeriod` asks for, at most a year.

    `feed` is feedparser's. None where it says nothing.
    """
    minutes = _number(feed.get("ttl"))
    return min(minutes * 60, _LONGEST) if minutes else read_update_period(feed)


def read_update_period(feed: Mapping[str, Any]) -> int | None:
    """Return the seconds between updates that RSS 1.0's syndication module names; None where it says nothing."""
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower())
    times = _number(feed.get("sy_updatefrequency")) or 1
    return max(period // times, 1) if period else None


def read_skip_hours(texts: Iterable[str]) -> tuple[int, ...]:
    """Return the hours that RSS `skipHours` names, 0 to 23; 24 is 0, as RSS 0.91 counts from 1."""
    hours = {hour % 24 for hour in map(_number, texts) if hour is not None and hour <= 24}
    return tuple(sorted(hours))


def read_skip_days(texts: Iterable[str]) -> tuple[int, ...]:
    """Return the days that RSS `skipDays` names, 0 for Monday to 6 for Sunday."""
    names = {text.strip().lower() for text in texts}
    return tuple(number for number, name in enumerate(_DAYS) if name in names)


def _number(value: object) -> int | None:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
