"""Date strings to instants: ISO 8601, RFC 5322, epochs, and what people write in the languages of the web."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

#: Nothing on the web is older; what lies further ahead than this is no publication date.
_EARLIEST = 1995
_LATEST = 2100
_MAX_TEXT = 200

_ISO = re.compile(
    r"(?P<day>(?:19|20)\d{2}-\d{2}-\d{2})"
    r"(?:[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,:]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?"
)
_COMPACT = re.compile(
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<t>\d{4,6})(?P<zone>Z|[+-]\d{2}:?\d{2})?)?$"
)
_EPOCH = re.compile(r"^1\d{9}(\d{3})?$")
_UNIX_DATE = re.compile(
    r"^[A-Z][a-z]{2} (?P<mon>[A-Z][a-z]{2}) +(?P<d>\d{1,2}) (?P<t>\d{2}:\d{2}:\d{2}) "
    r"(?P<zone>[A-Z]{3,4}) (?P<y>\d{4})$"
)
_RFC_5322 = re.compile(
    r"^(?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d{2}(?::\d{2})?"
    r"(?: *(?:[A-Z]{1,5}|[+-](?:0\d|1[0-4])\d{2})\b(?: *\(.*\))?)? *$"
)
_YMD = re.compile(
    r"\b(?P<y>(?:19|20)\d{2})(?:[/.]|\s*[年년]\s*)(?P<m>\d{1,2})(?:[/.]|\s*[月월]\s*)(?P<d>\d{1,2})\b|(?P<y2>(?:19|20)\d{2})\s*[年년]\s*(?P<m2>\d{1,2})\s*[月월]\s*(?P<d2>\d{1,2})\s*[日일]|\b(?P<y3>(?:19|20)\d{2})\.\s?(?P<m3>\d{1,2})\.\s?(?P<d3>\d{1,2})"
)
_DMY = re.compile(
    r"\b(?P<d>\d{1,2})(?P<sep>[./\-])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<y>(?:19|20)\d{2}|\d{2})\b(?![./\-]\d)"
)
#: A day, a month's name and a year, in either order ("19. Juni 2019", "8 de mayo de 2022", "Nov. 8th, 2023").
_NAMED = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+|of\s+|d[\u2019'])?[^\W\d_]{3,14}\.?,?\s+(?:de\s+|del\s+)?"
    r"(?:19|20)\d{2}\b"
    r"|\b[^\W\d_]{3,14}\.?\s+\d{1,2}(?:st|nd|rd|th)?\s*,?\s+(?:19|20)\d{2}\b"
)
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<h>[01]?\d|2[0-3])\s*(?:[:.hH]|時|시\s?)\s*(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d))?(?!\d|[.]\d)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>Z\b|UTC\b|GMT\b|[A-Z]{3,4}\b|[+-](?:0\d|1[0-4]):?\d{2}\b)?",
    re.IGNORECASE,
)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "west": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "trt": 180, "sast": 120, "edt": -240, "est": -300,
    "cdt": -300, "cst": -360, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480, "jst": 540, "kst": 540,
    "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660,
}  # fmt: skip
_WHOLE_DATES = {"REQUIRE_PARTS": ["day", "month", "year"]}
#: Tried where the page's language is unknown, or has no such month.
_COMMON = ["en", "de", "fr", "es", "it", "pt", "nl"]
#: Where a slash date has the month first.
_MONTH_FIRST = frozenset({"en", "en-us", "en-ph"})


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A point in time as far as it was written: aware, with what was not written filled by midnight and UTC."""

    at: datetime
    #: Only a day was written.
    day_only: bool = False
    #: No zone was written.
    zone_unknown: bool = False


def read_moment(text: str, *, language: str | None = None) -> Moment | None:
    """Return the first date in a short text, None where it holds none that can be.

    `language` (BCP 47) names the months' language and settles 3/4/2024.
    """
    text = " ".join(text[:_MAX_TEXT].split())
    if not any(char.isdigit() for char in text):
        return None
    for reader in (_iso, _machine):
        if moment := reader(text):
            return moment
    return _written(text, language)


