"""Dates and times in words; English, in UTC, and the same on every machine (pure)."""

from __future__ import annotations

from datetime import UTC, datetime, time

# strftime's names follow the machine's locale, and pages must not.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(moment: datetime) -> str:
    """Return "3 November 2026"."""
    utc = moment.astimezone(UTC)
    return f"{utc.day} {_MONTHS[utc.month - 1]} {utc.year}"


def weekday_words(moment: datetime) -> str:
    """Return "Tuesday, 3 November 2026"."""
    return f"{_DAYS[moment.astimezone(UTC).weekday()]}, {day_words(moment)}"


def month_words(moment: datetime) -> str:
    """Return "November 2026"."""
    utc = moment.astimezone(UTC)
    return f"{_MONTHS[utc.month - 1]} {utc.year}"


def time_words(moment: datetime) -> str:
    """Return "3 November 2026, 14:05 UTC"; midnight sharp means that only the day is known: "3 November 2026"."""
    utc = moment.astimezone(UTC)
    return day_words(utc) if utc.time() == time(0) else f"{day_words(utc)}, {utc:%H:%M} UTC"


def iso(moment: datetime) -> str:
    """Return RFC 3339 in UTC with whole seconds: "2026-11-03T14:05:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_day_or_time(moment: datetime) -> str:
    """Return what `time_words` shows, for machines: "2026-11-03", or with the time."""
    utc = moment.astimezone(UTC)
    return utc.date().isoformat() if utc.time() == time(0) else iso(utc)


def month_of(key: str) -> str:
    """Return "November 2026" for "2026-11"."""
    year, month = key.split("-")
    return f"{_MONTHS[int(month) - 1]} {year}"
