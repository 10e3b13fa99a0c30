"""Which of many date readings to believe, and in which zone to tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from ingest.article import Source
from ingest.extract.metadata.dates import Reading

_ONE_MINUTE = timedelta(minutes=1)
_FARTHEST_ZONE = timedelta(hours=14)
#: Readings of days that stand close to the headline, or in metas, are believed at least so far.
_NEAR_HEADLINE = 0.6


def choose(readings: Sequence[Reading], *, modified: bool, now: datetime | None = None) -> Reading | None:
    """Return the reading to believe, None where there is none.

    A reading gains by each other kind of source that tells the same day; among those of one day, the finest wins.
    """
    latest = (now or datetime.now(UTC)) + timedelta(days=2)
    own = [r for r in readings if r.modified == modified and r.moment.at <= latest]
    if not own:
        return None
    best = max(own, key=lambda r: _weight(r, readings))
    if best.moment.day_only:
        same = [r for r in own if _day(r) == _day(best)]
        return max(same, key=lambda r: (not r.moment.day_only, not r.moment.zone_unknown, r.confidence))
    return _in_local_time(best, own)


def _in_local_time(best: Reading, own: Sequence[Reading]) -> Reading:
    """Return the reading of the same instant that tells the zone: many a page states UTC here and its zone there."""
    same = [r for r in own if not r.moment.day_only and abs(r.moment.at - best.moment.at) < _ONE_MINUTE]
    zoned = [r for r in same if r.moment.at.utcoffset()]
    if zoned:
        return max(zoned, key=lambda r: r.confidence)
    printed = (r for r in own if r.moment.zone_unknown and not r.moment.day_only and r.source is Source.VISIBLE)
    for reading in printed if not best.moment.zone_unknown else ():
        offset = reading.moment.at - best.moment.at.replace(second=0, microsecond=0)
        if timedelta() < abs(offset) <= _FARTHEST_ZONE and not offset % timedelta(minutes=30):
            local = best.moment.at.astimezone(timezone(offset))
            return replace(
                best, moment=replace(best.moment, at=local), detail=f"{best.detail}, zone from the printed time"
            )
    return _on_printed_day(best, own)


def _on_printed_day(best: Reading, own: Sequence[Reading]) -> Reading:
    """Move an instant told in UTC to the nearest zone where it falls on the day that the page or its address has."""
    at = best.moment.at
    if best.moment.zone_unknown or at.utcoffset():
        return best
    days = [r for r in own if r.moment.day_only and (r.source is Source.URL or r.confidence >= _NEAR_HEADLINE)]
    if not days or any(_day(r) == _day(best) for r in days):
        return best
    for hours in (*range(1, 13), *range(-1, -12, -1)):
        local = at.astimezone(timezone(timedelta(hours=hours)))
        if any(local.date() == r.moment.at.date() for r in days):
            return replace(
                best, moment=replace(best.moment, at=local), detail=f"{best.detail}, zone from the day shown"
            )
    return best


def _weight(reading: Reading, readings: Sequence[Reading]) -> float:
    allies = {
        other.source for other in readings if other.modified == reading.modified and _day(other) == _day(reading)
    }
    return reading.confidence + 0.06 * (len(allies) - 1)


def _day(reading: Reading) -> str:
    return reading.moment.at.date().isoformat()
