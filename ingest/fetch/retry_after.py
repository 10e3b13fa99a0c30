"""The Retry-After header, read (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

#: Longer waits are cut to a year, so that no number overflows further on.
LONGEST: Final = 365 * 86400.0


def parse_retry_after(value: str | None, *, now: datetime) -> float | None:
    """Return how many seconds to wait, from a Retry-After of seconds or of an HTTP date; None where it says nothing.

    Times that have passed are 0 seconds; `now` is aware.
    """
    text = (value or "").strip()[:64]
    if re.fullmatch(r"[0-9]+", text):
        return min(float(text), LONGEST)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return min(max((when - now).total_seconds(), 0.0), LONGEST)