def _iso(text: str) -> Moment | None:
    found = _ISO.search(text)
    if found is None:
        return None
    time, zone = found["time"], found["zone"]
    return _build(found["day"], time.zfill(5) if time and len(time) < 6 else time, zone)


def _machine(text: str) -> Moment | None:
    if _EPOCH.match(text):
        return _checked(datetime.fromtimestamp(int(text[:10]), UTC), day_only=False, zone_unknown=False)
    if found := _COMPACT.match(text):
        clock = found["t"]
        time = ":".join(clock[i : i + 2] for i in range(0, len(clock) // 2 * 2, 2)) if clock else None
        return _build(f"{found['y']}-{found['m']}-{found['d']}", time, found["zone"])
    if found := _UNIX_DATE.match(text):
        text = f"{found['d']} {found['mon']} {found['y']} {found['t']}"
        offset = _ZONES.get(found["zone"].lower(), 0)
        text += f" {'-' if offset < 0 else '+'}{abs(offset) // 60:02}{abs(offset) % 60:02}"
    if not _RFC_5322.match(text):
        return None
    try:
        stamp = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _checked(stamp, day_only=False, zone_unknown=stamp.tzinfo is None)


def _written(text: str, language: str | None) -> Moment | None:
    day, end = _numeric_day(text, language)
    if day is None:
        day, end = _named_day(text, language)
    if day is None:
        return None
    return _with_clock(day, text[end : end + 40])


def _numeric_day(text: str, language: str | None) -> tuple[str | None, int]:
    if found := _YMD.search(text):
        year, month, date = (next(filter(None, (found[name + n] for n in ("", "2", "3")))) for name in "ymd")
        return _day(year, month, date), found.end()
    if found := _DMY.search(text):
        date, month, year = found["d"], found["m"], found["y"]
        if (found["sep"] == "/" and int(date) <= 12 and (language or "en") in _MONTH_FIRST) or int(month) > 12:
            date, month = month, date
        return _day(year if len(year) == 4 else f"20{year}", month, date), found.end()
    return None, 0


def _day(year: str, month: str, day: str) -> str | None:
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else None


def _named_day(text: str, language: str | None) -> tuple[str | None, int]:
    for found in _NAMED.finditer(text):
        if day := _parse_named(found.group(), (language or "").split("-")[0]):
            return day, found.end()
    return None, 0


@lru_cache(maxsize=2_000)
def _parse_named(text: str, language: str) -> str | None:
    import dateparser

    for languages in ([language], _COMMON) if language else (_COMMON,):
        try:
            stamp = dateparser.parse(text, languages=languages, settings=_WHOLE_DATES)
        except ValueError:  # a language that dateparser has no words for
            continue
        if stamp is not None:
            return f"{stamp:%Y-%m-%d}"
    return None


def _with_clock(day: str, rest: str) -> Moment | None:
    found = _CLOCK.search(rest)
    if found is None:
        return _build(day, None, None)
    hour, half = int(found["h"]), (found["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _build(day, f"{hour:02}:{found['min']}" + (f":{found['s']}" if found["s"] else ""), found["zone"])


def _build(day: str, time: str | None, zone: str | None) -> Moment | None:
    offset = _offset(zone)
    try:
        stamp = datetime.fromisoformat(f"{day}T{time or '00:00'}{offset or ''}")
    except ValueError:
        return None
    return _checked(stamp, day_only=time is None, zone_unknown=offset is None)


def _offset(zone: str | None) -> str | None:
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        return f"{zone[0]}{digits[:2]}:{digits[2:]}"
    minutes = _ZONES.get(zone.lower())
    return None if minutes is None else f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _checked(stamp: datetime, *, day_only: bool, zone_unknown: bool) -> Moment | None:
    if not _EARLIEST <= stamp.year <= _LATEST:
        return None
    return Moment(
        at=stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC), day_only=day_only, zone_unknown=zone_unknown
    )
