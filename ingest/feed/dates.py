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

#: What feedparser would read the beginning of, and take for the whole, unless it is of this form (W3CDTF, RFC 3339).
_YEAR_FIRST: Final = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:[Tt ]\s*\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|\s*[+-]\d\d:?\d\d)?)?)?)?"
)
#: Other separators, and none (ISO 8601's basic form).
_SLASHED: Final = re.compile(r"(\d{4})([/.])(\d\d)\2(\d\d)(?=[Tt ]|$)")
_BASIC: Final = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:[Tt](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?([Zz]|[+-]\d\d:?\d\d)?)?"
)
#: UTC by its names, behind a time of day in that form.
_ZULU: Final = re.compile(r"(?<=\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)\s*(?:UTC|GMT|UT)$")
#: A day of the week, in whatever language.
_WEEKDAY: Final = re.compile(r"[^\W\d]{1,12}\.?,\s*(?=\d)")
_OFFSET: Final = re.compile(r":\d\d(?:\.\d+)?\s*[+-](\d\d):?(\d\d)$")
_LARGEST_OFFSET: Final = 14


def read_date(text: object) -> datetime | None:
    """Return the moment that a date of any feed dialect names (RFC 822, RFC 3339, W3CDTF and their misspellings).

    A date without a zone is taken for UTC. None where it is no text or no date, or lies beyond the calendar.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        said = _plain_form(text.strip())
        if not _is_possible(said):
            return None
        parsed = _parse_date(said)
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def _plain_form(text: str) -> str:
    """Return a date without its day of the week, and in ISO 8601's extended form where the year comes first."""
    basic = _BASIC.fullmatch(text)
    if basic is None:
        plain = _SLASHED.sub(r"\1-\3-\4", _WEEKDAY.sub("", text, count=1), count=1)
        return _ZULU.sub("Z", plain)
    year, month, day, hour, minute, second, zone = basic.groups()
    time = f"T{hour}:{minute}:{second or '00'}{zone or 'Z'}" if hour else ""
    return f"{year}-{month}-{day}{time}"


def _is_possible(text: str) -> bool:
    """Tell whether a date is whole and no impossible one, for which feedparser would take what it can make of it."""
    offset = _OFFSET.search(text)
    if offset and (int(offset[1]) > _LARGEST_OFFSET or int(offset[2]) > 59):
        return False
    if text[:4].isdigit() and not _YEAR_FIRST.fullmatch(text):
        return False
    iso = _ISO.match(text)
    if iso is None:
        return True
    return (
        len(iso[1]) == 4
        and 1 <= int(iso[2]) <= 12
        and 1 <= int(iso[3] or 1) <= monthrange(int(iso[1]), int(iso[2]))[1]
    )
