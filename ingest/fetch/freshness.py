"""How long an answer says that it stays fresh (RFC 9111, sections 4.2 and 5.2.2) (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

#: Longer freshness is cut to a year.
LONGEST: Final = 365 * 86400

_MAX_AGE: Final = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_KEPT: Final = re.compile(r"(?:^|,)\s*(?:no-store|no-cache)\b", re.IGNORECASE)


def fresh_seconds(headers: Mapping[str, str]) -> int | None:
    """Return for how many seconds an answer is fresh, its Age taken off; None where it does not say.

    `headers` have lower-case names. Cache-Control goes before Expires; "no-cache" and "no-store" say nothing.
    """
    control = headers.get("cache-control", "")[:1000]
    if _NOT_KEPT.search(control):
        return None
    match = _MAX_AGE.search(control)
    lifetime = int(match[1]) if match else _until_expiry(headers)
    if not lifetime or lifetime < 0:
        return None
    age = headers.get("age", "")
    return min(max(lifetime - (int(age) if re.fullmatch(r"\d{1,10}", age) else 0), 0), LONGEST) or None


def _until_expiry(headers: Mapping[str, str]) -> int | None:
    try:
        expires, date = (parsedate_to_datetime(headers[name][:64]) for name in ("expires", "date"))
        return int((expires - date).total_seconds())
    except (KeyError, ValueError, TypeError):
        # "0" and other words that are no date mean that it has expired; a zone on one date only compares with none.
        return None
