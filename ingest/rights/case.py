"""What the rules look at, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.article import Article, Origin
from ingest.rights.values import Reason, Verdict
from ingest.terms import Terms

#: The calendar's edges.
START, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One article, held against its origin's terms at one time."""

    article: Article
    origin: Origin
    terms: Terms
    now: datetime
    #: When we first published it; None while we have not.
    taken_at: datetime | None = None
    #: How many of this origin's articles we published in the quota's days, this one left out; None if not counted.
    recent: int | None = None
    #: When the oldest of these leaves the quota's days.
    quota_frees_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule's word."""

    #: PUBLISH for a mere notice.
    verdict: Verdict
    reason: Reason
    #: When time alone changes it; aware.
    until: datetime | None = None


def hold(code: str, message: str, *, releasable: bool = False, until: datetime | None = None) -> Finding:
    """Return a finding that holds the article until what `message` names has happened."""
    return Finding(
        verdict=Verdict.HOLD, reason=Reason(code=code, message=message, releasable=releasable), until=until
    )


def deny(code: str, message: str) -> Finding:
    """Return a finding that the terms say no."""
    return Finding(verdict=Verdict.DENY, reason=Reason(code=code, message=message))


def notice(code: str, message: str) -> Finding:
    """Return a finding that changes no verdict."""
    return Finding(verdict=Verdict.PUBLISH, reason=Reason(code=code, message=message))


def later(moment: datetime, wait: timedelta) -> datetime:
    """Return the aware moment `wait` later, or the end of the calendar."""
    try:
        return moment + wait
    except OverflowError:
        return END


def in_utc(moment: datetime) -> datetime:
    """Return the moment in UTC; one without a zone is read as UTC, and one out of the calendar as its edge."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return START if moment.year == 1 else END
