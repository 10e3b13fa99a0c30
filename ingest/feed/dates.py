"""A feed's dates to aware UTC (pure)."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from typing import Final

from feedparser.datetimes import _parse_date

#: No date is longer; what is may be made to keep a pattern busy.
_LONGEST: Final = 64


def read_date(text: object) -> datetime | None:
    """Return the moment that a date of any feed dialect names (RFC 822, RFC 3339, W3CDTF and their misspellings).

    A date without a zone is taken for UTC. None where it is no text or no date, or lies beyond the calendar.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        parsed = _parse_date(text.strip())
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
