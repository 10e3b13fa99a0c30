"""A feed's dates to aware UTC (pure)."""

from __future__ import annotations

import re
from calendar import monthrange, timegm
from datetime import UTC, datetime
from typing import Final

from feedparser.datetimes import _parse_date

#: No date is longer; what is may be made to keep a pattern busy.
_LONGEST: Final = 64

#: Dates that begin with a year and month in digits mean what they say, or nothing.
_ISO: Final = re.compile(r"(\d{4,})-(\d\d)(?:-(\d\d))?(?!\d)")


def read_date(text: object) -> datetime | None:
    """Return the moment that a date of any feed dialect names (RFC 822, RFC 3339, W3CDTF and their misspellings).

    A date without a zone is taken for UTC. None where it is no text or no date, or lies beyond the calendar.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        if not _is_possible(text.strip()):
            return None
        parsed = _parse_date(text.strip())
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def _is_possible(text: str) -> bool:
    """Tell whether a date is no impossible day, for which feedparser would take the nearest that it can make."""
    iso = _ISO.match(text)
    if iso is None:
        return True
    return (
        len(iso[1]) == 4
        and 1 <= int(iso[2]) <= 12
        and 1 <= int(iso[3] or 1) <= monthrange(int(iso[1]), int(iso[2]))[1]
    )
