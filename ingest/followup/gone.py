"""Whether an article that its server says is gone is gone: by several spaced answers, never by one (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ingest.store.followups import Watch

#: How long after each finding the next one counts; 410 says of itself that it is meant to last (RFC 9110, 15.5.11).
_GAPS: Final = {410: (timedelta(hours=1),), 404: (timedelta(hours=1), timedelta(hours=6))}
#: What is asked again because of a host's trouble waits so long.
_TROUBLE: Final = timedelta(hours=2)
#: So many gone at once, and more than half of what we follow on a host, are its new addresses or its failure.
_CROWD: Final = 3

#: In `Watch.gone_checks`: a person brought the article back, so that its original's absence counts no more.
OVERRULED: Final = -1


@dataclass(frozen=True, kw_only=True)
class Host:
    """What is known of the host that answered."""

    #: Its front page or a feed of the partner's there answers as it should.
    works: bool
    #: How many of its addresses we follow, and how many of them are gone, this one included.
    followed: int
    gone: int

    @property
    def lost_many(self) -> bool:
        """Whether so much is gone that it tells of the host and not of one article."""
        return self.gone >= _CROWD and self.gone * 2 > self.followed


@dataclass(frozen=True, kw_only=True)
class GoneVerdict:
    """The watch after the finding, and whether the article counts as taken down by its publisher."""

    watch: Watch
    confirmed: bool = False


def found_gone(watch: Watch, *, status: int, host: Host, now: datetime) -> GoneVerdict:
    """Return what a 404 or 410 tells: confirmed by two spaced 410s or three spaced 404s of a host that works."""
    if watch.gone_checks == OVERRULED:
        return GoneVerdict(watch=replace(watch, outcome="overruled", next_check_at=now + timedelta(days=30)))
    if not host.works:
        why = f"it answers {status}, but so does its whole host: not counted"
        return GoneVerdict(watch=_later(watch, "host-failing", why, now + _TROUBLE))
    counted = _counted(watch, status, now)
    gaps = _GAPS[status]
    enough = counted.gone_checks > len(gaps)
    if enough and host.lost_many:
        why = f"{host.gone} of the {host.followed} articles followed on its host are gone: a person must look"
        return GoneVerdict(watch=_later(counted, "many-gone", why, now + timedelta(days=1)))
    due = now if enough else (counted.gone_at or now) + gaps[counted.gone_checks - 1]
    return GoneVerdict(
        watch=_later(counted, "gone", f"its server answers {status}", max(due, now + timedelta(minutes=10))),
        confirmed=enough,
    )


def _counted(watch: Watch, status: int, now: datetime) -> Watch:
    gaps = _GAPS[status]
    gap = gaps[min(watch.gone_checks, len(gaps)) - 1] if watch.gone_checks else timedelta(0)
    if watch.gone_at is not None and now - watch.gone_at < gap:
        return watch
    return replace(
        watch, gone_since=watch.gone_since or now, gone_at=now, gone_checks=watch.gone_checks + 1, checked_at=now
    )


def _later(watch: Watch, outcome: str, error: str, at: datetime) -> Watch:
    return replace(watch, outcome=outcome, error=error, next_check_at=at)


def found_there(watch: Watch) -> Watch:
    """Return the watch of an address that answers: what was found gone before is forgotten."""
    return replace(watch, failures=0, error=None, gone_since=None, gone_at=None, gone_checks=0)
